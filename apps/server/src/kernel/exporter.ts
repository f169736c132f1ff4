import type { z } from "zod";
import type { Page } from "./http/page.ts";
import type { Scope } from "./scope.ts";

export type Language = "zh-CN" | "en";

/** What stands in a cell: `fen` is written as yuan, `at` by the clock of the tenant's zone, everything else as it is. */
export type Cell = string | number | boolean | null | undefined | { readonly fen: number } | { readonly at: string };

export interface SheetColumn<Item> {
  key: string;
  zh: string;
  en: string;
  cell(item: Item, language: Language): Cell;
}

export interface SheetPage<Item> extends Page<Item> {
  count?: { value: number; capped: boolean } | undefined;
}

/** A list as somebody filtered it, with the columns of a table. */
export interface Sheet<Item> {
  columns: readonly SheetColumn<Item>[];
  /** Keys of those that somebody sees who has not chosen any, in order: a saved view's. All of them without. */
  shown?: readonly string[] | undefined;
  /** The list's own page: what the screen shows is what a file holds. */
  page(scope: Scope, asked: { limit: number; cursor?: string | undefined }): Promise<SheetPage<Item>>;
  /** What the list masks, in full: of each item the text by column. For whoever may see it, against a reason. */
  whole?(scope: Scope, items: readonly Item[]): Promise<readonly Readonly<Record<string, string>>[]>;
}

/** A list that can be taken along as a file; `app.ts` lists them, so that a module joins without the platform knowing it. */
export interface Exporter<Query = unknown> {
  /** "members": what a request calls it. */
  kind: string;
  zh: string;
  en: string;
  /** The list's own permission; it holds as far as that reaches. */
  can: string;
  /** The filters of the list. */
  query: z.ZodType<Query>;
  open(scope: Scope, query: Query): Promise<Sheet<unknown>>;
}

/** Pairs of words for codes: `paid` is 已支付 or Paid. A code without words stands for itself. */
export const worded = (words: Readonly<Record<string, readonly [zh: string, en: string]>>) =>
  (code: string, language: Language): string => words[code]?.[language === "en" ? 1 : 0] ?? code;
