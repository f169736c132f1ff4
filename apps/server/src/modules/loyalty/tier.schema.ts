import { z } from "zod";
import { day, fen, id, instant, reason, text } from "../../kernel/http/wire.ts";

const growth = z.object({
  /** `points` of growth value for every `perFen` of net paid, and `perVisit` for each order. */
  points: z.int().min(0).max(1_000_000), perFen: fen.min(1), perVisit: z.int().min(0).max(1_000_000),
});
const fields = {
  /** rolling: so many calendar months back; calendar-year, calendar-quarter; anniversary: years from the month of the first order */
  windowKind: z.enum(["rolling", "calendar-year", "calendar-quarter", "anniversary"]),
  /** of a rolling window */
  windowMonths: z.int().min(1).max(36),
  /** one-down: a step after each term; balance-based: at once to what was earned */
  downgrade: z.enum(["one-down", "balance-based"]),
  graceDays: z.int().min(0).max(365),
  /** so many days before a member goes down, they are told; 0: not */
  noticeDays: z.int().min(0).max(365),
  /** in which month a refund lowers what counts */
  refundMonth: z.enum(["order", "refund"]),
  growth,
};
export const tierProgramBody = z.object(fields).partial();
export const tierProgramReply = z.object({ ...fields, version: z.int() }).meta({ id: "TierProgram" });

export const simulationBody = z.object({
  tiers: z.array(z.object({
    /** of a tier that is there; left out: a new one */
    id: id.optional(), name: text(32), rank: z.int().min(0).max(99), spendFen: fen.min(1).nullable(), visits: z.int().min(1).max(100_000).nullable(),
    growth: z.int().min(1).max(1_000_000_000).nullable(), condition: z.enum(["any", "all"]), pointsPercent: z.int().min(0).max(1_000),
  })).max(20),
  program: z.object({ windowKind: fields.windowKind, windowMonths: fields.windowMonths, downgrade: fields.downgrade, growth }).partial().optional(),
});
const named = z.object({ id, name: z.string() });
export const simulationReply = z.object({
  members: z.int(), up: z.int(), down: z.int(), stay: z.int(),
  tiers: z.array(named.extend({ rank: z.int() })),
  cells: z.array(z.object({
    from: named.nullable(), to: named.nullable(), direction: z.enum(["up", "down", "stay"]), members: z.int(),
    /** whom the rules in force would move as well */
    movesAnyway: z.int(),
    netFenLastYear: z.int(), pointsPerYear: z.int(), samples: z.array(named),
  })),
  /** of a year like the last: what the tiers' multipliers would give more, or less */
  cost: z.object({ pointsPerYear: z.int(), fenPerYear: z.int() }),
}).meta({ id: "TierSimulation" });

export const grantBody = z.object({ tierId: id, until: day, reason });
export const revokeBody = z.object({ reason });
export const grantReply = z.object({
  id, memberId: id, tierId: id, tierName: z.string(), until: day, reason: z.string(), by: z.string(), at: instant,
  endedAt: instant.nullable(), endReason: z.string().nullable(),
}).meta({ id: "TierGrant" });
export const grantList = z.object({ items: z.array(grantReply), nextCursor: z.null() });
