/** What becomes of coupons after they are issued. Kept with the template's version, as the terms are. */
export interface CouponPolicy {
  returns: "lines" | "whole" | "never";
  graceDays: number;
  isGiftable: boolean;
  remindsBySms: boolean;
}

const PLAIN: CouponPolicy = { returns: "lines", graceDays: 3, isGiftable: false, remindsBySms: false };

/** Templates that were made before there were policies say nothing. */
export const policyOf = (stored: Partial<CouponPolicy>): CouponPolicy => ({ ...PLAIN, ...stored });

export const isSamePolicy = (one: CouponPolicy, other: CouponPolicy): boolean =>
  one.returns === other.returns && one.graceDays === other.graceDays && one.isGiftable === other.isGiftable && one.remindsBySms === other.remindsBySms;
