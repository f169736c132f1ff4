/** What promotions tells the others. The subject is the member, where there is one. */
export const COUPON_ISSUED = "promotions.coupon-issued";
export const COUPON_VOIDED = "promotions.coupon-voided";
export const COUPONS_EXPIRED = "promotions.coupons-expired";
export const RULES_PUBLISHED = "promotions.rules-published";

export interface CouponIssued {
  couponId: string;
  templateId: string;
  name: string;
  memberId: string;
  /** claimed: by the member; issued: by staff or an integrator */
  how: "claimed" | "issued";
  validUntil: string;
}

export interface CouponVoided {
  couponId: string;
  memberId: string | null;
  name: string;
  reason: string;
}

/** Bulk: one event a batch. */
export interface CouponsExpired {
  coupons: readonly { couponId: string; memberId: string | null }[];
}

export interface RulesPublished {
  version: number;
}
