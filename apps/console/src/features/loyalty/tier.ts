import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

export interface Tier {
  id: string;
  name: string;
  rank: number;
  /** Reached within the program's window. Null means that this way does not count. */
  spendFen: number | null;
  visits: number | null;
  growth: number | null;
  /** Whether one of them is enough. */
  condition: "any" | "all";
  windowMonths: number;
  /** 150 = one and a half times the points. */
  pointsPercent: number;
  benefits: string[];
  color: string;
  members: number;
}

export interface TierProgram {
  windowKind: "rolling" | "calendar-year" | "calendar-quarter" | "anniversary";
  windowMonths: number;
  downgrade: "one-down" | "balance-based";
  graceDays: number;
  noticeDays: number;
  refundMonth: "order" | "refund";
  growth: { points: number; perFen: number; perVisit: number };
}

export interface Simulation {
  members: number;
  up: number;
  down: number;
  stay: number;
  tiers: { id: string; name: string; rank: number }[];
  cells: {
    from: { id: string; name: string } | null;
    to: { id: string; name: string } | null;
    direction: "up" | "down" | "stay";
    members: number;
    movesAnyway: number;
    netFenLastYear: number;
    pointsPerYear: number;
    samples: { id: string; name: string }[];
  }[];
  cost: { pointsPerYear: number; fenPerYear: number };
}

export const tiersQuery = queryOptions({ queryKey: ["/tiers"], queryFn: () => api.get<Page<Tier>>("/tiers"), staleTime: 60_000 });
export const tierProgramQuery = queryOptions({ queryKey: ["/tier-program"], queryFn: () => api.get<TierProgram>("/tier-program") });
