import { setImmediate as nextTurn } from "node:timers/promises";

/** So many rows take some ten milliseconds: no till waits longer for a batch of thousands. */
const AT_ONCE = 250;

/** Maps a batch a few rows a turn of the event loop, so that others' requests, and the database's answers, are not kept waiting behind it. */
export async function inTurns<Row, Made>(rows: readonly Row[], make: (row: Row) => Made): Promise<Made[]> {
  const made: Made[] = [];
  for (const row of rows) {
    made.push(make(row));
    if (made.length % AT_ONCE === 0) await nextTurn();
  }
  return made;
}
