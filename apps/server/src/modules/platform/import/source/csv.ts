import { pipeline, Readable } from "node:stream";
import { parse } from "csv-parse";
import { readFile } from "../../file.ts";
import { MAX_COLUMNS } from "../import.schema.ts";
import type { Encoding } from "./encoding.ts";
import type { Source, SourceFile, SourceRow } from "./source.ts";

/** A quote that is never closed would make one row of the rest of the file. */
const MAX_RECORD = 8 * 1_048_576;

export type Delimiter = "," | ";" | "\t" | "|";
const DELIMITERS: readonly Delimiter[] = [",", "\t", ";", "|"];

/** The one that cuts the header into most pieces; quoted ones do not count. */
export function detectDelimiter(head: string): Delimiter {
  const line = head.replaceAll(/"(?:[^"]|"")*"/g, "").split(/\r?\n/, 1)[0] ?? "";
  return DELIMITERS.toSorted((a, b) => line.split(b).length - line.split(a).length)[0] ?? ",";
}

async function* decoded(chunks: AsyncIterable<Buffer>, encoding: Encoding, count: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of chunks) {
    count(bytes.length);
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}

/** The first characters of a file. */
export async function headOf(file: SourceFile, encoding: Encoding): Promise<string> {
  for await (const text of decoded(readFile(file.inScope, file), encoding, () => {})) return text.slice(0, 65_536);
  return "";
}

/** Rows of a text file, one after the other. What is wrong with one leaves the others alone; a quote that is never closed ends the file. */
export function csvSource(file: SourceFile, { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter }): Source {
  let bytes = 0;
  const text = decoded(readFile(file.inScope, file), encoding, (count) => (bytes += count));
  return { rows: csvRows(text, delimiter), bytesRead: () => bytes };
}

async function* csvRows(text: AsyncIterable<string>, delimiter: Delimiter): AsyncGenerator<SourceRow> {
  // Errors are skipped and heard of: thrown, they would take the rows along that are on their way.
  const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false, skip_records_with_error: true, max_record_size: MAX_RECORD });
  let last: number | undefined;
  parser.on("skip", () => { last ??= parser.info.records; });
  pipeline(Readable.from(text, { highWaterMark: 1 }), parser, () => {});
  let line = 0;
  for await (const cells of parser as AsyncIterable<string[]>) {
    if (line === last) break;
    line++;
    if (cells.length > MAX_COLUMNS) yield { line, cells: cells.slice(0, MAX_COLUMNS), fault: "too-large" };
    else yield { line, cells };
  }
  if (last !== undefined) yield { line: line + 1, cells: [], fault: "unreadable" };
}
