import type { ConsoleSchemas } from "@shuke/api";
import type { Arrangement } from "../../design/arrangement.ts";
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

/** A layout while somebody works on it. */
export interface Draft extends Arrangement {
  access: Record<string, Access>;
}

export function draftOf(layout: ObjectLayout | null, fields: readonly Field[]): Draft {
  const named = new Set(layout?.sections.flatMap((section) => section.fields));
  return {
    groups: [...(layout?.sections ?? []).map(({ name, nameEn = "", fields: keys }) => ({ name, nameEn, keys: [...keys] })), { name: "", nameEn: "", keys: fields.map((field) => field.key).filter((key) => !named.has(key)) }],
    access: Object.fromEntries([...(layout?.readOnly ?? []).map((key) => [key, "read"]), ...(layout?.hidden ?? []).map((key) => [key, "hidden"])]) as Draft["access"],
  };
}

export const layoutOf = ({ groups, access }: Draft): ObjectLayout => ({
  sections: groups.slice(0, -1).map(({ keys, ...section }) => ({ ...section, fields: keys })), readOnly: Object.keys(access).filter((key) => access[key] === "read"), hidden: Object.keys(access).filter((key) => access[key] === "hidden"),
});
