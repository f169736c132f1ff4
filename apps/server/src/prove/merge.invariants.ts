import type { Invariant } from "./invariants.ts";

/** Members who became one: nothing stays behind, and every alias has its paper. */
export const mergeInvariants: readonly Invariant[] = [
  {
    name: "a member who was merged has nothing of value left",
    sql: `select m.tenant_id, m.id, x.what from customers.member m join (
            select tenant_id, holder_id as member_id, asset as what from ledger.account where balance <> 0 or owed <> 0
            union all select tenant_id, member_id, 'order' from commerce."order" where member_id is not null
            union all select tenant_id, member_id, 'coupon' from promotions.coupon where member_id is not null
            union all select tenant_id, member_id, 'card' from payments.card
            union all select tenant_id, member_id, 'identity' from customers.identity
            union all select tenant_id, member_id, 'session' from customers.session) x on x.tenant_id = m.tenant_id and x.member_id = m.id
           where m.state = 'merged'`,
  },
  {
    name: "a member who was merged is the absorbed one of one merge that stands",
    sql: `select m.tenant_id, m.id, m.merged_into, g.survivor_id from customers.member m
            full join (select * from customers.merge where state = 'done') g on g.tenant_id = m.tenant_id and g.absorbed_id = m.id
           where (g.id is not null or m.state = 'merged') and m.merged_into is distinct from g.survivor_id`,
  },
];
