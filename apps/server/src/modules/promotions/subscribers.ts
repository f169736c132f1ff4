import { ORDER_PAID, ORDER_RETURNED, type OrderPaid, type OrderReturned } from "../../events/commerce.ts";
import { bigints, integers, uuids } from "../../kernel/db/array.ts";
import { MEMBER_REGISTERED } from "../../events/customers.ts";
import type { DomainEvent, Subscriber } from "../../kernel/events.ts";
import type { Scope } from "../../kernel/scope.ts";
import { rewardOrders, takeBackRewards, welcomeMembers } from "./coupon-reward.ts";

interface Use {
  couponId: string;
  count: number;
  costFen: number;
  salesFen: number;
}

/** Paid orders add what their coupons took off and what they brought; returns take away what they gave back. */
function usesOf(event: DomainEvent): Use[] {
  const { couponIds, coupons = [], ...told } = event.payload as unknown as OrderPaid & OrderReturned;
  const sign = event.type === ORDER_PAID ? 1 : -1;
  const salesFen = (event.type === ORDER_PAID ? told.netFen : told.orderNetFen) ?? 0;
  return couponIds.map((couponId) =>
    ({ couponId, count: sign, costFen: sign * (coupons.find((one) => one.couponId === couponId)?.amountFen ?? 0), salesFen: sign * salesFen }));
}

/** Keeps each template's sums of redeemed coupons. */
async function countRedeemed(scope: Scope, events: readonly DomainEvent[]): Promise<void> {
  const uses = events.flatMap(usesOf);
  if (uses.length === 0) return;
  await scope.tx.rows(
    `update promotions.coupon_template t set redeemed = t.redeemed + v.count, cost_fen = t.cost_fen + v.cost, sales_fen = t.sales_fen + v.sales
       from (select c.template_id, sum(u.count)::int as count, sum(u.cost)::bigint as cost, sum(u.sales)::bigint as sales
               from unnest($2::uuid[], $3::int[], $4::bigint[], $5::bigint[]) as u(id, count, cost, sales)
               cross join lateral (select d.template_id from promotions.coupon d where d.tenant_id = $1 and d.id = u.id offset 0) as c
              group by c.template_id) v
      where t.tenant_id = $1 and t.id = v.template_id`,
    [scope.tenantId, uuids(uses, (use) => use.couponId), integers(uses, (use) => use.count), bigints(uses, (use) => use.costFen), bigints(uses, (use) => use.salesFen)]);
}

/** One job a batch of orders for all that coupons have to do with it. Counting last: it takes the templates' rows, where everybody meets. */
async function followOrders(scope: Scope, events: readonly DomainEvent[]): Promise<void> {
  await rewardOrders(scope, events.filter((event) => event.type === ORDER_PAID));
  await takeBackRewards(scope, events.filter((event) => event.type === ORDER_RETURNED));
  await countRedeemed(scope, events);
}

export const subscribers: readonly Subscriber[] = [
  { name: "promotions.count-redeemed", on: [ORDER_PAID, ORDER_RETURNED], handle: followOrders },
  { name: "promotions.welcome", on: [MEMBER_REGISTERED], handle: welcomeMembers },
];
