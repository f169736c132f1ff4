import { decodeCursor, encodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { fieldProblem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { findDefinition, optionsOf, type Definition } from "./definition.ts";
import { notFilterable, slotOf } from "./filter.ts";
import { isSortable, traitsOf, type SlotKind } from "./kind.ts";
import type { Bind } from "./table.ts";

/** A list's order by an own field. */
export interface Sort {
  slot: string;
  type: string;
  isDescending: boolean;
  /** Of a choice: its options, whose order is that of the rows. */
  options?: readonly string[] | undefined;
}

const TYPES: Readonly<Record<SlotKind, string>> = { text: "text", number: "double precision", time: "timestamptz", reference: "uuid" };

/** `price`, or `-price` for the greatest first. Throws `invalid` and `notFilterable`, naming `sort`. */
export function readSort(definition: Definition, sort: string): Sort {
  const field = definition.byKey.get(sort.replace(/^-/, ""));
  if (!field) throw fieldProblem("sort", "unknown-field", "is no field of this object");
  const { slot } = traitsOf(field.kind);
  if (!slot || !isSortable(field.kind)) throw notFilterable({ errors: [{ field: "sort", code: "not-sortable", message: `is of a kind that has no order: ${field.kind}` }] });
  const isDescending = sort.startsWith("-");
  const options = field.kind === "choice" ? optionsOf(field).map((option) => option.key) : undefined;
  return { slot: slotOf(field, "sort"), type: TYPES[slot], isDescending, options: isDescending ? options?.toReversed() : options };
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
  const rows = part === "empty" ? [] : await inOrder(sort, part === "value" ? { mark: String(mark), id: String(id) } : undefined, { limit: limit + 1, filled });
  if (rows.length > limit) return pageFrom<Row & Placed, Row>(rows, limit, (row) => row, (row) => ["value", row.slot_at, row.slot_id]);
  const room = limit - rows.length;
  // Of a full page it is only asked whether there are more.
  const rest = await empty(orderOf(sort), { limit: Math.max(room, 1), cursor: part === "empty" && mark !== "" ? String(mark) : undefined });
  if (room === 0) return { items: rows, nextCursor: rest.items.length > 0 ? encodeCursor("empty", "", "") : null };
  return { items: [...rows, ...rest.items], nextCursor: rest.nextCursor && encodeCursor("empty", rest.nextCursor, "") };
}

interface After {
  mark: string;
  id: string;
}

/** So many options are read for themselves, which the index answers at once; the others by twice as many at a time, so that it never takes more than a dozen statements. */
const IN_TURN = 8;

/** No index has options in the order that they are given in: they are read one after the other, later in growing groups, until there are enough rows. */
async function inOrder<Row>(sort: Sort, after: After | undefined, { limit, filled }: { limit: number; filled: SortedList<Row>["filled"] }): Promise<(Row & Placed)[]> {
  const { options } = sort;
  if (!options) return filled(orderOf(sort, after), limit);
  const begun = after ? options.indexOf(after.mark) : 0;
  if (begun === -1) throw fieldProblem("cursor", "invalid", "is not a cursor of this list");
  const rows: (Row & Placed)[] = [];
  for (let at = begun, size = 1; at < options.length && rows.length < limit; at += size) {
    size = at - begun < IN_TURN ? 1 : at - begun;
    rows.push(...await filled(orderOf(sort, at === begun ? after : undefined, options.slice(at, at + size)), limit - rows.length));
  }
  return rows;
}

function orderOf({ slot, type, isDescending }: Sort, after?: After, held?: readonly string[]): SlotOrder {
  const [direction, beyond] = isDescending ? ["desc", "<"] : ["asc", ">"];
  // One option is an equality, whose rows the index has in order. Keys are letters, digits and underscores.
  const [only, isSeveral] = [held?.[0], (held?.length ?? 0) > 1];
  return {
    at: (alias) => `${alias}.${slot}::text`,
    isEmpty: (alias) => `${alias}.${slot} is null`,
    where: (alias, bind) => [
      `${alias}.${slot} ${only === undefined ? "is not null" : isSeveral ? `= any(${bind(held)}::text[])` : `= ${bind(only)}`}`,
      ...(after ? [`(${alias}.${slot}, ${alias}.id) ${beyond} (${bind(after.mark)}::${type}, ${bind(after.id)}::uuid)`] : []),
    ].join(" and "),
    by: (alias) => `${isSeveral ? `array_position('{${held?.join()}}'::text[], ${alias}.${slot} collate "C")` : `${alias}.${slot} ${direction}`}, ${alias}.id ${direction}`,
  };
}
