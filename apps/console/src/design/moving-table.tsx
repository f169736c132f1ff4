import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api, type Query } from "../api/client.ts";
import type { Page } from "../api/page.ts";
import { type Column, DataTable } from "./data-table.tsx";

const newest = 20;
const everyMs = 1_000;

interface Props<T> {
  label: string;
  path: string;
  query?: Query;
  columns: Column<T>[];
  isMoving: (one: T) => boolean;
  empty: ReactNode;
  emptyTitle: string;
}

/** A list of which the newest are asked for again every second while one of them moves; they are drawn over the list's own rows. */
export function MovingTable<T extends { id: string }>({ path, query = {}, columns, isMoving, ...shown }: Props<T>) {
  const { data } = useQuery({
    queryKey: [path, "moving", query],
    queryFn: ({ signal }) => api.get<Page<T>>(path, { ...query, limit: newest }, signal),
    refetchInterval: (asked) => (asked.state.data?.items.some(isMoving) ? everyMs : false),
  });
  const moving = new Map((data?.items ?? []).map((one) => [one.id, one]));
  return <DataTable<T> {...shown} path={path} query={query} rowKey={(one) => one.id} columns={columns.map((column) => ({ ...column, render: (one) => column.render(moving.get(one.id) ?? one) }))} />;
}
