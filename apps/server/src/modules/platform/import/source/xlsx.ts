import { SaxesParser, type SaxesTagPlain } from "saxes";
import type { Readable } from "node:stream";
import { serialToText } from "../date.ts";
import { MAX_COLUMNS } from "../import.schema.ts";
import { StringPool } from "./string-pool.ts";
import { unreadableFile, type Source, type SourceFile, type SourceRow } from "./source.ts";
import { openArchive, type Archive } from "./zip.ts";

const WORKBOOK = "xl/workbook.xml";
/** Formats of dates that have numbers of their own; others tell by their letters. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

/** A text without a tag is held until its end. */
const MAX_SILENT = 16 * 1_048_576;

interface Seen {
  open?(tag: SaxesTagPlain): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Calls back for the tags of a part, without their prefixes. A document type is refused: entities grow without end, and no workbook has one. */
async function* walk(stream: Readable, seen: Seen): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false });
  const local = (name: string): string => name.slice(name.indexOf(":") + 1);
  parser.on("doctype", () => { throw unreadableFile({ reason: "not-a-workbook", detail: "has a document type" }); });
  parser.on("error", (error) => { throw unreadableFile({ reason: "not-a-workbook", detail: error.message }); });
  let silent = 0;
  parser.on("opentag", (tag) => {
    silent = 0;
    seen.open?.({ ...tag, name: local(tag.name) });
  });
  if (seen.text) parser.on("text", (text) => seen.text?.(text));
  parser.on("closetag", (tag) => seen.close?.(local(tag.name)));
  const decoder = new TextDecoder("utf-8");
  for await (const bytes of stream as AsyncIterable<Buffer>) {
    silent += bytes.length;
    if (silent > MAX_SILENT) throw unreadableFile({ reason: "swells", detail: "One cell is larger than a file may be" });
    parser.write(decoder.decode(bytes, { stream: true }));
    yield;
  }
  parser.close();
}

async function walkPart(archive: Archive, name: string, seen: Seen): Promise<void> {
  const stream = await archive.open(name);
  if (stream) for await (const _piece of walk(stream, seen));
}

export interface Workbook {
  /** Hidden ones last. */
  sheets: { name: string; part: string; isHidden: boolean }[];
  is1904: boolean;
  archive: Archive;
}

/** Throws `unreadableFile`. */
export async function openWorkbook(file: SourceFile): Promise<Workbook> {
  const archive = await openArchive(file);
  if (!archive.entries.has(WORKBOOK)) throw unreadableFile({ reason: "not-a-workbook" });
  const parts = new Map<string, string>();
  await walkPart(archive, "xl/_rels/workbook.xml.rels", {
    open: ({ name, attributes: { Id, Target } }) => void (name === "Relationship" && parts.set(Id ?? "", (Target ?? "").replace(/^\/?(xl\/)?/, "xl/"))),
  });
  const sheets: Workbook["sheets"] = [];
  let is1904 = false;
  await walkPart(archive, WORKBOOK, {
    open: ({ name, attributes }) => {
      if (name === "sheet") sheets.push({ name: attributes["name"] ?? "", part: parts.get(attributes["r:id"] ?? "") ?? "", isHidden: /hidden/i.test(attributes["state"] ?? "") });
      if (name === "workbookPr") is1904 = ["1", "true"].includes(attributes["date1904"] ?? "");
    },
  });
  if (sheets.length === 0) throw unreadableFile({ reason: "no-sheet" });
  return { sheets: sheets.toSorted((a, b) => Number(a.isHidden) - Number(b.isHidden)), is1904, archive };
}

/** Which styles show a number as a date, and which of those a time too. */
async function dateStyles(archive: Archive): Promise<boolean[]> {
  const formats = new Map<number, boolean>();
  const styles: boolean[] = [];
  let isInCells = false;
  await walkPart(archive, "xl/styles.xml", {
    open: ({ name, attributes }) => {
      if (name === "numFmt") formats.set(Number(attributes["numFmtId"]), /[ymdhs]/i.test((attributes["formatCode"] ?? "").replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, "")));
      if (name === "cellXfs") isInCells = true;
      const format = Number(attributes["numFmtId"]);
      if (name === "xf" && isInCells) styles.push(formats.get(format) ?? DATE_FORMATS.has(format));
    },
    close: (name) => void (name === "cellXfs" && (isInCells = false)),
  });
  return styles;
}

async function sharedStrings(archive: Archive): Promise<StringPool> {
  const pool = new StringPool();
  let [text, isText, isSpelling] = ["", false, false];
  await walkPart(archive, "xl/sharedStrings.xml", {
    open: ({ name }) => {
      if (name === "si") text = "";
      // How a name is read aloud stands beside it and is no part of it.
      if (name === "rPh") isSpelling = true;
      isText = name === "t" && !isSpelling;
    },
    text: (more) => { if (isText) text += more; },
    close: (name) => {
      if (name === "t") isText = false;
      if (name === "rPh") isSpelling = false;
      if (name === "si") pool.add(text);
    },
  });
  return pool;
}

/** Rows of one sheet. Only the texts that cells share are held, and those have a limit. */
export function xlsxSource(workbook: Workbook, sheet: string | null): Source {
  return { rows: sheetRows(workbook, sheet), bytesRead: () => workbook.archive.bytesRead() };
}

async function* sheetRows({ archive, sheets, is1904 }: Workbook, sheet: string | null): AsyncGenerator<SourceRow> {
  const part = (sheets.find((one) => one.name === sheet) ?? sheets[0])?.part ?? "";
  const [strings, styles] = [await sharedStrings(archive), await dateStyles(archive)];
  const stream = await archive.open(part);
  if (!stream) throw unreadableFile({ reason: "no-sheet" });
  const rows: SourceRow[] = [];
  const cell = { at: 0, type: "", style: 0, text: "" };
  let [row, isValue]: [SourceRow, boolean] = [{ line: 0, cells: [] }, false];
  const walking = walk(stream, {
    open: ({ name, attributes }) => {
      if (name === "row") row = { line: Number(attributes["r"] ?? row.line + 1), cells: [] };
      else if (name === "c") Object.assign(cell, { at: attributes["r"] ? columnOf(attributes["r"]) : row.cells.length, type: attributes["t"] ?? "n", style: Number(attributes["s"] ?? 0), text: "" });
      isValue = name === "v" || name === "t";
    },
    text: (text) => { if (isValue) cell.text += text; },
    close: (name) => {
      if (name === "v" || name === "t") isValue = false;
      if (name === "c" && cell.at < MAX_COLUMNS) {
        while (row.cells.length < cell.at) row.cells.push("");
        row.cells[cell.at] = cellText(cell, { strings, isDate: styles[cell.style] === true, is1904 });
      }
      if (name === "c" && cell.at >= MAX_COLUMNS && cell.text !== "") row.fault = "too-large";
      if (name === "row") rows.push(row);
    },
  });
  try {
    for await (const _piece of walking) yield* rows.splice(0);
  } catch (error) {
    if (!unreadableFile.is(error) && !(error instanceof Error && /uncompressed|too many bytes|invalid|inflate|incorrect/i.test(error.message))) throw error;
    yield* rows.splice(0);
    yield { line: row.line + 1, cells: [], fault: "unreadable" };
  }
}

/** "AB12" → 27 */
function columnOf(reference: string): number {
  let column = 0;
  for (const character of reference) {
    const code = character.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}

interface CellSurroundings {
  strings: StringPool;
  isDate: boolean;
  is1904: boolean;
}

function cellText({ type, text }: { type: string; text: string }, { strings, isDate, is1904 }: CellSurroundings): string {
  if (text === "") return "";
  switch (type) {
    case "s": return strings.get(Number(text));
    case "b": return text === "1" ? "TRUE" : "FALSE";
    case "n": return isDate ? serialToText(Number(text), is1904) ?? text : plainNumber(text);
    default: return text;
  }
}

/** A phone in a cell of numbers may be written 1.3800138E10. */
const plainNumber = (text: string): string => (/e/i.test(text) && Number.isSafeInteger(Number(text)) ? String(Number(text)) : text);
