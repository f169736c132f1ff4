import { useQuery } from "@tanstack/react-query";
import { api, type Query } from "./client.ts";
import type { Page } from "./page.ts";

const newest = 20;
const everyMs = 1_000;

/** The newest of a list, asked for again every second while one of them moves: what is drawn over the list's own rows. */
export function useMoving<T extends { id: string }>(path: string, isMoving: (one: T) => boolean, query: Query = {}): ReadonlyMap<string, T> {
  const { data } = useQuery({
    queryKey: [path, "moving", query],
    queryFn: ({ signal }) => api.get<Page<T>>(path, { ...query, limit: newest }, signal),
    refetchInterval: (asked) => (asked.state.data?.items.some(isMoving) ? everyMs : false),
  });
  return new Map((data?.items ?? []).map((one) => [one.id, one]));
}
