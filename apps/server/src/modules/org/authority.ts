import { problem } from "../../kernel/problem.ts";
import { scopeOf, type DataScope, type Scope } from "../../kernel/scope.ts";
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
export function demandAuthority({ actor }: Scope, powers: readonly Power[]): void {
  if (actor.kind === "system") return;
  if (actor.kind !== "staff") throw beyondAuthority();
  const excess = [...new Set(powers.flatMap((power) => power.permissions))].filter((permission) => !actor.permissions.has(permission));
  if (excess.length > 0) throw beyondAuthority({ detail: `You do not have ${excess.join(", ")} yourself`, permissions: excess });
  if (powers.some((power) => !reaches(actor.dataScope, power))) throw beyondAuthority({ detail: "The role sees more than you do, or lies outside your part of the organisation" });
  // Somebody with a right in one store hands it out in that store, not in another where they have other rights.
  const beyond = powers.flatMap((power) => power.permissions.filter((permission) => !reaches(scopeOf(actor, permission), power)));
  if (beyond.length > 0) throw beyondAuthority({ detail: `You have ${beyond.join(", ")} elsewhere, or less widely`, permissions: beyond });
}

const reaches = ({ kind, roots }: DataScope, { scopeKind, path }: Power): boolean => widthOf(scopeKind) <= widthOf(kind) && isBelow(roots, path);
const isBelow = (roots: readonly string[] | null, path: string): boolean => roots === null || roots.some((root) => path.startsWith(root));

/** Throws unless all the paths are in the actor's part of the tree. */
export function demandTerritory(scope: Scope, paths: readonly string[]): void {
  const own = territory(scope);
  if (paths.some((path) => !isBelow(own, path))) throw beyondAuthority({ detail: "The unit is outside your part of the organisation" });
}

/** The paths of the units below which the actor may act, by the permission that the route asks for; `null` is everywhere. */
export function territory({ actor }: Scope): readonly string[] | null {
  if (actor.kind === "system") return null;
  return actor.kind === "staff" ? actor.dataScope.roots : [];
}
