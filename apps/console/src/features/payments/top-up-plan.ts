import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

export interface TopUpPlan {
  id: string;
  name: string;
  principalFen: number;
  bonusFen: number;
  /** What would go back later, at list price when the member changed their mind, at what was paid when the shop is the cause. */
  refunds: { spentFen: number; consumerFen: number; merchantFen: number }[];
  isActive: boolean;
  /** Lower comes first. */
  position: number;
}

export const plansQuery = queryOptions({ queryKey: ["/top-up-plans"], queryFn: () => api.get<Page<TopUpPlan>>("/top-up-plans") });
