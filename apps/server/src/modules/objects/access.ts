import { may, type Scope } from "../../kernel/scope.ts";

export interface Section {
  name: string;
  nameEn: string;
  fieldIds: readonly string[];
}

export interface Layout {
  sections: readonly Section[];
  readOnly: readonly string[];
  hidden: readonly string[];
}

/** What somebody may do with a field: those that are not named here are theirs to write. */
export type Access = ReadonlyMap<string, "read" | "hidden">;

/** A column of `objects.object o`: the layout of each of the caller's roles, those of their own first; nothing where a role has none and there is none for all. */
export const layoutsColumn = (staff: string): string => `(select coalesce(json_agg(coalesce(l.definition, d.definition) order by l.definition is null, s.role_id), '[]')
  from (select distinct role_id from org.staff_role where tenant_id = $1 and staff_id = ${staff}::uuid) s
  left join objects.layout l on l.tenant_id = $1 and l.object_id = o.id and l.role_id = s.role_id
  left join objects.layout d on d.tenant_id = $1 and d.object_id = o.id and d.role_id is null) as layouts`;

/** Of several roles the one that may do most with a field decides. Whoever designs objects may do everything, and so may what is no person. */
export function accessBy({ actor }: Pick<Scope, "actor">, layouts: readonly (Layout | null)[]): Access {
  if (actor.kind !== "staff" || may(actor, "objects.manage")) return new Map();
  const named = new Set(layouts.flatMap((layout) => [...(layout?.readOnly ?? []), ...(layout?.hidden ?? [])]));
  return new Map([...named].flatMap((id): [string, "read" | "hidden"][] => {
    if (layouts.some((layout) => !layout?.readOnly.includes(id) && !layout?.hidden.includes(id))) return [];
    return [[id, layouts.every((layout) => layout?.hidden.includes(id)) ? "hidden" : "read"]];
  }));
}
