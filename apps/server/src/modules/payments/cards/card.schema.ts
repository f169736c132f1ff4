import { z } from "zod";
import { day, fen, id, instant, pageOf, reason, text } from "../../../kernel/http/wire.ts";
import { NAMED_CARD_LIMIT_FEN } from "../card-limit.ts";

const kind = z.enum(["count", "period"]);
const productFields = {
  kind, name: text(64), serves: text(120), priceFen: fen.max(NAMED_CARD_LIMIT_FEN), units: z.int().min(1).max(10_000),
  listUseFen: fen.nullable(), validDays: z.int().min(1).max(3_650).nullable(), benefitTag: text(30).nullable(), renews: z.boolean(), storeIds: z.array(id).max(500),
  isActive: z.boolean(), position: z.int().min(0).max(9_999),
};
export const productBody = z.object({
  ...productFields, serves: productFields.serves.default("见门店公示"), listUseFen: productFields.listUseFen.default(null), validDays: productFields.validDays.default(null), benefitTag: productFields.benefitTag.default(null),
  renews: productFields.renews.default(false), storeIds: productFields.storeIds.default([]), isActive: productFields.isActive.default(true), position: productFields.position.default(0),
});
export const productPatch = z.object(productFields).omit({ kind: true }).partial();
/** What goes back after so many uses or days: said before it is bought. */
const refundExample = z.object({ used: z.int(), consumerFen: fen, merchantFen: fen });
export const product = z.object({ id, ...productFields, refunds: z.array(refundExample) }).meta({ id: "CardProduct" });
export const productPage = pageOf(product);
export type ProductBody = z.output<typeof productBody>;
export type Product = z.input<typeof product>;

const state = z.enum(["waiting", "active", "paused", "ended", "refunded", "cancelled"]);
export const renewalView = z.object({
  id, state: z.enum(["signing", "active", "ended"]), priceFen: fen, dueOn: day.nullable(), nextTryOn: day.nullable(), attempts: z.int(), lastError: z.string().nullable(), endReason: z.string().nullable(),
});
export const card = z.object({
  id, productId: id, memberId: id, kind, name: z.string(), serves: z.string(), state, units: z.int(), left: z.int(), used: z.int(), priceFen: fen, recognisedFen: fen,
  endsOn: day.nullable(), expiresAt: instant.nullable(), benefitTag: z.string().nullable(), mayRenew: z.boolean(), renewal: renewalView.nullable(), at: instant,
}).meta({ id: "Card" });
export type CardView = z.input<typeof card>;
export const cardPage = pageOf(card);
export const cardsQuery = z.object({ memberId: id });

export const sellBody = z.object({ productId: id, payment: z.enum(["cash", "card", "wechat"]), storeId: id });
export const sellReply = z.object({ card, saleId: id, paymentId: id.nullable(), codeUrl: z.string().nullable() });
/** `wechatCode`: of `wx.login()`, where the mini program pays; without it the reply has a code to scan. */
export const buyBody = z.object({ productId: id, wechatCode: text(128).optional() });
export const buyReply = z.object({ card, saleId: id, paymentId: id.nullable(), pay: z.record(z.string(), z.string()) }).meta({ id: "CardPurchase" });

export const useBody = z.object({ uses: z.int().min(1).max(100).default(1), storeId: id, note: text(120).optional() });
export const use = z.object({ id, uses: z.int(), recognisedFen: z.int(), storeId: id, note: z.string().nullable(), undoOf: id.nullable(), isUndone: z.boolean(), at: instant }).meta({ id: "CardUse" });
export const useReply = z.object({ use, card });
export const usePage = pageOf(use);
export const undoBody = z.object({ useId: id, reason });
export const renewBody = z.object({ wechatCode: text(128).optional() });
/** Where the member agrees in WeChat: a page, or from our mini program another one. */
export const renewReply = z.object({ card, signUrl: z.string().nullable(), miniProgram: z.object({ appId: z.string(), path: z.string() }).nullable() }).meta({ id: "RenewalBegun" });
