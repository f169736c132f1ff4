import type { Cart, CouponInHand, Fen, Instant, Member, Snapshot } from "./cart.ts";
import { edgeOf, localTime, slotOf, startOfDay, weekdayOf } from "./clock.ts";
import { evaluate } from "./evaluate.ts";
import { cartOf } from "./example-cart.ts";
import type { ExampleItem, Goods } from "./example-cart.ts";
import { goodsPoints } from "./example-goods.ts";
import type { Offer } from "./offer.ts";
import type { Quote } from "./quote.ts";
import type { Reason } from "./reason.ts";

/** What an example turns: the goods, or who, where and when. */
export type ExampleAbout = "amount" | "quantity" | "cap" | "requires" | "sample" | "slot" | "date" | "weekday" | "channel" | "store" | "tier" | "segment" | "first-order" | "guest";

/** One row of the table beside a rule: a cart on one side of a border of the rule, and what the engine makes of it. */
export interface Example {
  about: ExampleAbout;
  place: "below" | "at" | "above";
  cart: Cart;
  member: Member | null;
  at: Instant;
  quote: Quote;
  /** What this rule takes off; 0 for gifts and coupons. */
  offFen: Fen;
  /** Why it gives nothing; empty when it applies. */
  reasons: readonly Reason[];
}

export interface ExampleSetting {
  zone: string;
  now: Instant;
  /** A product as the shop sells it; examples of unknown products name their SKU. */
  itemOf?: ((sku: string) => ExampleItem | undefined) | undefined;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const DAYS_AHEAD = 400;
const NOON = 720;
const OTHER = "example-other";
const COUPON = "example-coupon";
/** Of a rule with many edges the first rows say enough. */
const MAX_EXAMPLES = 24;

/**
 * What a rule does just below, at and just above each of its borders, found by running the engine: nothing here knows what a
 * discount is. Throws RangeError for definitions that the engine cannot read.
 */
export function examplesOf(offer: Offer, setting: ExampleSetting): Example[] {
  const usual = usualOf(offer, setting);
  const points = goodsPoints(offer);
  const best = points.filter((one) => one.place !== "below").at(-1) ?? points[0]!;
  const run = (goods: Goods, change: Partial<Usual>, { about, place }: Pick<Example, "about" | "place">) =>
    exampleOf(offer, { ...usual, ...change }, cartOf(offer, goods, setting.itemOf), { about, place }, setting.zone);
  return [
    ...points.map((point) => run(point, {}, point)),
    ...(offer.requires?.length ? requiredPoints.map(({ place, ...goods }) => run({ ...best, ...goods }, {}, { about: "requires", place })) : []),
    ...borders(offer, usual, setting.zone).map(({ about, place, ...change }) => run(best, change, { about, place })),
  ].slice(0, MAX_EXAMPLES);
}

const requiredPoints = [{ place: "below", required: -1 }, { place: "at" }, { place: "above", required: 1 }] as const;

/** Who, where and when, with everything as the rule wants it. */
interface Usual {
  at: Instant;
  storeId: string;
  channel: string;
  member: Member | null;
}

function usualOf({ scope }: Offer, { zone, now }: ExampleSetting): Usual {
  return {
    at: goodMoment(scope, zone, now),
    storeId: scope?.stores?.[0] ?? OTHER, channel: scope?.channels?.[0] ?? "till",
    member: { id: "example", tierId: scope?.tiers?.[0] ?? null, segments: scope?.segments ?? [], firstOrder: true },
  };
}

/** The first moment from now on at which weekday, slot and dates allow the rule; noon of a day where no slot says otherwise. */
function goodMoment(scope: Offer["scope"], zone: string, now: Instant): Instant {
  const from = scope?.from ? edgeOf(scope.from) : null;
  const until = scope?.until ? edgeOf(scope.until) : null;
  const begin = from === null ? now : Math.max(now, "day" in from ? startOfDay(from.day, zone) : from.at);
  const first = localTime(begin, zone).day;
  for (let day = first; day <= first + DAYS_AHEAD; day++) {
    if (scope?.weekdays?.length && !scope.weekdays.includes(weekdayOf(day))) continue;
    for (const minute of scope?.timeSlots?.length ? scope.timeSlots.map((slot) => slotOf(slot).from) : [NOON]) {
      const at = startOfDay(day, zone) + minute * MINUTE;
      const isOpen = at >= begin && (until === null || ("day" in until ? day <= until.day : at < until.at));
      if (isOpen) return at;
    }
  }
  return begin;
}

type Border = Pick<Example, "about" | "place"> & Partial<Usual>;

function borders(offer: Offer, usual: Usual, zone: string): Border[] {
  return [...timeBorders(offer.scope, usual, zone), ...placeBorders(offer.scope), ...memberBorders(offer, usual.member!)];
}

function timeBorders(scope: Offer["scope"], { at }: Usual, zone: string): Border[] {
  const found: Border[] = [];
  const slot = scope?.timeSlots?.[0];
  if (slot) {
    const { from, until } = slotOf(slot);
    const midnight = startOfDay(localTime(at, zone).day, zone);
    const end = midnight + until * MINUTE + (until <= from ? DAY : 0);
    found.push({ about: "slot", place: "below", at: midnight + (from - 1) * MINUTE }, { about: "slot", place: "at", at: end - MINUTE }, { about: "slot", place: "above", at: end });
  }
  if (scope?.weekdays?.length) {
    const closed = Array.from({ length: 7 }, (_, ahead) => at + (ahead + 1) * DAY).find((other) => !scope.weekdays!.includes(localTime(other, zone).weekday));
    if (closed !== undefined) found.push({ about: "weekday", place: "below", at: closed });
  }
  if (scope?.from) found.push({ about: "date", place: "below", at: edgeAt(scope.from, zone, 0) - MINUTE });
  if (scope?.until) found.push({ about: "date", place: "above", at: edgeAt(scope.until, zone, 1) });
  return found;
}

/** The instant at which a day begins (`ahead` days later), or the instant itself. */
function edgeAt(text: string, zone: string, ahead: number): Instant {
  const edge = edgeOf(text);
  return "day" in edge ? startOfDay(edge.day + ahead, zone) : edge.at;
}

function placeBorders(scope: Offer["scope"]): Border[] {
  return [
    ...(scope?.channels?.length ? [{ about: "channel", place: "below", channel: OTHER } as const] : []),
    ...(scope?.stores?.length ? [{ about: "store", place: "below", storeId: OTHER } as const] : []),
  ];
}

function memberBorders({ scope, limits }: Offer, member: Member): Border[] {
  return [
    ...(scope?.tiers?.length ? [{ about: "tier", place: "below", member: { ...member, tierId: null } } as const] : []),
    ...(scope?.segments?.length ? [{ about: "segment", place: "below", member: { ...member, segments: [] } } as const] : []),
    ...(scope?.firstOrder ? [{ about: "first-order", place: "below", member: { ...member, firstOrder: false } } as const] : []),
    ...(limits?.perMember != null && !scope?.tiers?.length && !scope?.firstOrder ? [{ about: "guest", place: "below", member: null } as const] : []),
  ];
}

function exampleOf(offer: Offer, usual: Usual, cart: Cart, { about, place }: Pick<Example, "about" | "place">, zone: string): Example {
  const coupon: CouponInHand = { id: COUPON, offer, state: "issued", validFromAt: null, validUntilAt: null };
  const isCoupon = offer.trigger === "coupon";
  const placed: Cart = {
    ...cart, channel: usual.channel, storeId: usual.storeId,
    couponIds: isCoupon ? [COUPON] : [], codes: offer.trigger === "code" ? (offer.codes ?? []).slice(0, 1) : [],
  };
  const snapshot: Snapshot = { member: usual.member, coupons: isCoupon ? [coupon] : [] };
  const quote = evaluate(placed, snapshot, { version: 0, mode: "pipeline", zone, offers: isCoupon ? [] : [offer] }, usual.at);
  const effect = quote.effects.find((one) => one.offerId === offer.id);
  const candidate = quote.candidates.find((one) => one.offerId === offer.id);
  return { about, place, cart: placed, member: usual.member, at: usual.at, quote, offFen: effect?.amountFen ?? 0, reasons: candidate?.reasons ?? [] };
}
