import type { ConsoleSchemas } from "@shuke/api";
import { useSession } from "../../shell/session.ts";

export const itemKinds = ["dish", "goods", "coupon", "benefit"] as const;
export const limitPeriods = ["ever", "day", "week", "month", "year"] as const;
export const redemptionStates = ["waiting", "ready", "done", "cancelled", "expired", "refunded"] as const;

export type MallItem = ConsoleSchemas["MallItem"];
export type OfferedItem = ConsoleSchemas["OfferedMallItem"];
export type Redemption = ConsoleSchemas["StaffRedemption"];
export type MallStatistics = ConsoleSchemas["MallStatistics"];

/** Where a picture is: the member app's public address, which may be cached for ever. */
export function usePictureUrl() {
  const { tenant } = useSession();
  return (pictureId: string) => `/api/member/brands/${encodeURIComponent(tenant.code)}/mall-pictures/${pictureId}`;
}

export const stateColours = { waiting: "processing", ready: "warning", done: "success", cancelled: "default", expired: "default", refunded: "error" } as const;
