import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";

export type Import = ConsoleSchemas["Import"];
export type ImportTarget = ConsoleSchemas["ImportTarget"];
export type ImportField = ConsoleSchemas["ImportField"];
export type ImportColumn = ConsoleSchemas["ImportColumn"];
export type ImportMapping = ConsoleSchemas["ImportMapping"];
export type ImportRow = ConsoleSchemas["ImportRow"];
export type SavedMapping = ConsoleSchemas["SavedImportMapping"];
export type ImportState = Import["state"];

export const importsKey = ["/imports"] as const;
const pollMs = 1_000;

const moving: ReadonlySet<ImportState> = new Set(["checking", "applying", "undoing"]);
/** Something is done with it that goes on by itself. */
export const isMoving = ({ state }: Pick<Import, "state">): boolean => moving.has(state);

/** Asks again while something goes on. Somebody else may decide on one that waits, or go on with it: more rarely. */
export const importQuery = (id: string) => queryOptions({
  queryKey: [...importsKey, id], queryFn: () => api.get<Import>(`/imports/${id}`),
  refetchInterval: ({ state: { data } }) => (data && isMoving(data) ? pollMs : data?.state === "waiting" || data?.state === "checked" ? 10 * pollMs : false),
});

export const targetsQuery = queryOptions({ queryKey: ["import-targets"], queryFn: () => api.get<{ items: ImportTarget[] }>("/import-targets") });

/** What a target's fields are called, in the reader's language. */
export function useFieldNames(targetKey: string): (key: string) => string {
  const { i18n } = useTranslation();
  const targets = useQuery(targetsQuery);
  const fields = targets.data?.items.find((one) => one.key === targetKey)?.fields ?? [];
  return (key) => {
    const field = fields.find((one) => one.key === key);
    return field ? nameIn(i18n.language, field) : key;
  };
}

/** What an import goes into, in the reader's language; what is no longer there keeps its name. */
export function useTargetName(): (one: Pick<Import, "target" | "targetName">) => string {
  const { i18n } = useTranslation();
  const targets = useQuery(targetsQuery);
  return ({ target, targetName }) => {
    const found = targets.data?.items.find((one) => one.key === target);
    return found ? nameIn(i18n.language, found) : targetName;
  };
}

export const nameIn = (language: string, { name, nameEn }: { name: string; nameEn: string }): string => (language === "en" && nameEn ? nameEn : name);

export const stateColours: Readonly<Record<ImportState, string>> = {
  uploading: "default", uploaded: "default", mapped: "default", checking: "processing", checked: "warning", waiting: "warning", applying: "processing", applied: "success",
  undoing: "processing", undone: "default", failed: "error", cancelled: "default",
};
