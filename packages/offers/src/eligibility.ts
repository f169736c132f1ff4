import type { Cart, CouponInHand, Instant, Snapshot } from "./cart.ts";
import { allows } from "./clock.ts";
import type { Edge, LocalTime } from "./clock.ts";
import type { CompiledOffer } from "./prepare.ts";
import type { ReasonCode } from "./reason.ts";

/** Everything about one evaluation that is not the goods. */
export interface Moment {
  cart: Cart;
  snapshot: Snapshot;
  now: Instant;
  time: LocalTime;
  zone: string;
  exactCodes: boolean;
  /** Codes typed in; normalised unless exact. */
  codes: readonly string[];
}

/** Why place, time, person or limits refuse an offer, in the order in which people are told. */
export const REFUSALS = [
  "not-started", "ended", "time-slot", "weekday", "store", "channel", "member-required", "tier", "segment", "first-order", "used-by-member", "used-up", "code-required",
] as const satisfies readonly ReasonCode[];

const bitOf = Object.fromEntries(REFUSALS.map((code, bit) => [code, 1 << bit])) as Readonly<Record<typeof REFUSALS[number], number>>;

/** The bit of an offer whose code was not typed in. */
export const CODE_REQUIRED = bitOf["code-required"];

/** The codes of some bits, in the order of REFUSALS. */
export function codesOf(bits: number): ReasonCode[] {
  return bits === 0 ? [] : REFUSALS.filter((_, bit) => bits >> bit & 1);
}

/** Whether place, time, person and limits allow an offer. */
export function isOpen(rule: CompiledOffer, moment: Moment): boolean {
  return !rule.restricted || refusals(rule, moment) === 0;
}

/** Everything of place, time, person and limits that refuses an offer: one bit for each of REFUSALS. Numbers, because a quote asks this of hundreds of offers. */
export function refusals(rule: CompiledOffer, moment: Moment): number {
  if (!rule.restricted) return 0;
  const { cart, now, time } = moment;
  let found = 0;
  if (rule.from !== null && isBefore(rule.from, now, time)) found |= bitOf["not-started"];
  if (rule.until !== null && isPast(rule.until, now, time)) found |= bitOf.ended;
  if (rule.timed && !allows(rule.weekdays, rule.slots, time)) found |= allows(rule.weekdays, null, time) ? bitOf["time-slot"] : bitOf.weekday;
  if (rule.stores !== null && !rule.stores.has(cart.storeId)) found |= bitOf.store;
  if (rule.channels !== null && !rule.channels.has(cart.channel)) found |= bitOf.channel;
  if (rule.total !== Infinity && (moment.snapshot.usedInTotal?.[rule.id] ?? 0) >= rule.total) found |= bitOf["used-up"];
  return rule.personal ? found | personalRefusals(rule, moment) : found;
}

function personalRefusals(rule: CompiledOffer, { snapshot }: Moment): number {
  const { member } = snapshot;
  if (member === null) return bitOf["member-required"];
  let found = 0;
  if (rule.tiers !== null && !(member.tierId !== null && rule.tiers.has(member.tierId))) found |= bitOf.tier;
  if (rule.segments !== null && !member.segments.some((segment) => rule.segments!.has(segment))) found |= bitOf.segment;
  if (rule.firstOrder && !member.firstOrder) found |= bitOf["first-order"];
  if (rule.perMember !== Infinity && (snapshot.usedByMember?.[rule.id] ?? 0) >= rule.perMember) found |= bitOf["used-by-member"];
  return found;
}

function isBefore(from: Edge, now: Instant, time: LocalTime): boolean {
  return "day" in from ? time.day < from.day : now < from.at;
}

function isPast(until: Edge, now: Instant, time: LocalTime): boolean {
  return "day" in until ? time.day > until.day : now >= until.at;
}

/** Why a coupon cannot be used, whoever chooses it; empty when it can. */
export function couponRefusals(coupon: CouponInHand, { snapshot, now }: Moment): ReasonCode[] {
  const found: ReasonCode[] = [];
  if (coupon.state !== "issued") found.push(coupon.state);
  if (coupon.memberId != null && coupon.memberId !== snapshot.member?.id) found.push("not-owner");
  if (coupon.validFromAt !== null && now < coupon.validFromAt) found.push("not-yet-valid");
  if (coupon.validUntilAt !== null && now >= coupon.validUntilAt && coupon.state !== "expired") found.push("expired");
  return found;
}

export function hasCode(rule: CompiledOffer, { codes, exactCodes }: Moment): boolean {
  for (const code of exactCodes ? rule.exactCodes : rule.codes) if (codes.includes(code)) return true;
  return false;
}
