import type { z } from "zod";
import { addDays, dayOf, endOfDay, startOfDay } from "../../../kernel/days.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { statisticsReply } from "./mall.schema.ts";

const DAYS = 30;
const MAX_ITEMS = 50;

type Statistics = z.input<typeof statisticsReply>;
type ItemRow = Statistics["items"][number];

/** What was redeemed within some days, by item, the dearest first; what came back counts as ended and its points not as spent. */
export async function readMallStatistics(scope: Scope, wanted: { from?: string | undefined; to?: string | undefined }): Promise<Statistics> {
  const to = wanted.to ?? dayOf(scope.now, scope.zone);
  const from = wanted.from ?? addDays(to, 1 - DAYS);
  const span = [startOfDay(from, scope.zone), endOfDay(to, scope.zone)];
  const items = await scope.tx.rows<ItemRow>(
    `select r.item_id as "itemId", i.name, count(*) as redemptions, sum(r.quantity)::bigint as quantity,
            coalesce(sum(r.points) filter (where ${KEPT}), 0)::bigint as points, coalesce(sum(r.cash_fen) filter (where ${KEPT} and r.state <> 'waiting'), 0)::bigint as "cashFen",
            count(*) filter (where r.state in ('waiting', 'ready')) as waiting, count(*) filter (where r.state = 'done') as handed, count(*) filter (where not ${KEPT}) as ended
       from loyalty.redemption r join loyalty.mall_item i on i.tenant_id = $1 and i.id = r.item_id
      where r.tenant_id = $1 and r.created_at >= $2 and r.created_at < $3
      group by 1, 2 order by points desc, 1 limit ${MAX_ITEMS}`, [scope.tenantId, ...span]);
  const [totals] = await scope.tx.rows<Statistics["totals"]>(
    `select count(*) as redemptions, coalesce(sum(r.points) filter (where ${KEPT}), 0)::bigint as points,
            coalesce(sum(r.cash_fen) filter (where ${KEPT} and r.state <> 'waiting'), 0)::bigint as "cashFen", count(distinct r.member_id) as members,
            count(*) filter (where r.state = 'done') as handed, count(*) filter (where not ${KEPT}) as ended
       from loyalty.redemption r where r.tenant_id = $1 and r.created_at >= $2 and r.created_at < $3`, [scope.tenantId, ...span]);
  return { from, to, totals: totals ?? { redemptions: 0, points: 0, cashFen: 0, members: 0, handed: 0, ended: 0 }, items };
}

const KEPT = "(r.state in ('waiting', 'ready', 'done'))";
