import { z } from "zod";
import { fen, id, instant, orderId, pageOf, pageQuery, reason } from "../../../kernel/http/wire.ts";
import { cartLine } from "../cart.schema.ts";

const MAX_UPLOADED = 100;
const MAX_LINES = 200;
/** No more than this is set aside on one phone. */
export const MAX_ALLOWANCE_FEN = 50_000;

export const codeWish = z.object({ allowanceFen: fen.min(100).max(MAX_ALLOWANCE_FEN).default(20_000) });
export const codeReply = z.object({ code: z.string(), allowanceFen: fen, usedFen: fen, expiresAt: instant, heldUntil: instant }).meta({ id: "OfflineCode" });
export const codeOrNone = z.object({ code: codeReply.nullable() });

/** Everything a till needs to go on without network. */
export const tillPack = z.object({
  storeId: id, serverAt: instant, ruleVersion: z.int(), rules: z.looseObject({}),
  keys: z.array(z.object({ id: z.string(), publicKey: z.string() })),
  products: z.array(z.object({ sku: z.string(), barcode: z.string().nullable(), name: z.string(), letters: z.string(), category: z.string().nullable(), unitPriceFen: fen })),
});
export const tillPackQuery = z.object({ storeId: id });

const soldLine = z.object({ ...cartLine.shape, grossFen: fen, discountFen: fen, netFen: fen });

export const offlineOrder = z.object({
  orderId, storeId: id, soldAt: instant,
  /** The signed code that the guest's phone showed. */
  code: z.string().max(2_000).nullish(),
  ruleVersion: z.int(), quoteHash: z.string().max(64), totalFen: fen, lines: z.array(soldLine).min(1).max(MAX_LINES),
  tenders: z.array(z.object({ kind: z.enum(["cash", "card", "stored-value"]), amountFen: fen })).max(5),
}).meta({ id: "OfflineOrder" });
export type OfflineOrder = z.output<typeof offlineOrder>;

export const settleBody = z.object({ orders: z.array(offlineOrder).min(1).max(MAX_UPLOADED) });
export const settleReply = z.object({
  items: z.array(z.object({
    orderId, outcome: z.enum(["settled", "unchanged", "flagged", "refused"]), flags: z.array(z.string()), code: z.string().nullable(), detail: z.string().nullable(),
  })),
});

export const exceptionKind = z.enum(["double-use", "price", "refused", "clock", "expired"]);
export const exceptionQuery = pageQuery.extend({ state: z.enum(["open", "resolved"]).default("open"), storeId: id.optional() });
export const exceptionItem = z.object({
  id, kind: exceptionKind, orderId, storeId: id, memberId: id.nullable(), memberName: z.string().nullable(), amountFen: fen, detail: z.record(z.string(), z.unknown()),
  at: instant, resolvedAt: instant.nullable(), resolvedBy: z.string().nullable(), resolution: z.string().nullable(),
}).meta({ id: "OfflineException" });
export const exceptionPage = pageOf(exceptionItem);
export const resolveBody = z.object({ resolution: reason });
