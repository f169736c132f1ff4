import type { Wire } from './wire.ts';

export type Coupon = Wire['Coupon'];
export type ClaimableTemplate = Wire['ClaimableTemplate'];

/** What a coupon gives, shared by a coupon in hand and a template to claim. */
export type CouponTerms = Pick<Coupon, 'name' | 'kind' | 'amountFen' | 'percentOff' | 'capFen' | 'thresholdFen' | 'sentence' | 'sentenceEn'>;

/** Why something cannot be used, with the distance to success. */
export type Reason = Coupon['reasons'][number];

/** The lists that a member's coupons are shown in. */
export type CouponState = Exclude<Coupon['state'], 'void' | 'given'>;

/** How a coupon reaches a friend: this very one, or one of the friend's own by a link. */
export type LinkWay = 'gift' | 'share';

/** What a link gives, as whoever holds it sees it. Only a gift has words with it. */
export type CouponLink = Omit<Wire['CouponGift'] | Wire['CouponShare'], 'message'> & { message?: string };
