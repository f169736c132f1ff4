import { describe, expect, it } from "vitest";
import { chooseCoupons, evaluate, verifyQuote } from "../src/index.ts";
import type { Offer, Quote } from "../src/index.ts";
import { NOON, amountOff, cart, coupon, line, percentOff, rules, snapshot } from "./fixture.ts";

const hotpot = cart([line("broth", 6_800), line("beef", 5_900, 2), line("tea", 800, 3, { category: "drinks" })]);

function codesOf(quote: Quote, id: string): string[] {
  return quote.candidates.find((one) => one.id === id)!.reasons.map((reason) => reason.code);
}

describe("a quote", () => {
  it("takes thresholds as inclusive and allocates to the fen", () => {
    const quote = evaluate(hotpot, snapshot(), rules([amountOff("o", 2_000, 21_000)]), NOON);
    expect([quote.grossFen, quote.discountFen, quote.totalFen]).toEqual([21_000, 2_000, 19_000]);
    expect(quote.lines.map((each) => each.discountFen)).toEqual([648, 1_124, 228]);
    expect(evaluate(hotpot, snapshot(), rules([amountOff("o", 2_000, 21_001)]), NOON).totalFen).toBe(21_000);
  });

  it("leaves fees out of thresholds, percentages and points", () => {
    const fees = [{ kind: "packing", amountFen: 200 }, { kind: "delivery", amountFen: 600 }];
    const free: Offer = { id: "free", name: "free", kind: "delivery-fee-off", trigger: "auto", level: "delivery", threshold: { amountFen: 10_000 } };
    const quote = evaluate({ ...hotpot, fees }, snapshot(), rules([percentOff("ten", 10), free]), NOON);
    expect([quote.netFen, quote.feesFen, quote.totalFen]).toEqual([18_900, 200, 19_100]);
  });

  it("lets the cashier's own discount cost no threshold and no line its net", () => {
    const quote = evaluate({ ...hotpot, manualDiscountFen: 30_000 }, snapshot(), rules([amountOff("o", 2_000, 21_000)]), NOON);
    expect(quote.totalFen).toBe(0);
    expect(quote.effects.map((effect) => [effect.kind, effect.amountFen])).toEqual([["amount-off", 2_000], ["manual", 19_000]]);
  });

  it("proves itself, and shows a tampered line or other inputs", () => {
    const set = rules([percentOff("ten", 10)]);
    const quote = evaluate(hotpot, snapshot(), set, NOON);
    expect(verifyQuote(quote, hotpot, snapshot(), set, NOON)).toEqual({ ok: true, differences: [] });
    const cheaper = { ...quote, totalFen: quote.totalFen - 1 };
    expect(verifyQuote(cheaper, hotpot, snapshot(), set, NOON).differences).toEqual(["totalFen"]);
    const other = { ...hotpot, lines: [{ ...hotpot.lines[0]!, quantity: 2 }, ...hotpot.lines.slice(1)] };
    expect(verifyQuote(quote, other, snapshot(), set, NOON).differences).toContain("proof.inputHash");
  });

  it("copes with zero prices, 10,000 units and an empty cart", () => {
    const set = rules([percentOff("ten", 10), amountOff("o", 2_000)]);
    expect(evaluate(cart([line("free", 0, 10_000)]), snapshot(), set, NOON).totalFen).toBe(0);
    expect(evaluate(cart([line("tea", 800, 10_000)]), snapshot(), set, NOON).totalFen).toBe(7_198_200);
    expect(evaluate(cart([]), snapshot(), set, NOON).totalFen).toBe(0);
  });
});

describe("reasons", () => {
  it("names every reason at once, with what is missing", () => {
    const offer = amountOff("o", 2_000, 30_000, { scope: { stores: ["s2"], channels: ["takeaway"], tiers: ["platinum"], weekdays: [1], firstOrder: true } });
    const quote = evaluate(hotpot, snapshot(), rules([offer]), NOON);
    expect(codesOf(quote, "o")).toEqual(["weekday", "store", "channel", "tier", "first-order", "min-amount"]);
    const missing = Object.fromEntries(quote.candidates[0]!.reasons.map((reason) => [reason.code, reason.missing]));
    expect(missing["min-amount"]).toEqual({ amountFen: 9_000 });
    expect(missing["tier"]).toEqual({ tierIds: ["platinum"] });
    expect(new Date(missing["weekday"]!.at!).toISOString()).toBe("2026-11-22T16:00:00.000Z");
    expect(quote.candidates[0]!.reasons.at(-1)!.message).toBe("还差 90 元");
  });

  it("skips a guest instead of failing", () => {
    const quote = evaluate(hotpot, { member: null, coupons: [] }, rules([percentOff("o", 10, { scope: { tiers: ["gold"] } })]), NOON);
    expect(quote.totalFen).toBe(21_000);
    expect(codesOf(quote, "o")).toEqual(["member-required"]);
  });

  it.each([
    ["2026-11-21T10:59:59+08:00", false], ["2026-11-21T11:00:00+08:00", true], ["2026-11-21T13:59:59+08:00", true], ["2026-11-21T14:00:00+08:00", false],
  ])("at %s a slot from 11:00 to 14:00 is open: %s", (at, open) => {
    const offer = percentOff("o", 10, { scope: { timeSlots: [{ from: "11:00", until: "14:00" }] } });
    expect(codesOf(evaluate(hotpot, snapshot(), rules([offer]), Date.parse(at)), "o")).toEqual(open ? [] : ["time-slot"]);
  });

  it("counts a slot past midnight to the day it began", () => {
    const friday = percentOff("o", 10, { scope: { weekdays: [5], timeSlots: [{ from: "22:00", until: "02:00" }] } });
    const at = (text: string): string[] => codesOf(evaluate(hotpot, snapshot(), rules([friday]), Date.parse(text)), "o");
    expect([at("2026-11-21T01:00:00+08:00"), at("2026-11-21T22:30:00+08:00")]).toEqual([[], ["weekday"]]);
  });

  it("follows a zone with daylight saving", () => {
    const offer = percentOff("o", 10, { scope: { timeSlots: [{ from: "09:00", until: "10:00" }] } });
    const at = (text: string): boolean => evaluate(hotpot, snapshot(), rules([offer], "pipeline", { zone: "Europe/Berlin" }), Date.parse(text)).discountFen > 0;
    expect([at("2026-07-01T07:30:00Z"), at("2026-12-01T07:30:00Z"), at("2026-12-01T08:30:00Z")]).toEqual([true, false, true]);
  });

  it("refuses a definition that cannot be read", () => {
    expect(() => evaluate(hotpot, snapshot(), rules([percentOff("o", 10, { scope: { from: "soon" } })]), NOON)).toThrow("neither a day nor an instant: soon");
    expect(() => evaluate(hotpot, snapshot(), rules([{ ...percentOff("o", 10), kind: "magic" } as unknown as Offer]), NOON)).toThrow("unknown kind of offer: magic");
  });
});

describe("coupons", () => {
  const off20 = amountOff("t20", 2_000, 10_000);

  it.each([
    ["held", { state: "held" }], ["redeemed", { state: "redeemed" }], ["expired", { validUntilAt: NOON }], ["not-yet-valid", { validFromAt: NOON + 1 }], ["not-owner", { memberId: "li" }],
  ] as const)("refuses one that is %s", (code, more) => {
    const quote = evaluate({ ...hotpot, couponIds: ["c"] }, snapshot({ coupons: [coupon("c", off20, more)] }), rules([]), NOON);
    expect(quote.discountFen).toBe(0);
    expect(codesOf(quote, "c")).toEqual([code]);
  });

  it("shows what an unchosen one would take off", () => {
    const quote = evaluate(hotpot, snapshot({ coupons: [coupon("c", off20)] }), rules([]), NOON);
    expect(quote.candidates[0]).toMatchObject({ id: "c", kind: "coupon", applies: true, applied: false, amountFen: 2_000 });
    expect(codesOf(quote, "c")).toEqual(["not-chosen"]);
  });

  it("allows one of a template in an order unless the template says more", () => {
    const coupons = [coupon("c1", off20), coupon("c2", off20)];
    const both = { ...hotpot, couponIds: ["c1", "c2", "c1"] };
    const quote = evaluate(both, snapshot({ coupons }), rules([]), NOON);
    expect(quote.discountFen).toBe(2_000);
    expect(codesOf(quote, "c2")).toEqual(["per-order"]);
    const twice = coupons.map((one) => ({ ...one, offer: { ...one.offer, limits: { perOrder: 2 } } as Offer }));
    expect(evaluate(both, snapshot({ coupons: twice }), rules([]), NOON).discountFen).toBe(4_000);
  });

  it("chooses the wallet that leaves the least to pay", () => {
    const coupons = [coupon("c5", amountOff("t5", 500)), coupon("c20", off20), coupon("x", amountOff("t99", 9_900, 50_000)), coupon("old", amountOff("t50", 5_000), { state: "expired" })];
    expect(chooseCoupons(hotpot, snapshot({ coupons }), rules([]), NOON)).toEqual(["c20", "c5"]);
  });

  it("takes codes without case and blanks, and needs one", () => {
    const set = rules([percentOff("o", 10, { trigger: "code", codes: ["Hotpot 10"] })]);
    expect(evaluate({ ...hotpot, codes: [" hot POT10 "] }, snapshot(), set, NOON).discountFen).toBe(2_100);
    expect(codesOf(evaluate(hotpot, snapshot(), set, NOON), "o")).toEqual(["code-required"]);
  });
});

describe("stacking", () => {
  it("keeps the best of a group", () => {
    const offers = [percentOff("a", 5, { stacking: { group: "g" } }), percentOff("b", 8, { stacking: { group: "g" } })];
    const quote = evaluate(hotpot, snapshot(), rules(offers), NOON);
    expect(quote.discountFen).toBe(1_680);
    expect(codesOf(quote, "a")).toEqual(["group"]);
  });

  it("weighs an exclusive offer against all the others together", () => {
    const alone = percentOff("alone", 12, { stacking: { exclusive: true } });
    const pair = [percentOff("a", 5), percentOff("b", 5)];
    expect(evaluate(hotpot, snapshot(), rules([alone, ...pair]), NOON).effects.map((effect) => effect.offerId)).toEqual(["alone"]);
    const more = evaluate(hotpot, snapshot(), rules([alone, ...pair, percentOff("c", 5)]), NOON);
    expect(more.effects.map((effect) => effect.offerId)).toEqual(["a", "b", "c"]);
    expect(codesOf(more, "alone")).toEqual(["exclusive"]);
  });

  it("takes the best of non-stackable line offers on each line", () => {
    const stacking = { stackable: false };
    const offers = [percentOff("all5", 5, { level: "line", stacking }), percentOff("tea50", 50, { level: "line", stacking, scope: { categories: ["drinks"] } })];
    const quote = evaluate(hotpot, snapshot(), rules(offers), NOON);
    expect(quote.lines.map((each) => each.discountFen)).toEqual([340, 590, 1_200]);
  });
});
