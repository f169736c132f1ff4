import { approvalInvariants } from "./approval.invariants.ts";
import { customInvariants } from "./custom.invariants.ts";
import { couponInvariants } from "./coupon.invariants.ts";
import { loyaltyInvariants } from "./loyalty.invariants.ts";
import { prepaidInvariants } from "./prepaid.invariants.ts";
import { referenceInvariants } from "./reference.invariants.ts";
import { mergeInvariants } from "./merge.invariants.ts";
import { billInvariants } from "./bill.invariants.ts";
import { offlineInvariants } from "./offline.invariants.ts";
import { mallInvariants } from "./mall.invariants.ts";
import { seaInvariants } from "./sea.invariants.ts";

/** Something that must hold at every moment. The statement returns the rows that break it. */
export interface Invariant {
  name: string;
  sql: string;
}

/** For operators: read across all tenants with the owner's login. Every row they return is a defect. */
export const invariants: readonly Invariant[] = [
  ...approvalInvariants,
  ...couponInvariants,
  ...customInvariants,
  ...loyaltyInvariants,
  ...billInvariants,
  ...offlineInvariants,
  ...mallInvariants,
  ...mergeInvariants,
  ...prepaidInvariants,
  ...referenceInvariants,
  ...seaInvariants,
  {
    name: "an account's balance is what its lots hold, less what is owed",
    sql: `select a.tenant_id, a.id, a.balance, a.owed, coalesce(l.remaining, 0) as lots from ledger.account a
            left join (select tenant_id, account_id, sum(remaining) as remaining from ledger.lot group by 1, 2) l
              on l.tenant_id = a.tenant_id and l.account_id = a.id
           where a.balance <> coalesce(l.remaining, 0) - a.owed`,
  },
  {
    name: "an account's balance is the sum of its postings",
    sql: `select a.tenant_id, a.id, a.balance, coalesce(p.amount, 0) as postings from ledger.account a
            left join (select tenant_id, account_id, sum(amount) as amount from ledger.posting group by 1, 2) p
              on p.tenant_id = a.tenant_id and p.account_id = a.id
           where a.balance <> coalesce(p.amount, 0)`,
  },
  {
    name: "a lot's rest is the sum of its postings",
    sql: `select l.tenant_id, l.id, l.remaining, coalesce(p.amount, 0) as postings from ledger.lot l
            left join (select tenant_id, lot_id, sum(amount) as amount from ledger.posting where lot_id is not null group by 1, 2) p
              on p.tenant_id = l.tenant_id and p.lot_id = l.id
           where l.remaining <> coalesce(p.amount, 0)`,
  },
  {
    name: "what a lot holds back is what its holds say",
    sql: `select l.tenant_id, l.id, l.held, coalesce(h.amount, 0) as holds from ledger.lot l
            left join (select tenant_id, lot_id, sum(amount) as amount from ledger.hold group by 1, 2) h
              on h.tenant_id = l.tenant_id and h.lot_id = l.id
           where l.held <> coalesce(h.amount, 0)`,
  },
  {
    name: "an order's lines and fees add up to its price",
    sql: `select o.tenant_id, o.id, o.net_fen, l.net from commerce."order" o
            left join (select tenant_id, order_id, sum(net_fen) as net, sum(points_earned) as points from commerce.order_line group by 1, 2) l
              on l.tenant_id = o.tenant_id and l.order_id = o.id
           where coalesce(l.net, 0) + o.fees_fen <> o.net_fen or coalesce(l.points, 0) <> o.points_earned`,
  },
  {
    name: "an order's tenders add up to its price",
    sql: `select o.tenant_id, o.id, o.net_fen, t.amount from commerce."order" o
            left join (select tenant_id, order_id, sum(amount_fen) as amount, sum(refunded_fen) as refunded from commerce.tender group by 1, 2) t
              on t.tenant_id = o.tenant_id and t.order_id = o.id
           where o.source = 'till' and (coalesce(t.amount, 0) <> o.net_fen or coalesce(t.refunded, 0) <> o.refunded_fen)`,
  },
  {
    name: "a line's parts of the tenders add up to the line",
    sql: `select tenant_id, order_id, no from commerce.order_line l
           where jsonb_array_length(tender_split) > 0
             and net_fen <> (select coalesce(sum(part::bigint), 0) from jsonb_array_elements_text(l.tender_split) part)`,
  },
  {
    name: "returns add up to what an order has refunded",
    sql: `select o.tenant_id, o.id, o.refunded_fen, r.amount from commerce."order" o
            left join (select tenant_id, order_id, sum(amount_fen) as amount from commerce."return" where order_id is not null group by 1, 2) r
              on r.tenant_id = o.tenant_id and r.order_id = o.id
           where coalesce(r.amount, 0) <> o.refunded_fen`,
  },
  {
    name: "an order earned and spent the points that the ledger moved for it",
    sql: `select o.tenant_id, o.id, o.points_earned, o.points_spent, p.earned, p.spent from commerce."order" o
            left join (select tenant_id, ref_id, sum(amount) filter (where kind = 'earn') as earned, -sum(amount) filter (where kind = 'spend') as spent
                         from ledger.posting where kind in ('earn', 'spend') group by 1, 2) p
              on p.tenant_id = o.tenant_id and p.ref_id = o.id
           where o.member_id is not null and (coalesce(p.earned, 0) <> o.points_earned or coalesce(p.spent, 0) <> o.points_spent)`,
  },
  {
    name: "stored value paid what the orders say",
    sql: `select t.tenant_id, t.order_id, t.amount_fen, t.refunded_fen, p.paid, p.back from
            (select tenant_id, order_id, sum(amount_fen) as amount_fen, sum(refunded_fen) as refunded_fen
               from commerce.tender where kind = 'stored-value' group by 1, 2) t
            left join (select tenant_id, ref_id, -sum(amount) filter (where kind = 'pay') as paid, sum(amount) filter (where kind = 'pay-back') as back
                         from ledger.posting where kind in ('pay', 'pay-back') group by 1, 2) p
              on p.tenant_id = t.tenant_id and p.ref_id = t.order_id
           where t.amount_fen <> coalesce(p.paid, 0) or t.refunded_fen <> coalesce(p.back, 0)`,
  },
  {
    name: "a member's standing counts the member's orders",
    sql: `select s.tenant_id, s.member_id, s.orders, s.net_fen, o.orders as found, o.net from loyalty.standing s
            full join (select tenant_id, member_id, count(*) as orders, sum(net_fen) as net from commerce."order" where member_id is not null group by 1, 2) o
              on o.tenant_id = s.tenant_id and o.member_id = s.member_id
           where coalesce(s.orders, 0) <> coalesce(o.orders, 0) or coalesce(s.net_fen, 0) <> coalesce(o.net, 0)`,
  },
  {
    name: "a member's standing counts what went back",
    sql: `select s.tenant_id, s.member_id, s.refunded_fen, r.amount from loyalty.standing s
            full join (select tenant_id, member_id, sum(amount_fen + clawed_fen) as amount from commerce."return" where member_id is not null group by 1, 2) r
              on r.tenant_id = s.tenant_id and r.member_id = s.member_id
           where coalesce(s.refunded_fen, 0) <> coalesce(r.amount, 0)`,
  },
  {
    name: "every order was told once",
    sql: `select o.tenant_id, o.id, e.times from commerce."order" o
            left join (select tenant_id, payload ->> 'orderId' as order_id, count(*) as times from kernel.event where type = 'commerce.order-paid' group by 1, 2) e
              on e.tenant_id = o.tenant_id and e.order_id = o.id
           where coalesce(e.times, 0) <> 1`,
  },
  {
    name: "a payment paid for one thing",
    sql: `select tenant_id, payment_id, count(*) from commerce.tender where payment_id is not null group by 1, 2 having count(*) > 1`,
  },
  {
    name: "what is owed is the only reason for a balance below nothing",
    sql: `select tenant_id, id, asset, balance, owed from ledger.account where balance < -owed`,
  },
  {
    name: "value is held for a quote that is held, or for a redemption that is to be paid",
    sql: `select h.tenant_id, h.ref_id, h.amount from ledger.hold h
            left join commerce.quote q on q.tenant_id = h.tenant_id and q.order_id = h.ref_id and q.state = 'held'
            left join loyalty.redemption r on r.tenant_id = h.tenant_id and r.id::text = h.ref_id and r.state = 'waiting'
           where q.order_id is null and r.id is null and h.ref_id not like 'freeze:%' and h.ref_id not like 'offline:%'`,
  },
  {
    name: "a top-up that is done was credited once, principal and bonus",
    sql: `select t.tenant_id, t.id, t.state, t.principal_fen, t.bonus_fen, p.amount from payments.top_up t
            left join (select tenant_id, ref_id, sum(amount) as amount from ledger.posting where kind = 'top-up' group by 1, 2) p
              on p.tenant_id = t.tenant_id and p.ref_id = t.id::text
           where coalesce(p.amount, 0) <> case when t.state = 'done' then t.principal_fen + t.bonus_fen else 0 end`,
  },
  {
    name: "an order's status says what was returned",
    sql: `select tenant_id, id, status, net_fen, refunded_fen from commerce."order"
           where (status = 'paid') and refunded_fen > 0 or status = 'partially-refunded' and refunded_fen >= net_fen and net_fen > 0`,
  },
  {
    name: "every member who has a standing exists, and every order's member too",
    sql: `select s.tenant_id, s.member_id from loyalty.standing s
            left join customers.member m on m.tenant_id = s.tenant_id and m.id = s.member_id where m.id is null
          union all
          select o.tenant_id, o.member_id from commerce."order" o
            left join customers.member m on m.tenant_id = o.tenant_id and m.id = o.member_id where o.member_id is not null and m.id is null`,
  },
];

/** What subscribers keep: it holds once they have worked off the queue, so of a tenant with jobs waiting nothing is said. */
export const derivedInvariants: readonly Invariant[] = [
  {
    name: "the dashboards' facts are the orders",
    sql: `select coalesce(h.tenant_id, o.tenant_id) as tenant_id, coalesce(h.business_on, o.business_on) as business_on, h.orders, o.orders as found, h.net_fen, o.net_fen as found_fen
            from (select tenant_id, store_id, business_on, sum(orders) as orders, sum(net_fen) as net_fen from insight.store_hour group by 1, 2, 3) h
            full join (select tenant_id, store_id, business_on, count(*) as orders, sum(net_fen) as net_fen from commerce."order" group by 1, 2, 3) o
              on o.tenant_id = h.tenant_id and o.store_id = h.store_id and o.business_on = h.business_on
           where (coalesce(h.orders, 0) <> coalesce(o.orders, 0) or coalesce(h.net_fen, 0) <> coalesce(o.net_fen, 0))
             and not exists (select 1 from pgboss.job j where j.name = 'insight.store-hour' and j.state in ('created', 'retry', 'active')
                              and j.data ->> 'tenantId' = coalesce(h.tenant_id, o.tenant_id)::text)`,
  },
  {
    name: "a template, and a push, has redeemed the coupons that were",
    sql: `select x.tenant_id, x.id, x.redeemed, c.found
            from (select tenant_id, id, redeemed from promotions.coupon_template union all select tenant_id, id, redeemed from promotions.coupon_push) x
            left join (select tenant_id, by_id, count(*) as found
                         from promotions.coupon cross join lateral (values (template_id), (push_id)) as counted (by_id) where state = 'redeemed' group by 1, 2) c
              on c.tenant_id = x.tenant_id and c.by_id = x.id
           where x.redeemed <> coalesce(c.found, 0)
             and not exists (select 1 from pgboss.job j where j.name = 'promotions.count-redeemed' and j.state in ('created', 'retry', 'active')
                              and j.data ->> 'tenantId' = x.tenant_id::text)`,
  },
];
