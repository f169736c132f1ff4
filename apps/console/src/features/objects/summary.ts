import type { ConsoleSchemas } from "@shuke/api";
import type { TFunction } from "i18next";
import { formatFen, formatFenShort } from "../../design/money.ts";
import { type Condition, type CustomObject, type Field, fieldsInUse } from "./object.ts";

export type Summary = ConsoleSchemas["Summary"];
export type SummaryGroup = ConsoleSchemas["SummaryGroup"];
export const FIGURES = ["sum", "average", "most", "least"] as const;
export type FigureKind = (typeof FIGURES)[number];
export const UNITS = ["day", "month", "year"] as const;
export type Unit = (typeof UNITS)[number];

/** Those with few values first. */
const GROUPED: readonly Field["kind"][] = ["choice", "choices", "boolean", "reference", "date", "time", "text"];
const MEASURED = new Set<Field["kind"]>(["number", "money"]);
/** What rows can be counted by, the stages first. */
export const groupFields = (object: CustomObject): Field[] =>
  fieldsInUse(object).filter((field) => field.filterable === "yes" && GROUPED.includes(field.kind))
    .toSorted((a, b) => Number(b.key === object.stageField) - Number(a.key === object.stageField) || GROUPED.indexOf(a.kind) - GROUPED.indexOf(b.kind));
/** What can be added up: an own field, or what a noun has by itself. */
export type Measure = Pick<Field, "key" | "kind" | "name" | "nameEn">;
const BUILT_IN = { order: ["netFen", "discountFen", "refundedFen", "pointsEarned"], member: ["netFen", "refundedFen", "orders"], product: ["unitPriceFen"] } as const;
export function measuresOf(object: CustomObject, t: TFunction): Measure[] {
  const builtIn = (BUILT_IN[object.key as keyof typeof BUILT_IN] ?? []).map((key): Measure => {
    const name = t(`summary.builtIn.${key}`);
    return { key, kind: key.endsWith("Fen") ? "money" : "number", name, nameEn: name };
  });
  return [...builtIn, ...fieldsInUse(object).filter((field) => field.filterable === "yes" && MEASURED.has(field.kind))];
}
export const isOfTime = ({ kind }: Field): boolean => kind === "date" || kind === "time";

/** How a figure of a field is written; of counts, without a field. */
export function figureText(field: Measure | undefined): (value: number | null) => string {
  return (value) => (value === null ? "—" : field?.kind === "money" ? formatFen(Math.round(value)) : value.toLocaleString("en-US", { maximumFractionDigits: 2 }));
}
export const axisText = (field: Measure | undefined, language: string) => (value: number): string => (field?.kind === "money" ? formatFenShort(value, language) : value.toLocaleString("en-US"));

/** What a list is asked for to show just the rows of a group; instants have no such condition, their days depend on the clock on the wall. */
export function conditionsOf(field: Field, key: string | null): Condition[] | null {
  if (key === null) return [{ field: field.key, op: "filled", value: false }];
  if (field.kind === "time") return null;
  if (field.kind === "choices") return [{ field: field.key, op: "any", value: [key] }];
  if (field.kind === "date") return [{ field: field.key, op: "gte", value: `${key}-01-01`.slice(0, 10) }, { field: field.key, op: "lte", value: lastDay(key) }];
  return [{ field: field.key, op: "eq", value: field.kind === "boolean" ? key === "true" : key }];
}

/** "2026-02" → "2026-02-28" */
function lastDay(key: string): string {
  const [year, month = 12, day] = key.split("-").map(Number);
  return day ? key : new Date(Date.UTC(year ?? 0, month, 0)).toISOString().slice(0, 10);
}
