import type { Schedule } from "../../kernel/jobs.ts";
import type { Scope } from "../../kernel/scope.ts";
import { notify } from "../platform/index.ts";
import { moveRecords } from "./ownership.ts";
import { getPool, listPools, type Pool } from "./pool.view.ts";

const BATCH = 500;
const MAX_BATCHES = 10;
/** So long before a record falls back its owner is told. */
export const WARNED_DAYS = 3;
const DAY_MS = 86_400_000;
const LEFT = "员工离职 · no longer with us";

/** Returns what is due; each former owner hears of it once. What is more than a run's batches waits for the next. */
export async function recycle(scope: Scope): Promise<void> {
  for (const pool of await listPools(scope)) {
    const lost = new Map<string, number>();
    for (let batch = 0; batch < MAX_BATCHES && await recycleBatch(scope, pool.id, lost); batch++);
    for (const [staffId, count] of lost) await notify(scope, { staffIds: [staffId] }, { kind: "system", title: "seas.recycled", params: { count, pool: pool.name }, link: "/seas" });
    await warn(scope, pool);
  }
}

/** False when there is no more. */
async function recycleBatch(scope: Scope, poolId: string, lost: Map<string, number>): Promise<boolean> {
  const rows = await scope.tx.rows<{ id: string; owner: string }>(
    `select h.record_id as id, h.owner_id as owner from sales.holding h where h.tenant_id = $1 and h.pool_id = $2 and h.due_at <= $3 order by h.due_at limit ${BATCH}`, [scope.tenantId, poolId, scope.now]);
  if (rows.length === 0) return false;
  const outcomes = await moveRecords(scope, await getPool(scope, poolId, "rules"), rows.map((row) => row.id), { kind: "recycle" });
  const moved = new Set(outcomes.flatMap((one) => (one.outcome === "moved" ? one.recordId : [])));
  for (const { id, owner } of rows) if (moved.has(id)) lost.set(owner, (lost.get(owner) ?? 0) + 1);
  return rows.length === BATCH;
}

/** Once for each date: who touches a record, or puts its date off, is told again when that date comes near. */
async function warn(scope: Scope, pool: Pool): Promise<void> {
  const rows = await scope.tx.rows<{ owner: string }>(
    `update sales.holding h set warned_due_at = h.due_at where h.tenant_id = $1 and h.pool_id = $2 and h.due_at <= $3 and h.warned_due_at is distinct from h.due_at returning h.owner_id as owner`,
    [scope.tenantId, pool.id, new Date(scope.now.getTime() + WARNED_DAYS * DAY_MS)]);
  for (const [staffId, near] of Map.groupBy(rows, (row) => row.owner)) await notify(scope, { staffIds: [staffId] }, { kind: "system", title: "seas.due-soon", params: { count: near.length, days: WARNED_DAYS, pool: pool.name }, link: "/seas?side=mine" });
}

/** What somebody held who has left goes back to the public sea. */
export async function releaseAll(scope: Scope, staffId: string): Promise<void> {
  const held = await scope.tx.rows<{ pool_id: string; id: string }>(
    "select h.pool_id, h.record_id as id from sales.holding h where h.tenant_id = $1 and h.owner_id = $2 and h.pool_id in (select p.id from sales.pool p where p.tenant_id = $1)", [scope.tenantId, staffId]);
  for (const [poolId, rows] of Map.groupBy(held, (row) => row.pool_id)) {
    await moveRecords(scope, await getPool(scope, poolId, "rules"), rows.map((row) => row.id), { kind: "return", by: "anybody", reason: LEFT });
  }
}

export const recycleSchedule: Schedule = { name: "sales.recycle", cron: "20 * * * *", zone: "Asia/Shanghai", run: recycle };
