import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { objectsQuery, useLabel } from "../features/objects/object.ts";
import { type MenuEntry, pages, standardMenu } from "./menu.ts";
import { useCan, useSession } from "./session.ts";

export interface Shortcut {
  to: string;
  label: string;
  icon: ComponentType;
}

export interface ShortcutGroup {
  key: string;
  name: string;
  entries: Shortcut[];
}

/** Where an entry leads, as a key. */
export const placeOf = ({ page, object }: MenuEntry): string => (object ? `${page}/${object}` : page);

/** What an entry is called: by itself, by its object, or by its page; in either language, which it need not be renamed in. */
export function useEntryLabel(asksObjects = true): (entry: MenuEntry) => string {
  const { t } = useTranslation();
  const label = useLabel();
  const { data } = useQuery({ ...objectsQuery, enabled: asksObjects });
  return ({ page, object, name, nameEn }) => {
    const found = data?.items.find((one) => one.key === object);
    const own = found ? label(found) : (object ?? t(`menu.${page}`));
    return label({ name: name?.trim() || own, nameEn: nameEn?.trim() || (name ? undefined : own) });
  };
}

/**
 * What the roles' menu offers, as far as one may open it and it is there, beside everything that one may open. None where it would
 * hold nothing; `isPending` while it is not known yet.
 */
export function useMenus(): { all: ShortcutGroup[]; own: ShortcutGroup[] | null; isPending: boolean } {
  const { t } = useTranslation();
  const can = useCan();
  const label = useLabel();
  const { menu } = useSession();
  const mayOpen = (page: MenuEntry["page"]): boolean => { const { permission } = pages[page]; return permission === null || can(permission); };
  const asksObjects = can("records.read") && (menu ?? []).some((group) => group.entries.some((entry) => entry.object));
  const objects = useQuery({ ...objectsQuery, enabled: asksObjects });
  const labelOf = useEntryLabel(asksObjects);
  const isThere = ({ object }: MenuEntry): boolean => !object || (objects.data?.items.some((one) => one.key === object && !one.isArchived && !one.isBuiltIn) ?? false);
  const all = standardMenu.map((group): ShortcutGroup => ({
    key: group.name, name: t(`menu.${group.name}`), entries: group.pages.filter(mayOpen).map((page) => ({ to: pages[page].to, label: t(`menu.${page}`), icon: pages[page].icon })),
  }));
  const own = (menu ?? []).map((group): ShortcutGroup => ({
    key: `own-${group.name}`, name: label(group),
    entries: group.entries.filter((entry) => mayOpen(entry.page) && isThere(entry)).map((entry) => ({ to: pages[entry.page].to + (entry.object ? `/${entry.object}` : ""), label: labelOf(entry), icon: pages[entry.page].icon })),
  }));
  const filled = (groups: ShortcutGroup[]): ShortcutGroup[] => groups.filter((group) => group.entries.length > 0);
  return { all: filled(all), own: filled(own).length > 0 ? filled(own) : null, isPending: asksObjects && objects.isPending };
}
