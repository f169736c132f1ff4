import { draftOf, type RuleDraft } from "./rule-editor/rule.ts";

export type Period = "day" | "week" | "month";

export interface CouponTemplate {
  id: string;
  name: string;
  kind: string;
  /** The rule as the offer engine computes it. */
  definition: Record<string, unknown>;
  validity: { kind: "days"; days: number } | { kind: "fixed"; from: string; until: string };
  stock: number | null;
  perMember: number | null;
  period: Period | null;
  perPeriod: number | null;
  periodStock: number | null;
  issued: number;
  redeemed: number;
  costFen: number;
  salesFen: number;
  isClaimable: boolean;
  isStackable: boolean;
  isGiftable: boolean;
  remindsBySms: boolean;
  returnPolicy: "lines" | "whole" | "never";
  graceDays: number;
  share: { maxClaims: number; days: number } | null;
  state: "draft" | "live" | "ended";
  sentence: string;
  sentenceEn: string;
  /** What is odd but allowed, as the server sees it. */
  warnings: { field: string; message: string }[];
}

export const channels = ["till", "h5", "mini-program", "takeaway", "pos", "retail"] as const;

/** Coupons of one group do not add up; the template says so by `isStackable`, and the editor need not. */
const couponGroup = "coupon";

/** A template's rule for the editor. */
export function ruleOf(template: CouponTemplate): RuleDraft {
  const draft = { ...draftOf(template.definition), trigger: "coupon" as const };
  return draft.stacking?.group === couponGroup ? { ...draft, stacking: { ...draft.stacking, group: null } } : draft;
}
