import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export interface PointsProgram {
  /** `points` for every `perFen` paid. */
  earn: { perFen: number; points: number };
  /** months: to the end of the month so many months on; year-end: to the end of the next calendar year. */
  expiry: "never" | "months" | "year-end";
  expiryMonths: number | null;
  /** `points` are worth `fen`; spent in whole steps of `step`, for at most `maxPercent` of an order. */
  spend: { points: number; fen: number; step: number; maxPercent: number | null };
  negativePolicy: "forbid" | "show";
  /** Tiers look at what was spent in this window. */
  tierWindowMonths: number;
}

export interface EarnRule {
  id: string;
  name: string;
  /** 200 = double points. */
  multiplierPercent: number;
  weekdays: number[];
  tierIds: string[];
  storeIds: string[];
  categories: string[];
  from: string | null;
  until: string | null;
  isActive: boolean;
}

export const programQuery = queryOptions({ queryKey: ["points-program"], queryFn: () => api.get<PointsProgram>("/points-program") });
