import type { Import, ImportField, ImportMapping } from "./import.ts";

/** A mapping in the making: the field of a column, by the column's place. */
export interface Draft extends Omit<ImportMapping, "columns"> {
  fieldAt: ReadonlyMap<number, string>;
}

/** What was said last, else what is suggested. */
export function draftOf({ mapping, reading }: Import, fields: readonly ImportField[]): Draft {
  const known = new Set(fields.map((field) => field.key));
  const columns = mapping?.columns ?? (reading?.columns ?? []).flatMap(({ at, suggestion }) => (suggestion && known.has(suggestion.field) ? [{ at, field: suggestion.field }] : []));
  const fieldAt = new Map(columns.map(({ at, field }) => [at, field]));
  return {
    fieldAt, identifyBy: mapping?.identifyBy ?? fields.filter((field) => field.isIdentifier && columns.some((one) => one.field === field.key)).map((field) => field.key).slice(0, 4),
    onMatch: mapping?.onMatch ?? "update", onNew: mapping?.onNew ?? "create", onLikely: mapping?.onLikely ?? "skip", dateOrder: mapping?.dateOrder ?? null, storeId: mapping?.storeId ?? null,
  };
}

export function mappingOf({ fieldAt, ...rest }: Draft): ImportMapping {
  const mapped = new Set(fieldAt.values());
  return { ...rest, columns: [...fieldAt].map(([at, field]) => ({ at, field })), identifyBy: rest.identifyBy.filter((key) => mapped.has(key)) };
}

/** Puts a column to a field, which no other column keeps. */
export function withColumn({ fieldAt, identifyBy }: Draft, at: number, field: ImportField | null): Pick<Draft, "fieldAt" | "identifyBy"> {
  const next = new Map([...fieldAt].filter(([place, key]) => place !== at && key !== field?.key));
  if (field) next.set(at, field.key);
  const mapped = new Set(next.values());
  const kept = identifyBy.filter((key) => mapped.has(key));
  return { fieldAt: next, identifyBy: field?.isIdentifier && !kept.includes(field.key) && kept.length < 4 ? [...kept, field.key] : kept };
}
