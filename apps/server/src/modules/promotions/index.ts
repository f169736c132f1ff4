export { mergeStep } from "./merge.ts";
export { privacyStep } from "./privacy.ts";
export {
  couponsById, couponsInHand, couponUnknown, couponUnusable, giveBackCoupons, holdCoupons, inHand, lockCoupons, redeemCoupons,
  releaseCoupons, releaseWith, type Coupon,
} from "./coupon.ts";
export { currentRules, publishRules, rulesOfVersion } from "./rules.ts";
export { createTemplate, publishTemplate } from "./coupon-template.ts";
export { couponSection } from "./coupon-template.pack.ts";
export { isNamedInTerms, skusInTerms } from "./rules.ts";
export { changeOffer, createOffer } from "./offer.ts";
export type { OfferDefinition } from "./offer.definition.ts";
export { getOffer } from "./offer.view.ts";
export { draftSubject, subjectShape } from "./offer.subject.ts";
export { issueCoupons } from "./issue.ts";
export { issueIfLeft } from "./coupon-reward.ts";
export { voidCoupon } from "./coupon-ending.ts";
export { countUsable } from "./wallet.view.ts";
export { consoleRoutes } from "./console.routes.ts";
export { memberRoutes } from "./member.routes.ts";
export { openRoutes } from "./open.routes.ts";
export { subscribers } from "./subscribers.ts";
export { schedules } from "./schedules.ts";
export { couponRoutes } from "./coupon.routes.ts";
export { codeExporter, couponExporter } from "./exporters.ts";
export { tasks } from "./tasks.ts";
