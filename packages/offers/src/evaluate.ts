import type { Cart, Instant, Snapshot } from "./cart.ts";
import { localTime } from "./clock.ts";
import type { Moment } from "./eligibility.ts";
import { entriesFor } from "./entries.ts";
import { planInOrder } from "./plan.ts";
import { normaliseCode, prepare } from "./prepare.ts";
import type { PreparedRules } from "./prepare.ts";
import { quoteOf } from "./settle.ts";
import type { Quote } from "./quote.ts";
import type { RuleSet } from "./offer.ts";
import { takeLineDiscounts } from "./manual.ts";
import { openState } from "./state.ts";

export interface EvaluateOptions {
  /** Whether to fill `candidates`. The sums are the same either way; settlement runs without. Default true. */
  explain?: boolean;
}

/**
 * The price of a cart: a pure function of its arguments, which it does not change.
 * Order: staff line discounts, then offers by the rule set's mode, then the staff order discount.
 * Amounts are integer fen; no line and no fee falls below zero; a missing member skips what needs one.
 * Throws RangeError only for definitions that cannot be read (a date, a time of day, an unknown kind or zone).
 */
export function evaluate(cart: Cart, snapshot: Snapshot, rules: RuleSet | PreparedRules, now: Instant, _options: EvaluateOptions = {}): Quote {
  const prepared = "bySku" in rules ? rules : prepare(rules);
  const moment: Moment = {
    cart, snapshot, now, zone: prepared.zone, time: localTime(now, prepared.zone),
    codes: cart.codes.length > 0 ? cart.codes.map(normaliseCode) : cart.codes,
  };
  const state = openState(cart);
  const hand = takeLineDiscounts(cart, state);
  const entries = entriesFor(prepared, moment);
  const plan = planInOrder(entries, state);
  return quoteOf(prepared, moment, plan, hand);
}
