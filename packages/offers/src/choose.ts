import type { Cart, Instant, Snapshot } from "./cart.ts";
import { evaluate } from "./evaluate.ts";
import type { RuleSet } from "./offer.ts";
import type { PreparedRules } from "./prepare.ts";

/** Coupons looked at; a wallet beyond it is cut to those that end first. */
const MAX_COUPONS = 50;

/**
 * The coupons that make the cart cheapest, found one at a time: each round adds the coupon that takes off most, until none helps.
 * Ties go to the coupon that ends first. Chosen ones in `cart.couponIds` stay. A suggestion: the member may choose otherwise.
 */
export function chooseCoupons(cart: Cart, snapshot: Snapshot, rules: RuleSet | PreparedRules, now: Instant): string[] {
  const wallet = snapshot.coupons
    .filter((coupon) => coupon.state === "issued" && !cart.couponIds.includes(coupon.id))
    .sort((a, b) => (a.validUntilAt ?? Infinity) - (b.validUntilAt ?? Infinity) || (a.id < b.id ? -1 : 1))
    .slice(0, MAX_COUPONS);
  let chosen = [...cart.couponIds];
  let total = evaluate(cart, snapshot, rules, now, { explain: false }).totalFen;
  for (let rest = wallet; rest.length > 0;) {
    let best: string | null = null;
    for (const { id } of rest) {
      const quote = evaluate({ ...cart, couponIds: [...chosen, id] }, snapshot, rules, now, { explain: false });
      if (quote.totalFen >= total) continue;
      total = quote.totalFen;
      best = id;
    }
    if (best === null) break;
    chosen = [...chosen, best];
    rest = rest.filter((coupon) => coupon.id !== best);
  }
  return chosen;
}
