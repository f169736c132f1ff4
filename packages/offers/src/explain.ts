import { shortfalls } from "./attempt.ts";
import { weekdayOf, startOfDay } from "./clock.ts";
import type { CouponInHand } from "./cart.ts";
import { couponRefusals, isOpen } from "./eligibility.ts";
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
  const { prepared, moment, entries, plan } = explained;
  const amounts = new Map<Entry, number>();
  for (const { entry, trial } of plan.applied) amounts.set(entry, trial.total);
  const byCoupon = new Map<CouponInHand, Entry>();
  for (const entry of entries) if (entry.coupon) byCoupon.set(entry.coupon, entry);
  const candidates: Candidate[] = [];
  // Entries of offers stand in the order of the offers.
  const ofOffers = entries.filter((entry) => entry.coupon === null);
  let next = 0;
  prepared.offers.forEach((rule, index) => {
    const entry = ofOffers[next]?.rule === rule ? ofOffers[next++] : undefined;
    if (rule.offer.trigger === "coupon") return;
    const lines = explained.selected[index];
    candidates.push(lines === undefined && isAlwaysThere(rule) ? absentCandidate(rule, explained) : offerCandidate(rule, entry, lines ?? NO_LINES, explained, amounts));
  });
  for (const coupon of moment.snapshot.coupons) candidates.push(couponCandidate(coupon, byCoupon.get(coupon), explained, amounts));
  return candidates;
}

const NO_LINES: readonly number[] = [];

/** For anybody, anywhere, at any time, and looking at nothing but its own items. */
function isAlwaysThere(rule: CompiledOffer): boolean {
  return !rule.restricted && rule.offer.trigger === "auto" && !rule.thresholdOrder && rule.requires.length === 0;
}

const absentCandidates = new WeakMap<CompiledOffer, Candidate>();

/** Of most live offers a cart has no item, and then there is always the same to say. */
function absentCandidate(rule: CompiledOffer, explained: Explained): Candidate {
  let candidate = absentCandidates.get(rule);
  if (!candidate) absentCandidates.set(rule, candidate = Object.freeze(offerCandidate(rule, undefined, NO_LINES, explained, new Map())));
  return candidate;
}

function offerCandidate(rule: CompiledOffer, entry: Entry | undefined, lines: readonly number[], explained: Explained, amounts: ReadonlyMap<Entry, number>): Candidate {
  const { offer } = rule;
  const amount = entry && amounts.get(entry);
  const candidate: Candidate = { id: offer.id, kind: "offer", offerId: offer.id, name: offer.name, applies: amount !== undefined, applied: amount !== undefined, amountFen: amount ?? 0, reasons: [] };
  if (amount !== undefined) return candidate;
  if (entry) {
    addShortfalls(candidate.reasons, rule, entry, lines, explained.start);
    return candidate;
  }
  const codes: ReasonCode[] = [];
  isOpen(rule, explained.moment, codes);
  if (rule.offer.trigger !== "auto" && !isTriggered(rule, explained.moment)) codes.push("code-required");
  for (let k = 0; k < codes.length; k++) candidate.reasons.push(reasonOf(codes[k]!, missingFor(codes[k]!, rule, explained.moment)));
  addShortfalls(candidate.reasons, rule, undefined, lines, explained.start);
  return candidate;
}

function couponCandidate(coupon: CouponInHand, entry: Entry | undefined, explained: Explained, amounts: ReadonlyMap<Entry, number>): Candidate {
  const { moment } = explained;
  const rule = entry?.rule ?? compileOffer(coupon.offer);
  const amount = entry && amounts.get(entry);
  const candidate: Candidate = { id: coupon.id, kind: "coupon", offerId: coupon.offer.id, name: coupon.offer.name, applies: amount !== undefined, applied: amount !== undefined, amountFen: amount ?? 0, reasons: [] };
  if (amount !== undefined) return candidate;
  const codes = entry ? [] : couponRefusals(coupon, moment);
  if (!entry) isOpen(rule, moment, codes);
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
  const shorts = shortfalls({ rule, lines }, start);
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
