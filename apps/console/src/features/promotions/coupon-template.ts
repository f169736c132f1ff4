import type { ConsoleSchemas } from "@shuke/api";
import { draftOf, type RuleDraft } from "./rule-editor/rule.ts";

export type CouponTemplate = ConsoleSchemas["CouponTemplate"];

export const channels = ["till", "h5", "mini-program", "takeaway", "pos", "retail"] as const;

/** Coupons of one group do not add up; the template says so by `isStackable`, and the editor need not. */
const couponGroup = "coupon";

/** A template's rule for the editor. */
export function ruleOf(template: CouponTemplate): RuleDraft {
  const draft = { ...draftOf(template.definition), trigger: "coupon" as const };
  return draft.stacking?.group === couponGroup ? { ...draft, stacking: { ...draft.stacking, group: null } } : draft;
}
