import type { z } from "zod";
import { addDays, dayOf } from "../../kernel/days.ts";
import type { Scope } from "../../kernel/scope.ts";
import { listStatement } from "../ledger/index.ts";
import type { pointsEntries } from "./points.schema.ts";
import { POINTS } from "./program.ts";

/** What the movements that have no order refer to; everything else is an order's. */
const WITHOUT_ORDER = new Set(["adjust", "expire"]);

/** A member's points statement, newest first. */
export async function listPointsEntries(
  scope: Scope, memberId: string, query: { limit: number; cursor?: string | undefined },
): Promise<z.input<typeof pointsEntries>> {
  const { items, nextCursor } = await listStatement(scope, memberId, [POINTS], query);
  return {
    nextCursor,
    items: items.map((entry) => ({
      id: entry.id, at: entry.at, kind: entry.kind, points: entry.amount, balanceAfter: entry.balanceAfter, reason: entry.memo,
      orderId: WITHOUT_ORDER.has(entry.kind) ? null : entry.refId,
      expiresAt: entry.expiresAt, expiresOn: entry.expiresAt ? lastGoodDay(entry.expiresAt, scope.zone) : null,
    })),
  };
}

/** Points end at midnight, so the last good day is the one before. */
export const lastGoodDay = (expiresAt: string | Date, zone: string): string => addDays(dayOf(new Date(expiresAt), zone), -1);
