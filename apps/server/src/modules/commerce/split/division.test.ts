import { evaluate } from "@shuke/offers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { divide } from "./division.ts";

const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);

const bills = fc.record({
  prices: fc.array(fc.integer({ min: 0, max: 9_999 }), { minLength: 1, maxLength: 6 }), manualDiscountFen: fc.integer({ min: 0, max: 3_000 }),
  feeFen: fc.integer({ min: 0, max: 700 }), people: fc.integer({ min: 2, max: 7 }), odds: fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 7, maxLength: 7 }),
  isByAmount: fc.boolean(),
});

test("however a table divides its bill, each line's prices, discounts and units are somebody's, and who named an amount pays exactly that", () => {
  fc.assert(fc.property(bills, ({ prices, manualDiscountFen, feeFen, people, odds, isByAmount }) => {
    const quote = evaluate({
      lines: prices.map((unitPriceFen, at) => ({ id: `l${at}`, sku: `s${at}`, name: "菜", category: null, tags: [], quantity: 1 + at % 3, unitPriceFen })),
      fees: [{ kind: "packing", amountFen: feeFen }], channel: "till", storeId: "s", manualDiscountFen, couponIds: [], codes: [],
    }, { member: null, coupons: [] }, { version: 1, mode: "pipeline", offers: [], zone: "Asia/Shanghai" }, 0, { explain: false });
    let left = quote.totalFen;
    const amounts = odds.slice(0, people).map((odd, at) => {
      const amountFen = at === people - 1 ? left : Math.floor((left * odd) / 1_000);
      left -= amountFen;
      return { amountFen };
    });
    const parts = divide(quote, isByAmount ? amounts : odds.slice(0, people).map((weight) => ({ weight: weight + 1 })));
    if (isByAmount) expect(parts.map((one) => one.totalFen)).toEqual(amounts.map((one) => one.amountFen));
    expect([sum(parts.map((one) => one.totalFen)), sum(parts.map((one) => one.discountFen)), sum(parts.map((one) => one.feesFen))]).toEqual([quote.totalFen, quote.discountFen, quote.feesFen]);
    for (const line of quote.lines) {
      const theirs = parts.flatMap((one) => one.lines.filter((part) => part.lineId === line.lineId));
      expect([sum(theirs.map((one) => one.netFen)), sum(theirs.map((one) => one.grossFen)), sum(theirs.map((one) => one.units))]).toEqual([line.netFen, line.grossFen, line.quantity]);
      for (const one of theirs) expect(one.discountFen).toBe(one.grossFen - one.netFen);
    }
  }), { numRuns: 400, examples: [[{ prices: [0], manualDiscountFen: 0, feeFen: 0, people: 2, odds: [0, 0, 0, 0, 0, 0, 0], isByAmount: true }]] });
});
