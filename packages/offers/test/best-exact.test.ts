import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ordersOf } from "../src/best.ts";
import { localTime } from "../src/clock.ts";
import { entriesFor, selectLines } from "../src/entries.ts";
import { evaluate, prepare } from "../src/index.ts";
import type { Cart, Offer } from "../src/index.ts";
import { takeLineDiscounts } from "../src/manual.ts";
import { areRivals, isLineRival, planInOrder } from "../src/plan.ts";
import { copyState, openState, sumOf } from "../src/state.ts";
import type { Entry, State } from "../src/state.ts";
import { carts, kinds, named, offer, ordinary, sums } from "./arbitrary.ts";
import { cart, line, NOON, rules, snapshot } from "./fixture.ts";

describe("the certificate", () => {
  it.each([
    ["of all kinds", named(1, 6, offer), 500], ["such as merchants have", named(3, 8, ordinary), 150], ["that choose units", named(2, 6, fc.oneof(...kinds.slice(2, 6), kinds[7]!)), 200],
    ["on one sum", named(2, 8, sums), 60], ["of all kinds, twelve of them", named(12, 12, offer), 8], ["such as merchants have, twelve of them", named(12, 12, ordinary), 8],
    ["that are percentages, twelve of them", named(12, 12, kinds[1]!), 4],
  ] as const)("is right for offers %s: no set in any permitted order does better", (_, lists, runs) => {
    fc.assert(fc.property(carts, lists as fc.Arbitrary<Offer[]>, (one, offers) => {
      const { proof, totalFen } = evaluate({ ...one, manualDiscountFen: 0 }, snapshot(), rules(offers, "best"), NOON, { explain: false });
      expect(proof.search).toMatchObject({ exact: "orders", gapFen: 0 });
      expect(totalFen).toBe(leastOf({ ...one, manualDiscountFen: 0 }, offers));
    }), { numRuns: runs });
  }, 60_000);

  it("never promises a smaller gap than there is, when the search is cut short", () => {
    fc.assert(fc.property(carts, named(13, 16, fc.oneof(kinds[0]!, kinds[1]!, kinds[4]!)), (hand, offers) => {
      const one = { ...hand, manualDiscountFen: 0 };
      const best = evaluate(one, snapshot(), rules(offers, "best"), NOON, { explain: false });
      const { exact, gapFen } = best.proof.search!;
      if (exact === "orders") expect(gapFen).toBe(0);
      const { entries, start } = opening(one, offers);
      for (const order of ordersOf(entries)) {
        expect(best.totalFen - gapFen).toBeLessThanOrEqual(toPay(start, planInOrder(order, copyState(start)).totalFen));
      }
    }), { numRuns: 25 });
  }, 60_000);
});

describe("rivals", () => {
  it("never stand in one plan: an offer that had nothing to give when its group was decided does not come back once the winner has used a unit", () => {
    const tiny = (id: string, percentOff: number): Offer => ({ id, name: id, kind: "unit-off", pick: "cheapest", units: 1, percentOff, trigger: "auto", level: "category", stacking: { group: "g" } });
    const one = cart([line("a", 1_000, 1, { id: "l0" }), line("a", 556, 1, { id: "l1" })]);
    for (const mode of ["pipeline", "best"] as const) {
      const quote = evaluate(one, snapshot(), rules([tiny("o0", 0.09), tiny("o1", 0.05)], mode), NOON);
      expect(quote.effects.map((effect) => [effect.offerId, effect.amountFen])).toEqual([["o0", 1]]);
    }
  });

  it("never stand in one plan, whatever the offers and their order", () => {
    fc.assert(fc.property(carts, named(2, 6, offer), (hand, offers) => {
      const { entries, start } = opening({ ...hand, manualDiscountFen: 0 }, offers);
      for (const order of [entries, [...entries].reverse()]) {
        const { applied } = planInOrder(order, copyState(start));
        for (const [at, one] of applied.entries()) {
          for (const other of applied.slice(at + 1)) if (!(isLineRival(one.entry) && isLineRival(other.entry))) expect(areRivals(one.entry, other.entry)).toBe(false);
        }
      }
    }), { numRuns: 500 });
  }, 60_000);
});

/** By trying everything: every set in each explicit order, and every set of up to four in every order that keeps the levels in theirs. */
function leastOf(one: Cart, offers: readonly Offer[]): number {
  const { entries, start } = opening(one, offers);
  let most = 0;
  const weigh = (sequence: readonly Entry[]): void => { most = Math.max(most, planInOrder(sequence, copyState(start)).totalFen); };
  for (const order of ordersOf(entries)) for (let mask = 1; mask < 1 << order.length; mask++) weigh(order.filter((_, i) => mask >> i & 1));
  const extend = (sequence: readonly Entry[]): void => {
    if (sequence.length > 0) weigh(sequence);
    if (sequence.length === 4) return;
    const rank = sequence[sequence.length - 1]?.rule.rank ?? 0;
    for (const next of entries) if (next.rule.rank >= rank && !sequence.includes(next)) extend([...sequence, next]);
  };
  extend([]);
  return toPay(start, most);
}

function toPay(start: State, offFen: number): number {
  return Math.max(0, sumOf(start.net)) + sumOf(start.feeNet) - offFen;
}

function opening(one: Cart, offers: readonly Offer[]): { entries: Entry[]; start: State } {
  const prepared = prepare(rules(offers, "best"));
  const entries = entriesFor(prepared, { cart: one, snapshot: snapshot(), now: NOON, zone: prepared.zone, time: localTime(NOON, prepared.zone), exactCodes: false, codes: [] }, selectLines(prepared, one));
  const start = openState(one);
  takeLineDiscounts(one, start);
  return { entries, start };
}
