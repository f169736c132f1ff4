import type { Scope } from "../../kernel/scope.ts";

/**
 * Whether somebody (`s`, of `org.staff`) has a permission at a store, as a condition: `can` and `store` are parameters of the
 * statement, `$1` is the tenant. A store that is null asks whether they have it anywhere.
 */
export const holdsAt = (can: string, store: string): string =>
  `exists (select 1 from org.staff_role a
     join org.role r on r.tenant_id = $1 and r.id = a.role_id and ${can} = any(r.permissions)
     join org.unit u on u.tenant_id = $1 and u.id = a.unit_id
    where a.tenant_id = $1 and a.staff_id = s.id
      and (r.scope_kind = 'all' or ${store}::uuid is null
        or exists (select 1 from org.unit p where p.tenant_id = $1 and p.id = ${store}::uuid and starts_with(p.path, u.path))))`;

export interface Holder {
  id: string;
  name: string;
  account: string;
}

/** Nobody looks through more colleagues than this by name. */
const MAX_HOLDERS = 5_000;

/** Staff who have a permission at a store, by name; of `among` only, where it is given. */
export const listHolders = (scope: Scope, { can, storeId, among }: { can: string; storeId: string | null; among?: readonly string[] }): Promise<Holder[]> =>
  scope.tx.rows<Holder>(
    `select s.id, s.name, s.account from org.staff s
      where s.tenant_id = $1 and s.state = 'active' and ($4::uuid[] is null or s.id = any($4)) and ${holdsAt("$2", "$3")} order by s.name, s.id limit ${MAX_HOLDERS}`,
    [scope.tenantId, can, storeId, among ?? null]);
