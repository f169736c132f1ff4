import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export interface MemberRow {
  id: string;
  memberNo: string;
  name: string | null;
  phoneMasked: string | null;
  tier: { id: string; name: string; rank: number } | null;
  points: number;
  storedValueFen: number;
  lastOrderAt: string | null;
  joinedAt: string;
  homeStoreId: string | null;
  tags: string[];
}

export interface Birthday {
  calendar: "solar" | "lunar";
  year?: number | null;
  month: number;
  day: number;
  leap?: boolean;
}

export interface MemberTier {
  id: string;
  name: string;
  rank: number;
  since: string | null;
  until: string | null;
  next: { name: string; condition: "any" | "all"; missing: Missing } | null;
  isGranted: boolean;
  counted: { spendFen: number; visits: number; growth: number; fromMonth: string; untilMonth: string };
  projected: { id: string | null; name: string | null; on: string; isKept: boolean; missing: Missing } | null;
}

interface Missing {
  spendFen?: number;
  visits?: number;
  growth?: number;
}

export interface Member {
  id: string;
  memberNo: string;
  name: string | null;
  phoneMasked: string | null;
  gender: "female" | "male" | "unknown" | "other" | null;
  birthday: Birthday | null;
  nextBirthdayOn: string | null;
  homeStoreId: string | null;
  joinedAt: string;
  joinedVia: string | null;
  tags: string[];
  preferences: Record<string, unknown>;
  points: { active: number; pending: number; frozen: number; owed: number; expiring: { points: number; on: string } | null; expiringSoon: { points: number; on: string; days: number } | null; activating: { points: number; on: string } | null };
  storedValue: { principalFen: number; bonusFen: number; frozenFen: number };
  tier: MemberTier | null;
  couponsUsable: number;
  facts: { orders: number; netFen: number; refundedFen: number; firstOrderAt: string | null; lastOrderAt: string | null };
}

export interface PointsEntry {
  id: string;
  at: string;
  kind: string;
  points: number;
  balanceAfter?: number | null;
  reason?: string | null;
  orderId?: string | null;
  expiresAt?: string | null;
  activeFrom?: string | null;
  withheld?: number;
}

export interface StoredValueEntry {
  id: string;
  at: string;
  kind: string;
  principalFen: number;
  bonusFen: number;
  balanceAfterFen?: number | null;
  reason?: string | null;
  orderId?: string | null;
}

export interface TimelineEntry {
  id: string;
  at: string;
  kind: string;
  [detail: string]: unknown;
}

export interface Coupon {
  id: string;
  code: string;
  templateId: string;
  name: string;
  sentence: string;
  sentenceEn: string;
  state: "usable" | "used" | "expired" | "void";
  isUsable: boolean;
  reasons: { code: string; message: string }[];
  validFrom: string;
  validUntil: string;
  usedAt: string | null;
  orderId: string | null;
}

export const memberQuery = (memberId: string) =>
  queryOptions({ queryKey: ["members", memberId], queryFn: () => api.get<Member>(`/members/${memberId}`) });

/** Everything on the screen that an action on this member may have changed. */
export const memberRefreshes = (memberId: string) => [
  ["members", memberId],
  ["/members"],
  [`/members/${memberId}/points-entries`],
  [`/members/${memberId}/stored-value-entries`],
  [`/members/${memberId}/coupons`],
  [`/members/${memberId}/timeline`],
];
