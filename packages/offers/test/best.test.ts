import { describe, expect, it } from "vitest";
import { evaluate } from "../src/index.ts";
import type { Offer } from "../src/index.ts";
import { NOON, amountOff, cart, line, percentOff, rules, snapshot } from "./fixture.ts";

const goods = cart([line("a", 30_000)]);

describe("modes", () => {
  it.each([
    ["list", ["ten", "off290"], 0], ["list", ["off290", "ten"], 900], ["best", ["ten", "off290"], 0], ["best", ["off290", "ten"], 0],
  ] as const)("%s order %j leaves %i", (mode, ids, total) => {
    const offers: Record<string, Offer> = { ten: percentOff("ten", 10), off290: amountOff("off290", 29_000) };
    const quote = evaluate(goods, snapshot(), rules(ids.map((id) => offers[id]!), mode), NOON);
    expect(quote.totalFen).toBe(total);
    expect(quote.proof.mode).toBe(mode);
  });

  it("lets an offer fall away that would cost a later one its threshold", () => {
    const offers = [percentOff("a5", 5, { priority: 9 }), amountOff("b60", 6_000, 30_000)];
    expect(evaluate(goods, snapshot(), rules(offers), NOON).totalFen).toBe(28_500);
    const best = evaluate(goods, snapshot(), rules(offers, "best"), NOON);
    expect(best.totalFen).toBe(22_800);
    expect(best.effects.map((effect) => effect.offerId)).toEqual(["b60", "a5"]);
  });

  it("says why an offer is better left out", () => {
    const offers = [percentOff("a5", 5, { level: "line" }), amountOff("b60", 6_000, 30_000)];
    const best = evaluate(goods, snapshot(), rules(offers, "best"), NOON);
    expect(best.totalFen).toBe(24_000);
    expect(best.candidates.find((one) => one.id === "a5")!.reasons[0]!.code).toBe("not-best");
  });
});

describe("found by the oracle", () => {
  const hand = cart([line("a", 600), line("hand", -1)], { fees: [{ kind: "delivery", amountFen: 600 }] });

  it("an amount off goods never reaches beyond what a hand-keyed negative line left", () => {
    const quote = evaluate(hand, snapshot(), rules([amountOff("o", 600)]), NOON);
    expect([quote.effects[0]!.amountFen, quote.totalFen]).toEqual([599, 600]);
  });

  it("a group decides for its offers, whatever their stacking says and whichever comes first", () => {
    const inGroup = percentOff("g", 10, { level: "line", stacking: { group: "g1", stackable: false } });
    const other = percentOff("n", 10, { level: "line", stacking: { stackable: false } });
    for (const offers of [[inGroup, other], [other, inGroup]]) expect(evaluate(goods, snapshot(), rules(offers, "list"), NOON).totalFen).toBe(24_300);
  });
});

describe("the search", () => {
  const many = (count: number): Offer[] => Array.from({ length: count }, (_, i) =>
    (i % 3 === 0 ? percentOff(`p${i}`, 3 + i, { scope: { skus: ["a", "b", "c"].slice(0, 1 + i % 3) } }) : amountOff(`a${i}`, 300 + 70 * i, 1_000 * i, { scope: { skus: ["c", "b", "a"].slice(0, 1 + i % 3) } })));
  const three = cart([line("a", 9_900, 2), line("b", 4_550), line("c", 12_345)]);

  // Each combination takes a few microseconds. Without its bounds the search looks at ten times as many.
  const AT_MOST = 2_500;

  it("is exact for 12 candidates, and within what a till waits for", () => {
    const { search } = evaluate(three, snapshot(), rules(many(12), "best"), NOON, { explain: false }).proof;
    expect(search).toMatchObject({ candidates: 12, exact: "orders", gapFen: 0 });
    expect(search!.considered).toBeLessThan(AT_MOST);
  });

  it("finds the one order of twelve that keeps every threshold", () => {
    // Each threshold is met by what the ones before have left, and by nothing less: a hundred off, twelve times.
    const chain = Array.from({ length: 12 }, (_, i) => amountOff(`o${String.fromCodePoint(97 + (i * 5) % 12)}`, 10_000, 30_000 + 10_000 * i));
    const quote = evaluate(cart([line("a", 140_000)]), snapshot(), rules(chain, "best"), NOON, { explain: false });
    expect(quote.totalFen).toBe(20_000);
    expect(quote.effects.map((effect) => effect.offerId)).toEqual([...chain].reverse().map((one) => one.id));
    expect(quote.proof.search!.exact).toBe("orders");
  });

  it("beyond 12 gives its best within the budget and an upper bound of what may be missed", () => {
    const { proof, discountFen } = evaluate(three, snapshot(), rules(many(40), "best"), NOON, { explain: false });
    const { search } = proof;
    expect(search!.candidates).toBeGreaterThan(12);
    expect(search!.gapFen).toBeGreaterThanOrEqual(0);
    expect(discountFen).toBeGreaterThanOrEqual(evaluate(three, snapshot(), rules(many(40)), NOON, { explain: false }).discountFen);
  });

  it("is exact where twelve percentages overlap in every way", () => {
    const skus = ["a", "b", "c", "d", "e", "f"];
    const lines = skus.map((sku, i) => line(sku, 3_331 + 777 * i, 1 + i % 3));
    const offers = Array.from({ length: 12 }, (_, i) => percentOff(`p${i}`, 3 + i, { level: "category", scope: { skus: skus.filter((_sku, k) => (i + 3) * (k + 5) % 7 < 4) } }));
    const { search } = evaluate(cart(lines), snapshot(), rules(offers, "best"), NOON, { explain: false }).proof;
    expect(search).toMatchObject({ candidates: 12, exact: "orders", gapFen: 0 });
    expect(search!.considered).toBeLessThan(AT_MOST);
  });

  it("lets a share go between two thresholds", () => {
    // 320: over 300 sixty off, ten percent of the rest, over 200 twenty off.
    const offers = [amountOff("t300", 6_000, 30_000), amountOff("t200", 2_000, 20_000), percentOff("p", 10)];
    expect(evaluate(cart([line("a", 32_000)]), snapshot(), rules(offers, "best"), NOON, { explain: false }).totalFen).toBe(21_400);
  });
});
