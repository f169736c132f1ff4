import { useState } from "react";

/** A list that others change while somebody looks at it. */
export interface Steady<T> {
  /** What the reader takes away themselves goes at once. */
  isOwn: (row: T) => boolean;
  onGone: (ids: ReadonlySet<string>) => void;
}

export interface Held<T> {
  rows: readonly T[];
  /** Those that are no longer in the list. */
  gone: ReadonlySet<string>;
  /** Whether there is more to see than this, once the list is shown anew. */
  isBehind: boolean;
}

export interface Found<T> {
  page: readonly T[];
  /** Of all pages: a row that has moved to the page before is not gone. */
  all: readonly T[];
  hasNext: boolean;
}

const nothing: ReadonlySet<string> = new Set();
export const heldAnew = <T>(rows: readonly T[]): Held<T> => ({ rows, gone: nothing, isBehind: false });

/**
 * What a page shows after its list was asked for again: no row moves under a finger. What is gone stays where it was, and new rows
 * come in below; those above wait. Where nothing of it is left, the page is shown as it is now.
 */
export function heldRows<T>({ rows: before }: Held<T>, { page, all, hasNext }: Found<T>, { idOf, isOwn }: { idOf: (row: T) => string; isOwn: (row: T) => boolean }): Held<T> {
  const now = new Map(all.map((row) => [idOf(row), row]));
  const last = before.findLastIndex((row) => now.has(idOf(row)));
  if (last < 0) return heldAnew(page);
  const rows = before.filter((row) => now.has(idOf(row)) || !isOwn(row));
  // Behind the last one that is still there, newer rows may have pushed others to the next page.
  const gone = new Set(before.filter((row, at) => !now.has(idOf(row)) && !isOwn(row) && !(hasNext && at > last)).map(idOf));
  const shown = new Set(before.map(idOf));
  const below = page.slice(page.findLastIndex((row) => shown.has(idOf(row))) + 1);
  const kept = [...rows.map((row) => now.get(idOf(row)) ?? row), ...below];
  const isAbove = page.some((row) => !shown.has(idOf(row)) && !below.includes(row));
  return { rows: kept, gone: gone.size === 0 ? nothing : gone, isBehind: gone.size > 0 || isAbove };
}

/** `key`: which page of which list; where it is another one, or none yet, nothing is held. */
export function useHeldRows<T>(key: string | null, found: Found<T> | undefined, of: { idOf: (row: T) => string; steady: Steady<T> | undefined }): Held<T> & { refresh: () => void } {
  const [state, setState] = useState<{ key: string | null; page: readonly T[] | undefined; held: Held<T> }>({ key: null, page: undefined, held: heldAnew([]) });
  let { held } = state;
  if (state.key !== key || state.page !== found?.page) {
    const isSame = of.steady && key !== null && state.key === key && found && state.page;
    held = isSame ? heldRows(state.held, found, { idOf: of.idOf, isOwn: of.steady?.isOwn ?? (() => true) }) : heldAnew(found?.page ?? []);
    setState({ key, page: found?.page, held });
  }
  return { ...held, refresh: () => setState({ key, page: found?.page, held: heldAnew(found?.page ?? []) }) };
}
