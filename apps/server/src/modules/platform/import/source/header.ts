import { isBlank } from "../hint.ts";
import type { SourceRow } from "./source.ts";

/** So many lines may stand above a table. */
const MAX_ABOVE = 5;
const filled = ({ cells }: SourceRow): string[] => cells.filter((cell) => !isBlank(cell));
/** What a table calls its columns: more than one word, and no numbers as long as a phone's. */
const isHeader = (row: SourceRow): boolean => filled(row).length > 1 && filled(row).every((cell) => !/\d{5}/.test(cell));

/** Rows that say something, the header first. A title and a note may stand above it, each in one cell; where no header comes soon the first row is it. */
export async function* fromHeader(rows: AsyncIterable<SourceRow>): AsyncGenerator<SourceRow> {
  let above: SourceRow[] | undefined = [];
  for await (const row of rows) {
    if (!row.fault && row.cells.every(isBlank)) continue;
    if (!above) yield row;
    else if (!row.fault && filled(row).length === 1 && above.length < MAX_ABOVE) above.push(row);
    else {
      if (row.fault || !isHeader(row)) yield* above;
      above = undefined;
      yield row;
    }
  }
  if (above) yield* above;
}
