import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

export interface Tier {
  id: string;
  name: string;
  rank: number;
  /** Reached by either, within `windowDays`. Null means that this way does not count. */
  spendFen: number | null;
  visits: number | null;
  windowDays: number | null;
  /** 150 = one and a half times the points. */
  pointsPercent: number | null;
  members?: number;
}

export const tiersQuery = queryOptions({ queryKey: ["/tiers"], queryFn: () => api.get<Page<Tier>>("/tiers"), staleTime: 60_000 });
