import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, verifyQuote } from "../src/index.ts";
import type { Cart, Mode, Offer, Quote } from "../src/index.ts";
import { NOON, cart, coupon, line, rules, snapshot } from "./fixture.ts";

const SKUS = ["a", "b", "c", "d"];
const someSkus = fc.option(fc.subarray(SKUS, { minLength: 1 }), { nil: null });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const base = {
  trigger: fc.constant("auto" as const), scope: fc.record({ skus: someSkus, categories: fc.constant(null), undiscountedOnly: fc.boolean() }),
  threshold: maybe(fc.record({ amountFen: fc.integer({ min: 1, max: 20_000 }), basis: fc.constantFrom("remaining" as const, "gross" as const), of: fc.constantFrom("items" as const, "order" as const) })),
  capFen: maybe(fc.integer({ min: 1, max: 5_000 })), priority: fc.integer({ min: 0, max: 2 }),
  stacking: fc.record({ group: maybe(fc.constantFrom("g1", "g2")), exclusive: fc.integer({ min: 0, max: 9 }).map((n) => n === 0), stackable: fc.boolean() }),
  level: fc.constantFrom("line" as const, "category" as const, "order" as const),
};
const few = fc.integer({ min: 1, max: 3 });
const percent = fc.integer({ min: 1, max: 10_000 }).map((n) => n / 100);
const amount = fc.integer({ min: 1, max: 8_000 });

const kinds: fc.Arbitrary<Record<string, unknown>>[] = [
  fc.record({ kind: fc.constant("amount-off"), amountFen: amount, per: fc.constantFrom("selection", "line", "unit"), maxTimes: maybe(few), ...base }),
  fc.record({ kind: fc.constant("percent-off"), percentOff: percent, maxUnits: maybe(few), ...base }),
  fc.record({ kind: fc.constant("exchange"), get: fc.record({ skus: fc.subarray(SKUS, { minLength: 1 }) }), priceFen: fc.integer({ min: 0, max: 500 }), quantity: few, ...base }),
  fc.record({ kind: fc.constant("member-price"), prices: fc.subarray(SKUS).map((skus) => skus.map((sku) => ({ sku, priceFen: 700 }))), ...base }),
  fc.record({ kind: fc.constant("unit-off"), pick: fc.constantFrom("cheapest", "dearest"), units: few, percentOff: percent, ...base }),
  fc.record({ kind: fc.constant("buy-get"), buyQuantity: few, getQuantity: few, get: maybe(fc.record({ skus: fc.subarray(SKUS, { minLength: 1 }) })), pick: fc.constantFrom("cheapest", "dearest"), percentOff: percent, maxTimes: maybe(few), whole: fc.boolean(), ...base }),
  fc.record({ kind: fc.constant("gift"), gifts: fc.constant([{ sku: "g", name: "g", quantity: 1 }]), everyQuantity: maybe(few), ...base }),
  fc.record({ kind: fc.constant("bundle-price"), parts: fc.constant([{ items: { skus: ["a", "b"] }, quantity: 2 }, { items: { skus: ["c"] }, quantity: 1 }]), priceFen: amount, maxTimes: maybe(few), ...base }),
  fc.record({ kind: fc.constant("ladder"), steps: fc.constant([{ atAmountFen: 3_000, amountFen: 300 }, { atAmountFen: 9_000, percentOff: 15 }]), ...base }),
  fc.record({ kind: fc.constant("delivery-fee-off"), amountFen: maybe(amount), ...base, level: fc.constant("delivery") }),
];
const offer = fc.oneof(...kinds) as fc.Arbitrary<unknown> as fc.Arbitrary<Offer>;
const offersUpTo = (max: number) => fc.array(offer, { maxLength: max }).map((offers) => offers.map((one, i): Offer => ({ ...one, id: `o${i}`, name: `o${i}` })));
const lines = fc.array(fc.tuple(fc.constantFrom(...SKUS), fc.integer({ min: 0, max: 6_000 }), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 6 })
  .map((items) => items.map(([sku, price, quantity], i) => line(sku, price, quantity, { id: `l${i}` })));
const hand = fc.record({ off: fc.integer({ min: 0, max: 500 }), negative: fc.option(fc.integer({ min: 1, max: 4_000 }), { nil: 0 }) });
const carts: fc.Arbitrary<Cart> = fc.tuple(lines, hand).map(([items, { off, negative }]) => cart(
  negative > 0 ? [...items, line("hand", -negative, 1, { id: "hand" })] : items, { fees: [{ kind: "delivery", amountFen: 600 }, { kind: "packing", amountFen: 100 }], manualDiscountFen: off },
));
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

describe("the certificate", () => {
  const least = (one: Cart, offers: readonly Offer[]): number =>
    Math.min(...sequencesOf(offers).map((sequence) => evaluate(one, snapshot(), rules(sequence, "list"), NOON, { explain: false }).totalFen));
  const units = fc.oneof(...kinds.slice(2, 6), kinds[7]!) as fc.Arbitrary<unknown> as fc.Arbitrary<Offer>;
  const named = (count: number, one: fc.Arbitrary<Offer>) => fc.array(one, { minLength: 2, maxLength: count }).map((list) => list.map((each, i): Offer => ({ ...each, id: `o${i}`, name: `o${i}` })));
  // All on the whole order, which the search answers with sums.
  const onOrder = fc.oneof(
    fc.record({ kind: fc.constant("percent-off"), percentOff: percent, capFen: base.capFen, threshold: base.threshold }),
    fc.record({ kind: fc.constant("amount-off"), amountFen: amount, capFen: base.capFen, threshold: base.threshold, maxTimes: maybe(few) }),
    fc.record({ kind: fc.constant("ladder"), threshold: maybe(fc.record({ basis: fc.constantFrom("remaining" as const, "gross" as const) })), steps: fc.constant([{ atAmountFen: 3_000, amountFen: 900 }, { atAmountFen: 9_000, percentOff: 8 }]) }),
  ).map((one) => ({ id: "", name: "", trigger: "auto", level: "order", ...one })) as fc.Arbitrary<unknown> as fc.Arbitrary<Offer>;
  const delivery = kinds[9]!.map((one) => ({ ...one, scope: null, stacking: null })) as fc.Arbitrary<unknown> as fc.Arbitrary<Offer>;

  it.each([["of all kinds", named(5, offer), 120], ["that choose units", named(4, units), 100], ["on one sum", named(6, onOrder), 40], ["on one sum and the fees", fc.tuple(named(4, onOrder), named(2, delivery)).map(([some, fees]) => [...some, ...fees.map((one, i): Offer => ({ ...one, id: `d${i}`, name: `d${i}` }))]), 60]] as const)(
    "is right for offers %s: no set in no order of its levels does better", (_, lists, numRuns) => {
      fc.assert(fc.property(carts, lists as fc.Arbitrary<Offer[]>, (one, offers) => {
        const best = evaluate(one, snapshot(), rules(offers, "best"), NOON, { explain: false });
        expect(best.proof.search).toMatchObject({ exact: "orders", gapFen: 0 });
        expect(best.totalFen).toBe(least(one, offers));
      }), { numRuns });
    }, 60_000);

  it("never promises a smaller gap than there is, when the search is cut short", () => {
    const many = fc.array(fc.oneof(kinds[0]!, kinds[1]!, kinds[4]!), { minLength: 13, maxLength: 16 }) as fc.Arbitrary<unknown> as fc.Arbitrary<Offer[]>;
    fc.assert(fc.property(carts, many.map((list) => list.map((each, i): Offer => ({ ...each, id: `o${i}`, name: "" }))), (one, offers) => {
      const best = evaluate(one, snapshot(), rules(offers, "best"), NOON, { explain: false });
      const { exact, gapFen } = best.proof.search!;
      if (exact === "orders") expect(gapFen).toBe(0);
      const orders = [[...offers], [...offers].reverse(), [...offers].sort((a, b) => a.kind.localeCompare(b.kind))];
      for (const order of orders.map((list) => list.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)))) expect(best.totalFen - gapFen).toBeLessThanOrEqual(evaluate(one, snapshot(), rules(order, "list"), NOON, { explain: false }).totalFen);
    }), { numRuns: 15 });
  }, 60_000);
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

const LEVELS = ["line", "category", "order", "delivery"];

/** Every subset in every order that keeps the levels in theirs. */
function sequencesOf(offers: readonly Offer[]): Offer[][] {
  const found: Offer[][] = [[]];
  for (let i = 0; i < found.length; i++) {
    const last = found[i]![found[i]!.length - 1];
    for (const next of offers) {
      if (found[i]!.includes(next) || (last && LEVELS.indexOf(next.level) < LEVELS.indexOf(last.level))) continue;
      found.push([...found[i]!, next]);
    }
  }
  return found;
}
