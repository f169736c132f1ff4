import { shortfalls } from "./attempt.ts";
import { weekdayOf, startOfDay } from "./clock.ts";
import type { CouponInHand, Fen, Instant } from "./cart.ts";
import { CODE_REQUIRED, codesOf, couponRefusals, REFUSALS, refusals } from "./eligibility.ts";
import type { Moment } from "./eligibility.ts";
import { isTriggered } from "./entries.ts";
import type { LinesByOffer } from "./entries.ts";
import type { Plan } from "./plan.ts";
import { compileOffer, linesMatching } from "./prepare.ts";
import type { CompiledOffer, PreparedRules } from "./prepare.ts";
import type { Candidate } from "./quote.ts";
import { reasonText } from "./reason.ts";
import type { Missing, Reason, ReasonCode } from "./reason.ts";
import type { Entry, State } from "./state.ts";

export interface Explained {
  moment: Moment;
  prepared: PreparedRules;
  selected: LinesByOffer;
  entries: readonly Entry[];
  plan: Plan;
  /** The cart before any offer. */
  start: State;
  /** What choosing one more coupon would take off the whole order. */
  gainOf: (coupon: CouponInHand, explained: Explained) => number;
}

/** Every offer of the rule set and every coupon in hand, with all reasons why it is not in the quote. */
export function candidatesOf(explained: Explained): Candidate[] {
  const { prepared, moment, entries, plan, selected } = explained;
  const amounts = new Map<Entry, number>();
  for (const { entry, trial } of plan.applied) amounts.set(entry, trial.total);
  const byCoupon = new Map<CouponInHand, Entry>();
  for (const entry of entries) if (entry.coupon) byCoupon.set(entry.coupon, entry);
  const candidates: Candidate[] = [];
  // Entries of offers stand in the order of the offers.
  const ofOffers = entries.filter((entry) => entry.coupon === null);
  let next = 0;
  const steady = steadyOf(prepared);
  for (let index = 0; index < prepared.offers.length; index++) {
    const rule = prepared.offers[index]!;
    const entry = ofOffers[next]?.rule === rule ? ofOffers[next++] : undefined;
    if (rule.trigger === "coupon") continue;
    const amount = entry && amounts.get(entry);
    candidates.push(amount === undefined ? refusedOffer(rule, entry, selected[index] ?? NO_LINES, explained, steady[index]!) : candidateOf(rule, amount));
  }
  for (const coupon of moment.snapshot.coupons) candidates.push(couponCandidate(coupon, byCoupon.get(coupon), explained, amounts));
  return candidates;
}

const NO_LINES: readonly number[] = [];

function candidateOf({ id, name }: CompiledOffer, amountFen?: Fen, coupon?: CouponInHand): Candidate {
  const applied = amountFen !== undefined;
  return { id: coupon?.id ?? id, kind: coupon ? "coupon" : "offer", offerId: id, name, applies: applied, applied, amountFen: amountFen ?? 0, reasons: [] };
}

/** A refusal without a distance that the cart decides: the same words until the clock makes them untrue. */
interface Steady {
  candidate: Candidate;
  from: Instant;
  until: Instant;
}

/** By what refuses: the code met at its turn, or the bits of REFUSALS and NO_ITEMS. */
type SteadyByCause = Map<ReasonCode | number, Steady>;

const NO_ITEMS = 1 << REFUSALS.length;
const STEADY_CODES: ReadonlySet<ReasonCode> = new Set(["group", "exclusive", "not-best", "nothing-left", "no-fee"]);
const steadyRefusals = new WeakMap<PreparedRules, SteadyByCause[]>();

/** Of most live offers there is always the same to say: one list for each offer of a rule set. */
function steadyOf(prepared: PreparedRules): SteadyByCause[] {
  let steady = steadyRefusals.get(prepared);
  if (!steady) steadyRefusals.set(prepared, steady = prepared.offers.map(() => new Map()));
  return steady;
}

function refusedOffer(rule: CompiledOffer, entry: Entry | undefined, lines: readonly number[], explained: Explained, steady: SteadyByCause): Candidate {
  const { moment, start } = explained;
  const refused = entry ? 0 : refusals(rule, moment) | (isTriggered(rule, moment) ? 0 : CODE_REQUIRED);
  const cause = entry ? entry.code : lines.length === 0 && !rule.items.all ? refused | NO_ITEMS : refused;
  const isSteady = cause !== null && (typeof cause === "number" || STEADY_CODES.has(cause)) && (hasOwnLack(rule, lines) || shortfalls(rule, lines, start).length === 0);
  const known = isSteady ? steady.get(cause) : undefined;
  if (known && moment.now >= known.from && moment.now < known.until) return known.candidate;
  const candidate = candidateOf(rule);
  let until: Instant = Infinity;
  for (const code of codesOf(refused)) {
    const missing = missingFor(code, rule, moment);
    candidate.reasons.push(reasonOf(code, missing));
    if (code === "weekday" || code === "time-slot") until = missing?.at ?? moment.now;
  }
  addShortfalls(candidate.reasons, rule, entry, lines, start);
  if (isSteady) steady.set(cause, { candidate: Object.freeze(candidate), from: moment.now, until });
  return candidate;
}

/** Without an item in the cart, an offer that looks at nothing else lacks what it asks for. */
function hasOwnLack(rule: CompiledOffer, lines: readonly number[]): boolean {
  return lines.length === 0 && !rule.items.all && !rule.thresholdOrder && rule.requires.length === 0;
}

function couponCandidate(coupon: CouponInHand, entry: Entry | undefined, explained: Explained, amounts: ReadonlyMap<Entry, number>): Candidate {
  const { moment } = explained;
  const rule = entry?.rule ?? compileOffer(coupon.offer);
  const amount = entry && amounts.get(entry);
  const candidate = candidateOf(rule, amount, coupon);
  if (amount !== undefined) return candidate;
  const codes = entry ? [] : [...couponRefusals(coupon, moment), ...codesOf(refusals(rule, moment))];
  const isChosen = moment.cart.couponIds.includes(coupon.id);
  if (!entry && isChosen && codes.length === 0) codes.push("per-order");
  for (const code of codes) candidate.reasons.push(reasonOf(code, missingFor(code, rule, moment, coupon)));
  addShortfalls(candidate.reasons, rule, entry, linesMatching(rule.items, moment.cart), explained.start);
  if (isChosen) return candidate;
  if (candidate.reasons.length === 0) candidate.amountFen = Math.max(0, explained.gainOf(coupon, explained));
  candidate.applies = candidate.amountFen > 0;
  candidate.reasons.push(reasonOf("not-chosen"));
  return candidate;
}

/** Every shortfall of the cart, and the reason met at the entry's turn. */
function addShortfalls(reasons: Reason[], rule: CompiledOffer, entry: Entry | undefined, lines: readonly number[], start: State): void {
  if (lines.length === 0 && !rule.items.all) reasons.push(reasonOf("no-items", itemsOf(rule)));
  const met = entry?.code ?? null;
  const shorts = shortfalls(rule, lines, start);
  for (let k = 0; k < shorts.length; k++) {
    const { code, lack } = shorts[k]!;
    if (code !== met) reasons.push(reasonOf(code, lackOf(code, lack, rule)));
  }
  if (met !== null && !reasons.some((reason) => reason.code === met)) reasons.push(reasonOf(met, lackOf(met, entry?.lack ?? 0, rule)));
}

/** Reasons without a distance are always the same: one value for each code. */
const plainReasons = new Map<ReasonCode, Reason>();

function reasonOf(code: ReasonCode, missing?: Missing): Reason {
  if (missing) return { code, message: reasonText(code, missing, "zh-CN"), missing };
  let reason = plainReasons.get(code);
  if (!reason) plainReasons.set(code, reason = Object.freeze({ code, message: reasonText(code, undefined, "zh-CN") }));
  return reason;
}

function lackOf(code: ReasonCode, lack: number, rule: CompiledOffer): Missing | undefined {
  if (code === "min-amount") return { amountFen: lack };
  if (code === "min-quantity") return { quantity: lack };
  if (code === "requires-items") return { quantity: lack, skus: rule.offer.requires?.flatMap((one) => one.items.skus ?? []) ?? [] };
  if (code === "item-not-in-cart") return rule.others[0]?.skus ? { quantity: 1, skus: [...rule.others[0].skus] } : { quantity: 1 };
  return undefined;
}

const missingItems = new WeakMap<CompiledOffer, Missing>();

function itemsOf(rule: CompiledOffer): Missing {
  let missing = missingItems.get(rule);
  if (!missing) missingItems.set(rule, missing = Object.freeze(listsOf(rule)));
  return missing;
}

function listsOf({ offer: { scope } }: CompiledOffer): Missing {
  return { ...(scope?.skus ? { skus: scope.skus } : {}), ...(scope?.categories ? { categories: scope.categories } : {}), ...(scope?.tags ? { tags: scope.tags } : {}) };
}

function missingFor(code: ReasonCode, rule: CompiledOffer, moment: Moment, coupon?: CouponInHand): Missing | undefined {
  switch (code) {
    case "not-started": return { at: "day" in rule.from! ? startOfDay(rule.from.day, moment.zone) : rule.from!.at };
    case "weekday": case "time-slot": return nextOpening(rule, moment);
    case "not-yet-valid": return coupon?.validFromAt != null ? { at: coupon.validFromAt } : undefined;
    case "tier": return { tierIds: rule.offer.scope?.tiers ?? [] };
    case "store": return { storeIds: rule.offer.scope?.stores ?? [] };
    case "channel": return { channels: rule.offer.scope?.channels ?? [] };
    default: return undefined;
  }
}

/** The next moment within a week at which weekday and time slot allow it. */
function nextOpening(rule: CompiledOffer, { time, zone }: Moment): Missing | undefined {
  for (let ahead = 0; ahead <= 7; ahead++) {
    const day = time.day + ahead;
    if (!(rule.weekdays >> weekdayOf(day) & 1)) continue;
    const minute = rule.slots === null ? (ahead > 0 ? 0 : undefined) : rule.slots.find((slot) => ahead > 0 || slot.from > time.minute)?.from;
    if (minute !== undefined) return { at: startOfDay(day, zone) + minute * 60_000 };
  }
  return undefined;
}
