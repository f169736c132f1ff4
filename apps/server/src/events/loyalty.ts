/** What loyalty tells the others. The subject is the member. */
export const POINTS_ADJUSTED = "loyalty.points-adjusted";
export const POINTS_EARNED = "loyalty.points-earned";
export const POINTS_EXPIRING = "loyalty.points-expiring";
export const POINTS_FROZEN = "loyalty.points-frozen";
export const POINTS_UNFROZEN = "loyalty.points-unfrozen";
export const POINTS_TRANSFERRED = "loyalty.points-transferred";
export const TIER_CHANGED = "loyalty.tier-changed";
export const TIER_ENDING = "loyalty.tier-ending";
export const LIFE_STAGE_CHANGED = "loyalty.life-stage-changed";

export interface PointsAdjusted {
  memberId: string;
  /** signed */
  points: number;
  /** what can be spent afterwards */
  active: number;
  reason: string;
}

/** By something else than an order. */
export interface PointsEarned {
  memberId: string;
  points: number;
  source: "top-up" | "review" | "referral" | "check-in" | "activity";
  /** The top-up, the review, … */
  reference: string;
}

/** So many days before they end; said once. */
export interface PointsExpiring {
  memberId: string;
  points: number;
  /** the last good day */
  on: string;
  days: number;
}

/** The same for freezing and unfreezing. */
export interface PointsFrozen {
  memberId: string;
  points: number;
  reason: string;
}

/** Told to both: the subject's side is the sign of `points`. */
export interface PointsTransferred {
  memberId: string;
  otherMemberId: string;
  /** signed */
  points: number;
  transferId: string;
}

export interface TierChanged {
  memberId: string;
  fromTierId: string | null;
  toTierId: string | null;
  from: string | null;
  to: string | null;
  /** upgrade, downgrade, grant, revoke */
  reason: string;
}

/** The term ends soon and the member would go down: said once a term. */
export interface TierEnding {
  memberId: string;
  tier: string;
  /** null: no tier */
  to: string | null;
  /** the last good day, grace included */
  on: string;
  missing: { spendFen?: number; visits?: number; growth?: number };
}

/** Aware, first, repeat, loyal, dormant, lost. */
export interface LifeStageChanged {
  memberId: string;
  /** null: nobody had looked before */
  from: string | null;
  to: string;
  /** order, sign (of interest), time, recount (the rules were changed), merge, return (a merge was undone) */
  reason: string;
}

export const REDEMPTION_MADE = "loyalty.redemption-made";
export const REDEMPTION_ENDED = "loyalty.redemption-ended";
export const BENEFIT_GRANTED = "loyalty.benefit-granted";
export const BENEFIT_USED = "loyalty.benefit-used";

/** Something of the points mall; its cash part may still have to be paid. */
export interface RedemptionMade {
  redemptionId: string;
  memberId: string;
  itemId: string;
  name: string;
  quantity: number;
  points: number;
  cashFen: number;
}

/** Cancelled, not fetched in time, or taken back: the points are with the member again. */
export interface RedemptionEnded {
  redemptionId: string;
  memberId: string;
  name: string;
  points: number;
  /** on its way back */
  cashFen: number;
  how: "cancelled" | "expired" | "refunded";
  reason: string | null;
  by: string;
}

export interface BenefitGranted {
  grantId: string;
  benefitId: string;
  memberId: string;
  name: string;
  period: string;
}

/** Used, or its use undone. */
export interface BenefitUsed {
  grantId: string;
  benefitId: string;
  memberId: string;
  name: string;
  isUndone: boolean;
}
