import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

export type Bulletin = ConsoleSchemas["Bulletin"];

/** What is to be seen now; asked for again now and then, because an announcement may begin at any minute. */
export const currentBulletinsQuery = queryOptions({
  queryKey: ["/bulletins", "current"], queryFn: () => api.get<Page<Bulletin>>("/bulletins", { current: true, limit: 50 }), staleTime: 60_000, refetchInterval: 5 * 60_000,
});

export const useReadBulletin = () =>
  useAction<{ id: string; verb: "read" | "confirm" }, unknown>({ run: ({ id, verb }) => api.post(`/bulletins/${id}:${verb}`), refreshes: [["/bulletins"]] });
