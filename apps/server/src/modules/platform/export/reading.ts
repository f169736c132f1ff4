import type { Cell, Exporter, Sheet, SheetColumn } from "../../../kernel/exporter.ts";
import { zodCheck, refuseInvalid } from "../../../kernel/http/shape.ts";
import { fieldProblem, forbidden, type FieldError } from "../../../kernel/problem.ts";
import { demand, scopeOf, type Actor, type Scope } from "../../../kernel/scope.ts";
import { CsvFile } from "./csv-file.ts";
import type { ExportWish } from "./export.schema.ts";
import type { Format, Mark, SheetFile } from "./sheet-file.ts";
import { XlsxFile } from "./xlsx-file.ts";

/** Rows read at once: one statement each for what belongs to them. */
export const PAGE_ROWS = 1_000;
const REVEAL = "members.reveal";

export type Staff = Extract<Actor, { kind: "staff" }>;

export function exporterOf(exporters: readonly Exporter[], kind: string): Exporter {
  const found = exporters.find((one) => one.kind === kind);
  if (!found) throw fieldProblem("kind", "unknown", "is no list that can be exported");
  return found;
}

export function staffOf({ actor }: Scope): Staff {
  if (actor.kind !== "staff") throw forbidden();
  return actor;
}

/** The caller as far as a permission reaches. Throws `forbidden`. */
function boundScope(scope: Scope, can: string): Scope {
  demand(scope.actor, can);
  const staff = staffOf(scope);
  return { ...scope, actor: { ...staff, dataScope: scopeOf(staff, can) } };
}

/** A list that somebody asked for, open for reading in scopes of theirs. Throws `forbidden`, `invalid`. */
export interface Reading {
  columns: readonly SheetColumn<unknown>[];
  next(scope: Scope, cursor: string | undefined): Promise<{ rows: Cell[][]; cursor: string | null; isMany: boolean }>;
}

export async function openReading(scope: Scope, exporters: readonly Exporter[], wish: ExportWish): Promise<Reading> {
  if (wish.whole) demand(scope.actor, REVEAL);
  const { exporter, sheet } = await openSheet(scope, exporters, wish);
  const columns = chosen(sheet, wish.columns);
  return {
    columns,
    next: async (at, cursor) => {
      const page = await sheet.page(boundScope(at, exporter.can), { limit: PAGE_ROWS, cursor });
      const whole = wish.whole ? await sheet.whole?.(boundScope(at, REVEAL), page.items) : undefined;
      return {
        rows: page.items.map((item, index) => columns.map((column) => whole?.[index]?.[column.key] ?? column.cell(item, wish.language))),
        cursor: page.nextCursor, isMany: page.count?.capped ?? false,
      };
    },
  };
}

/** As the caller may see it. Throws `forbidden`, `invalid`. */
export async function openSheet(scope: Scope, exporters: readonly Exporter[], { kind, query: asked }: Pick<ExportWish, "kind" | "query">): Promise<{ exporter: Exporter; sheet: Sheet<unknown> }> {
  const exporter = exporterOf(exporters, kind);
  const errors: FieldError[] = [];
  const query = zodCheck(exporter.query)(asked, "query", errors);
  const bound = boundScope(scope, exporter.can);
  refuseInvalid(errors);
  return { exporter, sheet: await exporter.open(bound, query) };
}

function chosen({ columns, shown = [] }: Sheet<unknown>, wanted: readonly string[] = []): readonly SheetColumn<unknown>[] {
  const known = new Map(columns.map((column) => [column.key, column]));
  const lost = wanted.find((key) => !known.has(key));
  if (lost !== undefined) throw fieldProblem("columns", "unknown", `${lost} is no column of this list`);
  const named = [...new Set(wanted.length > 0 ? wanted : shown)].flatMap((key) => known.get(key) ?? []);
  return named.length > 0 ? named : columns;
}

export const titlesOf = (columns: readonly SheetColumn<unknown>[], { language }: Pick<Mark, "language">): string[] => columns.map((column) => (language === "en" ? column.en : column.zh));
export const newSheetFile = (format: Format, mark: Mark): SheetFile => (format === "csv" ? new CsvFile(mark) : new XlsxFile(mark));

/** Contiguous digits, and a mobile number with blanks or dashes in it; ids and days stay. */
const NUMBERS = /(?<![\w-])(\+?\d{3})\d{2,}(\d{2})(?![\w-])/g;
const MOBILES = /(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)/g;

/** Filters as they are kept for people to read: numbers are masked, and of a text that was searched for the first character is left. */
export const shownFilters = (query: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter(([, text]) => text !== "").map(([name, text]) =>
    [name, name === "q" ? `${[...text][0] ?? ""}**` : text.replaceAll(MOBILES, "$1****$2").replaceAll(NUMBERS, "$1****$2")]));
