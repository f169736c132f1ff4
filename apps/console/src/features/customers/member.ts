import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export type MemberRow = ConsoleSchemas["MemberSummary"];
export type Member = ConsoleSchemas["Member"];
export type MemberTier = ConsoleSchemas["MemberTier"];
export type Birthday = NonNullable<Member["birthday"]>;
export type PointsEntry = ConsoleSchemas["PointsEntry"];

export type StoredValueEntry = ConsoleSchemas["StoredValueEntry"];
export type Coupon = ConsoleSchemas["Coupon"];

export interface TimelineEntry {
  id: string;
  at: string;
  kind: string;
  [detail: string]: unknown;
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
  [`/members/${memberId}/changes`],
];
