import type { DataScope, Scope } from "../../kernel/scope.ts";

/** What somebody may do, and with which stores' data. */
export interface Reach {
  permissions: ReadonlySet<string>;
  dataScope: DataScope;
}

interface Grant {
  permissions: string[];
  scope_kind: DataScope["kind"];
  path: string;
}

export const widths = ["own", "store", "region", "all"] as const satisfies readonly DataScope["kind"][];
export const widthOf = (kind: DataScope["kind"]): number => widths.indexOf(kind);

/**
 * The union of all roles' permissions, and the widest data scope. A role counts for its unit and everything below it; a role
 * whose scope is "all" counts everywhere.
 */
export async function reachOf(scope: Scope, staffId: string): Promise<Reach> {
  const grants = await scope.tx.rows<Grant>(
    `select r.permissions, r.scope_kind, u.path
       from org.staff_role s
       join org.role r on r.tenant_id = $1 and r.id = s.role_id
       join org.unit u on u.tenant_id = $1 and u.id = s.unit_id
      where s.tenant_id = $1 and s.staff_id = $2`, [scope.tenantId, staffId]);
  return reachFrom(scope, grants);
}

export async function reachFrom(scope: Scope, grants: readonly Grant[]): Promise<Reach> {
  const permissions = new Set(grants.flatMap((grant) => grant.permissions));
  const kind = widths.findLast((width) => grants.some((grant) => grant.scope_kind === width)) ?? "own";
  return { permissions, dataScope: { kind, storeIds: kind === "all" ? null : await storesBelow(scope, grants.map((grant) => grant.path)) } };
}

/** Stores at or below any of the paths, closed ones too: their orders are still somebody's to see. */
export async function storesBelow(scope: Scope, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const stores = await scope.tx.rows<{ id: string }>(
    `select id from org.unit where tenant_id = $1 and kind = 'store' and path like any ($2::text[]) order by id`,
    [scope.tenantId, paths.map((path) => `${path}%`)]);
  return stores.map((store) => store.id);
}
