import { problem } from "../../kernel/problem.ts";
import type { DataScope, Scope } from "../../kernel/scope.ts";
import { widthOf } from "./reach.ts";

export const beyondAuthority = problem("org/beyond-authority", 403, "Nobody hands out more than they have");

/** A role at a unit, as far as it matters for who may hand it out. */
export interface Power {
  permissions: readonly string[];
  scopeKind: DataScope["kind"];
  /** Of the unit. */
  path: string;
}

/**
 * Throws unless the actor has every permission of these powers, at least as wide, at units of the actor's own part of the
 * tree. Asked before powers are given, and before somebody who holds them is changed: whoever resets the administrator's
 * password is the administrator.
 */
export async function demandAuthority(scope: Scope, powers: readonly Power[]): Promise<void> {
  const { actor } = scope;
  if (actor.kind === "system") return;
  if (actor.kind !== "staff") throw beyondAuthority();
  const excess = [...new Set(powers.flatMap((power) => power.permissions))].filter((permission) => !actor.permissions.has(permission));
  if (excess.length > 0) throw beyondAuthority({ detail: `You do not have ${excess.join(", ")} yourself`, permissions: excess });
  const width = widthOf(actor.dataScope.kind);
  if (powers.some((power) => widthOf(power.scopeKind) > width)) throw beyondAuthority({ detail: "The role sees more than you do" });
  await demandTerritory(scope, powers.map((power) => power.path));
}

/** Throws unless all the paths are in the actor's part of the tree. */
export async function demandTerritory(scope: Scope, paths: readonly string[]): Promise<void> {
  const own = await territory(scope);
  if (own && paths.some((path) => !own.some((root) => path.startsWith(root)))) throw beyondAuthority({ detail: "The unit is outside your part of the organisation" });
}

/** The paths of the units below which the actor may act; `null` is everywhere. */
export async function territory(scope: Scope): Promise<string[] | null> {
  const { actor } = scope;
  if (actor.kind === "system" || (actor.kind === "staff" && actor.dataScope.kind === "all")) return null;
  if (actor.kind !== "staff") return [];
  const rows = await scope.tx.rows<{ path: string }>(
    `select distinct u.path from org.staff_role s join org.unit u on u.tenant_id = $1 and u.id = s.unit_id
      where s.tenant_id = $1 and s.staff_id = $2`, [scope.tenantId, actor.staffId]);
  return rows.map((row) => row.path);
}
