import { useSession } from "../../shell/session.ts";

export const itemKinds = ["dish", "goods", "coupon", "benefit"] as const;
export const limitPeriods = ["ever", "day", "week", "month", "year"] as const;
export const redemptionStates = ["waiting", "ready", "done", "cancelled", "expired", "refunded"] as const;

export interface MallItem {
  id: string;
  name: string;
  description: string;
  kind: (typeof itemKinds)[number];
  pictureId: string | null;
  points: number;
  cashFen: number;
  stock: number | null;
  redeemed: number;
  left: number | null;
  perMember: number | null;
  limitPeriod: (typeof limitPeriods)[number];
  tierIds: string[];
  storeIds: string[];
  couponTemplateId: string | null;
  benefitId: string | null;
  pickupDays: number;
  startsOn: string | null;
  endsOn: string | null;
  position: number;
  state: "draft" | "live" | "ended";
}

export interface Redemption {
  id: string;
  itemId: string;
  kind: MallItem["kind"];
  name: string;
  pictureId: string | null;
  quantity: number;
  points: number;
  cashFen: number;
  state: (typeof redemptionStates)[number];
  pickupUntil: string | null;
  storeIds: string[];
  createdAt: string;
  handedAt: string | null;
  handedBy: string | null;
  endReason: string | null;
  memberId: string;
  memberNo: string;
  memberName: string;
  storeName: string | null;
}

export interface MallStatistics {
  from: string;
  to: string;
  totals: { redemptions: number; points: number; cashFen: number; members: number; handed: number; ended: number };
}

/** Where a picture is: the member app's public address, which may be cached for ever. */
export function usePictureUrl() {
  const { tenant } = useSession();
  return (pictureId: string) => `/api/member/brands/${encodeURIComponent(tenant.code)}/mall-pictures/${pictureId}`;
}

export const stateColours = { waiting: "processing", ready: "warning", done: "success", cancelled: "default", expired: "default", refunded: "error" } as const;
