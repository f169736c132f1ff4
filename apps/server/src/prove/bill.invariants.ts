import type { Invariant } from "./invariants.ts";

/** A table's bill that several people pay. */
export const billInvariants: readonly Invariant[] = [
  {
    name: "a bill's shares add up to it, its lines and its discounts",
    sql: `select b.tenant_id, b.id, b.total_fen, s.total, s.net, s.gross from commerce.bill b
            left join (select tenant_id, bill_id, sum(total_fen) as total, sum((part ->> 'netFen')::bigint) as net, sum((part ->> 'grossFen')::bigint) as gross,
                              sum((part ->> 'feesFen')::bigint) as fees from commerce.bill_share group by 1, 2) s on s.tenant_id = b.tenant_id and s.bill_id = b.id
           where s.total is distinct from b.total_fen or s.net is distinct from (b.quote ->> 'netFen')::bigint
              or s.gross is distinct from (b.quote ->> 'grossFen')::bigint or s.fees is distinct from (b.quote ->> 'feesFen')::bigint`,
  },
  {
    name: "a paid share is the order of its payer, for its amount",
    sql: `select s.tenant_id, s.bill_id, s.no, s.total_fen, o.net_fen from commerce.bill_share s
            left join commerce."order" o on o.tenant_id = s.tenant_id and o.id = s.order_id
           where s.state = 'paid' and (o.id is null or o.net_fen <> s.total_fen or o.member_id is distinct from s.payer_id)`,
  },
  {
    name: "a bill is paid when all its shares are, and only then",
    sql: `select b.tenant_id, b.id, b.state from commerce.bill b
           where (b.state = 'paid') = exists (select 1 from commerce.bill_share s where s.tenant_id = b.tenant_id and s.bill_id = b.id and s.state = 'open')
              or b.state = 'void' and exists (select 1 from commerce.bill_share s where s.tenant_id = b.tenant_id and s.bill_id = b.id and s.state = 'paid')`,
  },
];
