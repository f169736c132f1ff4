import { describe, expect, it } from "vitest";
import { earnPoints, evaluate, prepare, splitBill } from "../src/index.ts";
import type { Mode, Offer } from "../src/index.ts";
import { NOON, amountOff, cart, coupon, line, percentOff, rules, snapshot, timesAsLong } from "./fixture.ts";

const MODES: Mode[] = ["pipeline", "list", "best"];
const DAY = 86_400_000;
const some: Offer[] = [
  percentOff("ten", 10), amountOff("five", 500, 1_000), percentOff("line", 5, { level: "line" }),
  { id: "buy", name: "buy", kind: "buy-get", trigger: "auto", level: "category", buyQuantity: 2, getQuantity: 1 },
  { id: "cheap", name: "cheap", kind: "unit-off", trigger: "auto", level: "category", pick: "cheapest", percentOff: 50 },
];

describe.each(MODES)("in mode %s", (mode) => {
  it("lines without a price, below zero, and ten thousand units are priced, and nothing falls below zero", () => {
    const goods = cart([line("free", 0, 3), line("tea", 800, 10_000), line("hand", -50_000), line("more", -1, 7)], { fees: [{ kind: "delivery", amountFen: 0 }] });
    const quote = evaluate(goods, snapshot(), rules(some, mode), NOON);
    expect(quote.totalFen).toBeGreaterThanOrEqual(0);
    expect(Math.min(...quote.lines.map((one) => one.netFen))).toBe(0);
    expect(quote.lines.reduce((sum, one) => sum + one.netFen, 0)).toBe(quote.netFen);
    expect(evaluate(cart([line("hand", -500)]), snapshot(), rules(some, mode), NOON).totalFen).toBe(0);
  });

  it("ten thousand lines of unknown items, each another sku, are priced", () => {
    const goods = cart(Array.from({ length: 10_000 }, (_, i) => line(`unknown-${i}`, 100 + i % 7)));
    const quote = evaluate(goods, snapshot(), rules([percentOff("ten", 10), amountOff("five", 500, 1_000)], mode), NOON, { explain: false });
    expect(quote.discountFen).toBe(quote.effects.reduce((sum, one) => sum + one.amountFen, 0));
  });

  it("a rule of ten thousand products finds its lines as fast as a rule of one", () => {
    const pricing = (products: number) => {
      const skus = Array.from({ length: products }, (_, i) => `sku-${i}`);
      const wide = Array.from({ length: 20 }, (_, i) => percentOff(`w${i}`, 5, { level: "line", scope: { skus }, stacking: { group: "g" } }));
      const set = prepare(rules([...wide, { id: "prices", name: "", kind: "member-price", trigger: "auto", level: "line", prices: skus.map((sku) => ({ sku, priceFen: 90 })), scope: { skus } }], mode));
      const goods = cart([line(`sku-${products - 1}`, 100), line("other", 100)]);
      return () => {
        for (let i = 0; i < 5; i++) expect(evaluate(goods, snapshot(), set, NOON).lines.map((one) => one.netFen)).toEqual([expect.any(Number), 100]);
      };
    };
    expect(timesAsLong(pricing(1), pricing(10_000))).toBeLessThan(5);
  });
});

describe("a clock that is off by a day", () => {
  const today = percentOff("today", 10, { scope: { from: "2026-11-21", until: "2026-11-21" } });
  const off20 = amountOff("t", 2_000);

  it.each([[-1, "not-started", "not-yet-valid"], [0, undefined, undefined], [1, "ended", "expired"]])("%i days: the offer is %s, the coupon %s", (days, offerCode, couponCode) => {
    const hand = coupon("c", off20, { validFromAt: NOON - 1_000, validUntilAt: NOON + 1_000 });
    const quote = evaluate(cart([line("a", 9_000)], { couponIds: ["c"] }), snapshot({ coupons: [hand] }), rules([today]), NOON + days * DAY);
    expect(quote.candidates.map((one) => one.reasons[0]?.code)).toEqual([offerCode, couponCode]);
    expect(quote.effects).toHaveLength(days === 0 ? 2 : 0);
  });

  it("says when it begins: the first moment of the day in the shop's zone", () => {
    const quote = evaluate(cart([line("a", 9_000)]), snapshot(), rules([today]), NOON - DAY);
    expect(new Date(quote.candidates[0]!.reasons[0]!.missing!.at!).toISOString()).toBe("2026-11-20T16:00:00.000Z");
  });
});

it("a cart of nothing, a bill of nothing and points on nothing are nothing", () => {
  const quote = evaluate(cart([]), snapshot(), rules(some), NOON);
  expect([quote.totalFen, quote.effects]).toEqual([0, []]);
  expect(splitBill(quote, [{ id: "a" }, { id: "b" }]).map((part) => part.totalFen)).toEqual([0, 0]);
  expect(earnPoints([], { points: 1, perFen: 100, rules: [], zone: "UTC" }, { storeId: "", channel: "", member: { tierId: null, segments: [], firstOrder: false }, now: NOON }).points).toBe(0);
});

it("a coupon or code that nobody knows, and one coupon named twice, change nothing", () => {
  const plain = evaluate(cart([line("a", 9_000)]), snapshot({ coupons: [coupon("c", amountOff("t", 100))] }), rules(some), NOON, { explain: false });
  const odd = evaluate(cart([line("a", 9_000)], { couponIds: ["ghost", "ghost"], codes: ["", "   ", "NOPE"] }), snapshot({ coupons: [coupon("c", amountOff("t", 100))] }), rules(some), NOON, { explain: false });
  expect({ ...odd, proof: null }).toEqual({ ...plain, proof: null });
});
