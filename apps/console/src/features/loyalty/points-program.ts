import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export interface PointsProgram {
  /** `points` for every `perFen` paid. */
  earn: { perFen: number; points: number };
  /** Months until earned points run out; null means never. */
  expiryMonths: number | null;
  /** `points` are worth `fen`; spent in whole steps of `points`. */
  spend: { points: number; fen: number; maxPercent: number | null };
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
