import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawPrepaid, withdrawalQuote } from "../src/index.ts";
import type { CountCardHeld, PrepaidHeld, PrepaidOrder, WithdrawalCause } from "../src/index.ts";

describe("a top-up given back (paid 1,000, bonus 200, 300 spent)", () => {
  const pool = { kind: "stored-value", paidFen: 100_000, bonusFen: 20_000, consumedFaceFen: 30_000 } as const;

  it("counts the used part by what was paid for it when the shop is the cause", () => {
    expect(withdrawalQuote(pool, { cause: "merchant" })).toEqual({
      refundFen: 75_000, consumedFen: 25_000, owesFen: 0, basis: "paid", refusal: null, ratio: { paidFen: 100_000, faceFen: 120_000 }, bonusLapsedFen: 15_000,
    });
  });

  it("counts it at the price before discounts when the member is, and never asks for more than was prepaid", () => {
    expect(withdrawalQuote(pool, { cause: "consumer" })).toMatchObject({ refundFen: 70_000, consumedFen: 30_000, basis: "list" });
    expect(withdrawalQuote({ ...pool, consumedListFen: 36_000 }, { cause: "consumer" })).toMatchObject({ refundFen: 64_000 });
    expect(withdrawalQuote({ ...pool, consumedFaceFen: 110_000 }, { cause: "consumer" })).toMatchObject({ refundFen: 0, consumedFen: 110_000, owesFen: 0 });
  });

  it.each([[7, false, null, 70_000], [8, false, "seven-days-over", 0], [1, true, "known-before", 0]] as const)(
    "%i days after, known before: %s, the seven-day right: %s", (daysSincePayment, knownBefore, refusal, refundFen) => {
      expect(withdrawalQuote(pool, { cause: "seven-day", daysSincePayment, knownBefore })).toMatchObject({ refusal, refundFen });
    });
});

describe("a card given back", () => {
  const card: CountCardHeld = { kind: "count-card", paidFen: 80_000, sessions: 10, used: 3, usedCheaper: [{ uses: 1, percentOff: 50 }], listPriceFen: 10_000 };

  it.each<[string, WithdrawalCause, Partial<CountCardHeld>, number, string]>([
    ["the shop's cause: paid per use, the holiday use at half", "merchant", {}, 60_000, "paid"],
    ["the member's cause: list price, the holiday use in full", "consumer", {}, 50_000, "list"],
    ["without a list price: what was paid for one", "consumer", { listPriceFen: null }, 56_000, "list"],
    ["an unproven list price above the market's", "consumer", { marketPriceFen: 9_000 }, 53_000, "market"],
    ["a proven one", "consumer", { marketPriceFen: 9_000, listPriceProven: true }, 50_000, "list"],
  ])("%s", (_, cause, change, refundFen, basis) => {
    expect(withdrawalQuote({ ...card, ...change }, { cause })).toMatchObject({ refundFen, basis });
  });

  it("of days goes back by the days that are left, and what was paid less the rest is what was used", () => {
    expect(withdrawalQuote({ kind: "period-card", paidFen: 10_000, totalDays: 30, remainingDays: 7 }, { cause: "consumer" })).toMatchObject({ refundFen: 2_333, consumedFen: 7_667, basis: "days" });
  });

  it.each<PrepaidHeld>([
    { kind: "stored-value", paidFen: 1, bonusFen: 0, consumedFaceFen: 2 }, { kind: "count-card", paidFen: 1, sessions: 1, used: 2 },
    { kind: "count-card", paidFen: 1, sessions: 0, used: 0 }, { kind: "period-card", paidFen: 1, totalDays: 3, remainingDays: 4 },
  ])("refuses numbers that contradict each other: %j", (held) => {
    expect(() => withdrawalQuote(held, { cause: "merchant" })).toThrow(RangeError);
  });

  it("never returns more than was paid, nor less than nothing, whatever the cause", () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    const pools = fc.tuple(amount, amount, fc.double({ min: 0, max: 1, noNaN: true })).map(([paidFen, bonusFen, part]): PrepaidHeld =>
      ({ kind: "stored-value", paidFen, bonusFen, consumedFaceFen: Math.floor((paidFen + bonusFen) * part) }));
    fc.assert(fc.property(pools, fc.constantFrom<WithdrawalCause>("seven-day", "consumer", "merchant"), (held, cause) => {
      const { refundFen } = withdrawalQuote(held, { cause });
      expect(refundFen).toBeGreaterThanOrEqual(0);
      expect(refundFen).toBeLessThanOrEqual(held.paidFen);
    }));
  });
});

describe("paying from top-ups", () => {
  const lot = { principalFen: 100_000, bonusFen: 20_000, loadedPrincipalFen: 100_000, loadedBonusFen: 20_000 };

  it.each<[PrepaidOrder, number, number]>([["proportional", 5_000, 1_000], ["principal-first", 6_000, 0], ["bonus-first", 0, 6_000]])("%s takes 60 as %i + %i fen", (order, principalFen, bonusFen) => {
    expect(drawPrepaid([lot], 6_000, order)).toEqual({ parts: [{ principalFen, bonusFen }], missingFen: 0 });
  });

  it("empties one before the next, and says what all of them lack", () => {
    expect(drawPrepaid([lot, lot], 250_000)).toEqual({ parts: [{ principalFen: 100_000, bonusFen: 20_000 }, { principalFen: 100_000, bonusFen: 20_000 }], missingFen: 10_000 });
  });

  it("ends at the proportion, however small the payments are, and then agrees with the refund by ratio", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 997 }), { maxLength: 60 }), fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 0, max: 20_000 }), (payments, paid, bonus) => {
      let left = { principalFen: paid, bonusFen: bonus, loadedPrincipalFen: paid, loadedBonusFen: bonus };
      let spent = 0;
      for (const payment of payments) {
        const { parts: [part], missingFen } = drawPrepaid([left], payment);
        spent += payment - missingFen;
        left = { ...left, principalFen: left.principalFen - part!.principalFen, bonusFen: left.bonusFen - part!.bonusFen };
      }
      const quote = withdrawalQuote({ kind: "stored-value", paidFen: paid, bonusFen: bonus, consumedFaceFen: spent }, { cause: "merchant" });
      expect(Math.abs(quote.refundFen - left.principalFen)).toBeLessThanOrEqual(1);
    }));
  });
});
