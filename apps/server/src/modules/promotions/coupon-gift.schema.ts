import { z } from "zod";
import { id, instant, text } from "../../kernel/http/wire.ts";
import { couponTerms } from "./coupon-template.schema.ts";

export const giftBody = z.object({ message: z.string().trim().max(60).default("") });
export const tokenParams = z.object({ token: text(40) });
export const brandTokenParams = z.object({ code: text(32), token: text(40) });

const { kind, amountFen, percentOff, capFen, thresholdFen } = couponTerms;
/** `token` is the link's and can be typed; `fromName` the giver's surname only: whoever holds the link knows who sent it. */
export const linkFace = z.object({
  id, token: z.string(), fromName: z.string(), isMine: z.boolean(), name: z.string(), sentence: z.string(), sentenceEn: z.string(),
  kind, amountFen, percentOff, capFen, thresholdFen, expiresAt: instant,
});
/** Why whoever opened the link cannot take what it gives; null when one can. */
const against = z.enum(["own", "used-up", "over", "taken"]).nullable();

/** A coupon on its way to a friend. */
export const gift = linkFace.extend({
  couponId: id, state: z.enum(["offered", "accepted", "taken-back", "lapsed"]), message: z.string(), validUntil: instant, against,
}).meta({ id: "CouponGift" });

/** A member's link to a template. */
export const share = linkFace.extend({ templateId: id, maxClaims: z.int(), claims: z.int(), against }).meta({ id: "CouponShare" });
