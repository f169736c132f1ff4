/** What loyalty tells the others. The subject is the member. */
export const POINTS_ADJUSTED = "loyalty.points-adjusted";
export const TIER_CHANGED = "loyalty.tier-changed";

export interface PointsAdjusted {
  memberId: string;
  /** signed */
  points: number;
  /** what can be spent afterwards */
  active: number;
  reason: string;
}

export interface TierChanged {
  memberId: string;
  fromTierId: string | null;
  toTierId: string | null;
  from: string | null;
  to: string | null;
  /** upgrade, downgrade */
  reason: string;
}
