import type { Fen } from "./cart.ts";

/** Absent, null and undefined mean the same in a stored definition. */
export type Maybe<T> = T | null | undefined;

/** The stage at which an offer is computed. Stages run in this order: later ones see what earlier ones left. */
export type Level = "line" | "category" | "order" | "delivery";

/** "auto" needs nothing, "code" one of `codes` typed in, "coupon" a coupon in hand that was chosen. */
export type Trigger = "auto" | "code" | "coupon";

/** Which items: everything when all lists are absent; lists are joined by "or", exclusions win. An empty list selects nothing. */
export interface ItemSelector {
  skus?: Maybe<readonly string[]>;
  categories?: Maybe<readonly string[]>;
  tags?: Maybe<readonly string[]>;
  excludeSkus?: Maybe<readonly string[]>;
  excludeCategories?: Maybe<readonly string[]>;
  excludeTags?: Maybe<readonly string[]>;
  /** Only lines of at least so many units. */
  minLineQuantity?: Maybe<number>;
  /** Only lines that no offer has touched yet. */
  undiscountedOnly?: Maybe<boolean>;
}

/** Where, when and for whom; absent means anywhere, any time, anyone. */
export interface Audience {
  stores?: Maybe<readonly string[]>;
  channels?: Maybe<readonly string[]>;
  tiers?: Maybe<readonly string[]>;
  segments?: Maybe<readonly string[]>;
  /** ISO weekdays, Monday = 1 … Sunday = 7, in the rule set's zone. */
  weekdays?: Maybe<readonly number[]>;
  /** Wall clock in the rule set's zone; `until` exclusive; may cross midnight (then the weekday is that of the start). */
  timeSlots?: Maybe<readonly TimeSlot[]>;
  /** A day "2026-11-21" (whole day, inclusive) or an RFC 3339 instant (inclusive). */
  from?: Maybe<string>;
  /** A day "2026-11-30" (whole day, inclusive) or an RFC 3339 instant (exclusive). */
  until?: Maybe<string>;
  firstOrder?: Maybe<boolean>;
}

export interface TimeSlot {
  from: string;
  until: string;
}

export interface Scope extends ItemSelector, Audience {}

/** Inclusive: exactly the amount is enough. */
export interface Threshold {
  amountFen?: Maybe<Fen>;
  quantity?: Maybe<number>;
  /** "remaining" (default): after the offers applied before this one. "gross": before any discount. Fees never count. */
  basis?: Maybe<"remaining" | "gross">;
  /** "items" (default): the items in scope. "order": all items. */
  of?: Maybe<"items" | "order">;
}

/** Another condition on the cart: so many units, or so much, of these items. */
export interface Requirement {
  items: ItemSelector;
  quantity?: Maybe<number>;
  amountFen?: Maybe<Fen>;
}

export interface Stacking {
  /** Of one group only the best for the member applies; ties to the earlier. */
  group?: Maybe<string>;
  /** Alone or not at all: it is compared with everything else together and the better side applies. */
  exclusive?: Maybe<boolean>;
  /** False: does not combine with other non-stackable offers of its level; at level "line" the best is taken line by line. Offers of a group are left to their group. */
  stackable?: Maybe<boolean>;
}

export interface Limits {
  perMember?: Maybe<number>;
  total?: Maybe<number>;
  /** Coupons of this offer in one order; 1 when absent. */
  perOrder?: Maybe<number>;
}

export interface OfferBase {
  id: string;
  name: string;
  trigger: Trigger;
  level: Level;
  codes?: Maybe<readonly string[]>;
  threshold?: Maybe<Threshold>;
  requires?: Maybe<readonly Requirement[]>;
  scope?: Maybe<Scope>;
  /** The most this offer takes off in one order. */
  capFen?: Maybe<Fen>;
  stacking?: Maybe<Stacking>;
  limits?: Maybe<Limits>;
  /** Within a level the higher number goes first; then the narrower scope; coupons after the rest; then the id. */
  priority?: Maybe<number>;
}

/** 满减、立减. `per` "selection" (default): once, spread over the items; "line": once on each line; "unit": on every unit. */
export interface AmountOff extends OfferBase {
  kind: "amount-off";
  amountFen: Fen;
  per?: Maybe<"selection" | "line" | "unit">;
  /** With per "unit": units of each line that count. */
  maxUnits?: Maybe<number>;
  /** 每满减: again for every full threshold, at most so many times; absent = once. */
  maxTimes?: Maybe<number>;
}

/** 折扣. 20 = 20 % off = 八折; up to two decimals. Level "line" rounds on each line, other levels on the sum. */
export interface PercentOff extends OfferBase {
  kind: "percent-off";
  percentOff: number;
  /** Units of each line that count. */
  maxUnits?: Maybe<number>;
}

/** 换购、兑换: units of `get` that are in the cart, for `priceFen` each (0 = free). */
export interface Exchange extends OfferBase {
  kind: "exchange";
  get: ItemSelector;
  priceFen: Fen;
  /** Units in one order; 1 when absent. */
  quantity?: Maybe<number>;
}

/** 会员价: the unit price of each sku for those in scope; never raises a price. */
export interface MemberPrice extends OfferBase {
  kind: "member-price";
  prices: readonly { sku: string; priceFen: Fen }[];
}

/** 最低价/最高价一件优惠: the cheapest or dearest units in scope. */
export interface UnitOff extends OfferBase {
  kind: "unit-off";
  pick: "cheapest" | "dearest";
  /** How many units; 1 when absent. */
  units?: Maybe<number>;
  percentOff?: Maybe<number>;
  amountFen?: Maybe<Fen>;
}

/** 买赠、第二件半价: for every `buyQuantity` of `scope`, `getQuantity` of `get` (absent: the same items) are cheaper. A unit counts once. */
export interface BuyGet extends OfferBase {
  kind: "buy-get";
  buyQuantity: number;
  getQuantity: number;
  get?: Maybe<ItemSelector>;
  /** 100 = free (default), 50 = half price. */
  percentOff?: Maybe<number>;
  /** The discount of the whole offer on one unit at most. */
  pick?: Maybe<"cheapest" | "dearest">;
  /** Times in one order; absent = as often as it fits. */
  maxTimes?: Maybe<number>;
  /** Units that can be given must all be there (default false: as many as are there). */
  whole?: Maybe<boolean>;
}

/** 赠品: units beyond the cart, at no charge; for every `everyQuantity` bought, or once. */
export interface Gift extends OfferBase {
  kind: "gift";
  gifts: readonly GiftItem[];
  everyQuantity?: Maybe<number>;
  maxTimes?: Maybe<number>;
}

export interface GiftItem {
  sku: string;
  name: string;
  quantity: number;
}

/** 套餐价、任选 N 件: one unit set of all parts for `priceFen`. */
export interface BundlePrice extends OfferBase {
  kind: "bundle-price";
  parts: readonly { items: ItemSelector; quantity: number }[];
  priceFen: Fen;
  maxTimes?: Maybe<number>;
}

/** 阶梯满减: the highest step reached counts, alone. Basis and items as in `threshold`. */
export interface Ladder extends OfferBase {
  kind: "ladder";
  steps: readonly LadderStep[];
}

export interface LadderStep {
  atAmountFen?: Maybe<Fen>;
  atQuantity?: Maybe<number>;
  amountFen?: Maybe<Fen>;
  percentOff?: Maybe<number>;
}

/** 配送费优惠: on fees of these kinds (default delivery). Percent 100 = free. */
export interface DeliveryFeeOff extends OfferBase {
  kind: "delivery-fee-off";
  feeKinds?: Maybe<readonly string[]>;
  percentOff?: Maybe<number>;
  amountFen?: Maybe<Fen>;
}

/** 下单返券: coupons issued when the order is paid; never usable on this order. */
export interface NextOrderCoupon extends OfferBase {
  kind: "next-order-coupon";
  templateId: string;
  count?: Maybe<number>;
}

/** The stored definition of an offer (jsonb). */
export type Offer =
  | AmountOff | PercentOff | Exchange | MemberPrice | UnitOff | BuyGet
  | Gift | BundlePrice | Ladder | DeliveryFeeOff | NextOrderCoupon;

export type OfferKind = Offer["kind"];

/** "pipeline": levels, then priority. "list": as listed, coupons last. "best": what leaves the least to pay. */
export type Mode = "pipeline" | "list" | "best";

/** One immutable version of a merchant's rules. */
export interface RuleSet {
  version: number;
  mode: Mode;
  /** Offers of triggers "auto" and "code"; coupons bring their own. */
  offers: readonly Offer[];
  /** IANA zone of weekdays, time slots and days, e.g. "Asia/Shanghai". */
  zone: string;
  /** Default false: codes are compared without case and blanks. */
  exactCodes?: Maybe<boolean>;
  /** The staff's order discount comes on top of offers (default), or no offer applies while there is one. */
  manual?: Maybe<"on-top" | "instead">;
}
