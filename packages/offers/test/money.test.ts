import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawDown, spendable } from "../cases/spend.ts";
import { allocate, returnShare, share, splitTenders } from "../src/index.ts";
import { yuan } from "../src/reason.ts";

const fen = fc.integer({ min: 0, max: 100_000_000 });

describe("share", () => {
  it("rounds half up and mirrors below zero", () => {
    expect([share(5, 1, 2), share(-5, 1, 2), share(5719, 5081, 5719), share(105, 10, 100)]).toEqual([3, -3, 5081, 11]);
  });

  it("is exact where the product passes 2^53", () => {
    const integer = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(fc.property(integer, fc.integer({ min: 1, max: 1_000_000 }), (amount, den) => {
      const num = den - 1;
      expect(BigInt(share(amount, num, den))).toBe((BigInt(amount) * BigInt(num) * 2n + BigInt(den)) / (BigInt(den) * 2n));
    }));
  });

  it("refuses to divide by nothing", () => {
    expect(() => share(1, 1, 0)).toThrow(RangeError);
  });
});

describe("allocate", () => {
  it("sums exactly, and no part is off by one or more", () => {
    const weights = fc.array(fen, { minLength: 1, maxLength: 40 });
    fc.assert(fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), weights, (amount, parts) => {
      const split = allocate(amount, parts);
      const total = parts.reduce((a, b) => a + b, 0);
      expect(split.reduce((a, b) => a + b, 0)).toBe(amount);
      if (total > 0) split.forEach((part, i) => expect(Math.abs(part - amount * parts[i]! / total)).toBeLessThan(1.000001));
    }));
  });

  it("gives a remainder to the largest fraction, ties to the first", () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(1, [0, 0])).toEqual([1, 0]);
    expect(allocate(5, [])).toEqual([]);
  });

  it("splits over 10,000 lines", () => {
    const split = allocate(9_999, new Array<number>(10_000).fill(7));
    expect(split.reduce((a, b) => a + b, 0)).toBe(9_999);
    expect(split[9_999]).toBe(0);
  });
});

describe("tenders and returns", () => {
  it("splits so that rows are lines and columns are tenders", () => {
    const amounts = fc.array(fen, { minLength: 1, maxLength: 12 });
    fc.assert(fc.property(amounts, fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), (nets, weights) => {
      const tenders = allocate(nets.reduce((a, b) => a + b, 0), weights.map((weight) => weight + 1));
      const rows = splitTenders(nets, tenders);
      rows.forEach((row, i) => expect(row.reduce((a, b) => a + b, 0)).toBe(nets[i]));
      tenders.forEach((tender, j) => expect(rows.reduce((sum, row) => sum + row[j]!, 0)).toBe(tender));
      expect(rows.flat().every((part) => part >= 0)).toBe(true);
    }));
  });

  it("refuses tenders that are not the sum of the lines", () => {
    expect(() => splitTenders([100], [99])).toThrow("tenders of 99 do not equal lines of 100");
    expect(() => splitTenders([100], [150, -50])).toThrow("negative amount");
  });

  it("returns in any steps what was sold, never more", () => {
    fc.assert(fc.property(fen, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 10 }), (total, steps) => {
      const quantity = steps.reduce((a, b) => a + b, 0);
      let before = 0, back = 0;
      for (const step of steps) {
        const part = returnShare(total, quantity, before, step);
        expect(part).toBeGreaterThanOrEqual(0);
        back += part;
        before += step;
      }
      expect(back).toBe(total);
      expect(() => returnShare(total, quantity, before, 1)).toThrow(RangeError);
    }));
  });

  it("spends points in whole steps and draws balances down in order", () => {
    expect(spendable(10, { stepPoints: 3, stepFen: 450 }, 10_000)).toEqual({ points: 9, amountFen: 1350 });
    expect(spendable(1_000, { stepPoints: 100, stepFen: 100, maxPercent: 50 }, 999)).toEqual({ points: 400, amountFen: 400 });
    expect(drawDown([10_000, 10_000], 15_000)).toEqual([10_000, 5_000]);
  });
});

describe("the package", () => {
  it("needs nothing", () => {
    const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as Record<string, unknown>;
    expect(manifest["dependencies"]).toBeUndefined();
  });
});

it("prints yuan as the quotient would be printed", () => {
  fc.assert(fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (fen) => { expect(yuan(fen)).toBe(String(fen / 100)); }));
  expect([0, 5, 50, 105, 1_250, 10_000, -30].map(yuan)).toEqual(["0", "0.05", "0.5", "1.05", "12.5", "100", "-0.3"]);
});
