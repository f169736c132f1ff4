import type { DataScope, Scope } from "../../kernel/scope.ts";

/** What somebody may do, and with which stores' data. */
export interface Reach {
  permissions: ReadonlySet<string>;
  /** Of all roles together: for what needs no permission, and for the shell. */
  dataScope: DataScope;
  /** Of each permission, where they differ. */
  scopes?: ReadonlyMap<string, DataScope>;
}

interface Grant {
  permissions: string[];
  scope_kind: DataScope["kind"];
  path: string;
}

export const widths = ["own", "store", "region", "all"] as const satisfies readonly DataScope["kind"][];
export const widthOf = (kind: DataScope["kind"]): number => widths.indexOf(kind);

/**
 * The union of all roles' permissions; each permission reaches as far as the roles that grant it. A role counts for its unit
 * and everything below it; a role whose scope is "all" counts everywhere.
 */
export async function reachOf(scope: Scope, staffId: string): Promise<Reach> {
  const grants = await scope.tx.rows<Grant>(
    `select r.permissions, r.scope_kind, u.path
       from org.staff_role s
       join org.role r on r.tenant_id = $1 and r.id = s.role_id
       join org.unit u on u.tenant_id = $1 and u.id = s.unit_id
      where s.tenant_id = $1 and s.staff_id = $2`, [scope.tenantId, staffId]);
  const stores = await storesBelow(scope, grants.filter((grant) => grant.scope_kind !== "all").map((grant) => grant.path));
  const permissions = new Set(grants.flatMap((grant) => grant.permissions));
  const dataScope = dataScopeOf(grants, stores);
  if (grants.length < 2) return { permissions, dataScope };
  return { permissions, dataScope, scopes: new Map([...permissions].map((permission) =>
    [permission, dataScopeOf(grants.filter((grant) => grant.permissions.includes(permission)), stores)])) };
}

function dataScopeOf(grants: readonly Grant[], stores: readonly StorePath[]): DataScope {
  const kind = widths.findLast((width) => grants.some((grant) => grant.scope_kind === width)) ?? "own";
  if (kind === "all") return { kind, storeIds: null, roots: null };
  const roots = [...new Set(grants.map((grant) => grant.path))];
  return { kind, roots, storeIds: stores.filter((store) => roots.some((root) => store.path.startsWith(root))).map((store) => store.id) };
}

interface StorePath {
  id: string;
  path: string;
}

/** Stores at or below any of the paths, closed ones too: their orders are still somebody's to see. */
async function storesBelow(scope: Scope, paths: readonly string[]): Promise<StorePath[]> {
  if (paths.length === 0) return [];
  return scope.tx.rows<StorePath>(
    `select id, path from org.unit where tenant_id = $1 and kind = 'store' and path like any ($2::text[]) order by id`,
    [scope.tenantId, paths.map((path) => `${path}%`)]);
}
