import fc from "fast-check";
import { invariants } from "../src/prove/invariants.ts";
import type { TestTenant } from "./tenant.ts";

export interface Settings {
  negativePolicy: "forbid" | "show" | "withhold" | "claw";
  pendingDays: number;
  expiryMonths: number | null;
  restoreGraceDays: number;
  maxPercent: number | null;
  spendOrder: "proportional" | "principal-first" | "bonus-first";
}

export type ShopStep =
  | { do: "sell"; guest: number; items: number[]; points: number; storedFen: number; coupon: number | null; fee: boolean; how: "at once" | "quoted" | "held" | "twice" }
  | { do: "commit" | "commit anew" | "release"; held: number }
  | { do: "return"; order: number; what: "whole" | "line" | "amount"; much: number }
  | { do: "claim" | "give"; guest: number; other: number }
  | { do: "top-up" | "adjust" | "withdraw" | "transfer" | "freeze" | "offline"; guest: number; other: number; much: number }
  | { do: "redeem"; guest: number; isPartCash: boolean }
  | { do: "cancel"; redemption: number }
  | { do: "split"; guest: number; other: number; items: number[]; pays: number }
  | { do: "return-dish"; bill: number; line: number }
  | { do: "wait"; minutes: number }
  | { do: "merge"; guest: number; other: number }
  | { do: "part"; merge: number }
  | { do: "at once"; steps: ShopStep[] };

/** How a shop may be set up. */
export const settings: fc.Arbitrary<Settings> = fc.record({
  negativePolicy: fc.constantFrom("forbid", "show", "withhold", "claw"), pendingDays: fc.constantFrom(0, 0, 2), expiryMonths: fc.constantFrom(null, 1, 1),
  restoreGraceDays: fc.constantFrom(0, 3), maxPercent: fc.constantFrom(null, 50), spendOrder: fc.constantFrom("proportional", "principal-first", "bonus-first"),
});

const at = fc.nat({ max: 7 });
const items = fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 3 });
const much = fc.nat({ max: 9_999 });
const is = <Name extends ShopStep["do"]>(name: Name) => fc.constant(name);
const single: fc.Arbitrary<ShopStep> = fc.oneof(
  { weight: 8, arbitrary: fc.record({
    do: is("sell"), guest: at, items, points: fc.constantFrom(0, 0, 10, 100, 333), storedFen: fc.constantFrom(0, 0, 500, 1_999), coupon: fc.option(at), fee: fc.boolean(),
    how: fc.constantFrom("at once", "quoted", "held", "held", "twice"),
  }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("commit", "commit anew", "release"), held: at }) },
  { weight: 6, arbitrary: fc.record({ do: is("return"), order: at, what: fc.constantFrom("whole", "line", "line", "amount"), much: fc.integer({ min: 1, max: 9_000 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("claim", "claim", "give"), guest: at, other: at }) },
  { weight: 7, arbitrary: fc.record({ do: fc.constantFrom("top-up", "top-up", "adjust", "adjust", "withdraw", "transfer", "freeze", "offline"), guest: at, other: at, much }) },
  { weight: 3, arbitrary: fc.record({ do: is("redeem"), guest: at, isPartCash: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: is("cancel"), redemption: at }) },
  { weight: 2, arbitrary: fc.record({ do: is("split"), guest: at, other: at, items, pays: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ do: is("return-dish"), bill: at, line: fc.nat({ max: 2 }) }) },
);
/** What may happen in it. */
export const step: fc.Arbitrary<ShopStep> = fc.oneof(
  { weight: 12, arbitrary: single },
  { weight: 2, arbitrary: fc.record({ do: is("at once"), steps: fc.array(single, { minLength: 2, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: is("wait"), minutes: fc.constantFrom(11, 16, 1_500, 4_400, 44_640) }) },
);

/** Every proof that does not hold, with the rows that break it. */
export async function brokenProofs(tenant: TestTenant): Promise<unknown[]> {
  return tenant.inScope(async (scope) => {
    const found: unknown[] = [];
    for (const { name, sql } of invariants) {
      const rows = await scope.tx.rows(sql, []);
      if (rows.length > 0) found.push({ name, rows });
    }
    return found;
  });
}
