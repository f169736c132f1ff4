import { readFile } from "../file.ts";
import { isBlank } from "./hint.ts";
import { MAX_COLUMNS, type Reading } from "./import.schema.ts";
import type { RunRow } from "./run.row.ts";
import { csvSource, detectDelimiter, headOf, type Delimiter } from "./source/csv.ts";
import { detectEncoding, type Encoding } from "./source/encoding.ts";
import { fromHeader } from "./source/header.ts";
import { unreadableFile, type Source, type SourceFile } from "./source/source.ts";
import { openWorkbook, xlsxSource } from "./source/xlsx.ts";
import { isAmbiguousColumn, maskText } from "./suggest.ts";

/** Sheets that are looked into for the first one that is not empty. */
const MAX_SHEETS = 10;
const SAMPLED = 200;
const SHOWN = 5;
const SHOWN_LENGTH = 60;

export interface ReadWish {
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
  sheet?: string | undefined;
}

interface Format {
  kind: Reading["kind"];
  encoding: Encoding | null;
  delimiter: Delimiter | null;
  sheet: string | null;
  sheets: string[];
}

export interface Head {
  format: Format;
  headers: string[];
  /** By column. */
  samples: string[][];
}

/** Looks at the beginning of a file: what it is, what its columns are called, what stands in them. Of a workbook the first sheet that has something. Throws `unreadableFile`. */
export async function readHead(file: SourceFile, wish: ReadWish): Promise<Head> {
  const format = await formatOf(file, wish);
  for (const sheet of wish.sheet === undefined && format.sheets.length > 0 ? format.sheets.slice(0, MAX_SHEETS) : [format.sheet]) {
    const head = await headIn(file, { ...format, sheet });
    if (head) return head;
  }
  throw unreadableFile({ reason: "empty", detail: "There is nothing in it" });
}

async function headIn(file: SourceFile, format: Format): Promise<Head | undefined> {
  const { rows } = await openSource(file, format);
  let headers: string[] | undefined;
  const samples: string[][] = [];
  let sampled = 0;
  for await (const row of fromHeader(rows)) {
    if (row.fault && !headers) throw unreadableFile({ reason: row.fault === "too-large" ? "too-many-columns" : row.fault, detail: row.fault === "too-large" ? `More than ${MAX_COLUMNS} columns` : "Not even the header can be read" });
    if (headers) headers.forEach((_header, at) => (samples[at] ??= []).push(isBlank(row.cells[at] ?? "") ? "" : row.cells[at] ?? ""));
    headers ??= row.cells.map((cell, at) => cell.replace(/^\ufeff/, "").trim().slice(0, 200) || columnName(at));
    if (++sampled > SAMPLED) break;
  }
  return headers && { format, headers, samples };
}

/** "A", "B", … "AA": how a spreadsheet names a column without a header. */
function columnName(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : columnName(Math.floor(at / 26) - 1) + columnName(at % 26);
}

async function formatOf(file: SourceFile, wish: ReadWish): Promise<Format> {
  const first = await firstBytes(file);
  if (first.subarray(0, 4).toString("latin1") === "PK\x03\x04") {
    const workbook = await openWorkbook(file);
    const sheets = workbook.sheets.map((one) => one.name);
    if (wish.sheet !== undefined && !sheets.includes(wish.sheet)) throw unreadableFile({ reason: "no-sheet" });
    return { kind: "xlsx", encoding: null, delimiter: null, sheet: wish.sheet ?? sheets[0] ?? null, sheets };
  }
  // The binary format of old spreadsheets, and anything else that is no text.
  if (first.subarray(0, 4).toString("hex") === "d0cf11e0") throw unreadableFile(await isEncrypted(file, first) ? { reason: "encrypted", detail: "Save it without a password" } : { reason: "old-workbook", detail: "Save it as .xlsx or .csv" });
  const encoding = wish.encoding ?? await detectEncoding(readFile(file.inScope, file));
  if (!encoding) throw unreadableFile({ reason: "unknown-encoding", detail: "It is neither UTF-8 nor UTF-16 nor GB18030" });
  const head = await headOf(file, encoding);
  if (head.includes("\0")) throw unreadableFile({ reason: "not-a-text", detail: "It is neither text nor a workbook" });
  return { kind: "csv", encoding, delimiter: wish.delimiter ?? detectDelimiter(head), sheet: null, sheets: [] };
}

const ENCRYPTED = Buffer.from("EncryptedPackage", "utf16le");

/** A workbook with a password is packed into the container that old ones were; its directory names what is in it. */
async function isEncrypted(file: SourceFile, first: Buffer): Promise<boolean> {
  if (first.length < 512 || first.includes(ENCRYPTED)) return first.includes(ENCRYPTED);
  const directory = (first.readUInt32LE(48) + 1) * 2 ** Math.min(first.readUInt16LE(30), 12);
  if (directory < file.sizeBytes) for await (const bytes of readFile(file.inScope, file, directory)) return bytes.includes(ENCRYPTED);
  return false;
}

async function firstBytes(file: SourceFile): Promise<Buffer> {
  for await (const bytes of readFile(file.inScope, file)) return bytes;
  throw unreadableFile({ reason: "empty" });
}

/** The rows of a file whose format is known, the header among them. */
export async function openSource(file: SourceFile, format: Pick<Format, "kind" | "encoding" | "delimiter" | "sheet">): Promise<Source> {
  if (format.kind === "xlsx") return xlsxSource(await openWorkbook(file), format.sheet);
  return csvSource(file, { encoding: format.encoding ?? "utf-8", delimiter: format.delimiter ?? "," });
}

/** The columns as they are shown: samples masked and cut. */
export const columnsOf = ({ headers, samples }: Head, suggestions: readonly Reading["columns"][number]["suggestion"][]): Reading["columns"] =>
  headers.map((header, at) => ({
    at, header, isRepeated: headers.indexOf(header) < at, isAmbiguousDate: isAmbiguousColumn(samples[at] ?? []), suggestion: suggestions[at] ?? null,
    samples: (samples[at] ?? []).filter((cell) => cell.trim() !== "").slice(0, SHOWN).map((cell) => maskText(cell.slice(0, SHOWN_LENGTH))),
  }));

export const fileOf = (run: Pick<RunRow, "file_id" | "size_bytes">, inScope: SourceFile["inScope"]): SourceFile => {
  if (!run.file_id) throw unreadableFile({ reason: "forgotten", detail: "The file is no longer kept" });
  return { id: run.file_id, sizeBytes: run.size_bytes, inScope };
};
