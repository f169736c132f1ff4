import { constants, deflateRawSync } from "node:zlib";
import { Zip, ZipPassThrough } from "fflate";
import { clockText } from "../../../kernel/days.ts";
import type { Cell } from "../../../kernel/exporter.ts";
import { isFormula, markCells, markTitles, plainCell, type Mark, type SheetFile } from "./sheet-file.ts";
import { factSheet, factsOf, packageParts, SHEET_END, SHEET_START, xml } from "./xlsx-parts.ts";

/** Excel's own limits. */
const MAX_CELL = 32_767;
/** Fast: level 6 makes a tenth less of it in three times the time. */
const LEVEL = 2;
/** What a part's entry says: deflated. */
const DEFLATED = 8;
/** Styles of `xlsx-parts.ts`. */
const [HEAD, MONEY, QUOTED] = [1, 2, 3];

/**
 * A workbook of two sheets, the rows and what the file says of itself. Texts are inline and so never formulas; those that look
 * like one keep Excel's own mark against becoming one when somebody edits the cell. Packed by `fflate` (MIT, no dependencies),
 * which gives bytes out as they go in.
 */
export class XlsxFile implements SheetFile {
  readonly #mark: Mark;
  readonly #zip: Zip;
  readonly #sheet: Part;
  #out: Uint8Array[] = [];
  #count = 0;

  constructor(mark: Mark) {
    this.#mark = mark;
    this.#zip = new Zip((error, chunk) => {
      if (error) throw error;
      this.#out.push(chunk);
    });
    for (const [name, text] of packageParts(mark, clockText(mark.at, mark.zone))) this.#add(name).push(Buffer.from(text), true);
    this.#sheet = this.#add("xl/worksheets/sheet1.xml");
  }

  head(titles: readonly string[]): Buffer {
    this.#sheet.push(Buffer.from(SHEET_START + line([...titles, ...markTitles(this.#mark)].map((title) => textCell(title, HEAD)))));
    return this.#taken();
  }

  rows(rows: readonly (readonly Cell[])[]): Buffer {
    this.#count += rows.length;
    const mark = markCells(this.#mark).map((text) => textCell(text));
    this.#sheet.push(Buffer.from(rows.map((row) => line([...row.map((cell) => this.#cell(cell)), ...mark])).join("")));
    return this.#taken();
  }

  end(): Buffer {
    this.#sheet.push(Buffer.from(SHEET_END(this.#mark)), true);
    this.#add("xl/worksheets/sheet2.xml").push(Buffer.from(factSheet(this.#mark.guide?.lines ?? factsOf(this.#mark, clockText(this.#mark.at, this.#mark.zone), this.#count))), true);
    this.#zip.end();
    return this.#taken();
  }

  #cell(cell: Cell): string {
    const plain = plainCell(cell, this.#mark);
    if (plain === "") return "<c/>";
    if (typeof plain === "object") return `<c s="${MONEY}"><v>${plain.fen / 100}</v></c>`;
    return typeof plain === "number" ? `<c><v>${plain}</v></c>` : textCell(plain, isFormula(plain) ? QUOTED : 0);
  }

  #add(name: string): Part {
    const part = new Part(name);
    part.mtime = this.#mark.at;
    this.#zip.add(part);
    return part;
  }

  #taken(): Buffer {
    const taken = Buffer.concat(this.#out);
    this.#out = [];
    return taken;
  }
}

/** A part of the package. Each piece is squeezed by itself up to a whole byte, so that they follow one another as one stream: zlib takes half of fflate's time. */
class Part extends ZipPassThrough {
  override compression = DEFLATED;

  protected override process(piece: Uint8Array, isLast: boolean): void {
    this.ondata(null, deflateRawSync(piece, { level: LEVEL, finishFlush: isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH }), isLast);
  }
}

const line = (cells: readonly string[]): string => `<row>${cells.join("")}</row>`;
const textCell = (text: string, style = 0): string =>
  `<c${style ? ` s="${style}"` : ""} t="inlineStr"><is><t xml:space="preserve">${xml(text.length > MAX_CELL ? text.slice(0, MAX_CELL) : text)}</t></is></c>`;
