import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

export type CouponPush = ConsoleSchemas["CouponPush"];

export const isMoving = ({ state }: CouponPush): boolean => state === "running" || state === "revoking";

export const pushColours = { running: "processing", done: "success", cancelled: "default", failed: "error", revoking: "processing", revoked: "warning" } as const;

/** A whole percent of what has been looked at; a page that is being written is not in it yet. */
export function progressOf({ state, total, looked, revoked, issued }: CouponPush): number {
  const [done, all] = state === "revoking" || state === "revoked" ? [revoked, issued] : [looked, total];
  return all === 0 ? 100 : Math.floor((done / all) * 100);
}

const newest = 20;

/** The newest pushes, asked for again every second while one of them moves. */
export function useMovingPushes(kind: "members" | "codes"): ReadonlyMap<string, CouponPush> {
  const { data } = useQuery({
    queryKey: ["/coupon-pushes", "moving", kind],
    queryFn: ({ signal }) => api.get<Page<CouponPush>>("/coupon-pushes", { kind, limit: newest }, signal),
    refetchInterval: (query) => (query.state.data?.items.some(isMoving) ? 1_000 : false),
  });
  return new Map((data?.items ?? []).map((one) => [one.id, one]));
}

const codesAtOnce = 10_000;

/** All codes of a pool as a file; spreadsheets want the mark at its beginning to read Chinese. */
export async function downloadCodes(pool: CouponPush, words: { header: string; stateOf: (state: string) => string }): Promise<void> {
  const lines = [words.header];
  let cursor: string | null = null;
  do {
    const page: Page<{ code: string; state: string; usedAt: string | null }> = await api.get(`/coupon-pushes/${pool.id}/codes`, { limit: codesAtOnce, cursor });
    for (const one of page.items) lines.push(`${one.code},${words.stateOf(one.state)},${one.usedAt ?? ""}`);
    cursor = page.nextCursor ?? null;
  } while (cursor !== null);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`\uFEFF${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" }));
  link.download = `${pool.name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
