import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

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
