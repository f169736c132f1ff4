import { z } from "zod";
import { id, instant, text } from "../../kernel/http/wire.ts";
import { couponTerms } from "./coupon-template.schema.ts";

export const giftBody = z.object({ message: z.string().trim().max(60).default("") });
export const tokenParams = z.object({ token: text(40) });

/** A coupon on its way to a friend. `token` is the link's and can be typed. */
export const gift = z.object({
  id, token: z.string(), couponId: id, state: z.enum(["offered", "accepted", "taken-back", "lapsed"]), message: z.string(),
  /** The giver's surname only: whoever holds the link knows who sent it. */
  fromName: z.string(), isMine: z.boolean(), name: z.string(), sentence: z.string(), sentenceEn: z.string(), kind: couponTerms.kind,
  amountFen: couponTerms.amountFen, percentOff: couponTerms.percentOff, capFen: couponTerms.capFen, thresholdFen: couponTerms.thresholdFen,
  validUntil: instant, expiresAt: instant,
}).meta({ id: "CouponGift" });

/** A member's link to a template. */
export const share = z.object({
  id, token: z.string(), templateId: id, fromName: z.string(), isMine: z.boolean(), maxClaims: z.int(), claims: z.int(), expiresAt: instant,
  name: z.string(), sentence: z.string(), sentenceEn: z.string(), kind: couponTerms.kind, amountFen: couponTerms.amountFen,
  percentOff: couponTerms.percentOff, capFen: couponTerms.capFen, thresholdFen: couponTerms.thresholdFen,
  /** Why this member cannot take one; null when one can. */
  against: z.enum(["own", "used-up", "over", "taken"]).nullable(),
}).meta({ id: "CouponShare" });
