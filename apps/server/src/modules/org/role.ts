import { audit } from "../../kernel/audit.ts";
import { problem } from "../../kernel/problem.ts";
import { newId, type DataScope, type Scope } from "../../kernel/scope.ts";
import { demandAdministrator, lockOrganisation } from "./assignment.ts";
import { beyondAuthority, demandAuthority } from "./authority.ts";
import { builtInRoles } from "./built-in-role.ts";
import type { Menu } from "./menu.schema.ts";
import { getRole } from "./role.view.ts";

export const roleNameTaken = problem("org/role-name-taken", 409, "A role has this name already");
export const roleFixed = problem("org/role-fixed", 409, "The administrator's role stays as it is");
export const roleInUse = problem("org/role-in-use", 409, "Somebody has this role");

export interface RoleDraft {
  name: string;
  permissions: readonly string[];
  scope: DataScope["kind"];
  menu?: Menu | null | undefined;
}

export async function addRole(scope: Scope, draft: RoleDraft) {
  demandRoleAuthority(scope, draft);
  const id = newId<"role">(scope);
  await refuseTakenName(scope, draft.name, id);
  await scope.tx.db.insertInto("org.role").values({ id, name: draft.name, permissions: [...new Set(draft.permissions)], scope_kind: draft.scope, menu: kept(draft.menu ?? null) }).execute();
  const after = await getRole(scope, id);
  audit(scope, { action: "role.add", subjectKind: "role", subjectId: id, after });
  return after;
}

export async function changeRole(scope: Scope, roleId: string, change: { [Field in keyof RoleDraft]?: RoleDraft[Field] | undefined }) {
  await lockOrganisation(scope);
  const before = await getRole(scope, roleId);
  refuseFixed(before);
  demandRoleAuthority(scope, before);
  const next = { name: change.name ?? before.name, permissions: [...new Set(change.permissions ?? before.permissions)], scope: change.scope ?? before.scope, menu: change.menu === undefined ? before.menu : change.menu };
  demandRoleAuthority(scope, next);
  await refuseTakenName(scope, next.name, roleId);
  await scope.tx.db.updateTable("org.role").set({ name: next.name, permissions: next.permissions, scope_kind: next.scope, menu: kept(next.menu) }).where("id", "=", roleId).execute();
  await demandAdministrator(scope);
  const after = await getRole(scope, roleId);
  audit(scope, { action: "role.change", subjectKind: "role", subjectId: roleId, before, after });
  return after;
}

export async function removeRole(scope: Scope, roleId: string): Promise<void> {
  await lockOrganisation(scope);
  const before = await getRole(scope, roleId);
  if (before.isBuiltIn) throw roleFixed({ detail: "Built-in roles stay" });
  demandRoleAuthority(scope, before);
  if (before.staffCount > 0) throw roleInUse({ detail: `${before.staffCount} of the staff have it`, holders: before.staffCount });
  await scope.tx.db.deleteFrom("org.role").where("id", "=", roleId).execute();
  audit(scope, { action: "role.remove", subjectKind: "role", subjectId: roleId, before });
}

const kept = (menu: Menu | null): string | null => menu && JSON.stringify(menu);

/** A role counts wherever it is given, so only somebody with the whole tenant in view may shape one. */
function demandRoleAuthority(scope: Scope, { permissions, scope: scopeKind }: Pick<RoleDraft, "permissions" | "scope">): void {
  if (scope.actor.kind === "staff" && scope.actor.dataScope.kind !== "all") throw beyondAuthority({ detail: "Roles belong to the whole organisation" });
  demandAuthority(scope, [{ permissions, scopeKind, path: "" }]);
}

export const isFixed = (role: { name: string; isBuiltIn: boolean }): boolean => role.isBuiltIn && role.name === builtInRoles.admin.name;

function refuseFixed(role: { name: string; isBuiltIn: boolean }): void {
  if (isFixed(role)) throw roleFixed();
}

async function refuseTakenName(scope: Scope, name: string, exceptId: string): Promise<void> {
  const taken = await scope.tx.db.selectFrom("org.role").select("id").where("name", "=", name).where("id", "!=", exceptId).executeTakeFirst();
  if (taken) throw roleNameTaken({ errors: [{ field: "name", code: "taken", message: "is taken" }] });
}
