import type { Subscriber } from "../../kernel/events.ts";
import type { Route } from "../../kernel/http/route.ts";
import type { Schedule } from "../../kernel/jobs.ts";

export {
  couponsById, couponsInHand, couponUnknown, couponUnusable, findCouponByCode, giveBackCoupons, holdCoupons, inHand, lockCoupons, redeemCoupons,
  releaseCoupons, type Coupon,
} from "./coupon.ts";
export { currentRules, publishRules, rulesOfVersion } from "./rules.ts";

export const consoleRoutes = (_parts: object): Route[] => [];
export const memberRoutes = (_parts: object): Route[] => [];
export const openRoutes = (_parts: object): Route[] => [];
export const subscribers: readonly Subscriber[] = [];
export const schedules: readonly Schedule[] = [];
