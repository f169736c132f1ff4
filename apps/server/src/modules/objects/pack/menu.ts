import { isDeepStrictEqual } from "node:util";
import type { Scope } from "../../../kernel/scope.ts";
import { changeRole, isFixed, listRoles, type Menu } from "../../org/index.ts";
import type { Pack, Step } from "./pack.schema.ts";
import { choiceName } from "./section.ts";

const OF = "menus";

/** Why a menu cannot be set, by the note of its step. */
export const menuObstacles: Readonly<Record<string, string>> = {
  "no-role": "there is no such role: let the pack make it, or leave this menu out", "fixed-role": "the administrator's menu stays as it is: leave this one out",
  "no-object": "it speaks of an object that is not there: leave it out",
};

/**
 * What the roles' menus become. Whose role is neither here nor in the pack, or whose entries lead to objects that are not, contradicts
 * what is here; so does the administrator's, which always shows everything.
 */
export async function planMenus(scope: Scope, pack: Pack, isListed: (object: string) => boolean): Promise<Step[]> {
  const roles = pack.menus.length > 0 ? (await listRoles(scope)).items : [];
  return pack.menus.flatMap(({ role: name, groups }): Step[] => {
    const role = roles.find((one) => one.name === name);
    const lost = groups.flatMap((group) => group.entries).find(({ object }) => object !== undefined && !isListed(object))?.object;
    const step = { what: "menu", of: OF, key: name, note: null } as const;
    const against = (note: string, changes: Step["changes"] = []): Step[] => [{ ...step, action: "conflict", note, changes }];
    if (pack.leftOut.has(choiceName(OF, name))) return [{ ...step, action: "leave", changes: [] }];
    if (!role && !pack.roles.some((one) => one.name === name && !pack.leftOut.has(choiceName("roles", name)))) return against("no-role");
    if (role && isFixed(role)) return against("fixed-role");
    if (lost !== undefined) return against("no-object", [{ name: "object", before: null, after: lost }]);
    const before = role?.menu ?? null;
    return isDeepStrictEqual(before, groups) ? [] : [{ ...step, action: before ? "change" : "create", changes: [{ name: "menu", before, after: groups }] }];
  });
}

/** Gives a role its menu; answers the role. */
export async function setMenu(scope: Scope, { key, changes: [change] }: Step): Promise<string[]> {
  const role = await findRole(scope, (one) => one.name === key);
  if (role) await changeRole(scope, role.id, { menu: change?.after as Menu });
  return role ? [role.id] : [];
}

/** Gives it the one it had before; false where somebody has arranged it anew since. */
export async function undoMenu(scope: Scope, { ids, changes: [change] }: Step & { ids?: string[] }): Promise<boolean> {
  const role = await findRole(scope, (one) => one.id === ids?.[0]);
  if (!role) return true;
  if (!isDeepStrictEqual(role.menu, change?.after)) return false;
  await changeRole(scope, role.id, { menu: (change?.before ?? null) as Menu | null });
  return true;
}

type Role = Awaited<ReturnType<typeof listRoles>>["items"][number];
const findRole = async (scope: Scope, is: (role: Role) => boolean): Promise<Role | undefined> => (await listRoles(scope)).items.find(is);
