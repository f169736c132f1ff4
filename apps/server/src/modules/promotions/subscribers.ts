import { ORDER_PAID, ORDER_RETURNED, type OrderPaid, type OrderReturned } from "../../events/commerce.ts";
import { integers, uuids } from "../../kernel/db/array.ts";
import type { DomainEvent, Subscriber } from "../../kernel/events.ts";
import type { Scope } from "../../kernel/scope.ts";

/** Keeps each template's count of redeemed coupons: paid orders add theirs, returns take away what they gave back. */
async function countRedeemed(scope: Scope, events: readonly DomainEvent[]): Promise<void> {
  const byCoupon = new Map<string, number>();
  for (const event of events) {
    const { couponIds } = event.payload as unknown as OrderPaid | OrderReturned;
    for (const id of couponIds) byCoupon.set(id, (byCoupon.get(id) ?? 0) + (event.type === ORDER_PAID ? 1 : -1));
  }
  const changed = [...byCoupon].filter(([, count]) => count !== 0);
  if (changed.length === 0) return;
  await scope.tx.rows(
    `update promotions.coupon_template t set redeemed = t.redeemed + v.count
       from (select c.template_id, sum(u.count)::int as count from unnest($2::uuid[], $3::int[]) as u(id, count)
               cross join lateral (select d.template_id from promotions.coupon d where d.tenant_id = $1 and d.id = u.id offset 0) as c
              group by c.template_id) v
      where t.tenant_id = $1 and t.id = v.template_id`,
    [scope.tenantId, uuids(changed, ([id]) => id), integers(changed, ([, count]) => count)]);
}

export const subscribers: readonly Subscriber[] = [
  { name: "promotions.count-redeemed", on: [ORDER_PAID, ORDER_RETURNED], handle: countRedeemed },
];
