import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";

export const todoRefreshes = [["/todos"], ["/todo-counts"]] as const;
export const countsQuery = queryOptions({ queryKey: ["/todo-counts"], queryFn: () => api.get<ConsoleSchemas["TodoCounts"]>("/todo-counts"), staleTime: 30_000 });
