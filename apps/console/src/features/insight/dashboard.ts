import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { useCalmly, useIsLive, useLive } from "../../shell/live.ts";

export type Dashboard = ConsoleSchemas["Dashboard"];

export const dashboardQuery = (storeId: string | undefined) =>
  queryOptions({ queryKey: ["dashboard", storeId ?? null], queryFn: () => api.get<Dashboard>("/dashboard", { storeId }), refetchInterval: 60_000 });

/** Orders come in bursts at noon: the first is shown at once, the others at most once in this time. */
const refreshPauseMs = 800;

/** Follows the server's events and refreshes the figures; says whether the line is up. */
export function useLiveDashboard(): boolean {
  const queryClient = useQueryClient();
  const refresh = useCalmly(() => void queryClient.invalidateQueries({ queryKey: ["dashboard"] }), refreshPauseMs);
  useLive("orders", refresh);
  useLive("members", refresh);
  return useIsLive();
}

/** Whole percent of an integer in another, or null when there is nothing to compare with. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part * 100) / whole);
}
