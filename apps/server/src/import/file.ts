import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { findColumns, type Columns } from "./columns.ts";
import { readRow, type Row } from "./row.ts";

const CHUNK_BYTES = 262_144;

/**
 * The rows of a .csv or .csv.gz, one after the other. The file is read no faster than its rows are taken, so memory stays
 * flat whatever its size.
 */
export async function* rowsOf(file: string, columns: Columns): AsyncGenerator<Row> {
  const bytes = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const cells = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, relax_quotes: true });
  // A failure of any part destroys the last one, whose reader then throws it.
  const end = () => {};
  if (file.endsWith(".gz")) pipeline(bytes, createGunzip({ chunkSize: CHUNK_BYTES }), cells, end);
  else pipeline(bytes, cells, end);
  let at: ReturnType<typeof findColumns> | undefined;
  let number = 0;
  for await (const record of cells as AsyncIterable<string[]>) {
    number++;
    if (at) yield readRow(record, at, number);
    else at = findColumns(record, columns);
  }
}
