import { expect, test } from "vitest";
import { DEFAULT_RULES, stageAt } from "./stage.ts";

const ZONE = "Asia/Shanghai";
const midnight = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
const at = (day: string): Date => new Date(`${day}T12:00:00+08:00`);
const life = (last: string | null, visits: Record<string, number>) => ({
  orders: Object.values(visits).reduce((sum, count) => sum + count, 0), lastOrderAt: last === null ? null : at(last),
  months: Object.fromEntries(Object.entries(visits).map(([month, count]): [string, [number, number]] => [month, [0, count]])),
});
const stageOn = (day: Date, ...told: Parameters<typeof life>) => {
  const { stage, dueAt } = stageAt(life(...told), DEFAULT_RULES, day, ZONE);
  return [stage, dueAt];
};

test("a life begins with a sign, goes on with orders, and falls asleep and is lost at midnight of the tenant's zone", () => {
  expect(stageOn(at("2026-03-01"), null, {})).toEqual(["aware", null]);
  expect(stageOn(at("2026-03-01"), "2026-03-01", { "2026-03": 1 })).toEqual(["first", midnight("2026-04-30")]);
  expect(stageOn(at("2026-03-02"), "2026-03-01", { "2026-02": 1, "2026-03": 1 })).toEqual(["repeat", midnight("2026-04-30")]);
  expect(stageOn(new Date(midnight("2026-04-30").getTime() - 1), "2026-03-01", { "2026-03": 1 })[0]).toBe("first");
  expect(stageOn(midnight("2026-04-30"), "2026-03-01", { "2026-03": 1 })).toEqual(["dormant", midnight("2026-08-28")]);
  expect(stageOn(midnight("2026-08-28"), "2026-03-01", { "2026-03": 1 })).toEqual(["lost", null]);
});

test("who came often enough within the months is loyal until a month leaves the window or nothing happens for too long", () => {
  expect(stageOn(at("2026-03-10"), "2026-03-10", { "2026-01": 2, "2026-02": 1, "2026-03": 1 })).toEqual(["loyal", midnight("2026-04-01")]);
  expect(stageOn(midnight("2026-04-01"), "2026-03-10", { "2026-01": 2, "2026-02": 1, "2026-03": 1 })).toEqual(["repeat", midnight("2026-05-09")]);
  expect(stageOn(at("2026-03-10"), "2026-03-10", { "2026-03": 4 })).toEqual(["loyal", midnight("2026-05-09")]);
  expect(stageOn(at("2026-03-10"), "2026-03-10", { "2025-12": 9, "2026-03": 3 })[0]).toBe("repeat");
});
