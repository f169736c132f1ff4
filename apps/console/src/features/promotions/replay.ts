import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export type ReplayResult = ConsoleSchemas["ReplayResult"];
/** A draft rule run over the orders of past days, with what was asked for. */
export type Replay = Omit<ConsoleSchemas["Replay"], "input"> & { input: { draft: object; against: "as-sold" | "today"; days: number; budgetFen: number | null } };

export const isOpen = (replay: Pick<Replay, "state">): boolean => replay.state === "queued" || replay.state === "running";

const pollMs = 1_000;

/** Asks again while it runs. */
export const replayQuery = (id: string) =>
  queryOptions({
    queryKey: ["/replays", id], queryFn: () => api.get<Replay>(`/replays/${id}`),
    refetchInterval: (query) => (query.state.data && isOpen(query.state.data) ? pollMs : false),
  });

export const share = (part: number, whole: number): string => (whole === 0 ? "—" : `${((part / whole) * 100).toFixed(1)}%`);
