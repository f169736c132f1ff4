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
  /** Whether one of the two is enough. */
  condition: "any" | "all";
  windowMonths: number;
  /** 150 = one and a half times the points. */
  pointsPercent: number;
  benefits: string[];
  color: string;
  members: number;
}

export const tiersQuery = queryOptions({ queryKey: ["/tiers"], queryFn: () => api.get<Page<Tier>>("/tiers"), staleTime: 60_000 });
