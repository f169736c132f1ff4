import type { ConsoleSchemas } from "@shuke/api";

export type CouponPush = ConsoleSchemas["CouponPush"];

export const isMoving = ({ state }: CouponPush): boolean => state === "running" || state === "revoking";

export const pushColours = { running: "processing", done: "success", cancelled: "default", failed: "error", revoking: "processing", revoked: "warning" } as const;

/** A whole percent of what has been looked at; a page that is being written is not in it yet. */
export function progressOf({ state, total, looked, revoked, issued }: CouponPush): number {
  const [done, all] = state === "revoking" || state === "revoked" ? [revoked, issued] : [looked, total];
  return all === 0 ? 100 : Math.floor((done / all) * 100);
}
