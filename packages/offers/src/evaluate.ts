import { attempt } from "./attempt.ts";
import { planBest } from "./best.ts";
import type { Cart, CouponInHand, Fen, Instant, Snapshot } from "./cart.ts";
import { localTime } from "./clock.ts";
import type { Moment } from "./eligibility.ts";
import { entriesFor, selectLines } from "./entries.ts";
import { candidatesOf } from "./explain.ts";
import type { Explained } from "./explain.ts";
import { takeLineDiscounts } from "./manual.ts";
import type { RuleSet } from "./offer.ts";
import { isExclusive, planInOrder } from "./plan.ts";
import type { Plan } from "./plan.ts";
import { byPipeline, compileOffer, linesMatching, normaliseCode, prepare } from "./prepare.ts";
import type { PreparedRules } from "./prepare.ts";
import type { Certificate, Quote } from "./quote.ts";
import { quoteOf } from "./settle.ts";
import { copyState, openState } from "./state.ts";
import type { Entry, State } from "./state.ts";

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
export function evaluate(cart: Cart, snapshot: Snapshot, rules: RuleSet | PreparedRules, now: Instant, options: EvaluateOptions = {}): Quote {
  const prepared = "bySku" in rules ? rules : prepare(rules);
  const exactCodes = prepared.rules.exactCodes ?? false;
  const moment: Moment = {
    cart, snapshot, now, zone: prepared.zone, time: localTime(now, prepared.zone), exactCodes,
    codes: exactCodes ? cart.codes : cart.codes.map(normaliseCode),
  };
  const selected = selectLines(prepared, cart);
  const entries = entriesFor(prepared, moment, selected);
  const start = openState(cart);
  const hand = takeLineDiscounts(cart, start);
  const explain = options.explain ?? true;
  const { plan, search } = planFor(prepared, cart, entries, explain ? copyState(start) : start);
  // Closing the plan consumes its state, so the reasons are found before.
  const candidates = explain
    ? candidatesOf({ moment, prepared, selected, entries, plan, start, gainOf: gain })
    : [];
  const quote = quoteOf(prepared, moment, plan, hand, search);
  quote.candidates = candidates;
  return quote;
}

function planFor(prepared: PreparedRules, cart: Cart, entries: Entry[], start: State): { plan: Plan; search: Certificate | null } {
  if (isOverruled(prepared, cart)) {
    for (const entry of entries) entry.code = "exclusive";
    return { plan: { applied: [], state: start, totalFen: 0 }, search: null };
  }
  return prepared.mode === "best" ? planBest(entries, start) : { plan: planInOrder(entries, start), search: null };
}

/** What choosing one more coupon would take off. One that comes last and rules out nobody meets exactly what the plan left; else everything is recomputed. */
function gain(coupon: CouponInHand, { plan, entries, prepared, moment, selected }: Explained): Fen {
  const last = lastEntry(coupon, entries, prepared, moment);
  if (last) return attempt(last, plan.state)?.total ?? 0;
  const cart = { ...moment.cart, couponIds: [...moment.cart.couponIds, coupon.id] };
  const start = openState(cart);
  takeLineDiscounts(cart, start);
  const again = planFor(prepared, cart, entriesFor(prepared, { ...moment, cart }, selected), start).plan;
  return again.applied.some(({ entry }) => entry.coupon === coupon) ? again.totalFen - plan.totalFen : 0;
}

function isOverruled({ rules }: PreparedRules, cart: Cart): boolean {
  return rules.manual === "instead" && cart.manualDiscountFen > 0;
}

function lastEntry(coupon: CouponInHand, entries: readonly Entry[], prepared: PreparedRules, moment: Moment): Entry | null {
  const rule = compileOffer(coupon.offer);
  if (isOverruled(prepared, moment.cart) || prepared.mode === "best" || rule.group !== null || rule.exclusive || !rule.stackable || entries.some(isExclusive)) return null;
  const last = entries[entries.length - 1];
  if (last && prepared.mode === "pipeline" && byPipeline(last.rule, rule) >= 0) return null;
  if (entries.some((entry) => entry.coupon !== null && entry.rule.id === rule.id)) return null;
  return { rule, coupon, lines: linesMatching(rule.items, moment.cart), code: null, lack: 0 };
}
