import type { Scope } from "../../kernel/scope.ts";
import { placeOf, type Menu } from "./menu.schema.ts";

/**
 * Of several roles one menu after the other, groups of one name together, each entry where it stands first. A role without a menu
 * offers all that its holder may open, and so do all of theirs together.
 */
export async function findMenu(scope: Scope, staffId: string): Promise<Menu | null> {
  const roles = await scope.tx.rows<{ menu: Menu | null }>(
    `select r.menu from org.role r
      where r.tenant_id = $1 and r.id in (select s.role_id from org.staff_role s where s.tenant_id = $1 and s.staff_id = $2)
      order by r.is_builtin desc, r.id`, [scope.tenantId, staffId]);
  const menus = roles.flatMap((role) => role.menu ?? []);
  if (roles.length === 0 || roles.some((role) => role.menu === null)) return null;
  const seen = new Set<string>();
  return [...Map.groupBy(menus, (group) => group.name).values()].flatMap((groups) => {
    const entries = groups.flatMap((group) => group.entries).filter((entry) => !seen.has(placeOf(entry)) && seen.add(placeOf(entry)));
    const [first] = groups;
    return first && entries.length > 0 ? [{ ...first, entries }] : [];
  });
}
