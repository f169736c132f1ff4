import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { cpus, tmpdir } from "node:os";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { prove } from "../../apps/server/src/prove/prove.ts";
import { KEYRING } from "../brand.ts";
import { startBenchPostgres } from "../postgres.ts";
import { processorSeconds } from "../processor-time.ts";
import { foundBench, type BenchTenant } from "./tenant.ts";
import { oneByOne } from "./one-by-one.ts";

const MEMBERS = 100_000;
const COUPONS_EACH = 4;
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 10);
const CONNECTIONS = [64, 256, 1_000];

interface LoadResult {
  connections: number;
  orders: number;
  seconds: number;
  ordersPerSecond: number;
  p50: number;
  p99: number;
  worst: number;
  answers: Record<string, number>;
  used: number;
  failures: string[];
}

console.log(`Settlement: the same order (3 lines; points earned and spent; stored value; a coupon), ${MEMBERS.toLocaleString("en")} members, fsync on.
  (a) one transaction an order, statement by statement, prepared, 16 clients of pgbench
  (b) POST /v1/quotes/{id}:commit over HTTP, one server process (http and worker), callers in a process of their own
  ${SECONDS} s each after a warm-up of 3 s, in one run on ${cpus().length} cores (${cpus()[0]?.model ?? "?"})\n`);

const postgres = await startBenchPostgres({ fsync: "on", full_page_writes: "on", synchronous_commit: "on", max_wal_size: "4GB", shared_buffers: "1GB" });
const work = await mkdtemp(join(tmpdir(), "shuke-bench-"));
let server: ChildProcess | undefined;
const port = await freePort();
try {
  const tenant = await foundBench(postgres, MEMBERS, COUPONS_EACH);
  const baseline = await oneByOne(postgres, tenant, MEMBERS, SECONDS, work);
  console.log(`  (a) one by one (${baseline.by}): ${baseline.ordersPerSecond} orders/s, mean ${baseline.latencyMs} ms, Postgres ${baseline.databaseMicros} µs of processor time an order`);
  server = await startServer(postgres.ownerUrl);
  const coupons = await unusedCoupons(postgres.ownerUrl, tenant);
  await load(tenant, coupons, 64, 3, "warm");
  const results: LoadResult[] = [];
  for (const connections of CONNECTIONS) {
    const before = [processorSeconds(server.pid), processorSeconds(postgres.pid)];
    const result = await load(tenant, coupons, connections, SECONDS, `c${connections}`);
    const micros = [processorSeconds(server.pid), processorSeconds(postgres.pid)]
      .map((seconds, at) => Math.round(((seconds - (before[at] ?? 0)) * 1e6) / Math.max(1, result.orders)));
    console.log(`  (b) ${connections} connections: ${result.ordersPerSecond} orders/s, p50 ${result.p50} ms, p99 ${result.p99} ms, worst ${result.worst} ms, answers ${JSON.stringify(result.answers)} ${result.failures.join(" ")}`);
    console.log(`      processor time an order: server ${micros[0]} µs, Postgres ${micros[1]} µs`);
    results.push(result);
  }
  const findings = (await prove(postgres.ownerUrl)).filter((one) => one.broken > 0);
  for (const finding of findings) console.log(`  BROKEN: ${finding.name}: ${finding.broken}, e.g. ${JSON.stringify(finding.examples[0])}`);
  const at256 = results.find((one) => one.connections === 256);
  const at1000 = results.find((one) => one.connections === 1_000);
  console.log(JSON.stringify({
    bench: "settle", ratio: Math.round(((at256?.ordersPerSecond ?? 0) / baseline.ordersPerSecond) * 100) / 100,
    orders_per_s: at256?.ordersPerSecond, one_by_one_per_s: baseline.ordersPerSecond, p99_ms_1000: at1000?.p99,
    violations: findings.reduce((sum, one) => sum + one.broken, 0),
  }));
} finally {
  server?.kill("SIGTERM");
  await postgres.stop();
  await rm(work, { recursive: true, force: true });
}

async function startServer(databaseUrl: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...profiling(), fileURLToPath(new URL("../../apps/server/src/main.ts", import.meta.url))], {
    env: { ...process.env, DATABASE_URL: databaseUrl, SHUKE_KEYRING: KEYRING, PORT: String(port), SHUKE_LOG: "warn", SHUKE_DATA_DIR: work, SHUKE_SEED: "none" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout?.resume();
  for (let tries = 0; tries < 300; tries++) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then((reply) => reply.ok, () => false);
    if (ready) return child;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error("The server did not get ready");
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** `BENCH_PROFILE=folder` leaves a CPU profile of the server there. */
function profiling(): string[] {
  const folder = process.env["BENCH_PROFILE"];
  return folder ? ["--cpu-prof", `--cpu-prof-dir=${folder}`] : [];
}

async function unusedCoupons(url: string, tenant: BenchTenant): Promise<[string, string][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ member_id: string; id: string }>(
    "select member_id, id from promotions.coupon where tenant_id = $1 and state = 'issued' order by md5(id::text)", [tenant.tenantId]);
  await client.end();
  return rows.map((row) => [row.member_id, row.id]);
}

/** One run of the callers' process. Coupons it used are gone from the list afterwards. */
async function load(tenant: BenchTenant, coupons: [string, string][], connections: number, seconds: number, run: string): Promise<LoadResult> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("load.ts", import.meta.url))], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify({ port, token: tenant.token, storeId: tenant.storeId, connections, seconds, run, coupons: coupons.slice(0, 200_000) }));
  let printed = "";
  for await (const chunk of child.stdout) printed += String(chunk);
  const result = JSON.parse(printed) as LoadResult;
  coupons.splice(0, result.used);
  return result;
}

