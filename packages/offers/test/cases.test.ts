import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readCases, runCase } from "../cases/run.ts";
import { codeRejection } from "../cases/rule-case.ts";
import { evaluate } from "../src/index.ts";
import type { Offer } from "../src/index.ts";
import { NOON, cart, line, rules, snapshot } from "./fixture.ts";

const PATH = fileURLToPath(new URL("../../../../shared/cases/value-cases.json", import.meta.url));
/** Families of other modules are skipped by name; everything else is spoken. */
const MOST_SKIPPED = 50;

describe.skipIf(!existsSync(PATH))(`the worked cases in ${PATH} (skipped when absent)`, () => {
  const cases = existsSync(PATH) ? readCases(PATH) : [];
  const outcomes = cases.map((one) => ({ id: one.id, kind: one.kind, isCart: "lines" in one.given, outcome: runCase(one) }));

  it.each(outcomes.filter(({ outcome }) => outcome.result !== "skipped"))("$id: $kind", ({ outcome }) => {
    expect(outcome).toEqual({ result: "passed" });
  });

  it("skips no cart, and no more than the families of other modules", () => {
    const skipped = outcomes.filter(({ outcome }) => outcome.result === "skipped");
    expect(skipped.filter(({ isCart }) => isCart)).toEqual([]);
    expect(skipped.length).toBeLessThanOrEqual(MOST_SKIPPED);
  });
});

describe("the runner", () => {
  it("skips and names a word it does not speak", () => {
    const outcome = runCase({ id: "x", kind: "", given: { lines: [{ id: "a", unit_price: 1 }], moon_phase: "full" }, expect: { total: 1 } });
    expect(outcome).toEqual({ result: "skipped", why: "unsupported: given.moon_phase" });
  });

  it("fails a case whose expectation is wrong", () => {
    const outcome = runCase({ id: "x", kind: "", given: { lines: [{ id: "a", unit_price: 100, qty: 1 }] }, expect: { total: 99 } });
    expect(outcome).toEqual({ result: "failed", why: "total: expected 99, got 100" });
  });
});

describe("settings where the sources disagree, both ways", () => {
  const buyGet = (more: Partial<Extract<Offer, { kind: "buy-get" }>>): Offer => ({
    id: "p", name: "p", kind: "buy-get", trigger: "auto", level: "category", scope: { skus: ["sweater"] }, buyQuantity: 1, getQuantity: 1, maxTimes: 1, ...more,
  });
  const lines = [line("tshirt", 50_000, 2), line("tshirt2", 100_000, 2), line("sweater", 100_000, 2)];

  it.each([["dearest", "tshirt2", 100_000], ["cheapest", "tshirt", 50_000]] as const)("cross-item buy-get gives the %s unit", (pick, sku, off) => {
    const quote = evaluate(cart(lines), snapshot(), rules([buyGet({ get: { skus: ["tshirt", "tshirt2"] }, pick })]), NOON);
    expect(quote.effects[0]!.lines).toEqual([{ lineId: sku, amountFen: off }]);
  });

  it.each([[true, 0], [false, 100_000]])("buy 2 get 2 with three units, whole sets only = %s, takes off %i", (whole, off) => {
    const same = buyGet({ scope: { tags: ["P1"] }, buyQuantity: 2, getQuantity: 2, whole });
    const three = ["a", "b", "c"].map((id) => line(id, 100_000, 1, { tags: ["P1"] }));
    expect(evaluate(cart(three), snapshot(), rules([same]), NOON).discountFen).toBe(off);
  });

  it.each([[true, "COUPON_CODE_INVALID"], [false, null]])("codes compared exactly = %s", (exact, rejected) => {
    expect(codeRejection({ code: "TESTCOUPON", entered: " test coupon" }, exact)).toBe(rejected);
  });
});
