import { z } from "zod";
import { fen, id, instant, orderId, pageOf, pageQuery, reason, signedFen, text } from "../../../kernel/http/wire.ts";
import { cart, memberHint, quoteCandidate, tender } from "../cart.schema.ts";

const MAX_PEOPLE = 20;
/** A share's order is the bill's id with the share's number behind it. */
const MAX_BILL_ID = 60;

export const billId = orderId.max(MAX_BILL_ID);
export const billParams = z.object({ billId });
export const shareParams = z.object({ billId, no: z.coerce.number().int().min(1).max(MAX_PEOPLE) });

const shareWish = z.object({
  /** What the till calls this person: 甲, "the gentleman in red". */
  name: text(20).optional(),
  memberId: id.nullish(),
  /** Part of what nobody claimed; 1 unless said, 0: only what they had. */
  weight: z.int().min(0).max(1_000).optional(),
  /** What this person had, by line id: units, or weights against the others who claim the same line. */
  lines: z.record(z.string().max(64), z.int().min(1).max(10_000)).optional(),
  /** What this person pays; then every share has an amount, and all are the bill. */
  amountFen: fen.optional(),
}).meta({ id: "ShareWish" });
export type ShareWish = z.output<typeof shareWish>;

export const billBody = z.object({
  ...cart.omit({ member: true, memberId: true }).shape,
  shares: z.array(shareWish).min(2).max(MAX_PEOPLE),
  note: text(40).optional(),
});
export type BillWish = z.output<typeof billBody>;

const effect = z.object({ name: z.string(), amountFen: signedFen });
const sums = { grossFen: fen, discountFen: fen, feesFen: fen, totalFen: fen };
const partLine = z.object({ lineId: z.string(), name: z.string(), quantity: z.int(), units: z.int(), grossFen: fen, discountFen: fen, netFen: fen });

export const billReply = z.object({
  id: orderId, storeId: id, state: z.enum(["open", "paid", "void"]), revision: z.int(), note: z.string().nullable(), token: z.string(),
  ...sums, paidFen: fen, ruleVersion: z.int(), openedAt: instant, until: instant, isOverdue: z.boolean(),
  lines: z.array(z.object({ lineId: z.string(), sku: z.string(), name: z.string(), quantity: z.int(), grossFen: fen, discountFen: fen, netFen: fen })),
  effects: z.array(effect),
  shares: z.array(z.object({
    no: z.int(), name: z.string(), memberId: id.nullable(), memberName: z.string().nullable(), state: z.enum(["open", "paid"]), ...sums,
    /** The order that this share becomes; also what a WeChat payment for it names. */
    orderId, payerName: z.string().nullable(), paidAt: instant.nullable(), lines: z.array(partLine), effects: z.array(effect),
  })),
}).meta({ id: "Bill" });
export type BillWire = z.input<typeof billReply>;

export const billPage = pageOf(z.object({
  id: orderId, note: z.string().nullable(), totalFen: fen, paidFen: fen, shares: z.int(), sharesPaid: z.int(), openedAt: instant, isOverdue: z.boolean(),
}));
export const billQuery = pageQuery.extend({ storeId: id.optional() });

export const assignBody = z.object({ memberId: id.nullable() });
export const payBody = z.object({ memberId: z.string().max(36).nullish(), member: memberHint.optional(), revision: z.int().optional(), tenders: z.array(tender).max(10) });
export type PayWish = z.output<typeof payBody>;

export const payerQuery = z.object({ memberId: id });
export const shareCandidates = z.object({ storedValueFen: fen, candidates: z.array(quoteCandidate) }).meta({ id: "ShareCandidates" });

/** In the bill's own lines and quantities; each payer gets back their part. */
export const billReturnBody = z.object({
  whole: z.boolean().optional(),
  lines: z.array(z.object({ lineId: z.string().min(1).max(64), quantity: z.int().min(1).max(10_000) })).min(1).max(200).optional(),
  reason,
}).refine((body) => (body.whole === true) !== (body.lines !== undefined), { message: "give either whole or lines", path: ["lines"] });
export type BillReturn = z.output<typeof billReturnBody>;

/** At the table: nobody else's name, number or tier. */
export const tableReply = z.object({
  id: orderId, state: z.enum(["open", "paid", "void"]), note: z.string().nullable(), storeName: z.string().nullable(), totalFen: fen, paidFen: fen, discountFen: fen, revision: z.int(),
  effects: z.array(effect),
  shares: z.array(z.object({
    no: z.int(), name: z.string(), state: z.enum(["open", "paid"]), isMine: z.boolean(), isFree: z.boolean(), orderId, totalFen: fen, discountFen: fen,
    feesFen: fen, lines: z.array(partLine),
  })),
  points: z.int(), storedValueFen: z.int(), isFrozen: z.boolean(), mostPoints: z.int(), pointsWorthFen: fen,
}).meta({ id: "TableBill" });
