// `npm run bench:export [-- members]`: how long a list of members takes to become a file, and how much memory.
import { cpus } from "node:os";
import { exporters } from "../apps/server/src/app.ts";
import type { Caller } from "../apps/server/src/kernel/scope.ts";
import { upsertMembers, type MemberLine } from "../apps/server/src/modules/customers/index.ts";
import { findStaffActor } from "../apps/server/src/modules/org/index.ts";
import { startExport } from "../apps/server/src/modules/platform/export/export.ts";
import { exportTask } from "../apps/server/src/modules/platform/export/export.run.ts";
import { getExport } from "../apps/server/src/modules/platform/export/export.view.ts";
import { foundBrand, type Brand } from "./brand.ts";
import { startBenchPostgres } from "./postgres.ts";

const MEMBERS = Number(process.argv[2] ?? 100_000);
const BATCH = 1_000;
const BAR_S = 10;
const BAR_MB = 200;
const LOOK_MS = 100;
const rss = (): number => Math.round(process.memoryUsage().rss / 2 ** 20);

console.log(`Export: ${MEMBERS.toLocaleString("en")} members with phones, from the request to the last piece of the file, in this process beside the database,
  on ${cpus().length} cores (${cpus()[0]?.model ?? "?"})\n`);

const postgres = await startBenchPostgres({ shared_buffers: "512MB", max_wal_size: "2GB" });
try {
  const brand = await foundBrand(postgres);
  for (let from = 0; from < MEMBERS; from += BATCH) await brand.inScope((scope) => upsertMembers(scope, lines(from), "import"));
  await brand.admin.query("vacuum analyze");
  const caller = await adminOf(brand);
  const before = rss();
  let most = before;
  const watching = setInterval(() => { most = Math.max(most, rss()); }, LOOK_MS);
  const seconds = { csv: await take(brand, caller, "csv"), xlsx: await take(brand, caller, "xlsx"), whole_csv: await take(brand, caller, "csv", { reason: "bench" }) };
  clearInterval(watching);
  await brand.close();
  const grownMb = most - before;
  console.log(JSON.stringify({ bench: "export", members: MEMBERS, seconds, rss_mb_grown: grownMb }));
  process.exitCode = Math.max(...Object.values(seconds)) <= (BAR_S * MEMBERS) / 100_000 && grownMb <= BAR_MB ? 0 : 1;
} finally {
  await postgres.stop();
}

function lines(from: number): MemberLine[] {
  return Array.from({ length: Math.min(BATCH, MEMBERS - from) }, (_, at) => ({
    externalId: `cust-${from + at}`, name: `客人${from + at}`, phone: `13${String(100_000_000 + (from + at) * 797 % 900_000_000)}`, tags: at % 3 === 0 ? ["常客"] : [],
    joinedAt: new Date(Date.UTC(2020, 0, 1) + (from + at) * 180_000).toISOString(),
  }));
}

async function adminOf({ admin, inScope, tenantId }: Brand): Promise<Caller> {
  const { rows: [row] } = await admin.query<{ id: string }>("select id from org.staff where tenant_id = $1", [tenantId]);
  const actor = await inScope((scope) => findStaffActor(scope, row?.id ?? ""));
  if (!actor) throw new Error("The brand has no administrator");
  return { tenantId, actor, from: { ip: "", requestId: "" } };
}

async function take({ installation: { database }, tenantId }: Brand, caller: Caller, format: "csv" | "xlsx", whole?: { reason: string }): Promise<number> {
  const start = performance.now();
  const { run } = await startExport(database, exporters, caller, { kind: "members", format, query: {}, language: "zh-CN", inBackground: true, ...(whole ? { whole } : {}) });
  await exportTask(exporters).run({ tenantId, exportId: run.id }, database);
  const seconds = Math.round((performance.now() - start) / 10) / 100;
  const done = await database.inScope(caller, (scope) => getExport(scope, run.id));
  console.log(`  ${format}${whole ? ", phones in full" : ""}: ${done.state}, ${done.rows} rows, ${Math.round(done.sizeBytes / 1e5) / 10} MB in ${seconds} s`);
  return seconds;
}
