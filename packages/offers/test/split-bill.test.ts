import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, splitBill } from "../src/index.ts";
import type { BillShare, Quote } from "../src/index.ts";
import { NOON, amountOff, cart, line, percentOff, rules, snapshot } from "./fixture.ts";

const fees = [{ kind: "packing", amountFen: 100 }];
const table = evaluate(
  cart([line("pot", 10_000), line("beer", 800, 3), line("tea", 500)], { fees }), snapshot(), rules([percentOff("ten", 10), amountOff("five", 500)]), NOON,
);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe("a bill of pot 100, three beers 24, tea 5, less 5 and 10 %", () => {
  it("is divided evenly to the fen", () => {
    const parts = splitBill(table, [{ id: "wang" }, { id: "li" }, { id: "zhao" }], { pointsByLine: [86, 20, 5], common: [1_000] });
    expect(parts.map((part) => part.totalFen)).toEqual([3_754, 3_753, 3_753]);
    expect(sum(parts.map((part) => part.points))).toBe(111);
    expect(parts.map((part) => part.common)).toEqual([[334], [333], [333]]);
  });

  it("lets each pay for what they had, with its discount, and shares the rest", () => {
    const [wang, li] = splitBill(table, [{ id: "wang", lines: { beer: 2 } }, { id: "li", lines: { beer: 1, tea: 1 } }]);
    expect(wang!.lines.map((one) => [one.lineId, one.grossFen, one.netFen])).toEqual([["pot", 5_000, 4_326], ["beer", 1_600, 1_384]]);
    expect(li!.lines.map((one) => one.lineId)).toEqual(["pot", "beer", "tea"]);
    expect(wang!.effects.length).toBe(2);
    expect(wang!.totalFen + li!.totalFen).toBe(table.totalFen);
  });

  it("lets a guest pay for nothing but their own", () => {
    const [, guest] = splitBill(table, [{ id: "host" }, { id: "guest", weight: 0, lines: { tea: 1 } }]);
    expect([guest!.grossFen, guest!.feesFen]).toEqual([500, 0]);
  });

  it.each<[string, BillShare[]]>([
    ["nobody", []], ["a negative weight", [{ id: "a", weight: -1 }]], ["a line that is not there", [{ id: "a", lines: { soup: 1 } }]], ["nobody for what is shared", [{ id: "a", weight: 0 }]],
  ])("refuses %s", (_, shares) => {
    expect(() => splitBill(table, shares)).toThrow(RangeError);
  });
});

const people = fc.array(fc.record({ weight: fc.integer({ min: 0, max: 3 }), lines: fc.dictionary(fc.constantFrom("l0", "l1", "l2"), fc.integer({ min: 0, max: 3 })) }), { minLength: 1, maxLength: 6 })
  .map((list) => [{ id: "host" }, ...list.map((one, i): BillShare => ({ id: `p${i}`, ...one }))]);
const quotes = fc.tuple(fc.array(fc.integer({ min: -500, max: 9_999 }), { minLength: 3, maxLength: 8 }), fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 3_000 }))
  .map(([prices, off, hand]): Quote => evaluate(
    cart(prices.map((price, i) => line(`s${i}`, price, 1 + i % 3, { id: `l${i}` })), { fees: [{ kind: "packing", amountFen: 101 }, { kind: "delivery", amountFen: 599 }], manualDiscountFen: hand }),
    snapshot(), rules([percentOff("p", 12.5), amountOff("a", off), { id: "d", name: "d", kind: "delivery-fee-off", trigger: "auto", level: "delivery", amountFen: 250 }]), NOON));

describe("any bill among any people", () => {
  it("adds up: each line, each effect, fees, points and common amounts, and nobody pays below zero", () => {
    fc.assert(fc.property(quotes, people, (quote, shares) => {
      const pointsByLine = quote.lines.map((one) => Math.floor(one.netFen / 70));
      const parts = splitBill(quote, shares, { pointsByLine, common: [1_234] });
      expect(sum(parts.map((part) => part.totalFen))).toBe(quote.totalFen);
      expect(sum(parts.map((part) => part.feesFen))).toBe(quote.feesFen);
      expect(sum(parts.map((part) => part.points))).toBe(sum(pointsByLine));
      expect(sum(parts.map((part) => part.common[0]!))).toBe(1_234);
      for (const each of quote.lines) {
        const mine = parts.flatMap((part) => part.lines.filter((one) => one.lineId === each.lineId));
        expect([sum(mine.map((one) => one.grossFen)), sum(mine.map((one) => one.netFen))]).toEqual([each.grossFen, each.netFen]);
        for (const one of mine) expect(one.netFen).toBeGreaterThanOrEqual(0);
      }
      quote.effects.forEach((effect, k) => {
        expect(sum(parts.flatMap((part) => part.effects.filter((one) => one.effect === k).map((one) => one.amountFen)))).toBe(effect.amountFen);
      });
    }), { numRuns: 300 });
  });

  it("costs nobody more than a few fen above their exact part, however many dishes are shared", () => {
    const dishes = Array.from({ length: 60 }, (_, i) => line(`d${i}`, 1_000 + i));
    const quote = evaluate(cart(dishes), snapshot(), rules([percentOff("p", 7.77)]), NOON);
    const totals = splitBill(quote, Array.from({ length: 7 }, (_, i) => ({ id: String(i) }))).map((part) => part.totalFen);
    expect(Math.max(...totals) - Math.min(...totals)).toBeLessThanOrEqual(2);
  });
});
