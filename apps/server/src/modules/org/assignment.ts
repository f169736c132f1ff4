import { fieldProblem, problem } from "../../kernel/problem.ts";
import type { DataScope, Scope } from "../../kernel/scope.ts";
import type { Power } from "./authority.ts";

export const lastAdministrator = problem("org/last-administrator", 409, "Somebody has to be left who manages staff and roles");

/** A role held at a unit. */
export interface Assignment {
  roleId: string;
  orgUnitId: string;
}

interface Row {
  permissions: string[];
  scope_kind: DataScope["kind"];
}

/** What the assignments would allow; names the field of one that does not exist. */
export async function powersOf(scope: Scope, assignments: readonly Assignment[]): Promise<Power[]> {
  const roles = new Map((await scope.tx.db.selectFrom("org.role").select(["id", "permissions", "scope_kind"])
    .where("id", "in", assignments.map((one) => one.roleId)).execute()).map((role) => [role.id, role as Row]));
  const units = new Map((await scope.tx.db.selectFrom("org.unit").select(["id", "path"])
    .where("id", "in", assignments.map((one) => one.orgUnitId)).execute()).map((unit) => [unit.id, unit.path]));
  return assignments.map(({ roleId, orgUnitId }, index) => {
    const role = roles.get(roleId);
    const path = units.get(orgUnitId);
    if (!role) throw fieldProblem(`roleIds.${index}`, "unknown", "is no role");
    if (!path) throw fieldProblem("orgUnitId", "unknown", "is no unit");
    return { permissions: role.permissions, scopeKind: role.scope_kind, path };
  });
}

/** What somebody's assignments allow now. */
export async function powersHeld(scope: Scope, staffId: string): Promise<Power[]> {
  return scope.tx.rows<Power>(
    `select r.permissions, r.scope_kind as "scopeKind", u.path
       from org.staff_role s join org.role r on r.tenant_id = $1 and r.id = s.role_id join org.unit u on u.tenant_id = $1 and u.id = s.unit_id
      where s.tenant_id = $1 and s.staff_id = $2`, [scope.tenantId, staffId]);
}

export async function assign(scope: Scope, staffId: string, assignments: readonly Assignment[]): Promise<void> {
  await scope.tx.db.deleteFrom("org.staff_role").where("staff_id", "=", staffId).execute();
  await scope.tx.db.insertInto("org.staff_role")
    .values(assignments.map(({ roleId, orgUnitId }) => ({ staff_id: staffId, role_id: roleId, unit_id: orgUnitId })))
    .onConflict((on) => on.doNothing()).execute();
}

/**
 * Throws when a change leaves nobody who can repair rights. To be called after the change, in its scope, with the lock taken
 * before it: two administrators who deactivate each other at once must not both succeed.
 */
export async function demandAdministrator(scope: Scope): Promise<void> {
  const [left] = await scope.tx.rows(
    `select 1 from org.staff_role s
       join org.role r on r.tenant_id = $1 and r.id = s.role_id and r.scope_kind = 'all' and r.permissions @> array['staff.manage', 'roles.manage']
       join org.staff p on p.tenant_id = $1 and p.id = s.staff_id and p.state = 'active'
      where s.tenant_id = $1 limit 1`, [scope.tenantId]);
  if (!left) throw lastAdministrator();
}

/** Changes of rights and of the tree go one after the other in a tenant; they are rare. */
export async function lockOrganisation(scope: Scope): Promise<void> {
  await scope.tx.rows("select 1 from org.unit where tenant_id = $1 and kind = 'headquarters' for update", [scope.tenantId]);
}
