import { z } from "zod";
import { fen, id, instant, orderId, pageOf, pageQuery, reason, text } from "../../kernel/http/wire.ts";
import { couponTerms } from "./coupon-template.schema.ts";

export const walletReason = z.object({
  code: z.string(), message: z.string(),
  /** How far it is: an amount, or the moment from which it is possible. */
  missing: z.object({ amountFen: fen.optional(), at: instant.optional() }).optional(),
});

/** A coupon in a member's hand. `state` void counts among the expired ones, given among the usable ones: it is on its way to a friend. */
export const walletCoupon = z.object({
  id, code: z.string(), templateId: id, memberId: id.nullable(), ...couponTerms,
  state: z.enum(["usable", "used", "expired", "void", "given"]),
  /** false: `reasons` say why not now. */
  isUsable: z.boolean(), reasons: z.array(walletReason),
  /** What it would take off the bill that was asked about; null where none was. */
  worthFen: fen.nullable(),
  isGiftable: z.boolean(),
  /** The holder may make a link by which friends take one of their own. */
  isShareable: z.boolean(),
  /** On its way to a friend: the link's token, and until when it can be accepted. */
  gift: z.object({ token: z.string(), expiresAt: instant }).nullable(),
  source: z.string(),
  validFrom: instant, validUntil: instant, issuedAt: instant, usedAt: instant.nullable(), orderId: z.string().nullable(), endedReason: z.string().nullable(),
}).meta({ id: "Coupon" });
export const walletPage = pageOf(walletCoupon);
export const walletQuery = pageQuery.extend({
  state: z.enum(["usable", "used", "expired"]).optional(),
  /** A bill one has in mind: each coupon says what it would take off, or how far it is. */
  billFen: z.coerce.number().pipe(fen).optional(),
});
export const couponLookup = z.object({ code: text(60) });
export const voidBody = z.object({ reason });
/** `reference`: the partner's own number for it. */
export const redeemBody = z.object({ code: text(60), reference: orderId });
