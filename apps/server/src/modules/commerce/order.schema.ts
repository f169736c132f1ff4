import { z } from "zod";
import { day, fen, id, instant, orderId, pageOf, pageQuery, points, reason, signedFen } from "../../kernel/http/wire.ts";
import { customValues, filterText, sortText } from "../objects/index.ts";

export const orderStatus = z.enum(["paid", "partially-refunded", "refunded"]);

export const orderReply = z.object({
  id: orderId,
  orderNo: z.string(),
  status: orderStatus,
  storeId: id,
  channel: z.string(),
  source: z.enum(["till", "ingest"]),
  memberId: id.nullable(),
  memberName: z.string().nullable(),
  grossFen: fen, discountFen: fen, feesFen: fen, netFen: fen, refundedFen: fen,
  lines: z.array(z.object({
    lineId: z.string(), sku: z.string(), name: z.string(), category: z.string().nullable(), quantity: z.int(), returnedQuantity: z.int(),
    unitPriceFen: fen, grossFen: fen, discountFen: fen, netFen: fen, returnedFen: fen, pointsEarned: points,
  })),
  tenders: z.array(z.object({
    no: z.int(), kind: z.string(), amountFen: fen, refundedFen: fen, points: points.nullable(), principalFen: fen.nullable(),
    paymentId: id.nullable(), reference: z.string().nullable(),
  })),
  effects: z.array(z.object({
    kind: z.string(), offerId: z.string().nullable(), couponId: z.string().nullable(), name: z.string(), amountFen: signedFen,
  })),
  /** A share of a table's bill. */
  bill: z.object({ id: orderId, no: z.int(), of: z.int() }).nullable(),
  pointsEarned: points, pointsSpent: points, pointsReturned: points,
  balances: z.object({ points: z.int(), storedValueFen: z.int() }).optional(),
  tierUpgrade: z.object({ id, name: z.string() }).nullable().optional(),
  returns: z.array(z.object({
    id, at: instant, amountFen: fen, reason: z.string(), pointsTakenBack: points, pointsGivenBack: points,
    /** points that were gone, and what was kept of the money for them */
    pointsClawed: points, clawedFen: fen,
    lines: z.array(z.object({ lineId: z.string(), quantity: z.int(), amountFen: fen })),
    tenders: z.array(z.object({ no: z.int(), kind: z.string(), amountFen: fen })),
  })),
  /** Asked for, and done once somebody agrees; who that is, for staff. */
  waitingRefunds: z.array(z.object({ requestId: id, askedAt: instant, deciders: z.array(z.string()) })).optional(),
  paidAt: instant, businessOn: day, cashier: z.string(),
  /** For staff who look at the order. */
  cashierName: z.string().nullable().optional(),
  /** For staff and keys that look at the order: own fields of the tenant by key, and what those that they refer to are called. */
  custom: customValues.optional(), customReferences: z.record(z.string(), z.string()).optional(),
  ruleVersion: z.int(),
}).meta({ id: "Order" });
export type OrderWire = z.input<typeof orderReply>;

export const orderItem = z.object({
  id: orderId, orderNo: z.string(), status: orderStatus, storeId: id, channel: z.string(), memberId: id.nullable(),
  memberName: z.string().nullable(), netFen: fen, refundedFen: fen, discountFen: fen, pointsEarned: points, items: z.int(), paidAt: instant, custom: customValues.optional(),
}).meta({ id: "OrderSummary" });

export type OrderItemWire = z.input<typeof orderItem>;

export const orderQuery = pageQuery.extend({
  q: z.string().max(64).optional(), storeId: id.optional(), memberId: id.optional(), status: orderStatus.optional(),
  from: day.optional(), until: day.optional(), to: day.optional(), filter: filterText, sort: sortText,
});
export const customPatch = z.object({ custom: customValues });
export const orderPage = pageOf(orderItem);

/** Whole, by lines, or an amount spread over the lines that are left. */
export const returnBody = z.object({
  whole: z.boolean().optional(),
  lines: z.array(z.object({ lineId: z.string().min(1).max(64), quantity: z.int().min(1).max(10_000) })).min(1).max(200).optional(),
  amountFen: fen.min(1).optional(),
  reason,
}).refine((body) => [body.whole, body.lines, body.amountFen].filter((one) => one !== undefined && one !== false).length === 1, {
  message: "give exactly one of whole, lines, amountFen", path: ["lines"],
});
export type ReturnWire = z.output<typeof returnBody>;
