import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readCases, runCase } from "../cases/run.ts";
import { codeRejection } from "../cases/rule-case.ts";
import { evaluate } from "../src/index.ts";
import type { Offer } from "../src/index.ts";
import { NOON, cart, line, rules, snapshot } from "./fixture.ts";

const PATH = fileURLToPath(new URL("../../../../shared/cases/value-cases.json", import.meta.url));
const VOCABULARY = fileURLToPath(new URL("../../../../shared/cases/VOCABULARY.md", import.meta.url));
const OWN = ["carts", "families"].map((name) => fileURLToPath(new URL(`../cases/own/${name}.json`, import.meta.url)));

describe.skipIf(!existsSync(PATH))(`the worked cases in ${PATH} (skipped when absent)`, () => {
  const cases = existsSync(PATH) ? readCases(PATH) : [];
  const outcomes = cases.map((one) => ({ id: one.id, kind: one.kind, isCart: "lines" in one.given, outcome: runCase(one) }));

  it.each(outcomes.filter(({ outcome }) => outcome.result !== "skipped"))("$id: $kind", ({ outcome }) => {
    expect(outcome).toEqual({ result: "passed" });
  });

  it("skips the families of later modules only", () => {
    const why = outcomes.flatMap(({ outcome }) => (outcome.result === "skipped" ? [outcome.why] : []));
    expect(why.filter((one) => !one.startsWith("unsupported: a later module"))).toEqual([]);
  });
});

const own = OWN.flatMap(readCases);

describe("our own cases", () => {
  it.each(own.map((one) => [one.id, one] as const))("%s", (_, one) => {
    expect(runCase(one)).toMatchObject({ result: "passed" });
  });

  it.each(own.map((one) => [one.id, one] as const))("%s fails when a number of its expectation is another", (_, one) => {
    const wrong = JSON.parse(JSON.stringify(one.expect), (_key, value: unknown) => (typeof value === "number" ? value + 1 : value)) as typeof one.expect;
    const hasNumbers = JSON.stringify(wrong) !== JSON.stringify(one.expect);
    expect(runCase({ ...one, expect: wrong }).result).toBe(hasNumbers ? "failed" : "passed");
  });

  it("come true with one setting and not with the other where a choice is the merchant's", () => {
    const choices = own.filter((one) => one.portability === "decide").map((one) => runCase(one)).flatMap((one) => ("setting" in one && one.setting ? [one.setting] : []));
    expect(choices).toEqual(expect.arrayContaining(["pick = cheapest", "exactCodes = false", "ownPoints = true", "earnBasis = in-scope", "missingLeap = none", "manual = on-top", "reopening = false"]));
  });
});

describe.skipIf(!existsSync(VOCABULARY))(`the vocabulary in ${VOCABULARY} (skipped when absent)`, () => {
  const text = existsSync(VOCABULARY) ? readFileSync(VOCABULARY, "utf8") : "";
  const namesIn = (start: string): string[] => [...(text.split("\n").find((line) => line.startsWith(start)) ?? "").matchAll(/`(\w+)` \(/g)].map((match) => match[1]!);
  const carts = own.filter((one) => "lines" in one.given);
  const keys = (objects: readonly object[]): Set<string> => new Set(objects.flatMap((one) => Object.keys(one)));
  const promotions = carts.flatMap((one) => (one.given["promotions"] ?? []) as object[]);

  it("is used by our own cases to the last word of a cart", () => {
    expect(namesIn("given: ").filter((word) => !keys(carts.map((one) => one.given)).has(word))).toEqual([]);
    expect(namesIn("given.lines[]").filter((word) => !keys(carts.flatMap((one) => one.given["lines"] as object[])).has(word))).toEqual([]);
    expect(namesIn("promotion, all").filter((word) => !keys(promotions).has(word))).toEqual([]);
    expect(namesIn("expect: ").filter((word) => !keys(carts.map((one) => one.expect)).has(word))).toEqual([]);
  });

  it("names no family beside the later ones that our own cases leave out", () => {
    const families = [...text.matchAll(/^- (.*): given (.*?) →/gm)].map((match) => [match[1]!, [...match[2]!.matchAll(/`(\w+)`/g)].map((word) => word[1]!).sort().join()] as const);
    const ours = new Set(own.map((one) => Object.keys(one.given).sort().join()));
    const missing = families.filter(([, fields]) => !ours.has(fields));
    expect(missing.filter(([name]) => !/BG\/NBD|Pareto|Gamma|bandit|t-test|pacing|cap|ANDed|override/.test(name))).toEqual([]);
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
