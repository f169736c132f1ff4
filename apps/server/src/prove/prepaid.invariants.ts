import type { Invariant } from "./invariants.ts";

/** Prepaid value and cards: nothing is owed twice, nothing is given back that was not prepaid. */
export const prepaidInvariants: readonly Invariant[] = [
  {
    name: "a withdrawal took from the ledger what it says, and what was declined is back",
    sql: `select w.tenant_id, w.id, w.state, w.principal_fen, w.bonus_fen, p.moved from payments.withdrawal w
            left join (select tenant_id, ref_id, -sum(amount) as moved from ledger.posting where kind in ('withdraw', 'withdraw-back') group by 1, 2) p
              on p.tenant_id = w.tenant_id and p.ref_id = w.id::text
           where w.card_id is null and coalesce(p.moved, 0) <> case when w.state = 'declined' then 0 else w.principal_fen + w.bonus_fen end`,
  },
  {
    name: "a withdrawal waits as long as its approval does, and went the way that was decided",
    sql: `select w.tenant_id, w.id, w.state, q.state as decision from payments.withdrawal w
            left join platform.approval_request q on q.tenant_id = w.tenant_id and q.id = w.id and q.kind = 'withdrawal'
           where case when q.state is null then w.state = 'waiting' when q.state = 'waiting' then w.state <> 'waiting'
                      when q.state = 'approved' then w.state not in ('paying', 'done') else w.state <> 'declined' end`,
  },
  {
    name: "what goes back for a top-up or a card is never more than was paid for it",
    sql: `select x.tenant_id, x.source_id, x.refund_fen, coalesce(t.principal_fen, s.price_fen) as paid from
            (select p.tenant_id, p.source_id, sum(p.refund_fen) as refund_fen from payments.withdrawal_part p
               join payments.withdrawal w on w.tenant_id = p.tenant_id and w.id = p.withdrawal_id and w.state <> 'declined' group by 1, 2) x
            left join payments.top_up t on t.tenant_id = x.tenant_id and t.id::text = x.source_id
            left join payments.card_sale s on s.tenant_id = x.tenant_id and s.id::text = x.source_id
           where x.refund_fen > coalesce(t.principal_fen, s.price_fen)`,
  },
  {
    name: "a withdrawal that is paid out has its parts",
    sql: `select w.tenant_id, w.id, w.refund_fen, p.parts from payments.withdrawal w
            left join (select tenant_id, withdrawal_id, sum(refund_fen) as parts from payments.withdrawal_part group by 1, 2) p
              on p.tenant_id = w.tenant_id and p.withdrawal_id = w.id
           where coalesce(p.parts, 0) <> case when w.state in ('paying', 'done') then w.refund_fen else 0 end`,
  },
  {
    name: "value that went from one holder to another arrived whole",
    sql: `select tenant_id, ref_id, kind, sum(amount) as lost from ledger.posting where kind in ('transfer', 'card-bind', 'merge') group by 1, 2, 3 having sum(amount) <> 0`,
  },
  {
    name: "principal owed is what was topped up, less what was used and given back",
    sql: `select a.tenant_id, a.balance, p.net from
            (select tenant_id, sum(balance) as balance from ledger.account where asset = 'prepaid.principal' group by 1) a
            join (select p.tenant_id, sum(p.amount) as net from ledger.posting p join ledger.account a on a.tenant_id = p.tenant_id and a.id = p.account_id
                   where a.asset = 'prepaid.principal' and p.kind in ('top-up', 'opening', 'card-sale', 'card-extend', 'card-bind', 'transfer', 'pay', 'pay-back', 'withdraw', 'withdraw-back', 'expire')
                   group by 1) p on p.tenant_id = a.tenant_id
           where a.balance <> p.net`,
  },
  {
    name: "a card's units are used, left, given back or ended, and none twice",
    sql: `select s.tenant_id, s.id, s.units, s.used, l.remaining, p.back, p.ended from payments.card_sale s
            left join ledger.lot l on l.tenant_id = s.tenant_id and l.origin_kind = 'card-sale' and l.origin_id = s.id::text
            left join (select tenant_id, lot_id, -coalesce(sum(amount) filter (where kind in ('card-refund', 'card-refund-back')), 0) as back,
                              -coalesce(sum(amount) filter (where kind = 'expire'), 0) as ended,
                              -coalesce(sum(amount) filter (where kind in ('card-use', 'card-undo', 'card-day')), 0) as used
                         from ledger.posting where kind in ('card-refund', 'card-refund-back', 'expire', 'card-use', 'card-undo', 'card-day') group by 1, 2) p
              on p.tenant_id = l.tenant_id and p.lot_id = l.id
           where case when s.state = 'done' then s.units <> s.used + coalesce(l.remaining, 0) + coalesce(p.back, 0) + coalesce(p.ended, 0) or s.used <> coalesce(p.used, 0)
                      else l.id is not null end`,
  },
  {
    name: "a card's price is earned as its units are used",
    sql: `select tenant_id, id, units, used, price_fen, recognised_fen from payments.card_sale
           where recognised_fen <> floor((price_fen * used * 2 + units)::numeric / (units * 2))`,
  },
  {
    name: "the uses of a count card are those that its sale counts",
    sql: `select c.tenant_id, c.id, s.used, s.recognised, u.uses, u.recognised as earned from payments.card c
            join (select tenant_id, card_id, sum(used) as used, sum(recognised_fen) as recognised from payments.card_sale group by 1, 2) s on s.tenant_id = c.tenant_id and s.card_id = c.id
            left join (select tenant_id, card_id, sum(uses) as uses, sum(recognised_fen) as recognised from payments.card_use group by 1, 2) u on u.tenant_id = c.tenant_id and u.card_id = c.id
           where c.kind = 'count' and (s.used <> coalesce(u.uses, 0) or s.recognised <> coalesce(u.recognised, 0))`,
  },
  {
    name: "frozen stored value has a reason",
    sql: `select a.tenant_id, a.holder_id, a.asset from ledger.account a
            left join payments.freeze f on f.tenant_id = a.tenant_id and f.member_id = a.holder_id
           where a.asset like 'prepaid.%' and (a.state = 'frozen') <> (f.member_id is not null)`,
  },
];
