import { z } from "zod";
import { day, id, instant, pageOf, pageQuery, reason, text } from "../../kernel/http/wire.ts";

const MAX_LINES = 20_000;
const MAX_CODES = 1_000_000;
const MAX_CODE_PAGE = 10_000;
/** Twenty thousand phones of eleven digits with quotes and commas, and room for names of lists. */
export const LIST_BYTES = 2_000_000;

/** Which members: what is left out does not limit; nothing at all is everybody. */
export const audience = z.strictObject({
  tierIds: z.array(id).max(50).optional(),
  tags: z.array(text(40)).max(50).optional(),
  storeIds: z.array(id).max(500).optional(),
  joinedFrom: day.optional(), joinedUntil: day.optional(),
  /** Last order on these days, both included; or whether there ever was one. */
  lastOrderFrom: day.optional(), lastOrderUntil: day.optional(), hasOrdered: z.boolean().optional(),
}).meta({ id: "Audience" });
export type Audience = z.output<typeof audience>;

export const pushBody = z.object({
  name: text(64),
  audience: audience.optional(),
  /** Member numbers or phones, one each, in place of an audience. */
  lines: z.array(text(40)).min(1).max(MAX_LINES).optional(),
}).refine((one) => (one.audience === undefined) !== (one.lines === undefined), { path: ["audience"], message: "give an audience or lines" });
export type PushBody = z.output<typeof pushBody>;

export const audienceBody = z.object({ audience });
export const audienceReply = z.object({ members: z.int() });

export const generateBody = z.object({ name: text(64), count: z.int().min(1).max(MAX_CODES) });
export const importBody = z.object({ name: text(64), codes: z.array(z.string().max(60)).min(1).max(MAX_LINES) });
export const revokeBody = z.object({ reason });

export const pushState = z.enum(["running", "done", "cancelled", "failed", "revoking", "revoked"]);
const pushKind = z.enum(["audience", "list", "codes"]);
export const push = z.object({
  id, templateId: id, templateName: z.string(), name: z.string(), kind: pushKind, audience, state: pushState,
  total: z.int(), looked: z.int(), issued: z.int(), refused: z.int(), revoked: z.int(), redeemed: z.int(),
  reason: z.string().nullable(), createdAt: instant, movedAt: instant, endedAt: instant.nullable(),
}).meta({ id: "CouponPush" });
/** `unknown`: lines that name no member, the first hundred of them. */
export const pushStarted = push.extend({ unknown: z.array(z.string()) });
/** `taken`: codes that exist already or are no codes. */
export const codesImported = push.extend({ taken: z.array(z.string()) });
export const pushPage = pageOf(push);
export const pushQuery = pageQuery.extend({ kind: z.enum(["members", "codes"]).optional(), templateId: id.optional() });

export const poolCode = z.object({ code: z.string(), state: z.string(), memberId: id.nullable(), usedAt: instant.nullable() });
export const poolCodePage = z.object({ items: z.array(poolCode), nextCursor: z.string().nullable() });
/** Longer pages than elsewhere: a pool is exported as a whole. */
export const poolCodeQuery = z.object({ limit: z.coerce.number().int().min(1).max(MAX_CODE_PAGE).default(1_000), cursor: z.string().max(200).optional() });
