import { z } from "zod";
import { day, fen, id, instant, orderId, pageOf, pageQuery, points, signedFen, text } from "../../kernel/http/wire.ts";
import { customValues } from "../objects/index.ts";

const MAX_LINES = 200;
const MAX_QUANTITY = 10_000;

export const channel = z.enum(["till", "h5", "mini-program", "takeaway", "pos", "retail"]);

export const cartLine = z.object({
  lineId: z.string().min(1).max(64),
  sku: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  category: z.string().max(100).nullish(),
  tags: z.array(z.string().max(40)).max(20).optional(),
  quantity: z.int().min(1).max(MAX_QUANTITY),
  unitPriceFen: fen,
  /** Given by hand on this line, before any offer. */
  manualDiscountFen: fen.optional(),
}).meta({ id: "CartLine" });

/** The member by exactly one of what a scanner read or the guest said: one round trip instead of two. */
export const memberHint = z.object({
  code: z.string().min(1).max(64).optional(), phone: z.string().min(1).max(20).optional(), memberNo: z.string().min(1).max(40).optional(),
  card: z.string().min(1).max(64).optional(),
}).meta({ id: "MemberHint" });

/** What is bought, where and by whom. Wire prices include tax. */
export const cart = z.object({
  storeId: z.string().max(36).optional(),
  storeCode: z.string().max(64).optional(),
  channel,
  memberId: z.string().max(36).nullish(),
  /** Instead of `memberId`. A scanned code stands for this order: it may be sent again with it, and with no other. */
  member: memberHint.optional(),
  lines: z.array(cartLine).min(1).max(MAX_LINES),
  fees: z.array(z.object({ kind: z.string().min(1).max(40), amountFen: fen })).max(5).optional(),
  /** Left out: the best usable coupon is chosen. Empty: none. */
  couponIds: z.array(z.string().max(36)).max(10).optional(),
  codes: z.array(z.string().min(1).max(40)).max(5).optional(),
  /** Given by hand on the whole order, after all offers. What may be given on lines and order together is `discountLimit` of the quote. */
  manualDiscountFen: fen.optional(),
});
export type CartWire = z.output<typeof cart>;

export const tender = z.object({
  kind: z.enum(["cash", "card", "wechat", "stored-value", "points", "external"]),
  /** Left out: as much of the rest as this tender can pay. */
  amountFen: fen.optional(),
  points: points.optional(),
  paymentId: z.string().max(36).optional(),
  reference: z.string().max(64).optional(),
}).meta({ id: "Tender" });
export type TenderWire = z.output<typeof tender>;

const settlement = {
  /** Given: the order is refused when the price is no longer the quoted one. */
  quoteHash: z.string().max(64).optional(),
  expectedNetFen: fen.optional(),
  tenders: z.array(tender).max(10),
};

/** Commits what `PUT quotes/{orderId}` stored, or a whole cart in one call. */
export const commitBody = z.object({
  ...cart.partial().shape, ...settlement,
  /** own fields of the order, by key; only with the commit, quotes keep none */
  custom: customValues.optional(),
});
export type CommitWire = z.output<typeof commitBody>;

const reasonWire = z.object({ code: z.string(), message: z.string(), missing: z.record(z.string(), z.unknown()).optional() });

/** What could take something off or pay: `applies`, it is in the quote or would be if it were chosen; `applied`, it is. */
export const quoteCandidate = z.object({
  id: z.string(), kind: z.enum(["offer", "coupon", "points", "stored-value"]), name: z.string(), applies: z.boolean(), applied: z.boolean(),
  amountFen: fen, points: points.optional(), reasons: z.array(reasonWire),
}).meta({ id: "QuoteCandidate" });

export const quoteReply = z.object({
  orderId,
  quoteHash: z.string(),
  ruleVersion: z.int(),
  mode: z.string(),
  state: z.enum(["open", "held", "released"]),
  heldUntil: instant.nullable(),
  storeId: id,
  channel,
  couponIds: z.array(id),
  lines: z.array(z.object({
    lineId: z.string(), sku: z.string(), name: z.string(), category: z.string().nullable(), quantity: z.int(), unitPriceFen: fen,
    grossFen: fen, discountFen: fen, netFen: fen, pointsEarned: points,
  })),
  fees: z.array(z.object({ kind: z.string(), amountFen: fen, netFen: fen })),
  grossFen: fen, discountFen: fen, feesFen: fen, netFen: fen, dueFen: fen,
  effects: z.array(z.object({
    kind: z.string(), offerId: z.string().nullable(), couponId: z.string().nullable(), name: z.string(), amountFen: signedFen,
    lines: z.array(z.object({ lineId: z.string(), amountFen: signedFen })),
  })),
  candidates: z.array(quoteCandidate),
  /** What the caller may give by hand on this cart. */
  discountLimit: z.object({ percent: z.int(), limitFen: fen }),
  pointsEarned: points,
  tenderSuggestion: z.array(z.object({ kind: z.string(), amountFen: fen, points: points.optional() })),
  member: z.object({
    id, name: z.string(), tier: z.string().nullable(), points: z.int(), storedValueFen: z.int(),
    nextTier: z.object({ name: z.string(), condition: z.enum(["any", "all"]), missing: z.record(z.string(), z.int()) }).nullable(),
    /** points that end within 30 days */
    expiring: z.object({ points: z.int(), on: day, days: z.int() }).nullable(),
  }).nullable(),
  at: instant,
}).meta({ id: "Quote" });
export type QuoteWire = z.output<typeof quoteReply>;

export const holdBody = z.object({
  ttlSeconds: z.int().min(10).max(3_600).default(300),
  pointsToHold: points.optional(),
  storedValueFenToHold: fen.optional(),
  /** Parks the cart: it is listed with its note until somebody takes it up, also after the hold has run out. */
  park: z.boolean().default(false),
  note: text(40).optional(),
});

export const parkedQuery = pageQuery.extend({ storeId: id.optional() });
export const parkedPage = pageOf(z.object({
  orderId, storeId: id, memberId: id.nullable(), memberName: z.string().nullable(), note: z.string().nullable(), items: z.int(),
  firstItem: z.string(), dueFen: fen, parkedBy: z.string().nullable(), parkedAt: instant, heldUntil: instant.nullable().meta({ description: "null: nothing is set aside any more, the cart can still be taken up" }),
}).meta({ id: "ParkedCart" }));

/** A parked cart as it was set aside, for the till that takes it up. */
export const takenUp = z.object({
  orderId, storeId: id, channel, note: z.string().nullable(),
  member: z.object({ id, memberNo: z.string(), name: z.string() }).nullable(),
  lines: z.array(cartLine), fees: z.array(z.object({ kind: z.string(), amountFen: fen })), couponIds: z.array(id), codes: z.array(z.string()),
  manualDiscountFen: fen,
}).meta({ id: "TakenUpCart" });
