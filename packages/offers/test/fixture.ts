import type { Cart, CartLine, CouponInHand, Member, Mode, Offer, RuleSet, Snapshot } from "../src/index.ts";

/** Saturday 2026-11-21 12:00 in Shanghai. */
export const NOON = Date.parse("2026-11-21T12:00:00+08:00");

export function line(sku: string, unitPriceFen: number, quantity = 1, more: Partial<CartLine> = {}): CartLine {
  return { id: sku, sku, name: sku, category: null, tags: [], quantity, unitPriceFen, ...more };
}

export function cart(lines: readonly CartLine[], more: Partial<Cart> = {}): Cart {
  return { lines, fees: [], channel: "till", storeId: "s1", manualDiscountFen: 0, couponIds: [], codes: [], ...more };
}

export function rules(offers: readonly Offer[], mode: Mode = "pipeline", more: Partial<RuleSet> = {}): RuleSet {
  return { version: 1, mode, zone: "Asia/Shanghai", offers, ...more };
}

export const wang: Member = { id: "wang", tierId: "gold", segments: ["regulars"], firstOrder: false };

export function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return { member: wang, coupons: [], ...more };
}

export function amountOff(id: string, amountFen: number, overFen = 0, more: Partial<Extract<Offer, { kind: "amount-off" }>> = {}): Offer {
  return { id, name: id, kind: "amount-off", trigger: "auto", level: "order", amountFen, threshold: overFen > 0 ? { amountFen: overFen } : null, ...more };
}

export function percentOff(id: string, percent: number, more: Partial<Extract<Offer, { kind: "percent-off" }>> = {}): Offer {
  return { id, name: id, kind: "percent-off", trigger: "auto", level: "order", percentOff: percent, ...more };
}

export function coupon(id: string, offer: Offer, more: Partial<CouponInHand> = {}): CouponInHand {
  return { id, offer: { ...offer, trigger: "coupon" }, state: "issued", validFromAt: null, validUntilAt: null, memberId: "wang", ...more };
}

/** How many times as long the second takes: the shortest of many runs of each, in turns, so that nothing else that the machine does counts. */
export function timesAsLong(first: () => void, second: () => void): number {
  const shortest = [Infinity, Infinity];
  for (let round = 0; round < 15; round++) {
    for (const [at, run] of [first, second].entries()) {
      const before = performance.now();
      run();
      shortest[at] = Math.min(shortest[at]!, performance.now() - before);
    }
  }
  return shortest[1]! / shortest[0]!;
}
