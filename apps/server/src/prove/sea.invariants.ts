import type { Invariant } from "./invariants.ts";

/** Who owns which record: what stands beside a holding agrees with it. */
export const seaInvariants: readonly Invariant[] = [
  {
    name: "a seat holds as many records as its owner has in the pool",
    sql: `select coalesce(s.tenant_id, h.tenant_id) as tenant_id, coalesce(s.pool_id, h.pool_id) as pool_id, coalesce(s.staff_id, h.owner_id) as staff_id, s.held, h.records from sales.seat s
            full join (select tenant_id, pool_id, owner_id, count(*) as records from sales.holding where owner_id is not null group by 1, 2, 3) h
              on h.tenant_id = s.tenant_id and h.pool_id = s.pool_id and h.owner_id = s.staff_id
           where coalesce(s.held, 0) <> coalesce(h.records, 0)`,
  },
  {
    name: "the last entry of a record's history says whose it is and in which pool",
    sql: `select h.tenant_id, h.record_id, e.kind, e.to_owner, h.owner_id from sales.holding h
            left join sales.holding_entry e on e.tenant_id = h.tenant_id and e.record_id = h.record_id and e.no = h.entries
           where e.kind is null or e.to_owner is distinct from h.owner_id or e.pool_id <> h.pool_id
              or exists (select 1 from sales.holding_entry n where n.tenant_id = h.tenant_id and n.record_id = h.record_id and n.no > h.entries)`,
  },
  {
    name: "only what somebody holds has a date at which it falls back, and every date of a live pool is what its rules say",
    sql: `select h.tenant_id, h.record_id, h.due_at from sales.holding h
            join sales.pool p on p.tenant_id = h.tenant_id and p.id = h.pool_id and p.archived_at is null
           where (h.due_at is not null and h.owner_id is null)
              or (h.due_at is not null and h.due_at is distinct from least(h.touched_at + p.idle_days * interval '24 hours', h.since + p.win_days * interval '24 hours') + h.extended * p.extension_days * interval '24 hours'
                  and not exists (select 1 from sales.walk w where w.tenant_id = h.tenant_id and w.pool_id = h.pool_id and w.purpose = 'dues' and w.state = 'running'))`,
  },
];
