import { expect, test } from "vitest";
import { inTurns } from "./turns.ts";

test("keeps the order of a batch, and lets others have their turn before it is done", async () => {
  const rows = Array.from({ length: 1_000 }, (_, at) => at);
  let turns = 0;
  let isDone = false;
  const other = () => {
    if (isDone) return;
    turns++;
    setImmediate(other);
  };
  setImmediate(other);
  expect(await inTurns(rows, (row) => row * 2)).toEqual(rows.map((row) => row * 2));
  isDone = true;
  expect(turns).toBeGreaterThanOrEqual(3);
});
