import type { Invariant } from "./invariants.ts";

/** Codes for tills without network. */
export const offlineInvariants: readonly Invariant[] = [
  {
    name: "an offline code holds exactly what is left of its allowance, and nothing when it has ended",
    sql: `select c.tenant_id, c.id, c.state, c.allowance_fen, c.used_fen, h.amount from commerce.offline_code c
            left join (select tenant_id, ref_id, sum(amount) as amount from ledger.hold where ref_id like 'offline:%' group by 1, 2) h
              on h.tenant_id = c.tenant_id and h.ref_id = 'offline:' || c.id
           where coalesce(h.amount, 0) <> case when c.state = 'open' then c.allowance_fen - c.used_fen else 0 end`,
  },
  {
    name: "the orders of an offline code were paid from it by what it says was used",
    sql: `select c.tenant_id, c.id, c.used_fen, o.paid from commerce.offline_code c
            left join (select o.tenant_id, o.proof -> 'offline' ->> 'codeId' as code_id, sum(t.amount_fen) as paid from commerce."order" o
                         join commerce.tender t on t.tenant_id = o.tenant_id and t.order_id = o.id and t.kind = 'stored-value'
                        where o.proof ? 'offline' group by 1, 2) o on o.tenant_id = c.tenant_id and o.code_id = c.id::text
           where coalesce(o.paid, 0) <> c.used_fen`,
  },
];
