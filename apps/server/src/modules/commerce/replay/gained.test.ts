import { expect, test } from "vitest";
import { joinPacks, packGained, splitPacks, unpackGained } from "./gained.ts";
import { addTally, emptyTally } from "./tally.ts";
import { resultOf } from "./result.ts";

test("what members have had survives a stop, bucket by bucket, also an empty one", () => {
  const gained = new Map([["m1", { uses: 2, costFen: 300, tier: "gold" }], ["m2", { uses: 1, costFen: -5, tier: "none" }]]);
  const [first, second] = splitPacks(joinPacks([packGained(gained), packGained(new Map())]));
  expect(unpackGained(first!)).toEqual(gained);
  expect(unpackGained(second!)).toEqual(new Map());
});

test("tallies add up whoever counted, and a budget ends in the hour in which it is gone", () => {
  const [a, b] = [emptyTally(), emptyTally()];
  a.bySpan = { 10: { orders: 2, hits: 2, costFen: 200 }, 11: { orders: 1, hits: 1, costFen: 100 } };
  b.bySpan = { 11: { orders: 3, hits: 3, costFen: 300 }, 12: { orders: 1, hits: 1, costFen: 50 } };
  const both = emptyTally();
  addTally(both, a);
  addTally(both, b);
  expect(both.bySpan[11]).toEqual({ orders: 4, hits: 4, costFen: 400 });
  const result = (budgetFen: number | null, uses: number | null) => resultOf({ tallies: [a, b], gained: [], zone: "Asia/Shanghai", budgetFen, uses, seconds: 1 }).budget;
  expect(result(400, null)).toEqual({ budgetFen: 400, uses: null, runsOutAt: "1970-01-01T11:00:00.000Z", costFen: 400, hits: 4, missedHits: 3 });
  expect(result(null, 6)).toMatchObject({ runsOutAt: "1970-01-01T12:00:00.000Z", hits: 6, missedHits: 1 });
  expect(result(650, 7)).toMatchObject({ runsOutAt: null, hits: 7, costFen: 650 });
  expect(result(null, null)).toBeNull();
});
