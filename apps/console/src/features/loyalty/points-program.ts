import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export interface PointsProgram {
  /** `points` for every `perFen` paid. */
  earn: { perFen: number; points: number };
  /** When earned points can be spent. */
  pending: { kind: "none" | "days" | "return-window"; days: number };
  expiry: "never" | "months" | "year-end" | "fixed-date" | "activation";
  expiryMonths: number | null;
  /** Of a fixed date, "12-31". */
  expiryDay: string | null;
  restoreGraceDays: number;
  /** `points` are worth `fen`; spent in whole steps of `step`, for at most `maxPercent` of an order. */
  spend: { points: number; fen: number; step: number; maxPercent: number | null };
  negativePolicy: "forbid" | "show" | "withhold" | "claw";
  transferDayLimit: number | null;
  combine: "multiply" | "best" | "add";
  rounding: "half-up" | "down";
  maxPerOrder: number | null;
  maxPerDay: number | null;
}

export const earnSources = ["order", "top-up", "review", "referral", "check-in", "activity"] as const;

export interface EarnRule {
  id: string;
  name: string;
  /** 200 = double points. */
  multiplierPercent: number | null;
  bonusPoints: number | null;
  unitPoints: number | null;
  rate: { points: number; perFen: number } | null;
  sources: (typeof earnSources)[number][];
  birthday: "day" | "week" | "month" | null;
  minNetFen: number | null;
  group: string | null;
  isLast: boolean;
  maxPerOrder: number | null;
  maxPerDay: number | null;
  maxPerMember: number | null;
  budget: number | null;
  budgetUsed: number | null;
  growth: number | null;
  weekdays: number[];
  tierIds: string[];
  storeIds: string[];
  categories: string[];
  skus: string[];
  firstOrder: boolean;
  from: string | null;
  until: string | null;
  priority: number;
  isActive: boolean;
}

export interface Trial {
  points: number;
  base: number;
  rules: { id: string; name: string; points: number }[];
  activeOn: string;
  expiresOn: string | null;
}

export const programQuery = queryOptions({ queryKey: ["points-program"], queryFn: () => api.get<PointsProgram>("/points-program") });
