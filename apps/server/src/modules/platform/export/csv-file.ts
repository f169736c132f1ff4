import type { Cell } from "../../../kernel/exporter.ts";
import { isFormula, markCells, markTitles, plainCell, type Mark, type SheetFile } from "./sheet-file.ts";

const BOM = "\uFEFF";
const QUOTED = /[",\n\r]|^\s|\s$/;

/** A text that a spreadsheet takes as text: quotes doubled, and a quote before what it would run as a formula. */
function field(text: string): string {
  const plain = isFormula(text) ? `'${text}` : text;
  return QUOTED.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** CSV that Excel opens in Chinese: with a byte order mark, lines ended as it expects. */
export class CsvFile implements SheetFile {
  readonly #mark: Mark;

  constructor(mark: Mark) {
    this.#mark = mark;
  }

  head(titles: readonly string[]): Buffer {
    return Buffer.from(`${BOM}${[...titles, ...markTitles(this.#mark)].map(field).join(",")}\r\n`);
  }

  rows(rows: readonly (readonly Cell[])[]): Buffer {
    const mark = markCells(this.#mark);
    return Buffer.from(rows.map((row) => `${[...row.map((cell) => this.#text(cell)), ...mark].join(",")}\r\n`).join(""));
  }

  end(): Buffer {
    return Buffer.alloc(0);
  }

  #text(cell: Cell): string {
    const plain = plainCell(cell, this.#mark);
    if (typeof plain === "object") return (plain.fen / 100).toFixed(2);
    return typeof plain === "number" ? String(plain) : field(plain);
  }
}
