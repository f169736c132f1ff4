import { describe, expect, it } from "vitest";
import { check, checkAll } from "../src/index.ts";
import type { Offer } from "../src/index.ts";
import { amountOff, percentOff, timesAsLong } from "./fixture.ts";

const of = (more: object): Offer => ({ id: "o", name: "o", trigger: "auto", level: "order", ...more }) as Offer;
const scoped = (scope: Offer["scope"]): Offer => percentOff("o", 10, { scope });

describe("a rule that contradicts itself", () => {
  it.each<[Offer, string, string, string]>([
    [percentOff("o", 10, { trigger: "code" }), "code-missing", "codes", "trigger"],
    [percentOff("o", 10, { codes: ["A"] }), "code-not-asked", "codes", "trigger"],
    [percentOff("o", 10, { trigger: "code", codes: [" "] }), "code-blank", "codes.0", "trigger"],
    [percentOff("o", 10, { level: "delivery" }), "delivery-level", "level", "kind"],
    [scoped({ from: "soon" }), "unreadable", "scope.from", "scope.from"],
    [scoped({ weekdays: [8] }), "unreadable", "scope.weekdays.0", "scope.weekdays"],
    [scoped({ timeSlots: [{ from: "25:00", until: "26:00" }] }), "unreadable", "scope.timeSlots.0", "scope.timeSlots"],
    [scoped({ from: "2026-11-22", until: "2026-11-21" }), "ends-before-start", "scope.until", "scope.from"],
    [scoped({ from: "2026-11-22T10:00:00Z", until: "2026-11-22T10:00:00Z" }), "ends-before-start", "scope.until", "scope.from"],
    [scoped({ timeSlots: [{ from: "11:00", until: "11:00" }] }), "slot-empty", "scope.timeSlots.0.until", "scope.timeSlots.0.from"],
    [scoped({ from: "2026-11-21", until: "2026-11-22", weekdays: [1, 2, 3, 4, 5] }), "weekday-outside", "scope.weekdays", "scope.until"],
    [scoped({ skus: [] }), "selects-nothing", "scope.skus", "scope.skus"],
    [scoped({ stores: [] }), "selects-nothing", "scope.stores", "scope.stores"],
    [scoped({ skus: ["a", "b"], excludeSkus: ["a"] }), "excludes-included", "scope.excludeSkus", "scope.skus"],
    [scoped({ skus: ["a"], excludeSkus: ["a", "b"] }), "excludes-everything", "scope.excludeSkus", "scope.skus"],
    [scoped({ minLineQuantity: 5 }), "", "", ""],
    [percentOff("o", 10, { scope: { minLineQuantity: 5 }, threshold: { quantity: 3 } }), "line-below-threshold", "scope.minLineQuantity", "threshold.quantity"],
    [percentOff("o", 10, { requires: [{ items: { tags: ["x"], excludeTags: ["x"] } }] }), "excludes-everything", "requires.0.items.excludeTags", "requires.0.items.tags"],
    [percentOff("o", 10, { limits: { perMember: 5, total: 3 } }), "limit-above-total", "limits.perMember", "limits.total"],
    [percentOff("o", 10, { limits: { perMember: 2 }, scope: { firstOrder: true } }), "limit-above-first", "limits.perMember", "scope.firstOrder"],
    [percentOff("o", 10, { stacking: { exclusive: true, stackable: true } }), "exclusive-stackable", "stacking.stackable", "stacking.exclusive"],
    [amountOff("o", 2_000, 0, { capFen: 1_999 }), "cap-below-amount", "capFen", "amountFen"],
    [amountOff("o", 0), "not-positive", "amountFen", "kind"],
    [percentOff("o", 101), "percent-above-100", "percentOff", "kind"],
    [percentOff("o", 0), "not-positive", "percentOff", "kind"],
    [amountOff("o", 100, 0, { maxUnits: 2 }), "units-need-per-unit", "maxUnits", "per"],
    [amountOff("o", 100, 500, { maxTimes: 2, per: "line" }), "times-need-selection", "maxTimes", "per"],
    [amountOff("o", 100, 0, { maxTimes: 2 }), "times-need-threshold", "maxTimes", "threshold"],
    [of({ kind: "unit-off", pick: "cheapest" }), "percent-or-amount", "percentOff", "amountFen"],
    [of({ kind: "unit-off", pick: "cheapest", percentOff: 50, amountFen: 100 }), "percent-and-amount", "percentOff", "amountFen"],
    [of({ kind: "delivery-fee-off", level: "delivery", amountFen: 500, capFen: 300 }), "cap-below-amount", "capFen", "amountFen"],
    [of({ kind: "ladder", steps: [{ atAmountFen: 500, amountFen: 50 }, { atAmountFen: 500, amountFen: 80 }] }), "ladder-not-rising", "steps.1.atAmountFen", "steps.0.atAmountFen"],
    [of({ kind: "ladder", steps: [{ atQuantity: 2, percentOff: 20 }, { atQuantity: 3, percentOff: 10 }] }), "ladder-gives-less", "steps.1.percentOff", "steps.0.percentOff"],
    [of({ kind: "ladder", steps: [{ amountFen: 50 }] }), "step-needs-one-threshold", "steps.0.atAmountFen", "steps.0.atQuantity"],
    [of({ kind: "ladder", threshold: { amountFen: 900 }, steps: [{ atAmountFen: 500, amountFen: 50 }, { atAmountFen: 900, amountFen: 80 }] }), "threshold-above-step", "threshold.amountFen", "steps.0.atAmountFen"],
    [of({ kind: "ladder", steps: [] }), "selects-nothing", "steps", "kind"],
    [of({ kind: "member-price", prices: [{ sku: "a", priceFen: 1 }, { sku: "a", priceFen: 2 }] }), "sku-twice", "prices.1.sku", "prices.0.sku"],
    [of({ kind: "member-price", scope: { skus: ["b"] }, prices: [{ sku: "a", priceFen: 1 }] }), "price-outside-scope", "prices.0.sku", "scope.skus"],
    [of({ kind: "buy-get", buyQuantity: 0, getQuantity: 1 }), "not-positive", "buyQuantity", "kind"],
    [of({ kind: "bundle-price", priceFen: -1, parts: [{ items: { skus: ["a"] }, quantity: 1 }] }), "not-positive", "priceFen", "kind"],
  ])("%j: %s", (offer, code, field, against) => {
    expect(check(offer, "en").map((one) => [one.code, ...one.fields])).toEqual(code === "" ? [] : [[code, field, against]]);
  });

  it("says so in both languages, and names every contradiction at once", () => {
    const offer = percentOff("o", 120, { limits: { perMember: 5, total: 3 }, codes: ["A"] });
    expect(check(offer).map((one) => one.message)).toEqual(["只有凭码优惠才有优惠码", "每人上限高于总数", "折扣不能超过 100%"]);
    expect(check(offer, "en").map((one) => one.message)).toEqual(["codes are for trigger code", "is above the total", "cannot be above 100 %"]);
  });

  it.each<Offer>([
    amountOff("o", 2_000, 10_000, { maxTimes: 3, capFen: 6_000 }), percentOff("o", 20, { threshold: { amountFen: 20_000 }, capFen: 3_000 }),
    scoped({ from: "2026-11-21", until: "2026-11-21", weekdays: [6], timeSlots: [{ from: "22:00", until: "02:00" }] }),
    scoped({ skus: ["a"], categories: ["b"], excludeTags: ["c"] }), of({ kind: "delivery-fee-off", level: "delivery" }),
  ])("and nothing of one that can be meant: %j", (offer) => {
    expect(check(offer)).toEqual([]);
  });
});

it("a rule set whose offers share an id or a code says which two", () => {
  const offers = [percentOff("a", 10, { trigger: "code", codes: ["Tea 1"] }), percentOff("b", 10, { trigger: "code", codes: ["rice", "tea1"] }), percentOff("a", 10)];
  expect(checkAll(offers, "en")).toEqual([
    { offerId: "b", otherId: "a", code: "same-code-twice", fields: ["codes.1", "codes.1"], message: "two offers answer to this code" },
    { offerId: "a", otherId: "a", code: "same-offer-twice", fields: ["id", "id"], message: "two offers have this id" },
  ]);
});

it("eight times the products take eight times as long to check, and not sixty-four", () => {
  const checking = (products: number) => {
    const skus = Array.from({ length: products }, (_, i) => `sku-${i}`);
    return () => expect(check(scoped({ skus, excludeSkus: skus })).map((one) => one.code)).toEqual(["excludes-everything"]);
  };
  expect(timesAsLong(checking(1_250), checking(10_000))).toBeLessThan(25);
});
