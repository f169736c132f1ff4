/** What promotions tells the others. The subject is the member, where there is one. */
export const COUPON_ISSUED = "promotions.coupon-issued";
export const COUPON_VOIDED = "promotions.coupon-voided";
export const COUPONS_EXPIRED = "promotions.coupons-expired";
export const COUPON_GIVEN = "promotions.coupon-given";
export const COUPONS_EXPIRING = "promotions.coupons-expiring";
export const PUSH_ENDED = "promotions.push-ended";
export const RULES_PUBLISHED = "promotions.rules-published";

export interface CouponIssued {
  couponId: string;
  templateId: string;
  name: string;
  memberId: string;
  /** claimed: by the member; issued: by staff or an integrator; order, joined: by a rule; share: by a friend's link */
  how: "claimed" | "issued" | "order" | "joined" | "share";
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

/** A push has gone through its audience, or ended early. Its members are not told one by one. */
export interface PushEnded {
  pushId: string;
  templateId: string;
  name: string;
  state: "done" | "failed";
  issued: number;
  refused: number;
  /** Who began it, as histories name them. */
  by: string;
}

/** A coupon changed hands. Subject: who has it now. */
export interface CouponGiven {
  couponId: string;
  name: string;
  fromMemberId: string;
  toMemberId: string;
}

/** Three days before the end; one event a batch. */
export interface CouponsExpiring {
  coupons: readonly { couponId: string; memberId: string; name: string; validUntil: string }[];
}
