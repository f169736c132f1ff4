import { expect, test } from "vitest";
import type { Field } from "./object.ts";
import { conditionsOf } from "./summary.ts";

const field = (kind: Field["kind"]) => ({ key: "f", kind }) as Field;

test("a group leads to the list of just its rows", () => {
  expect(conditionsOf(field("choice"), "signed")).toEqual([{ field: "f", op: "eq", value: "signed" }]);
  expect(conditionsOf(field("boolean"), "false")).toEqual([{ field: "f", op: "eq", value: false }]);
  expect(conditionsOf(field("choices"), "wifi")).toEqual([{ field: "f", op: "any", value: ["wifi"] }]);
  expect(conditionsOf(field("text"), null)).toEqual([{ field: "f", op: "filled", value: false }]);
  expect(conditionsOf(field("time"), "2026-11")).toBeNull();
});

test("a month of days ends on its last one", () => {
  const days = (key: string) => conditionsOf(field("date"), key)?.map((one) => one.value);
  expect([days("2024-02"), days("2026-02"), days("2026-12"), days("2026"), days("2026-11-21")])
    .toEqual([["2024-02-01", "2024-02-29"], ["2026-02-01", "2026-02-28"], ["2026-12-01", "2026-12-31"], ["2026-01-01", "2026-12-31"], ["2026-11-21", "2026-11-21"]]);
});
