import { z } from "zod";
import { fen, id, instant, pageOf, pageQuery, signedFen } from "../../../kernel/http/wire.ts";
import { subjectShape } from "../../promotions/index.ts";

const MAX_DAYS = 366;
const MAX_STORES = 500;

export const replayBody = z.object({
  name: z.string().trim().max(64).default(""),
  subject: subjectShape,
  days: z.int().min(1).max(MAX_DAYS).default(30),
  storeIds: z.array(id).max(MAX_STORES).nullish(),
  /** Compared with what was paid then, or with what the rules of today would have asked. */
  against: z.enum(["as-sold", "today"]).default("as-sold"),
  budgetFen: fen.min(1).nullish(),
});
export type ReplayBody = z.output<typeof replayBody>;

const sums = { orders: z.int(), hits: z.int(), costFen: signedFen };

export const replayResult = z.object({
  orders: z.int(), memberOrders: z.int(), hits: z.int(), netFen: signedFen, draftFen: signedFen,
  /** What the brand would have taken less; what the draft gave minus what other offers then did not. */
  costFen: signedFen, displacedFen: signedFen,
  /** Orders that would have become dearer, because the draft keeps a better offer from applying. */
  dearerOrders: z.int(), dearerFen: signedFen,
  /** Orders whose price does not come out as it was: they are left out of the cost. */
  drifted: z.int(),
  gifts: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.int() })), coupons: z.int(),
  members: z.object({ gained: z.int(), averageFen: signedFen, topTenthPercent: z.number() }),
  byTier: z.array(z.object({ tierId: z.string().nullable(), isGuest: z.boolean(), members: z.int(), ...sums })),
  byStore: z.array(z.object({ storeId: z.string(), ...sums })), byHour: z.array(z.object({ hour: z.int(), ...sums })),
  byDay: z.array(z.object({ on: z.string(), ...sums })),
  overlaps: z.array(z.object({ offerId: z.string(), name: z.string(), orders: z.int(), beforeFen: signedFen, afterFen: signedFen })),
  budget: z.object({
    budgetFen: fen.nullable(), uses: z.int().nullable(),
    /** The hour in which it is gone; null when it lasts. */
    runsOutAt: instant.nullable(), costFen: signedFen, hits: z.int(), missedHits: z.int(),
  }).nullable(),
  seconds: z.number(),
}).meta({ id: "ReplayResult" });
export type ReplayResult = z.input<typeof replayResult>;

export const replayReply = z.object({
  id, name: z.string(), state: z.enum(["queued", "running", "done", "cancelled", "failed"]), input: z.record(z.string(), z.unknown()),
  sentence: z.string(), sentenceEn: z.string(), fromAt: instant, untilAt: instant,
  ordersTotal: z.int(), ordersDone: z.int(), result: replayResult.nullable(), failure: z.string().nullable(),
  createdAt: instant, startedAt: instant.nullable(), endedAt: instant.nullable(), by: z.string(),
}).meta({ id: "Replay" });
export const replayPage = pageOf(replayReply);
export const replayQuery = pageQuery;
