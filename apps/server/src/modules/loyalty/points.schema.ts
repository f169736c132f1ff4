import { z } from "zod";
import { MAX_FEN } from "../../kernel/money.ts";
import { day, fen, id, instant, pageOf, pageQuery, reason, text } from "../../kernel/http/wire.ts";

export const adjustBody = z.object({
  points: z.int().min(-MAX_FEN).max(MAX_FEN).refine((points) => points !== 0, "must not be 0"),
  reason,
});
const balance = z.object({ active: z.int(), pending: z.int(), frozen: z.int(), owed: z.int() }).meta({ id: "PointsBalance" });
export const adjustReply = z.object({ id, state: z.literal("done"), memberId: id, points: z.int(), reason: z.string(), balance });

const some = z.int().min(1).max(MAX_FEN);
/** Without a number: all that can be spent. */
export const freezeBody = z.object({ points: some.optional(), reason });
export const unfreezeBody = z.object({ reason });
export const freezeParams = z.object({ id, freezeId: id });
export const freezeReply = z.object({
  id, memberId: id, points: z.int(), reason: z.string(), at: instant, releasedAt: instant.nullable(), releaseReason: z.string().nullable(),
}).meta({ id: "PointsFreeze" });
export const freezeList = z.object({ items: z.array(freezeReply), nextCursor: z.null() });

const recipient = { memberNo: z.string().max(32).optional(), phone: z.string().max(32).optional() };
export const transferBody = z.object({ ...recipient, points: some, reason });
export const ownTransferBody = z.object({ ...recipient, points: some, note: text(100).optional() });
/** `most`: what can be passed on now, of the balance and of the day's limit. A limit of null: the brand does not allow it. */
export const transferTermsReply = z.object({ limit: z.int().nullable(), most: z.int(), available: z.int() }).meta({ id: "PointsTransferTerms" });
export const recipientBody = z.object(recipient);
/** 王**: whoever types a number sees that it is the one meant, and learns no name by it. */
export const recipientReply = z.object({ name: z.string() });
export const ownTransferReply = z.object({ id, points: z.int(), balance });
export const transferReply = ownTransferReply.extend({ toMemberId: id, toName: z.string() });

export const earnBody = z.object({
  source: z.enum(["top-up", "review", "referral", "check-in", "activity"]),
  /** The event's own id. Once it has earned, it never does again. */
  reference: z.string().regex(/^[A-Za-z0-9._:-]{1,100}$/, "letters, digits, dot, colon, underscore and dash, at most 100"),
  amountFen: fen.optional(), storeId: id.optional(), note: text(100).optional(),
});
export const earnReply = z.object({
  id, memberId: id, source: z.string(), reference: z.string(), points: z.int(), growth: z.int(),
  /** the reference had earned before: this is what it was given then */
  repeated: z.boolean(), balance,
});

export const checkInReply = z.object({ isOpen: z.boolean(), isDone: z.boolean() });

const limit = z.object({ roleId: id, roleName: z.string(), maxPoints: z.int().min(0).nullable() });
/** null: no limit */
export const limitsBody = z.object({ limits: z.array(z.object({ roleId: id, maxPoints: z.int().min(0).max(MAX_FEN).nullable() })).min(1).max(200) });
export const limitsReply = z.object({ items: z.array(limit), nextCursor: z.null() });

/** `kind`: earn, spend, adjust, expire, earn.<source>, transfer-in, transfer-out and what returns move. Day and instant of expiry say the same: the day is the last good one. */
export const pointsEntry = z.object({
  id, at: instant, kind: z.string(), points: z.int(), balanceAfter: z.int(), reason: z.string().nullable(), orderId: z.string().nullable(),
  expiresAt: instant.nullable(), expiresOn: day.nullable(),
  /** from when they can be spent, while they cannot */
  activeFrom: instant.nullable(),
  /** what went to what was owed */
  withheld: z.int(),
}).meta({ id: "PointsEntry" });
export const pointsEntries = pageOf(pointsEntry);
export const entriesQuery = pageQuery.extend({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must be a month, YYYY-MM").optional() });
export const pointsMonths = pageOf(z.object({
  month: z.string(), opening: z.int(),
  /** less what returns took back */
  earned: z.int(),
  /** less what returns gave back */
  spent: z.int(),
  /** in the points mall, less what came back */
  redeemed: z.int(), expired: z.int(), other: z.int(), closing: z.int(),
}).meta({ id: "PointsMonth" }));
