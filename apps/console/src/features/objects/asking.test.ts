import { expect, test } from "vitest";
import { askableOf, conditionsFor } from "./asking.ts";

test("a range is two conditions or one, empty is filled turned round, and nothing is asked while a value is missing", () => {
  expect(conditionsFor("on", "between", "2026-11-01", "2026-11-30")).toEqual([{ field: "on", op: "gte", value: "2026-11-01" }, { field: "on", op: "lte", value: "2026-11-30" }]);
  expect(conditionsFor("on", "between", null, "2026-11-30")).toEqual([{ field: "on", op: "lte", value: "2026-11-30" }]);
  expect(conditionsFor("on", "empty", null, null)).toEqual([{ field: "on", op: "filled", value: false }]);
  expect(conditionsFor("seats", "eq", 0, null)).toEqual([{ field: "seats", op: "eq", value: 0 }]);
  expect([conditionsFor("on", "between", null, ""), conditionsFor("stage", "in", [], null), conditionsFor("city", "eq", "", null)]).toEqual([[], [], []]);
});

test("of several choices any or all are asked for, of a searchable text what it contains", () => {
  expect(askableOf({ kind: "choices", operators: ["any", "all", "filled"] })).toEqual(["any", "all", "filled", "empty"]);
  expect(askableOf({ kind: "text", operators: ["eq", "contains"] })).toEqual(["eq", "contains"]);
  expect([conditionsFor("likes", "all", ["tea"], null), conditionsFor("likes", "any", [], null)]).toEqual([[{ field: "likes", op: "all", value: ["tea"] }], []]);
});

test("several options are asked for of choices only, ranges of what has an order", () => {
  expect(askableOf({ kind: "choice", operators: ["eq", "in", "filled"] })).toEqual(["eq", "in", "filled", "empty"]);
  expect(askableOf({ kind: "date", operators: ["eq", "in", "gte", "lte", "filled"] })).toEqual(["between", "eq", "gte", "lte", "filled", "empty"]);
  expect(askableOf({ kind: "text", operators: ["eq", "in", "prefix", "filled"] })).toEqual(["eq", "prefix", "filled", "empty"]);
});
