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

/** Whether place, time, person and limits allow an offer. With `found`, every reason against it is collected; without, the first ends it. */
export function isOpen(rule: CompiledOffer, moment: Moment, found: ReasonCode[] | null): boolean {
  if (!rule.restricted) return true;
  const { cart, now, time } = moment;
  let open = true;
  const refuse = (code: ReasonCode): boolean => {
    open = false;
    found?.push(code);
    return found === null;
  };
  if (rule.from !== null && isBefore(rule.from, now, time) && refuse("not-started")) return false;
  if (rule.until !== null && isPast(rule.until, now, time) && refuse("ended")) return false;
  if (rule.timed && !allows(rule.weekdays, rule.slots, time) && refuse(allows(rule.weekdays, null, time) ? "time-slot" : "weekday")) return false;
  if (rule.stores !== null && !rule.stores.has(cart.storeId) && refuse("store")) return false;
  if (rule.channels !== null && !rule.channels.has(cart.channel) && refuse("channel")) return false;
  if (!isOpenToMember(rule, moment, refuse)) return false;
  if (rule.total !== Infinity && (moment.snapshot.usedInTotal?.[rule.offer.id] ?? 0) >= rule.total && refuse("used-up")) return false;
  return open;
}

function isOpenToMember(rule: CompiledOffer, { snapshot }: Moment, refuse: (code: ReasonCode) => boolean): boolean {
  const { member } = snapshot;
  const isPersonal = rule.tiers !== null || rule.segments !== null || rule.firstOrder || rule.perMember !== Infinity;
  if (!isPersonal) return true;
  if (member === null) return !refuse("member-required");
  if (rule.tiers !== null && !(member.tierId !== null && rule.tiers.has(member.tierId)) && refuse("tier")) return false;
  if (rule.segments !== null && !member.segments.some((segment) => rule.segments!.has(segment)) && refuse("segment")) return false;
  if (rule.firstOrder && !member.firstOrder && refuse("first-order")) return false;
  return !((snapshot.usedByMember?.[rule.offer.id] ?? 0) >= rule.perMember && refuse("used-by-member"));
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
