export const benefitKinds = ["coupon", "points", "partner-code", "priority-queue", "free-delivery", "exclusive-price", "service"] as const;
export const grantTimes = ["birthday", "month", "quarter", "year", "always", "hand"] as const;

export interface Benefit {
  id: string;
  name: string;
  description: string;
  kind: (typeof benefitKinds)[number];
  grantOn: (typeof grantTimes)[number];
  tierIds: string[];
  quota: number | null;
  couponTemplateId: string | null;
  points: number | null;
  leadDays: number;
  validDays: number;
  isAutomatic: boolean;
  position: number;
  state: "draft" | "live" | "ended";
  granted: number;
  used: number;
  codesLeft: number | null;
}

export interface Grant {
  id: string;
  benefitId: string;
  name: string;
  description: string;
  kind: Benefit["kind"];
  quota: number | null;
  used: number;
  left: number | null;
  validUntil: string | null;
  isUsable: boolean;
}

export interface BenefitUse {
  id: string;
  name: string;
  kind: Benefit["kind"];
  at: string;
  storeId: string | null;
  orderId: string | null;
  points: number | null;
  code: string | null;
  undoneAt: string | null;
  undoReason: string | null;
}
