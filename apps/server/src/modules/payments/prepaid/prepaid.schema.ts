import { z } from "zod";
import { day, fen, id, instant, pageOf, pageQuery, reason, text } from "../../../kernel/http/wire.ts";
import { NAMED_CARD_LIMIT_FEN, UNNAMED_CARD_LIMIT_FEN } from "../card-limit.ts";

export const cause = z.enum(["seven-day", "consumer", "merchant"]);
const spendOrder = z.enum(["proportional", "principal-first", "bonus-first"]);

export const termsBody = z.object({
  spendOrder, approvalOverFen: fen,
  /** Must stay empty: a named card may not expire. Given, it is refused with the reason. */
  namedExpiryDays: z.int().min(1).max(36_500).nullish(),
});
export const termsReply = z.object({
  version: z.int(), spendOrder, approvalOverFen: fen, namedExpiryDays: z.null(), namedLimitFen: fen, unnamedLimitFen: fen, unnamedYears: z.int(),
}).meta({ id: "PrepaidTerms" });

/** One line of the computation; the words are the screen's. */
export const step = z.object({
  code: z.enum(["paid", "bonus", "spent", "ratio", "at-list", "owes-nothing", "bonus-lapses", "uses", "per-use", "at-market", "days", "refund", "seven-days-over", "known-before"]),
  fen, numerator: z.int().optional(), denominator: z.int().optional(), count: z.int().optional(),
});
export const quotedPart = z.object({
  /** The top-up, or the sale of a card. */
  sourceId: z.string(), kind: z.enum(["top-up", "card"]), at: instant, paidFen: fen, bonusFen: fen, spentFen: fen,
  /** What the used part counts for: it may be more than was paid; then nothing goes back and nothing is owed. */
  consumedFen: fen, basis: z.enum(["paid", "list", "market", "days"]), refundFen: fen, principalLeftFen: fen, bonusLapsedFen: fen,
  /** Why nothing goes back of this for the cause; it then stays as it is. */
  refusal: z.enum(["seven-days-over", "known-before"]).nullable(), steps: z.array(step),
});
export const withdrawalQuoteReply = z.object({
  cause, refundFen: fen, principalFen: fen, bonusLapsedFen: fen, approvalOverFen: fen, needsApproval: z.boolean(), parts: z.array(quotedPart),
}).meta({ id: "WithdrawalQuote" });

const wish = { cause, knownBefore: z.boolean().optional() };
export const quoteBody = z.object({ ...wish, topUpIds: z.array(id).min(1).max(100).optional() });
export const payout = z.enum(["original", "cash", "bank"]);
/** `expectedFen`: the sum that the quote showed. Another sum now is refused, and nothing moves. */
const agreed = { expectedFen: fen.min(1), method: payout.default("original"), reference: text(64).optional(), reason, storeId: id.optional() };
export const withdrawBody = quoteBody.extend(agreed);
export const cardQuoteBody = z.object(wish);
export const cardWithdrawBody = cardQuoteBody.extend(agreed);
export const memberWithdrawBody = quoteBody.extend({ expectedFen: fen.min(1) });
export const memberCardWithdrawBody = cardQuoteBody.extend({ expectedFen: fen.min(1) });

const partState = z.enum(["waiting", "paid", "failed"]);
export const withdrawalReply = z.object({
  id, memberId: id, memberName: z.string(), cardId: id.nullable(), storeId: id.nullable(), cause, state: z.enum(["waiting", "paying", "done", "declined"]),
  method: payout, reference: z.string().nullable(), refundFen: fen, principalFen: fen, bonusFen: fen, reason: z.string(), quote: withdrawalQuoteReply,
  parts: z.array(z.object({ sourceId: z.string(), refundFen: fen, method: z.enum(["wechat", "card", "cash", "bank"]), state: partState })),
  askedBy: z.string(), askedAt: instant, decidedBy: z.string().nullable(), decidedAt: instant.nullable(),
}).meta({ id: "Withdrawal" });
export type WithdrawalReply = z.input<typeof withdrawalReply>;
export const withdrawalPage = pageOf(withdrawalReply);
export const withdrawalsQuery = pageQuery.extend({ state: z.enum(["waiting", "paying", "done", "declined"]).optional(), memberId: id.optional() });
export const settleBody = z.object({ method: z.enum(["cash", "bank"]), reference: text(64).optional() });

export const freezeBody = z.object({ kind: z.enum(["loss", "dispute", "other"]), reason });
export const thawBody = z.object({ reason });
export const freezeView = z.object({ kind: z.enum(["loss", "dispute", "other"]), reason: z.string(), at: instant }).nullable();

export const transferBody = z.object({ toMemberId: id, amountFen: fen.min(1).max(NAMED_CARD_LIMIT_FEN), reason });
export const transferReply = z.object({ id, principalFen: fen, bonusFen: fen });

const cardNo = z.string().trim().regex(/^[A-Za-z0-9-]{4,32}$/, "letters, digits and dash, 4 to 32");
export const cardNumber = z.object({ cardNo });
export const unnamedBody = z.object({ cardNo, amountFen: fen.min(1).max(UNNAMED_CARD_LIMIT_FEN), payment: z.enum(["cash", "card"]), storeId: id, expiresOn: day.optional() });
export const storedCard = z.object({
  id, cardNo: z.string(), kind: z.enum(["named", "unnamed"]), memberId: id.nullable(), amountFen: fen, expiresOn: day.nullable(),
  state: z.enum(["active", "lost", "replaced", "bound"]), at: instant,
}).meta({ id: "StoredCard" });
export const storedCardPage = pageOf(storedCard);
export const bindBody = z.object({ memberId: id });
export const extendBody = z.object({ expiresOn: day });

export const prepaidView = z.object({
  principalFen: z.int(), bonusFen: z.int(), freeze: freezeView, spendOrder,
  topUps: z.array(z.object({ sourceId: z.string(), at: instant, principalFen: fen, bonusFen: fen, spentFen: fen, spendOrder })), storedCards: z.array(storedCard),
}).meta({ id: "Prepaid" });
