import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { useCalmly, useLive } from "../../shell/live.ts";

/** A pool with what of it is the reader's. */
export type Sea = ConsoleSchemas["Sea"];
export type SeaRecord = ConsoleSchemas["SeaRecord"];
export type SeaOutcome = ConsoleSchemas["SeaOutcome"];
export type SeaForecast = ConsoleSchemas["SeaForecast"];
export type SeaHolder = ConsoleSchemas["SeaHolder"];
export type Ownership = ConsoleSchemas["Ownership"];

export const seasQuery = queryOptions({
  queryKey: ["/seas"], queryFn: () => api.get<{ items: Sea[] }>("/seas"),
  refetchInterval: (query) => (query.state.data?.items.some((sea) => sea.filling) ? 1_500 : false),
});
/** Where else a record of a pool may go. */
export const othersOf = (sea: Sea, all: readonly Sea[]): Sea[] => all.filter((one) => one.id !== sea.id && one.objectKey === sea.objectKey);

/** Dozens claim at once: what they take is seen soon, and asked for no more often than this. */
const refreshPauseMs = 2_000;

/** Asks again for what is shown of a pool once somebody moved records of it. */
export function useLiveSea(poolId: string | undefined, shows: readonly (readonly unknown[])[]): void {
  const client = useQueryClient();
  const refresh = useCalmly(() => {
    for (const queryKey of [["/seas"], ...shows]) void client.invalidateQueries({ queryKey });
  }, refreshPauseMs);
  useLive("seas", (data) => {
    if (poolId && (data as { poolIds: string[] }).poolIds.includes(poolId)) refresh();
  });
}
