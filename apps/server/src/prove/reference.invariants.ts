import type { Invariant } from "./invariants.ts";

/** References that no foreign key keeps, because every order, or every member of an import, would pay for it (see docs/adr/0009). */
export const referenceInvariants: readonly Invariant[] = [
  {
    name: "no line and no tender stands without its order",
    sql: `select l.tenant_id, l.order_id, l.no from commerce.order_line l
            left join commerce."order" o on o.tenant_id = l.tenant_id and o.id = l.order_id where o.id is null
          union all
          select t.tenant_id, t.order_id, t.no from commerce.tender t
            left join commerce."order" o on o.tenant_id = t.tenant_id and o.id = t.order_id where o.id is null`,
  },
  {
    name: "every posting is about an account that exists, and a lot of that account or of one that it was merged with",
    sql: `select p.tenant_id, p.account_id, p.id, p.lot_id from ledger.posting p
            left join ledger.account a on a.tenant_id = p.tenant_id and a.id = p.account_id
            left join ledger.lot l on l.tenant_id = p.tenant_id and l.id = p.lot_id
           where a.id is null or (p.lot_id is not null and (l.id is null or (l.account_id <> p.account_id
              and not exists (select 1 from ledger.kin k where k.tenant_id = p.tenant_id and k.account_id = p.account_id and k.kin_id = l.account_id))))`,
  },
  {
    name: "every lot belongs to an account",
    sql: `select l.tenant_id, l.account_id, l.id from ledger.lot l
            left join ledger.account a on a.tenant_id = l.tenant_id and a.id = l.account_id where a.id is null`,
  },
  {
    name: "every identity belongs to a member",
    sql: `select i.tenant_id, i.member_id, i.kind, i.id from customers.identity i
            left join customers.member m on m.tenant_id = i.tenant_id and m.id = i.member_id where m.id is null`,
  },
  {
    name: "every coupon is of a version that its template had",
    sql: `select c.tenant_id, c.id, c.template_id, c.template_version from promotions.coupon c
            left join promotions.coupon_template_version v on v.tenant_id = c.tenant_id and v.template_id = c.template_id and v.version = c.template_version
           where v.version is null`,
  },
];
