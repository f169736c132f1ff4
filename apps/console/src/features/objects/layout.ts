import type { ConsoleSchemas } from "@shuke/api";
import { type CustomObject, type Field, fieldsInUse } from "./object.ts";

export type ObjectLayout = ConsoleSchemas["ObjectLayout"];
export type Access = "write" | "read" | "hidden";

interface Section {
  name: string;
  nameEn?: string | undefined;
}

/** Fields as pages and forms show them: by section, and what no section names after them. */
export function groupsOf(object: CustomObject): { section: Section | null; fields: Field[] }[] {
  const fields = fieldsInUse(object);
  const groups = object.sections.map(({ fields: keys, ...section }) => ({ section, fields: keys.flatMap((key) => fields.find((field) => field.key === key) ?? []) }));
  const named = new Set(object.sections.flatMap((section) => section.fields));
  return [...groups, { section: null, fields: fields.filter((field) => !named.has(field.key)) }].filter((group) => group.fields.length > 0);
}

/** A layout while somebody works on it: the last group has no name and holds what is in no section. */
export interface Draft {
  groups: { name: string; nameEn: string; fields: string[] }[];
  access: Record<string, Access>;
}

export function draftOf(layout: ObjectLayout | null, fields: readonly Field[]): Draft {
  const named = new Set(layout?.sections.flatMap((section) => section.fields));
  return {
    groups: [...(layout?.sections ?? []).map(({ name, nameEn = "", fields: keys }) => ({ name, nameEn, fields: [...keys] })), { name: "", nameEn: "", fields: fields.map((field) => field.key).filter((key) => !named.has(key)) }],
    access: Object.fromEntries([...(layout?.readOnly ?? []).map((key) => [key, "read"]), ...(layout?.hidden ?? []).map((key) => [key, "hidden"])]) as Draft["access"],
  };
}

export const layoutOf = ({ groups, access }: Draft): ObjectLayout => ({
  sections: groups.slice(0, -1), readOnly: Object.keys(access).filter((key) => access[key] === "read"), hidden: Object.keys(access).filter((key) => access[key] === "hidden"),
});

/** Puts a field before another of any group, or at a group's end. */
export function placed(draft: Draft, key: string, to: { group: number; before: string | null }): Draft {
  if (to.before === key) return draft;
  const groups = draft.groups.map((group, at) => {
    const fields = group.fields.filter((one) => one !== key);
    if (at !== to.group) return { ...group, fields };
    const index = to.before === null ? fields.length : fields.indexOf(to.before);
    return { ...group, fields: fields.toSpliced(index < 0 ? fields.length : index, 0, key) };
  });
  return { ...draft, groups };
}

/** One step up or down; beyond the edge of a group lies the next one. */
export function stepped(draft: Draft, key: string, by: 1 | -1): Draft {
  const group = draft.groups.findIndex((one) => one.fields.includes(key));
  const fields = draft.groups[group]?.fields ?? [];
  const next = fields.indexOf(key) + by;
  if (next >= 0 && next < fields.length) return placed(draft, key, { group, before: (by === 1 ? fields[next + 1] : fields[next]) ?? null });
  const beside = group + by;
  if (beside < 0 || beside >= draft.groups.length) return draft;
  return placed(draft, key, { group: beside, before: by === 1 ? (draft.groups[beside]?.fields[0] ?? null) : null });
}

/** Without a section, whose fields go to those that are in none. */
export function withoutSection(draft: Draft, at: number): Draft {
  const freed = draft.groups[at]?.fields ?? [];
  const groups = draft.groups.filter((_group, index) => index !== at);
  return { ...draft, groups: groups.map((group, index) => (index === groups.length - 1 ? { ...group, fields: [...freed, ...group.fields] } : group)) };
}
