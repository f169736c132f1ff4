import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { processorSeconds } from "../processor-time.ts";
import type { BenchTenant } from "./tenant.ts";

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL("one-by-one.sql", import.meta.url));
const CLIENTS = 16;
const WARM_UP_SECONDS = 3;

export interface Baseline {
  by: "pgbench" | "node";
  ordersPerSecond: number;
  latencyMs: number;
  databaseMicros: number;
}

/** Settles orders one transaction at a time: with pgbench, or with the same statements from Node where it is not installed. */
export async function oneByOne(postgres: { ownerUrl: string; pid: number }, tenant: BenchTenant, members: number, seconds: number, work: string): Promise<Baseline> {
  const variables = { tenant: tenant.tenantId, store: tenant.storeId, members: String(members), proof: tenant.sample.proof, body: tenant.sample.body, payload: tenant.sample.payload };
  const url = new URL(postgres.ownerUrl);
  const file = join(work, "one-by-one.sql");
  await writeFile(file, await readFile(SCRIPT, "utf8"));
  const pgbench = async (duration: number) => (await run("pgbench", [
    "-n", "-r", "-M", "prepared", "-c", String(CLIENTS), "-j", "1", "-T", String(duration), "-f", file,
    ...Object.entries(variables).flatMap(([name, value]) => ["-D", `${name}=${value}`]),
    "-h", url.hostname, "-p", url.port, "-U", url.username, url.pathname.slice(1),
  ], { env: { ...process.env, PGPASSWORD: decodeURIComponent(url.password), PGOPTIONS: "-c role=shuke_app" } })).stdout;
  try {
    await pgbench(WARM_UP_SECONDS);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    console.log("  pgbench is not installed here: the same statements run from Node instead");
    return fromNode(postgres.ownerUrl, variables, seconds);
  }
  const before = processorSeconds(postgres.pid);
  const printed = await pgbench(seconds);
  const used = processorSeconds(postgres.pid) - before;
  if (process.env["BENCH_VERBOSE"]) console.log(printed);
  return {
    by: "pgbench", ordersPerSecond: Math.round(Number(/tps = ([\d.]+)/.exec(printed)?.[1])),
    latencyMs: Number(/latency average = ([\d.]+)/.exec(printed)?.[1]),
    databaseMicros: Math.round((used * 1e6) / Math.max(1, Number(/actually processed: (\d+)/.exec(printed)?.[1]))),
  };
}

interface Step {
  name: string;
  text: string;
  names: string[];
  keeps: boolean;
}

/** Reads pgbench's script: `:name` and `:'name'` become parameters, `\gset` keeps the row's columns as variables. */
async function steps(): Promise<Step[]> {
  const text = (await readFile(SCRIPT, "utf8")).split("\n").filter((line) => !line.startsWith("--") && !line.startsWith("\\set")).join("\n");
  return text.split(/;\s*\n|\\gset\s*\n/).map((part) => part.trim()).filter(Boolean).map((part, at) => {
    const names: string[] = [];
    const sql = part.replaceAll(/(?<!:):'?(\w+)'?/g, (_, name: string) => {
      if (!names.includes(name)) names.push(name);
      return `$${names.indexOf(name) + 1}`;
    });
    return { name: `step${at}`, text: sql, names, keeps: / as \w+|returning/.test(part) && /^(select|update)/.test(part) };
  });
}

async function fromNode(url: string, variables: Record<string, string>, seconds: number): Promise<Baseline> {
  const script = await steps();
  const members = Number(variables["members"]);
  let orders = 0;
  const stopAt = performance.now() + seconds * 1_000;
  const client = async () => {
    const connection = new pg.Client({ connectionString: url, options: "-c role=shuke_app" });
    await connection.connect();
    while (performance.now() < stopAt) {
      const values: Record<string, unknown> = { ...variables, n: 1 + Math.floor(Math.random() * members) };
      for (const { name, text, names, keeps } of script) {
        const result = await connection.query({ name, text, values: names.map((one) => values[one]) });
        if (keeps) Object.assign(values, result.rows[0]);
      }
      orders++;
    }
    await connection.end();
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { by: "node", ordersPerSecond: Math.round(orders / seconds), latencyMs: Math.round((CLIENTS * seconds * 10_000) / Math.max(1, orders)) / 10, databaseMicros: 0 };
}
