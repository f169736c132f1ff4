import { decodeCursor, encodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { fieldProblem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { findDefinition, type Definition } from "./definition.ts";
import { notFilterable, slotOf } from "./filter.ts";
import { isSortable, traitsOf, type SlotKind } from "./kind.ts";
import type { Bind } from "./table.ts";

/** A list's order by an own field. */
export interface Sort {
  slot: string;
  type: string;
  isDescending: boolean;
}

const TYPES: Readonly<Record<SlotKind, string>> = { text: "text", number: "double precision", time: "timestamptz", reference: "uuid" };

/** `price`, or `-price` for the greatest first. Throws `invalid` and `notFilterable`, naming `sort`. */
export function readSort(definition: Definition, sort: string): Sort {
  const field = definition.byKey.get(sort.replace(/^-/, ""));
  if (!field) throw fieldProblem("sort", "unknown-field", "is no field of this object");
  const { slot } = traitsOf(field.kind);
  if (!slot || !isSortable(field.kind)) throw notFilterable({ errors: [{ field: "sort", code: "not-sortable", message: `is of a kind that has no order: ${field.kind}` }] });
  return { slot: slotOf(field, "sort"), type: TYPES[slot], isDescending: sort.startsWith("-") };
}

/** The same for a core noun's list, if it is asked to be sorted by an own field. */
export async function customSort(scope: Scope, key: string, sort: string | undefined): Promise<Sort | undefined> {
  if (!sort) return undefined;
  const definition = await findDefinition(scope, key);
  return definition && readSort(definition, sort);
}

/** Where a row stands: exact, as text, so that the next page begins right after it. */
export interface Placed {
  slot_at: string;
  slot_id: string;
}

/** SQL over the row `alias` that has the slots. */
export interface SlotOrder {
  /** For `slot_at`. */
  at(alias: string): string;
  /** It has a value, and stands after the page before. */
  where(alias: string, bind: Bind): string;
  isEmpty(alias: string): string;
  by(alias: string): string;
}

export interface SortedList<Row> {
  filled(order: SlotOrder, limit: number): Promise<(Row & Placed)[]>;
  /** A page of those that have no value, as the list has them. */
  empty(order: SlotOrder, page: { limit: number; cursor?: string | undefined }): Promise<Page<Row>>;
}

/** By a slot, whose index holds only what has a value; those without come after, in the order that the list has by itself. */
export async function sortedPage<Row>(sort: Sort, { limit, cursor }: { limit: number; cursor?: string | undefined }, { filled, empty }: SortedList<Row>): Promise<Page<Row>> {
  const [part, mark = "", id = ""] = decodeCursor(cursor, 3) ?? [];
  const order = orderOf(sort, part === "value" ? [mark, id] : undefined);
  const rows = part === "empty" ? [] : await filled(order, limit + 1);
  if (rows.length > limit) return pageFrom<Row & Placed, Row>(rows, limit, (row) => row, (row) => ["value", row.slot_at, row.slot_id]);
  const room = limit - rows.length;
  // Of a full page it is only asked whether there are more.
  const rest = await empty(order, { limit: Math.max(room, 1), cursor: part === "empty" && mark !== "" ? String(mark) : undefined });
  if (room === 0) return { items: rows, nextCursor: rest.items.length > 0 ? encodeCursor("empty", "", "") : null };
  return { items: [...rows, ...rest.items], nextCursor: rest.nextCursor && encodeCursor("empty", rest.nextCursor, "") };
}

function orderOf({ slot, type, isDescending }: Sort, after: readonly (string | number)[] | undefined): SlotOrder {
  const direction = isDescending ? "desc" : "asc";
  return {
    at: (alias) => `${alias}.${slot}::text`,
    isEmpty: (alias) => `${alias}.${slot} is null`,
    where: (alias, bind) => `${alias}.${slot} is not null${after ? ` and (${alias}.${slot}, ${alias}.id) ${isDescending ? "<" : ">"} (${bind(String(after[0]))}::${type}, ${bind(after[1])}::uuid)` : ""}`,
    by: (alias) => `${alias}.${slot} ${direction}, ${alias}.id ${direction}`,
  };
}
