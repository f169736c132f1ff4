import { clockText } from "../../../kernel/days.ts";
import type { Cell, Language } from "../../../kernel/exporter.ts";

/** Who took it along, when, from which brand: what a file says of itself, however far it travels. */
export interface Mark {
  /** Without one nobody's rows are in it, and none is marked. */
  exportId: string | null;
  brand: string;
  list: string;
  by: string;
  at: Date;
  zone: string;
  language: Language;
  isWhole: boolean;
  /** What the second sheet of a workbook says, where that is not how it was exported. */
  guide?: { sheet: string; lines: readonly (readonly string[])[] };
}

/** A table as it becomes a file: bytes come out as rows go in, and nothing is kept. */
export interface SheetFile {
  head(titles: readonly string[]): Buffer;
  rows(rows: readonly (readonly Cell[])[]): Buffer;
  end(): Buffer;
}

export const extensions = { csv: "csv", xlsx: "xlsx" } as const;
export type Format = keyof typeof extensions;
export const mediaTypes: Readonly<Record<Format, string>> = { csv: "text/csv; charset=utf-8", xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };

/** The column that stands last in every export: a row that was copied out of one still tells from where. */
export const markTitles = ({ exportId, language }: Mark): string[] => (exportId === null ? [] : [language === "en" ? "Export no." : "导出编号"]);
export const markCells = ({ exportId }: Mark): string[] => (exportId === null ? [] : [exportId]);

/** A cell as the text or number that a file holds; `fen` is left for the format, which knows how it writes amounts. */
export function plainCell(cell: Cell, { zone, language }: Pick<Mark, "zone" | "language">): string | number | { fen: number } {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "boolean") return language === "en" ? (cell ? "Yes" : "No") : cell ? "是" : "否";
  if (typeof cell !== "object") return cell;
  return "fen" in cell ? cell : clockText(new Date(cell.at), zone);
}

/** What a spreadsheet would run instead of showing; also after blanks, and as full-width signs. */
export const isFormula = (text: string): boolean => /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(text);
