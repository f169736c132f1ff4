import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { api } from "../api/client.ts";
import type { Permission } from "../features/org/permission.ts";

export type Session = ConsoleSchemas["Session"] & { permissions: Permission[] };
export type SessionStore = Session["stores"][number];

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => api.get<Session>("/session"),
  staleTime: 60_000,
  retry: false,
});

export function useSession(): Session {
  const { data } = useQuery({ ...sessionQuery, enabled: false });
  if (!data) throw new Error("Used outside of the signed-in part of the console");
  return data;
}

export function useCan() {
  const granted = new Set<string>(useSession().permissions);
  return (permission: Permission) => granted.has(permission);
}

export function useBrandColour(): string | undefined {
  return useCachedSession()?.tenant.theme?.primary;
}

export function useTimeZone(): string {
  return useCachedSession()?.tenant.timeZone ?? "Asia/Shanghai";
}

/** Follows the cache without fetching: the sign-in page has no session to ask for. */
function useCachedSession(): Session | undefined {
  const queryClient = useQueryClient();
  return useSyncExternalStore(
    (listener) => queryClient.getQueryCache().subscribe(listener),
    () => queryClient.getQueryData<Session>(["session"]),
  );
}
