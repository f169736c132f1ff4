import type { Invariant } from "./invariants.ts";

/** Redemptions that are out: not given back, or given back without what was taken. */
const OUT = "(r.state in ('waiting', 'ready', 'done') or (r.state = 'refunded' and not r.restocked))";

/** The points mall and the benefits: nothing is handed out twice, nothing is out that was not taken. */
export const mallInvariants: readonly Invariant[] = [
  {
    name: "of an item is out what its redemptions took, and not more than its stock",
    sql: `select i.tenant_id, i.id, i.redeemed, i.stock, r.quantity from loyalty.mall_item i
            left join (select tenant_id, item_id, sum(quantity) as quantity from loyalty.redemption r where ${OUT} group by 1, 2) r
              on r.tenant_id = i.tenant_id and r.item_id = i.id
           where i.redeemed <> coalesce(r.quantity, 0) or i.redeemed > i.stock`,
  },
  {
    name: "a member's allowance of an item is what the member has of it",
    sql: `select a.tenant_id, a.item_id, a.member_id, a.period, a.taken, r.quantity from loyalty.mall_allowance a
            left join (select tenant_id, item_id, member_id, period, sum(quantity) as quantity from loyalty.redemption
                        where state in ('waiting', 'ready', 'done') group by 1, 2, 3, 4) r
              on r.tenant_id = a.tenant_id and r.item_id = a.item_id and r.member_id = a.member_id and r.period = a.period
           where a.taken <> coalesce(r.quantity, 0)`,
  },
  {
    name: "a redemption has moved its points: taken while it stands, back when it has ended",
    sql: `select r.tenant_id, r.id, r.state, r.points, p.amount from loyalty.redemption r
            left join (select tenant_id, ref_id, sum(amount) as amount from ledger.posting where kind in ('redeem', 'redeem-back') group by 1, 2) p
              on p.tenant_id = r.tenant_id and p.ref_id = r.id::text
           where coalesce(p.amount, 0) <> case when r.state in ('ready', 'done') then -r.points else 0 end`,
  },
  {
    name: "a redemption that waits for its payment holds its points",
    sql: `select r.tenant_id, r.id, r.points, h.amount from loyalty.redemption r
            left join (select tenant_id, ref_id, sum(amount) as amount from ledger.hold group by 1, 2) h on h.tenant_id = r.tenant_id and h.ref_id = r.id::text
           where coalesce(h.amount, 0) <> case when r.state = 'waiting' then r.points else 0 end`,
  },
  {
    name: "the cash part of what is out was paid, by WeChat or at a counter",
    sql: `select r.tenant_id, r.id, r.cash_fen, p.amount_fen from loyalty.redemption r
            left join payments.payment p on p.tenant_id = r.tenant_id and p.id = r.payment_id and p.state = 'succeeded' and p.used_by = r.id::text
           where r.state in ('ready', 'done') and r.cash_fen > 0 and r.paid_by is null and p.amount_fen is distinct from r.cash_fen`,
  },
  {
    name: "points that a benefit gave were credited once, and taken back where it was undone",
    sql: `select u.tenant_id, u.id, u.outcome, p.amount from loyalty.benefit_use u
            left join (select tenant_id, ref_id, sum(amount) as amount from ledger.posting where kind in ('earn.benefit', 'take-back.benefit') group by 1, 2) p
              on p.tenant_id = u.tenant_id and p.ref_id = u.id::text
           where coalesce(p.amount, 0) <> case when u.undone_at is null then coalesce((u.outcome ->> 'points')::bigint, 0) else 0 end`,
  },
  {
    name: "a partner's code was handed out once, to the use that shows it",
    sql: `select c.tenant_id, c.id, c.use_id from loyalty.benefit_code c
            left join loyalty.benefit_use u on u.tenant_id = c.tenant_id and u.id = c.use_id and u.outcome ->> 'code' = c.code
           where c.use_id is not null and u.id is null
          union all
          select u.tenant_id, u.id, u.id from loyalty.benefit_use u
            left join loyalty.benefit_code c on c.tenant_id = u.tenant_id and c.use_id = u.id
           where u.outcome ? 'code' group by 1, 2 having count(c.id) <> 1`,
  },
  {
    name: "of a grant is used what its uses took",
    sql: `select g.tenant_id, g.id, g.used, u.times from loyalty.benefit_grant g
            left join (select tenant_id, grant_id, count(*) as times from loyalty.benefit_use where undone_at is null group by 1, 2) u
              on u.tenant_id = g.tenant_id and u.grant_id = g.id
           where g.used <> coalesce(u.times, 0)`,
  },
];
