import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";

export type CustomObject = ConsoleSchemas["CustomObject"];
export type Field = ConsoleSchemas["Field"];
export type NewField = ConsoleSchemas["NewField"];
export type RecordRow = ConsoleSchemas["Record"];
export type Condition = ConsoleSchemas["RecordCondition"];
export type SavedView = ConsoleSchemas["SavedView"];

export const objectsKey = ["objects"] as const;
export const objectsQuery = queryOptions({ queryKey: objectsKey, queryFn: () => api.get<{ items: CustomObject[] }>("/objects") });
export const recordQuery = (id: string) => queryOptions({ queryKey: ["records", id], queryFn: () => api.get<RecordRow>(`/records/${id}`) });

interface Named {
  name: string;
  nameEn?: string | undefined;
}

/** What people named it, in the reader's language where they did so in both. */
export function useLabel(): (named: Named) => string {
  const { i18n } = useTranslation();
  return ({ name, nameEn }) => (i18n.language.startsWith("en") && nameEn ? nameEn : name);
}

export const fieldsInUse = (object: CustomObject): Field[] => object.fields.filter((field) => !field.isArchived);
/** What a column's head sorts by, if anything. */
export const sortOf = (field: Field | undefined): { sort?: string } => (field?.isSortable ? { sort: field.key } : {});
export const isWritten = (field: Field): boolean => field.kind !== "formula" && field.kind !== "auto-number" && field.access === "write";

/** The filter of a list as the address has it; what is no filter is none. */
export function conditionsIn(text: string | undefined): Condition[] {
  try {
    const read: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(read) ? (read as Condition[]) : [];
  } catch {
    return [];
  }
}
export const conditionText = (conditions: readonly Condition[]): string | undefined => (conditions.length > 0 ? JSON.stringify(conditions) : undefined);
