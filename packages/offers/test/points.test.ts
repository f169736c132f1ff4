import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { earnPoints } from "../src/index.ts";
import type { EarnContext, EarnLine, EarnProgram, EarnRule } from "../src/index.ts";
import { NOON } from "./fixture.ts";

const lines: EarnLine[] = [
  { sku: "latte", category: "coffee", tags: [], quantity: 2, netFen: 5_000 },
  { sku: "bun", category: "food", tags: ["new"], quantity: 3, netFen: 3_000 },
];
const context: EarnContext = { storeId: "s1", channel: "till", member: { tierId: "gold", segments: [], firstOrder: false }, now: NOON };
const rule = (id: string, more: Partial<EarnRule>): EarnRule => ({ id, name: id, ...more });
const program = (rules: EarnRule[], more: Partial<EarnProgram> = {}): EarnProgram => ({ points: 1, perFen: 100, zone: "Asia/Shanghai", rules, ...more });
const earned = (rules: EarnRule[], more: Partial<EarnContext> = {}, change: Partial<EarnProgram> = {}) => earnPoints(lines, program(rules, change), { ...context, ...more });

describe("what rules add to 80 points", () => {
  it.each<[string, EarnRule[], Partial<EarnContext>, number, number[]]>([
    ["a bonus once", [rule("r", { bonusPoints: 10 })], {}, 90, [56, 34]],
    ["points for every unit of a category", [rule("r", { unitPoints: 5, scope: { categories: ["food"] } })], {}, 95, [50, 45]],
    ["a rate of its own", [rule("r", { rate: { points: 1, perFen: 500 } })], {}, 96, [60, 36]],
    ["a multiplier and a bonus, which it does not multiply", [rule("r", { multiplierPercent: 200, bonusPoints: 10 })], {}, 170, [106, 64]],
    ["nothing without its code", [rule("r", { bonusPoints: 10, codes: ["SPRING"] })], {}, 80, [50, 30]],
    ["something with it, however it is typed", [rule("r", { bonusPoints: 10, codes: ["SPRING"] })], { codes: [" spr ing"] }, 90, [56, 34]],
    ["nothing before the amount is reached", [rule("r", { bonusPoints: 10, minNetFen: 8_001 })], {}, 80, [50, 30]],
    ["something at it", [rule("r", { bonusPoints: 10, minNetFen: 8_000 })], {}, 90, [56, 34]],
    ["nothing outside the birthday window", [rule("r", { multiplierPercent: 200, birthday: "week" })], {}, 80, [50, 30]],
    ["double within it", [rule("r", { multiplierPercent: 200, birthday: "week" })], { member: { ...context.member!, birthday: ["week", "month"] } }, 160, [100, 60]],
    ["at most its cap in one order", [rule("r", { multiplierPercent: 200, maxPoints: 20 })], {}, 100, [63, 37]],
    ["at most what its budget has left", [rule("r", { multiplierPercent: 200 })], { left: { rules: { r: 7 } } }, 87, [54, 33]],
    ["nothing once that is used up", [rule("r", { bonusPoints: 10 })], { left: { rules: { r: 0 } } }, 80, [50, 30]],
    ["at most what the member's day has left", [rule("r", { bonusPoints: 10 })], { left: { program: 50 } }, 50, [31, 19]],
  ])("%s", (_, rules, more, points, byLine) => {
    expect(earned(rules, more)).toMatchObject({ points, lines: byLine });
  });

  it("goes by priority: what comes after the last rule of a line does not count there", () => {
    const rules = [rule("wide", { multiplierPercent: 300, priority: 1 }), rule("coffee", { multiplierPercent: 200, priority: 9, last: true, scope: { categories: ["coffee"] } })];
    expect(earned(rules)).toEqual({ points: 190, lines: [100, 90], ruleIds: ["coffee", "wide"], rules: [{ id: "coffee", points: 50 }, { id: "wide", points: 60 }] });
  });

  it("takes away no more than a line has, also where a cap kept it below its multiplier", () => {
    const rules = [rule("capped", { multiplierPercent: 200, maxPoints: 0 }), rule("none", { multiplierPercent: 0, scope: { categories: ["coffee"] } })];
    expect(earned(rules, {}, { combine: "multiply" })).toMatchObject({ points: 30, lines: [0, 30] });
  });

  it("takes of a group only the one that adds most", () => {
    const rules = [rule("a", { bonusPoints: 30, group: "g" }), rule("b", { multiplierPercent: 200, group: "g" }), rule("c", { bonusPoints: 5 })];
    expect(earned(rules)).toMatchObject({ points: 165, ruleIds: ["b", "c"], rules: [{ id: "b", points: 80 }, { id: "c", points: 5 }] });
  });

  it("says what each rule added: to be counted against its caps", () => {
    const rules = [rule("double", { multiplierPercent: 200 }), rule("plus", { multiplierPercent: 150, scope: { categories: ["food"] } }), rule("none", { multiplierPercent: 0, scope: { skus: ["tea"] } })];
    expect(earned(rules, {}, { combine: "multiply" })).toMatchObject({ points: 190, rules: [{ id: "double", points: 80 }, { id: "plus", points: 30 }] });
    expect(earned(rules, {}, { combine: "add" })).toMatchObject({ points: 175, rules: [{ id: "double", points: 80 }, { id: "plus", points: 15 }] });
    expect(earned(rules, {}, { combine: "best" })).toMatchObject({ points: 160, rules: [{ id: "double", points: 80 }, { id: "plus", points: 0 }] });
  });
});

describe("other sources", () => {
  it("earn by rules that name them, and by nothing else", () => {
    const rules = [rule("in", { bonusPoints: 5, sources: ["check-in"] }), rule("order", { bonusPoints: 50 }), rule("tier", { multiplierPercent: 200, scope: { tiers: ["gold"] } })];
    expect(earnPoints([], program(rules), { ...context, source: "check-in" })).toEqual({ points: 5, lines: [], ruleIds: ["in"], rules: [{ id: "in", points: 5 }] });
    expect(earnPoints([], program(rules), { ...context, source: "review" }).points).toBe(0);
  });

  it("a top-up earns by its own rate", () => {
    const topUp = [{ sku: "top-up", category: null, tags: [], quantity: 1, netFen: 100_000 }];
    expect(earnPoints(topUp, program([rule("t", { rate: { points: 1, perFen: 1_000 }, sources: ["top-up"] })]), { ...context, source: "top-up" }).points).toBe(100);
  });
});

describe("any rules", () => {
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const anyRule = fc.record({
    multiplierPercent: maybe(fc.integer({ min: 0, max: 500 })), bonusPoints: maybe(fc.integer({ min: 0, max: 50 })), unitPoints: maybe(fc.integer({ min: 0, max: 9 })),
    rate: maybe(fc.record({ points: fc.integer({ min: 1, max: 9 }), perFen: fc.integer({ min: 1, max: 5_000 }) })), priority: maybe(fc.integer({ min: 0, max: 3 })),
    group: maybe(fc.constantFrom("g", "h")), last: fc.boolean(), maxPoints: maybe(fc.integer({ min: 0, max: 99 })),
    scope: maybe(fc.record({ categories: fc.constantFrom(["coffee"], ["food"], ["coffee", "food"]) })),
  });
  const rules = fc.array(anyRule, { maxLength: 5 }).map((list) => list.map((one, i): EarnRule => ({ id: `r${i}`, name: "", ...one })));
  const combine = fc.constantFrom("multiply" as const, "best" as const, "add" as const);

  it("sum to the points exactly, never below zero, and no rule beyond its cap", () => {
    fc.assert(fc.property(rules, combine, fc.constantFrom("half-up" as const, "down" as const), maybe(fc.integer({ min: 0, max: 200 })), (list, how, rounding, maxPerOrder) => {
      const result = earned(list, {}, { combine: how, rounding, maxPerOrder });
      expect(result.lines.reduce((a, b) => a + b, 0)).toBe(result.points);
      expect(Math.min(...result.lines, result.points)).toBeGreaterThanOrEqual(0);
      expect(result.points).toBeLessThanOrEqual(maxPerOrder ?? Infinity);
      for (const { id, points } of result.rules) expect(points).toBeLessThanOrEqual(list.find((one) => one.id === id)!.maxPoints ?? Infinity);
    }), { numRuns: 300 });
  });
});
