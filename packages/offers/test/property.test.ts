import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, verifyQuote } from "../src/index.ts";
import type { Mode, Offer, Quote } from "../src/index.ts";
import { carts, offer, offersUpTo } from "./arbitrary.ts";
import { NOON, cart, coupon, line, rules, snapshot, wang } from "./fixture.ts";

const modes = fc.constantFrom<Mode>("pipeline", "list", "best");

describe("any cart, any offers, any mode", () => {
  it("never falls below zero, and every sum is exact", () => {
    fc.assert(fc.property(carts, offersUpTo(5), modes, (one, offers, mode) => {
      const quote = evaluate(one, snapshot(), rules(offers, mode), NOON);
      checkSums(quote);
      expect(quote.effects.every((effect) => effect.offerId === null || (effect.amountFen >= 0 && effect.amountFen <= (capOf(offers, effect.offerId) ?? Infinity)))).toBe(true);
    }), { numRuns: 300 });
  });

  it("charges the same with and without reasons, and can be derived again", () => {
    fc.assert(fc.property(carts, offersUpTo(5), modes, (one, offers, mode) => {
      const set = rules(offers, mode);
      const explained = evaluate(one, snapshot(), set, NOON, { explain: true });
      const silent = evaluate(one, snapshot(), set, NOON, { explain: false });
      expect({ ...explained, candidates: [] }).toEqual(silent);
      expect(verifyQuote(silent, one, snapshot(), rules(offers.map((each) => ({ ...each })), mode), NOON)).toEqual({ ok: true, differences: [] });
    }), { numRuns: 150 });
  });

  it("gives each offer that is not in the quote a reason", () => {
    fc.assert(fc.property(carts, offersUpTo(5), modes, (one, offers, mode) => {
      const quote = evaluate(one, snapshot(), rules(offers, mode), NOON);
      expect(quote.candidates).toHaveLength(offers.length);
      for (const candidate of quote.candidates) expect(candidate.applied).toBe(candidate.reasons.length === 0);
    }), { numRuns: 300 });
  });

  it("does not depend on the order in which offers are listed, except in list mode", () => {
    fc.assert(fc.property(carts, offersUpTo(5), fc.constantFrom<Mode>("pipeline", "best"), (one, offers, mode) => {
      const forward = evaluate(one, snapshot(), rules(offers, mode), NOON, { explain: false });
      const backward = evaluate(one, snapshot(), rules([...offers].reverse(), mode), NOON, { explain: false });
      expect(backward).toEqual(forward);
    }), { numRuns: 150 });
  });

  it("gives the reasons of now, whatever was asked of the same rules before", () => {
    const conditions = fc.record({
      weekdays: fc.constantFrom(null, [6], [1, 2]), timeSlots: fc.constantFrom(null, [{ from: "11:00", until: "14:00" }], [{ from: "22:00", until: "02:00" }]),
      stores: fc.constantFrom(null, ["s1"], ["s2"]), tiers: fc.constantFrom(null, ["gold"]), from: fc.constantFrom(null, "2026-11-22"), until: fc.constantFrom(null, "2026-11-22"),
    });
    const askings = fc.array(fc.record({ one: carts, hours: fc.integer({ min: -30, max: 60 }), storeId: fc.constantFrom("s1", "s2"), member: fc.constantFrom(wang, { ...wang, tierId: null }, null) }), { minLength: 2, maxLength: 6 });
    fc.assert(fc.property(offersUpTo(5), fc.array(conditions, { minLength: 5, maxLength: 5 }), modes, askings, (offers, scopes, mode, asked) => {
      const restricted = offers.map((each, i): Offer => ({ ...each, scope: { ...each.scope, ...scopes[i] } }));
      const used = rules(restricted, mode);
      for (const { one, hours, storeId, member } of asked) {
        const at = NOON + hours * 3_600_000;
        const here = { ...one, storeId };
        expect(evaluate(here, snapshot({ member }), used, at)).toEqual(evaluate(here, snapshot({ member }), rules(restricted.map((each) => ({ ...each })), mode), at));
      }
    }), { numRuns: 200 });
  });

  it("changes none of its arguments", () => {
    fc.assert(fc.property(carts, offersUpTo(4), modes, (one, offers, mode) => {
      const before = JSON.stringify([one, offers]);
      evaluate(one, snapshot(), rules(offers, mode), NOON);
      expect(JSON.stringify([one, offers])).toBe(before);
    }), { numRuns: 50 });
  });
});

describe("best for the member", () => {
  it("is never dearer than the pipeline, nor made dearer by one more offer", () => {
    fc.assert(fc.property(carts, offersUpTo(4), offer, (one, offers, extra) => {
      const best = evaluate(one, snapshot(), rules(offers, "best"), NOON, { explain: false });
      const more = evaluate(one, snapshot(), rules([...offers, { ...extra, id: "extra", name: "extra" } as Offer], "best"), NOON, { explain: false });
      const pipeline = evaluate(one, snapshot(), rules(offers, "pipeline"), NOON, { explain: false });
      expect(best.totalFen).toBeLessThanOrEqual(pipeline.totalFen);
      expect(more.totalFen).toBeLessThanOrEqual(best.totalFen);
      expect(best.proof.search!.exact).toBe("orders");
    }), { numRuns: 200 });
  });
});

/** Every number, text and flag of a value, each changed once. */
function mutants(value: unknown): unknown[] {
  if (typeof value === "number") return [value + 1];
  if (typeof value === "string") return [`${value}x`];
  if (typeof value === "boolean") return [!value];
  if (Array.isArray(value)) return [...value.flatMap((one, i) => mutants(one).map((other): unknown[] => value.map((each: unknown, k) => (k === i ? other : each)))), ...(value.length > 0 ? [value.slice(1)] : [])];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, member]) => mutants(member).map((other) => ({ ...value, [key]: other })));
}

describe("the proof", () => {
  it("accepts every quote, and refuses it once anything in it is another", () => {
    fc.assert(fc.property(carts, offersUpTo(4), modes, offer, (one, offers, mode, extra) => {
      const wallet = snapshot({ coupons: [coupon("c", { ...extra, id: "t", name: "t" } as Offer)] });
      const chosen = { ...one, couponIds: ["c"] };
      for (const explain of [true, false]) {
        const quote = evaluate(chosen, wallet, rules(offers, mode), NOON, { explain });
        expect(verifyQuote(JSON.parse(JSON.stringify(quote)) as Quote, chosen, wallet, rules(offers, mode), NOON)).toEqual({ ok: true, differences: [] });
        // Without its reasons a quote is as good as with them.
        const wrongs = (mutants(quote) as Quote[]).filter((wrong) => wrong.candidates.length > 0 || quote.candidates.length === 0);
        for (const wrong of wrongs) expect(verifyQuote(wrong, chosen, wallet, rules(offers, mode), NOON).ok).toBe(false);
      }
    }), { numRuns: 8 });
  }, 60_000);

  it("covers what a coupon says, however its definition was stored", () => {
    const off = { id: "t", name: "t", kind: "amount-off", trigger: "coupon", level: "order", amountFen: 100, threshold: { amountFen: 200 } } as const;
    const one = cart([line("a", 1_000)], { couponIds: ["c"] });
    const quote = evaluate(one, snapshot({ coupons: [coupon("c", off)] }), rules([]), NOON, { explain: false });
    const verdictOf = (definition: Offer) => verifyQuote(quote, one, snapshot({ coupons: [coupon("c", definition)] }), rules([]), NOON).differences;
    expect(verdictOf({ capFen: null, ...off, threshold: { quantity: null, amountFen: 200 } } as Offer)).toEqual([]);
    // The price is the same with the lower threshold: only the hash sees that it is another coupon.
    expect(verdictOf({ ...off, threshold: { amountFen: 201 } })).toEqual(["proof.inputHash"]);
  });
});

describe("a chosen coupon", () => {
  it("takes off what was promised before it was chosen", () => {
    fc.assert(fc.property(carts, offersUpTo(3), offer, (one, offers, extra) => {
      const wallet = snapshot({ coupons: [coupon("c", { ...extra, id: "t", name: "t" } as Offer)] });
      const before = evaluate(one, wallet, rules(offers), NOON);
      const after = evaluate({ ...one, couponIds: ["c"] }, wallet, rules(offers), NOON);
      const promised = before.candidates.find((each) => each.id === "c")!;
      if (one.manualDiscountFen === 0 && promised.applies) expect(before.totalFen - after.totalFen).toBe(promised.amountFen);
    }), { numRuns: 150 });
  });
});

function checkSums(quote: Quote): void {
  let gross = 0, off = 0, net = 0;
  for (const each of quote.lines) {
    expect(each.netFen).toBeGreaterThanOrEqual(0);
    expect(each.grossFen - each.discountFen).toBe(each.netFen);
    expect(each.shares.reduce((sum, share) => sum + share.amountFen, 0)).toBe(each.discountFen);
    gross += each.grossFen;
    off += each.discountFen;
    net += each.netFen;
  }
  for (const effect of quote.effects) {
    const parts = [...effect.lines, ...effect.fees].reduce((sum, part) => sum + part.amountFen, 0);
    expect(parts).toBe(effect.amountFen);
  }
  for (const fee of quote.fees) expect(fee.netFen).toBeGreaterThanOrEqual(0);
  expect([quote.grossFen, quote.discountFen, quote.netFen, quote.totalFen]).toEqual([gross, off, net, net + quote.feesFen]);
}

function capOf(offers: readonly Offer[], id: string): number | null | undefined {
  return offers.find((one) => one.id === id)?.capFen;
}
