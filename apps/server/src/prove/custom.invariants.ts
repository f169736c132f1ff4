import type { Invariant } from "./invariants.ts";

/** Every row that has own fields; whoever was merged keeps theirs without a claim to them. */
const ROWS = `(select tenant_id, object_id, id, ext from objects.record
  union all select m.tenant_id, o.id, m.id, m.ext from customers.member m join objects.object o on o.tenant_id = m.tenant_id and o.key = 'member' where m.state <> 'merged'
  union all select p.tenant_id, o.id, p.id, p.ext from commerce.product p join objects.object o on o.tenant_id = p.tenant_id and o.key = 'product'
  union all select c.tenant_id, o.id, c.id, c.ext from commerce.order_custom c join objects.object o on o.tenant_id = c.tenant_id and o.key = 'order')`;

/** What stands beside own fields so that they are found, unique, and looked back from. */
export const customInvariants: readonly Invariant[] = [
  {
    name: "every unique value is claimed by the row that holds it",
    sql: `select r.tenant_id, r.id, f.key from objects.field f join ${ROWS} r on r.tenant_id = f.tenant_id and r.object_id = f.object_id
            left join objects.unique_value u on u.tenant_id = f.tenant_id and u.field_id = f.id and u.record_id = r.id
             and u.value = coalesce(r.ext -> f.id ->> 'digest', r.ext ->> f.id)
           where f.is_unique and f.archived_at is null and r.ext ? f.id and u.value is null
             and not exists (select 1 from objects.fill w where w.tenant_id = f.tenant_id and w.field_id = f.id and w.purpose = 'unique' and w.state = 'running')`,
  },
  {
    name: "every reference is a link, and every link a reference",
    sql: `select coalesce(l.tenant_id, v.tenant_id) as tenant_id, coalesce(l.from_id, v.id) as id, coalesce(l.field_id, v.field_id) as field_id from objects.link l
            full join (select r.tenant_id, r.id, f.id as field_id, e.to_id::uuid as to_id from objects.field f
                         join ${ROWS} r on r.tenant_id = f.tenant_id and r.object_id = f.object_id and r.ext ? f.id
                        cross join lateral jsonb_array_elements_text(case jsonb_typeof(r.ext -> f.id) when 'array' then r.ext -> f.id else jsonb_build_array(r.ext -> f.id) end) as e(to_id)
                        where f.kind = 'reference') v
              on v.tenant_id = l.tenant_id and v.field_id = l.field_id and v.id = l.from_id and v.to_id = l.to_id
            left join customers.member m on m.tenant_id = l.tenant_id and m.id = l.from_id
           where (l.to_id is null or v.to_id is null) and m.state is distinct from 'merged'`,
  },
];
