import { describe, expect, it } from "vitest";
import { examplesOf } from "../src/index.ts";
import type { Example, Offer } from "../src/index.ts";
import { NOON, amountOff, percentOff } from "./fixture.ts";

type Definition = Record<string, unknown> & { kind: Offer["kind"] };
const setting = { zone: "Asia/Shanghai", now: NOON };
const offer = (definition: Definition): Offer => ({ id: "o", name: "o", trigger: "auto", level: "order", ...definition }) as unknown as Offer;
const gives = ({ quote, offFen }: Example): boolean => offFen > 0 || quote.effects.some((effect) => effect.gifts.length > 0 || effect.issues.length > 0);
const told = (examples: readonly Example[]) => examples.map((one) => [one.about, one.place, one.quote.grossFen, one.offFen]);
const clock = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);

const KINDS: Definition[] = [
  { kind: "amount-off", amountFen: 2_000, threshold: { amountFen: 10_000 } },
  { kind: "amount-off", amountFen: 500, threshold: { quantity: 3 } },
  { kind: "amount-off", amountFen: 2_000, threshold: { amountFen: 10_000 }, maxTimes: 3 },
  { kind: "percent-off", percentOff: 20, capFen: 3_000, threshold: { amountFen: 5_000 } },
  { kind: "exchange", level: "line", get: { skus: ["tea"] }, priceFen: 100, threshold: { amountFen: 8_000 } },
  { kind: "member-price", level: "line", prices: [{ sku: "a", priceFen: 900 }], threshold: { amountFen: 2_000 }, scope: { skus: ["a"] } },
  { kind: "unit-off", level: "line", pick: "cheapest", percentOff: 50, threshold: { quantity: 2 } },
  { kind: "buy-get", level: "line", buyQuantity: 2, getQuantity: 1 },
  { kind: "buy-get", level: "line", buyQuantity: 2, getQuantity: 1, scope: { categories: ["茶"] }, get: { skus: ["bun"] } },
  { kind: "gift", gifts: [{ sku: "g", name: "酸梅汤", quantity: 1 }], everyQuantity: 3 },
  { kind: "gift", gifts: [{ sku: "g", name: "酸梅汤", quantity: 1 }], threshold: { amountFen: 10_000, of: "order" } },
  { kind: "bundle-price", level: "line", parts: [{ items: { categories: ["荤"] }, quantity: 2 }, { items: { skus: ["rice"] }, quantity: 1 }], priceFen: 9_900 },
  { kind: "ladder", steps: [{ atAmountFen: 10_000, amountFen: 1_000 }, { atAmountFen: 20_000, amountFen: 3_000 }] },
  { kind: "ladder", steps: [{ atQuantity: 2, percentOff: 5 }, { atQuantity: 4, percentOff: 12 }], scope: { tags: ["新品"] } },
  { kind: "delivery-fee-off", level: "delivery", threshold: { amountFen: 3_000 } },
  { kind: "next-order-coupon", templateId: "t", threshold: { amountFen: 5_000 } },
];

describe("examples of a rule", () => {
  it.each(KINDS.map((one) => [JSON.stringify(one), one] as const))("stand on both sides of the border: %s", (_, definition) => {
    for (const trigger of ["auto", "code", "coupon"] as const) {
      const examples = examplesOf(offer({ ...definition, trigger, codes: trigger === "code" ? ["HI"] : null }), setting);
      const [first] = examples;
      expect(first && [first.place, gives(first), first.reasons.length > 0]).toEqual(["below", false, true]);
      expect(examples.filter((one) => one.place === "at" && !gives(one))).toEqual([]);
      expect(examples.some((one) => one.place === "above")).toBe(true);
    }
  });

  it("are one fen apart, to the fen, at every step of a ladder", () => {
    const examples = examplesOf(offer({ kind: "ladder", steps: [{ atAmountFen: 10_000, amountFen: 1_000 }, { atAmountFen: 20_000, amountFen: 3_000 }] }), setting);
    expect(told(examples)).toEqual([
      ["amount", "below", 9_999, 0], ["amount", "at", 10_000, 1_000], ["amount", "above", 10_001, 1_000], ["amount", "below", 19_999, 1_000], ["amount", "at", 20_000, 3_000], ["amount", "above", 20_001, 3_000],
    ]);
  });

  it("show where a cap begins, and that an amount never takes more than the goods", () => {
    expect(told(examplesOf(percentOff("o", 20, { capFen: 3_000 }), setting))).toEqual([["cap", "below", 14_000, 2_800], ["cap", "at", 15_000, 3_000], ["cap", "above", 16_000, 3_000]]);
    expect(told(examplesOf(amountOff("o", 2_000), setting))).toEqual([["amount", "below", 1_999, 1_999], ["amount", "at", 2_000, 2_000], ["amount", "above", 2_001, 2_000]]);
  });

  it("cross every border of who, where and when, and say why it closes", () => {
    const scope = { timeSlots: [{ from: "11:00", until: "14:00" }], weekdays: [1, 2, 3, 4, 5], from: "2026-12-01", until: "2026-12-31", channels: ["h5"], stores: ["s"], tiers: ["gold"], firstOrder: true };
    const examples = examplesOf(amountOff("o", 2_000, 10_000, { scope }), setting);
    const edges = examples.filter((one) => one.about !== "amount").map((one) => [one.about, one.place, gives(one), one.reasons[0]?.code ?? null]);
    expect(edges).toEqual([
      ["slot", "below", false, "time-slot"], ["slot", "at", true, null], ["slot", "above", false, "time-slot"], ["weekday", "below", false, "weekday"],
      ["date", "below", false, "not-started"], ["date", "above", false, "ended"], ["channel", "below", false, "channel"], ["store", "below", false, "store"],
      ["tier", "below", false, "tier"], ["first-order", "below", false, "first-order"],
    ]);
    const at = (about: string, place: string) => clock(examples.find((one) => one.about === about && one.place === place)!.at);
    expect([at("slot", "below"), at("slot", "at"), at("slot", "above"), at("date", "below"), at("date", "above")])
      .toEqual(["2026-12-01T10:59", "2026-12-01T13:59", "2026-12-01T14:00", "2026-11-30T23:59", "2027-01-01T00:00"]);
  });

  it("a slot over midnight ends on the next day; what must also be bought is just short, just there, and more", () => {
    const late = examplesOf(amountOff("o", 100, 0, { scope: { timeSlots: [{ from: "22:00", until: "02:00" }] } }), setting).filter((one) => one.about === "slot");
    expect(late.map((one) => [clock(one.at), gives(one)])).toEqual([["2026-11-21T21:59", false], ["2026-11-22T01:59", true], ["2026-11-22T02:00", false]]);
    const needs = examplesOf(amountOff("o", 100, 5_000, { requires: [{ items: { skus: ["cola"] }, quantity: 2 }] }), setting).filter((one) => one.about === "requires");
    expect(needs.map((one) => [one.cart.lines.find((line) => line.sku === "cola")?.quantity, gives(one), one.reasons.map(({ code }) => code)]))
      .toEqual([[1, false, ["requires-items"]], [2, true, []], [3, true, []]]);
  });
});
