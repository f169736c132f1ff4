import { z } from "zod";
import { MAX_FEN } from "../../kernel/money.ts";
import { day, id, instant, pageOf, reason } from "../../kernel/http/wire.ts";

export const adjustBody = z.object({
  points: z.int().min(-MAX_FEN).max(MAX_FEN).refine((points) => points !== 0, "must not be 0"),
  reason,
});
const balance = z.object({ active: z.int(), pending: z.int(), frozen: z.int(), owed: z.int() });
export const adjustReply = z.object({ id, memberId: id, points: z.int(), reason: z.string(), balance });

/** `kind`: earn, spend, adjust, expire and what returns move. Day and instant of expiry say the same: the day is the last good one. */
export const pointsEntry = z.object({
  id, at: instant, kind: z.string(), points: z.int(), balanceAfter: z.int(), reason: z.string().nullable(), orderId: z.string().nullable(),
  expiresAt: instant.nullable(), expiresOn: day.nullable(),
});
export const pointsEntries = pageOf(pointsEntry);
