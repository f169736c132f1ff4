import type { Birthday } from "../modules/customers/index.ts";
import type { BuiltInRole } from "../modules/org/index.ts";
import type { TemplateDraft } from "../modules/promotions/coupon-template.schema.ts";
import type { OfferBody } from "../modules/promotions/offer.schema.ts";

/** The last day of the story is the day on which it is told; day 0 is 90 days before. */
export const LAST_DAY = 90;

export interface StorePlan {
  code: string;
  name: string;
  region: string;
  city: string;
  address: string;
  phone: string;
  openingHours: string;
  /** How busy beside the others. */
  weight: number;
}

export interface StaffPlan {
  account: string;
  name: string;
  role: BuiltInRole;
  /** Code of the unit; headquarters when left out. */
  unit?: string;
}

/** sku, name, price in fen. The barcode is made of the sku. */
export type Dish = readonly [sku: string, name: string, priceFen: number];

export interface Category {
  name: string;
  dishes: readonly Dish[];
  /** How many of it a party of one, two, three … orders: each guest adds `each`, whatever the size `base`. */
  base: number;
  each: number;
}

export interface TierPlan {
  name: string;
  rank: number;
  spendFen: number | null;
  visits: number | null;
  pointsPercent: number;
  benefits: readonly string[];
  color: string;
}

export interface TopUpPlanPlan {
  name: string;
  principalFen: number;
  bonusFen: number;
}

/** One that the business line's pack brings as a draft. */
interface PackCoupon {
  key: CouponKey;
  body: { name: string };
  validity: null;
}

export type CouponKey = "spend" | "welcome" | "birthday" | "festival";
export interface CouponPlan {
  key: CouponKey;
  /** With fixed validity, days of the story stand in for dates. */
  body: Omit<TemplateDraft, "validity">;
  validity: { days: number } | { fromDay: number; untilDay: number };
}

/** Something that happens to one of the cast on a day of the story. */
export type Moment =
  | { kind: "visit"; day: number; party: number; pay?: "stored-value" | "points"; mark?: string }
  | { kind: "top-up"; day: number; plan: number }
  | { kind: "coupon"; day: number; coupon: CouponKey }
  | { kind: "void"; day: number; reason: string }
  | { kind: "hold"; day: number; party: number }
  | { kind: "return"; day: number; of: string; lines: "all" | 1; reason: string };

export interface CastMember {
  name: string;
  gender: "female" | "male";
  phone: string;
  /** "today": the month and day on which the story is told. */
  birthday?: Birthday | "today";
  /** Code of the home store. */
  store: string;
  /** Day of joining; negative is before the story. */
  joinedOn: number;
  tags: readonly string[];
  moments: readonly Moment[];
  /** Comes every so many days, with so many people. */
  every?: { days: number; party: number };
}

export interface BrandPlan {
  code: string;
  name: string;
  theme: { primary: string; logoText: string };
  admin: { account: string; name: string };
  stores: readonly StorePlan[];
  staff: readonly StaffPlan[];
  menu: readonly Category[];
  /** Its own; the pack brings others, of ranks that are missing. */
  tiers: readonly TierPlan[];
  topUpPlans: readonly TopUpPlanPlan[];
  coupons: readonly (CouponPlan | PackCoupon)[];
  offers: readonly OfferBody[];
  earnRules: readonly { name: string; multiplierPercent: number; weekdays: readonly number[] }[];
  pointsPercentOfOrder: number;
  cast: readonly CastMember[];
  /** Further guests, with names from `names.ts`. */
  guests: number;
  phonePrefix: string;
  /** Orders on an ordinary day, and how they spread over hours 0–23 and the days of the week from Sunday. */
  ordersADay: number;
  hours: readonly number[];
  weekdays: readonly number[];
  /** How many come together, as weights of 1, 2, 3 … */
  parties: readonly number[];
  channels: readonly { channel: "till" | "takeaway" | "mini-program"; weight: number }[];
}
