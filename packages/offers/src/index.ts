export type { Cart, CartLine, CouponInHand, CouponState, Fee, Fen, Instant, Member, Snapshot } from "./cart.ts";
export type {
  AmountOff, Audience, BundlePrice, BuyGet, DeliveryFeeOff, Exchange, Gift, GiftItem, ItemSelector, Ladder, LadderStep, Level, Limits,
  MemberPrice, Mode, NextOrderCoupon, Offer, OfferKind, PercentOff, Requirement, RuleSet, Scope, Stacking, Threshold, TimeSlot, Trigger, UnitOff,
} from "./offer.ts";
export type { Candidate, Certificate, Effect, Proof, Quote, QuoteFee, QuoteLine } from "./quote.ts";
export type { Language, Missing, Reason, ReasonCode } from "./reason.ts";
export type { EarnContext, Earned, EarnLine, EarnMember, EarnProgram } from "./points.ts";
export type { EarnRule, EarnSource } from "./earn-rule.ts";
export type { PreparedRules } from "./prepare.ts";
export type { EvaluateOptions } from "./evaluate.ts";
export { evaluate } from "./evaluate.ts";
export { prepare } from "./prepare.ts";
export { allocate, share } from "./money.ts";
export { returnShare, splitTenders } from "./tenders.ts";
export { earnPoints } from "./points.ts";
export { canonical, hashOf } from "./hash.ts";
export { reasonText } from "./reason.ts";
export { localTime } from "./clock.ts";
export { verifyQuote } from "./verify.ts";
export type { Verdict } from "./verify.ts";
export { chooseCoupons } from "./choose.ts";
export { sentence } from "./sentence.ts";
export type { NameOf } from "./sentence.ts";
export { drawPrepaid, withdrawalQuote } from "./prepaid.ts";
export type {
  CountCardHeld, PeriodCardHeld, PrepaidHeld, PrepaidLot, PrepaidOrder, StoredValueHeld, WithdrawalCause, WithdrawalQuote, WithdrawalTerms,
} from "./prepaid.ts";
export { examplesOf } from "./examples.ts";
export type { Example, ExampleAbout, ExampleSetting } from "./examples.ts";
export type { ExampleItem } from "./example-cart.ts";
export { splitBill } from "./split-bill.ts";
export type { OfflineClaims } from "./offline-claims.ts";
export type { BillExtras, BillPart, BillShare, SplitLine } from "./split-bill.ts";
export { lunarBirthdayOn, lunarMonths, lunarOf } from "./lunar.ts";
export type { LunarDay, LunarHabits, LunarMonth } from "./lunar.ts";
export { check, checkAll } from "./check.ts";
export type { Conflict, ConflictCode, ConflictOfOffer } from "./check.ts";
