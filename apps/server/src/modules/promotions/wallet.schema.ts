import { z } from "zod";
import { id, instant, pageOf, pageQuery, reason, text } from "../../kernel/http/wire.ts";
import { couponTerms, reasonWire } from "./coupon-template.schema.ts";

/** A coupon in a member's hand. `state` void counts among the expired ones. */
export const walletCoupon = z.object({
  id, code: z.string(), templateId: id, memberId: id.nullable(), ...couponTerms,
  state: z.enum(["usable", "used", "expired", "void"]),
  /** false: `reasons` say why not now. */
  isUsable: z.boolean(), reasons: z.array(reasonWire),
  validFrom: instant, validUntil: instant, issuedAt: instant, usedAt: instant.nullable(), orderId: z.string().nullable(), endedReason: z.string().nullable(),
});
export const walletPage = pageOf(walletCoupon);
export const walletQuery = pageQuery.extend({ state: z.enum(["usable", "used", "expired"]).optional() });
export const couponLookup = z.object({ code: text(40) });
export const voidBody = z.object({ reason });
