import type { z } from "zod";
import type { Scope } from "../../kernel/scope.ts";
import { dueAt } from "./due.ts";
import type { PoolPatch, simulation } from "./pool.schema.ts";
import { getPool, patched } from "./pool.view.ts";

const DAY_MS = 86_400_000;
const SHOWN = 50;

/** What other rules would do to what is held now. Nothing is written. */
export async function simulate(scope: Scope, poolId: string, patch: PoolPatch): Promise<z.input<typeof simulation>> {
  const pool = await getPool(scope, poolId);
  const rules = patched(pool, patch);
  const until = (days: number): Date => new Date(scope.now.getTime() + days * DAY_MS);
  const [returned] = await scope.tx.rows<{ today: number; in7Days: number; in30Days: number }>(
    `select count(*) filter (where d.due_at <= $8)::int as today, count(*) filter (where d.due_at <= $9)::int as "in7Days", count(*) filter (where d.due_at <= $10)::int as "in30Days"
       from (select ${dueAt({ owner: "h.owner_id", since: "h.since", touched: "h.touched_at", extended: "h.extended" })} as due_at from sales.holding h
               join objects.record r on r.tenant_id = $1 and r.id = h.record_id
               join objects.object o on o.tenant_id = $1 and o.id = $3 and o.id = r.object_id
              cross join (select $4::int as idle_days, $5::int as win_days, $6::text[] as won_stages, $7::int as extension_days) as p
              where h.tenant_id = $1 and h.pool_id = $2 and h.owner_id is not null) as d`,
    [scope.tenantId, poolId, pool.objectId, rules.idleDays, rules.winDays, rules.wonStages, rules.extensionDays, scope.now, until(7), until(30)]);
  const over = rules.capacity === null ? [] : await scope.tx.rows<{ id: string; name: string; held: number }>(
    `select t.id, t.name, s.held from sales.seat s join org.staff t on t.tenant_id = $1 and t.id = s.staff_id
      where s.tenant_id = $1 and s.pool_id = $2 and s.held > $3 order by s.held desc, t.id limit ${SHOWN}`, [scope.tenantId, poolId, rules.capacity]);
  return { returned: returned ?? { today: 0, in7Days: 0, in30Days: 0 }, overCapacity: over };
}
