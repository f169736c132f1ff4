import { fieldProblem } from "../problem.ts";

/** Cursor pages: the last row's sort key, opaque to the caller. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export const encodeCursor = (...key: (string | number)[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");

export function decodeCursor(cursor: string | undefined, length: number): (string | number)[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === "string" || typeof part === "number")) return key;
  } catch {
    // falls through to the refusal
  }
  throw fieldProblem("cursor", "invalid", "is not a cursor of this list");
}

/** Cuts the row that was read beyond the limit and makes its predecessor the cursor. */
export function pageFrom<Row, Item>(
  rows: readonly Row[], limit: number, view: (row: Row) => Item, keyOf: (row: Row) => (string | number)[],
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), nextCursor: rows.length > limit && last ? encodeCursor(...keyOf(last)) : null };
}

/** Lists say "10,000+" instead of counting a million rows. */
export const COUNT_CAP = 10_000;
export const cappedCount = (value: number, cap = COUNT_CAP): { value: number; capped: boolean } =>
  value > cap ? { value: cap, capped: true } : { value, capped: false };
