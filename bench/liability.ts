// `npm run bench:liability [-- members]`: how long the liability page takes for a brand with a million members, and its night.
import { cpus } from "node:os";
import type pg from "pg";
import { countLiability, rollLiability } from "../apps/server/src/modules/insight/liability.count.ts";
import { readHolders, readLiability } from "../apps/server/src/modules/insight/liability.view.ts";
import { readSettlement } from "../apps/server/src/modules/insight/settlement.view.ts";
import { foundBrand } from "./brand.ts";
import { startBenchPostgres } from "./postgres.ts";

const MEMBERS = Number(process.argv[2] ?? 1_000_000);
const LOTS_EACH = 2;
const MOVED_TODAY = MEMBERS / 20;
/** In the hour that has not been counted yet. */
const MOVED_SINCE = MOVED_TODAY / 8;
const ROUNDS = 20;
const BAR_MS = 1_000;

console.log(`Liability: ${MEMBERS.toLocaleString("en")} members with ${LOTS_EACH} open lots of points each, and a tenth as many with stored value;
  the night's count once, then ${MOVED_TODAY.toLocaleString("en")} postings of today that the hourly count takes in, ${MOVED_SINCE.toLocaleString("en")} more, and the page ${ROUNDS} times, one caller, on ${cpus().length} cores (${cpus()[0]?.model ?? "?"})\n`);

const postgres = await startBenchPostgres({ shared_buffers: "1GB", max_wal_size: "4GB" });
try {
  const { tenantId, inScope, admin, close } = await foundBrand(postgres);
  await fill(admin, tenantId);
  const morning = new Date(Date.now() - 3_600_000);
  const night = await timed(() => inScope(countLiability, morning));
  console.log(`  the night's count        ${Math.round(night)} ms`);
  await moveToday(admin, tenantId, MOVED_TODAY, "2 minutes");
  console.log(`  the hour's count         ${Math.round(await timed(() => inScope(rollLiability)))} ms`);
  await moveToday(admin, tenantId, MOVED_SINCE, "0 minutes");
  const page = await slowest("the page", () => inScope((scope) => readLiability(scope, {})));
  await slowest("largest holders", () => inScope((scope) => readHolders(scope, "points")));
  const on = new Date().toISOString().slice(0, 10);
  await slowest("settlement", () => inScope((scope) => readSettlement(scope, { from: on, to: on })));
  await close();
  console.log(JSON.stringify({ bench: "liability", members: MEMBERS, night_ms: Math.round(night), page_p95_ms: page }));
  process.exitCode = page <= BAR_MS ? 0 : 1;
} finally {
  await postgres.stop();
}

/** Straight into the tables: what is measured is reading. */
async function fill(admin: pg.Client, tenantId: string): Promise<void> {
  const step = async (name: string, sql: string) => {
    const ms = await timed(() => admin.query(sql, [tenantId]));
    console.log(`  ${name.padEnd(24)} ${Math.round(ms / 1000)} s`);
  };
  // Three million rows would spend their time on foreign keys that nobody measures here.
  await admin.query("set session_replication_role = replica");
  await step("accounts", `insert into ledger.account (tenant_id, id, holder_id, asset, balance, opened_at)
    select $1, gen_random_uuid(), gen_random_uuid(), case when n % 10 = 0 then 'prepaid.principal' else 'points' end, 300, now() - interval '200 days' from generate_series(1, ${Math.round(MEMBERS * 1.1)}) n`);
  await step("lots", `insert into ledger.lot (tenant_id, id, account_id, amount, remaining, earned_at, active_from, expires_at, origin_kind, origin_id, origin_holder_id, store_id)
    select $1, gen_random_uuid(), a.id, 100, 100, now() - interval '90 days', now() - interval '90 days',
           case when a.asset = 'points' then now() + (n * 97 + 30) * interval '1 day' end, 'order', 'bench', a.holder_id, null
      from ledger.account a, generate_series(1, ${LOTS_EACH}) n where a.tenant_id = $1`);
  await step("old postings", `insert into ledger.posting (tenant_id, account_id, id, lot_id, amount, counter, kind, ref_id, at, balance_after)
    select $1, l.account_id, gen_random_uuid(), l.id, l.amount, 'issued', 'earn', 'bench', l.earned_at, l.amount from ledger.lot l where l.tenant_id = $1 and l.expires_at < now() + interval '200 days'`);
  await admin.query("vacuum analyze");
}

async function moveToday(admin: pg.Client, tenantId: string, count: number, ago: string): Promise<void> {
  await admin.query(`insert into ledger.posting (tenant_id, account_id, id, lot_id, amount, counter, kind, ref_id, at, balance_after)
    select $1, l.account_id, gen_random_uuid(), l.id, -1, 'spent', 'spend', 'today', clock_timestamp() - $2::interval, 99 from ledger.lot l where l.tenant_id = $1 limit ${count}`, [tenantId, ago]);
  await admin.query("vacuum analyze ledger.posting");
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function slowest(name: string, run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await timed(run));
  times.sort((a, b) => a - b);
  const [p50 = 0, p95 = 0] = [0.5, 0.95].map((share) => Math.round(times[Math.floor(share * (times.length - 1))] ?? 0));
  console.log(`  ${name.padEnd(24)} p50 ${p50} ms, p95 ${p95} ms`);
  return p95;
}
