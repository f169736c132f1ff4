import type { Invariant } from "./invariants.ts";

export const couponInvariants: readonly Invariant[] = [
  {
    name: "a coupon was redeemed by the one order that names it",
    sql: `select c.tenant_id, c.id, c.state, c.order_id from promotions.coupon c
            left join commerce."order" o on o.tenant_id = c.tenant_id and o.id = c.order_id and o.proof -> 'couponIds' ? c.id::text
           where c.state = 'redeemed' and c.redeemed_by is null and o.id is null`,
  },
  {
    name: "no coupon stands in two orders that were not returned",
    sql: `select o.tenant_id, coupon, count(*) from commerce."order" o cross join jsonb_array_elements_text(o.proof -> 'couponIds') coupon
           where o.source = 'till' and o.status <> 'refunded'
             and not exists (select 1 from promotions.coupon_return r where r.tenant_id = o.tenant_id and r.order_id = o.id and r.coupon_id = coupon::uuid)
           group by 1, 2 having count(*) > 1`,
  },
  {
    name: "a template has issued the coupons that exist, and not more than its stock",
    sql: `select t.tenant_id, t.id, t.issued, t.stock, c.found from promotions.coupon_template t
            left join (select tenant_id, template_id, count(*) as found from promotions.coupon group by 1, 2) c
              on c.tenant_id = t.tenant_id and c.template_id = t.id
           where t.issued <> coalesce(c.found, 0) or t.issued > t.stock`,
  },
  {
    name: "a push issued the coupons that exist",
    sql: `select p.tenant_id, p.id, p.issued, c.found from promotions.coupon_push p
            left join (select tenant_id, push_id, count(*) as found from promotions.coupon where push_id is not null group by 1, 2) c
              on c.tenant_id = p.tenant_id and c.push_id = p.id
           where p.issued <> coalesce(c.found, 0)`,
  },
  {
    name: "a coupon is on its way while its gift is offered, and only then",
    sql: `select c.tenant_id, c.id, c.state, g.state as gift from promotions.coupon c
            full join (select * from promotions.coupon_gift where state = 'offered') g on g.tenant_id = c.tenant_id and g.coupon_id = c.id
           where (c.state = 'given' and g.id is null) or (g.id is not null and c.state not in ('given', 'void'))`,
  },
  {
    name: "a link gave as many coupons as it counts",
    sql: `select s.tenant_id, s.id, s.claims, c.found from promotions.coupon_share s
            left join (select tenant_id, share_id, count(*) as found from promotions.coupon_share_claim group by 1, 2) c
              on c.tenant_id = s.tenant_id and c.share_id = s.id
           where s.claims <> coalesce(c.found, 0)`,
  },
  {
    name: "a coupon is held for a quote that is held, or for a bill that is to be paid",
    sql: `select c.tenant_id, c.id, c.order_id from promotions.coupon c
            left join commerce.quote q on q.tenant_id = c.tenant_id and q.order_id = c.order_id and q.state = 'held'
            left join commerce.bill b on b.tenant_id = c.tenant_id and b.id = c.order_id and b.state = 'open'
           where c.state = 'held' and q.order_id is null and b.id is null`,
  },
];
