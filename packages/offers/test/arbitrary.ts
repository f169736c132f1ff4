import fc from "fast-check";
import type { Cart, Offer } from "../src/index.ts";
import { cart, line } from "./fixture.ts";

const SKUS = ["a", "b", "c", "d"];
const someSkus = fc.option(fc.subarray(SKUS, { minLength: 1 }), { nil: null });
export const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

export const base = {
  trigger: fc.constant("auto" as const), scope: fc.record({ skus: someSkus, categories: fc.constant(null), undiscountedOnly: fc.boolean() }),
  threshold: maybe(fc.record({ amountFen: fc.integer({ min: 1, max: 20_000 }), basis: fc.constantFrom("remaining" as const, "gross" as const), of: fc.constantFrom("items" as const, "order" as const) })),
  capFen: maybe(fc.integer({ min: 1, max: 5_000 })), priority: fc.integer({ min: 0, max: 2 }),
  stacking: fc.record({ group: maybe(fc.constantFrom("g1", "g2")), exclusive: fc.integer({ min: 0, max: 9 }).map((n) => n === 0), stackable: fc.boolean() }),
  level: fc.constantFrom("line" as const, "category" as const, "order" as const),
};
export const few = fc.integer({ min: 1, max: 3 });
export const percent = fc.integer({ min: 1, max: 10_000 }).map((n) => n / 100);
export const amount = fc.integer({ min: 1, max: 8_000 });

export const kinds: fc.Arbitrary<Record<string, unknown>>[] = [
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
export const offer = fc.oneof(...kinds) as fc.Arbitrary<unknown> as fc.Arbitrary<Offer>;
export const offersUpTo = (max: number) => named(0, max, offer);
const lines = fc.array(fc.tuple(fc.constantFrom(...SKUS), fc.integer({ min: 0, max: 6_000 }), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 6 })
  .map((items) => items.map(([sku, price, quantity], i) => line(sku, price, quantity, { id: `l${i}` })));
const hand = fc.record({ off: fc.integer({ min: 0, max: 500 }), negative: fc.option(fc.integer({ min: 1, max: 4_000 }), { nil: 0 }) });
export const carts: fc.Arbitrary<Cart> = fc.tuple(lines, hand).map(([items, { off, negative }]) => cart(
  negative > 0 ? [...items, line("hand", -negative, 1, { id: "hand" })] : items, { fees: [{ kind: "delivery", amountFen: 600 }, { kind: "packing", amountFen: 100 }], manualDiscountFen: off },
));

/** All on the whole order: only the sum counts. */
export const sums = fc.oneof(
  fc.record({ kind: fc.constant("percent-off"), percentOff: percent, capFen: base.capFen, threshold: base.threshold }),
  fc.record({ kind: fc.constant("amount-off"), amountFen: amount, capFen: base.capFen, threshold: base.threshold, maxTimes: maybe(few) }),
  fc.record({ kind: fc.constant("ladder"), threshold: maybe(fc.record({ basis: fc.constantFrom("remaining" as const, "gross" as const) })), steps: fc.constant([{ atAmountFen: 3_000, amountFen: 900 }, { atAmountFen: 9_000, percentOff: 8 }]) }),
).map((one) => ({ trigger: "auto", level: "order", ...one }));

/** Moderate and stackable, as live offers are: a few percent or a few yuan, over thresholds that carts meet. */
export const ordinary = fc.tuple(offer, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 100, max: 3_000 }), fc.integer({ min: 1, max: 30 })).map(([one, dice, amountFen, percentOff]) => ({
  ...one, capFen: dice === 9 ? one.capFen : null, stacking: dice === 0 ? { group: "g1" } : dice === 1 ? { stackable: false } : null,
  ...("amountFen" in one ? { amountFen } : {}), ...("percentOff" in one ? { percentOff } : {}),
}));

/** So many of them, with ids. */
export function named(min: number, max: number, one: fc.Arbitrary<unknown>): fc.Arbitrary<Offer[]> {
  return fc.array(one, { minLength: min, maxLength: max }).map((list) => list.map((each, i) => ({ ...(each as Offer), id: `o${i}`, name: `o${i}` })));
}
