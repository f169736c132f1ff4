import type { Database } from "../../kernel/db/database.ts";
import { enqueue } from "../../kernel/events.ts";
import { BEFORE_ALL } from "../../kernel/ids.ts";
import type { Schedule, Task } from "../../kernel/jobs.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { resumeStalled } from "../../kernel/stalled-run.ts";
import { joinRecords, redate } from "./join.ts";
import { moveRecords } from "./ownership.ts";
import { getPool, listPools, type Pool } from "./pool.view.ts";

const PAGE = 2_000;
const MAX_RUN_MS = 600_000;
const SILENT_MS = 20_000;
const WALK_TASK = "sales.walk";

interface Walk {
  id: string;
  pool_id: string;
  purpose: "fill" | "dues" | "empty";
  to_pool_id: string | null;
  cursor_id: string;
}

/** Which rows a walk goes through: records of the pool's object, what somebody holds of the pool, all that is in it. */
const ROWS: Readonly<Record<Walk["purpose"], string>> = {
  fill: "select r.id from objects.record r join sales.pool p on p.tenant_id = $1 and p.object_id = r.object_id where r.tenant_id = $1 and p.id = $2",
  dues: "select h.record_id as id from sales.holding h where h.tenant_id = $1 and h.pool_id = $2 and h.owner_id is not null",
  empty: "select h.record_id as id from sales.holding h where h.tenant_id = $1 and h.pool_id = $2",
};

/** Begins a walk; a few rows are done at once, many by the task. One of its kind that is under way begins again: the rules have changed under it. */
export async function startWalk(scope: Scope, { poolId, purpose, toPoolId = null }: { poolId: string; purpose: Walk["purpose"]; toPoolId?: string | null }): Promise<void> {
  const [walk] = await scope.tx.rows<{ id: string }>(
    `insert into sales.walk (tenant_id, id, pool_id, purpose, to_pool_id, cursor_id, created_at, created_by, moved_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $7)
     on conflict (tenant_id, pool_id, purpose) where state = 'running' do update set cursor_id = excluded.cursor_id, looked = 0 returning id`,
    [scope.tenantId, newId<"walk">(scope), poolId, purpose, toPoolId, BEFORE_ALL, scope.now, actorRef(scope.actor)]);
  if (!walk || !(await walkPage(scope, walk.id))) return;
  await scope.tx.rows(`update sales.walk set total = (select count(*) from (${ROWS[purpose]}) as row) where tenant_id = $1 and pool_id = $2 and id = $3`, [scope.tenantId, poolId, walk.id]);
  await enqueue(scope, WALK_TASK, { walkId: walk.id });
}

/** One page; false when there is nothing more to do. */
async function walkPage(scope: Scope, id: string): Promise<boolean> {
  const [walk] = await scope.tx.rows<Walk>("select id, pool_id, purpose, to_pool_id, cursor_id from sales.walk where tenant_id = $1 and id = $2 and state = 'running' for update", [scope.tenantId, id]);
  if (!walk) return false;
  const pool = await getPool(scope, walk.pool_id, "rules");
  const rows = await scope.tx.rows<{ id: string }>(`select row.id from (${ROWS[walk.purpose]}) as row where row.id > $3 order by row.id limit ${PAGE}`, [scope.tenantId, walk.pool_id, walk.cursor_id]);
  const ids = rows.map((row) => row.id);
  if (walk.purpose === "fill") await joinRecords(scope, pool, ids);
  else if (walk.purpose === "dues") await redate(scope, ids);
  else await moveRecords(scope, pool, ids, { kind: "move", to: await heirOf(scope, pool, walk.to_pool_id), isWhole: true });
  const isMore = rows.length === PAGE;
  await scope.tx.rows(
    "update sales.walk set looked = looked + $3, total = greatest(total, looked + $3), cursor_id = $4, moved_at = $5, state = $6 where tenant_id = $1 and id = $2",
    [scope.tenantId, id, rows.length, ids.at(-1) ?? walk.cursor_id, scope.now, isMore ? "running" : "done"]);
  return isMore;
}

/** Who takes a closed pool's records: the one that was named or, closed itself meanwhile, the default. */
async function heirOf(scope: Scope, pool: Pool, id: string | null): Promise<Pool> {
  const open = await listPools(scope, pool.objectKey);
  const heir = open.find((one) => one.id === id) ?? open.find((one) => one.isDefault);
  if (!heir) throw new Error(`Nobody takes the records of the pool ${pool.id}`);
  return getPool(scope, heir.id, "rules");
}

async function runWalk(database: Database, tenantId: string, walkId: string): Promise<void> {
  const entry = { tenantId, actor: { kind: "system", name: WALK_TASK } } as const;
  const until = performance.now() + MAX_RUN_MS;
  for (let isMore = true; isMore;) {
    isMore = await database.inScope(entry, (scope) => walkPage(scope, walkId));
    if (isMore && performance.now() > until) return database.inScope(entry, (scope) => enqueue(scope, WALK_TASK, { walkId }));
  }
}

export const walkTask: Task = { name: WALK_TASK, run: ({ tenantId, walkId }, database) => runWalk(database, String(tenantId), String(walkId)) };
export const resumeWalks: Schedule = resumeStalled({ name: "sales.resume-walks", table: "sales.walk", states: ["running"], silentMs: SILENT_MS, task: WALK_TASK, key: "walkId" });
