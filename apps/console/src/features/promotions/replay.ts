import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

interface Sums {
  orders: number;
  hits: number;
  costFen: number;
}

export interface ReplayResult {
  orders: number;
  memberOrders: number;
  hits: number;
  netFen: number;
  draftFen: number;
  costFen: number;
  displacedFen: number;
  dearerOrders: number;
  dearerFen: number;
  drifted: number;
  gifts: { sku: string; name: string; quantity: number }[];
  coupons: number;
  members: { gained: number; averageFen: number; topTenthPercent: number };
  byTier: ({ tierId: string | null; isGuest: boolean; members: number } & Sums)[];
  byStore: ({ storeId: string } & Sums)[];
  byHour: ({ hour: number } & Sums)[];
  byDay: ({ on: string } & Sums)[];
  overlaps: { offerId: string; name: string; orders: number; beforeFen: number; afterFen: number }[];
  budget: { budgetFen: number | null; uses: number | null; runsOutAt: string | null; costFen: number; hits: number; missedHits: number } | null;
  seconds: number;
}

/** A draft rule run over the orders of past days. */
export interface Replay {
  id: string;
  name: string;
  state: "queued" | "running" | "done" | "cancelled" | "failed";
  input: { draft: object; against: "as-sold" | "today"; days: number; budgetFen: number | null };
  fromAt: string;
  untilAt: string;
  ordersTotal: number;
  ordersDone: number;
  result: ReplayResult | null;
  failure: string | null;
  createdAt: string;
}

export const isOpen = (replay: Pick<Replay, "state">): boolean => replay.state === "queued" || replay.state === "running";

const pollMs = 1_000;

/** Asks again while it runs. */
export const replayQuery = (id: string) =>
  queryOptions({
    queryKey: ["/replays", id], queryFn: () => api.get<Replay>(`/replays/${id}`),
    refetchInterval: (query) => (query.state.data && isOpen(query.state.data) ? pollMs : false),
  });

export const share = (part: number, whole: number): string => (whole === 0 ? "—" : `${((part / whole) * 100).toFixed(1)}%`);
