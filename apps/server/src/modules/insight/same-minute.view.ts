import { addDays, startOfDay, wallClock, type Day } from "../../kernel/days.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { DayFigures } from "./dashboard.schema.ts";

const MINUTE_MS = 60_000;

/**
 * The day before `on` until the minute that it is now, so that a morning is compared with a morning: the hours that are over
 * from the facts, the begun one from what was written in it. Null when `on` is not today: a whole day has a whole day before it.
 */
export async function readUntilSameMinute(scope: Scope, stores: readonly string[] | null, on: Day): Promise<DayFigures | null> {
  const { day, hour, minute } = wallClock(scope.now, scope.zone);
  if (day !== on) return null;
  const before = addDays(on, -1);
  const from = new Date(startOfDay(before, scope.zone).getTime() + hour * 60 * MINUTE_MS);
  const until = new Date(startOfDay(before, scope.zone).getTime() + minute * MINUTE_MS);
  const [row] = await scope.tx.rows<DayFigures>(
    `select sum(orders)::bigint as orders, sum(net_fen)::bigint as "netFen", sum(refunded_fen)::bigint as "refundedFen",
            sum(new_members)::bigint as "newMembers", sum(member_orders)::bigint as "memberOrders", sum(member_net_fen)::bigint as "memberNetFen"
       from (select orders, net_fen, refunded_fen, new_members, member_orders, member_net_fen from insight.store_hour
              where tenant_id = $1 and business_on = $2 and hour < $3 and ($4::uuid[] is null or store_id = any($4))
             union all
             select 1, net_fen, 0, 0, (member_id is not null)::int, case when member_id is null then 0 else net_fen end from commerce."order"
              where tenant_id = $1 and paid_at >= $5 and paid_at < $6 and ($4::uuid[] is null or store_id = any($4))
             union all
             select 0, 0, amount_fen, 0, 0, 0 from commerce."return"
              where tenant_id = $1 and at >= $5 and at < $6 and ($4::uuid[] is null or store_id = any($4))
             union all
             select 0, 0, 0, 1, 0, 0 from customers.member
              where tenant_id = $1 and joined_at >= $5 and joined_at < $6 and ($4::uuid[] is null or home_store_id = any($4))
             union all select 0, 0, 0, 0, 0, 0) as part`,
    [scope.tenantId, before, hour, stores, from, until]);
  return row ?? null;
}
