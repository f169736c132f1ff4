import { z } from "zod";
import { day, fen, id, instant, pageOf, pageQuery, points, reason, text } from "../../../kernel/http/wire.ts";

const MAX_LIST = 500;
const MAX_QUANTITY = 100;
/** Base64 of 200 kB, and a little. */
const MAX_BASE64 = 280_000;

const kind = z.enum(["dish", "goods", "coupon", "benefit"]);
const period = z.enum(["ever", "day", "week", "month", "year"]);
const itemState = z.enum(["draft", "live", "ended"]);
const redemptionState = z.enum(["waiting", "ready", "done", "cancelled", "expired", "refunded"]);

const fields = {
  name: text(60),
  description: z.string().trim().max(1_000),
  kind,
  pictureId: id.nullable(),
  points: points.min(1),
  cashFen: fen,
  /** How many there are in all, with those that are out; null: without end. */
  stock: z.int().min(0).max(10_000_000).nullable(),
  perMember: z.int().min(1).max(10_000).nullable(),
  limitPeriod: period,
  /** Empty: every tier. */
  tierIds: z.array(id).max(MAX_LIST),
  /** Where it is fetched; empty: everywhere. */
  storeIds: z.array(id).max(MAX_LIST),
  couponTemplateId: id.nullable(),
  benefitId: id.nullable(),
  pickupDays: z.int().min(1).max(365),
  startsOn: day.nullable(),
  endsOn: day.nullable(),
  position: z.int().min(0).max(9_999),
  state: itemState,
};

export const itemBody = z.object({
  ...fields, description: fields.description.default(""), pictureId: fields.pictureId.default(null), cashFen: fields.cashFen.default(0), stock: fields.stock.default(null),
  perMember: fields.perMember.default(null), limitPeriod: period.default("ever"), tierIds: fields.tierIds.default([]), storeIds: fields.storeIds.default([]),
  couponTemplateId: fields.couponTemplateId.default(null), benefitId: fields.benefitId.default(null), pickupDays: fields.pickupDays.default(30),
  startsOn: fields.startsOn.default(null), endsOn: fields.endsOn.default(null), position: fields.position.default(100), state: itemState.default("draft"),
});
export type ItemBody = z.output<typeof itemBody>;
export const itemPatch = z.object(fields).partial().omit({ kind: true });
export type ItemPatch = z.output<typeof itemPatch>;

export const itemReply = z.object({ id, ...fields, name: z.string(), description: z.string(), redeemed: z.int(), left: z.int().nullable() }).meta({ id: "MallItem" });
export const itemPage = pageOf(itemReply);
export const itemQuery = pageQuery.extend({ state: itemState.optional(), q: z.string().trim().max(60).optional() });
export type Item = z.input<typeof itemReply>;

/** As a member sees it: with everything that speaks against it. */
export const offeredItem = itemReply.omit({ state: true, redeemed: true, couponTemplateId: true, benefitId: true }).extend({
  taken: z.int(),
  isRedeemable: z.boolean(),
  reasons: z.array(z.object({ code: z.enum(["points", "stock", "limit", "tier", "not-yet"]), message: z.string(), missing: z.record(z.string(), z.number()).optional() })),
}).meta({ id: "OfferedMallItem" });
export const offeredPage = pageOf(offeredItem);
export type OfferedItem = z.input<typeof offeredItem>;

export const pictureBody = z.object({ base64: z.string().min(1).max(MAX_BASE64) });
export const pictureReply = z.object({ id, mediaType: z.string(), size: z.int() });
export const pictureParams = z.object({ code: text(64), id });

export const redeemBody = z.object({
  quantity: z.int().min(1).max(MAX_QUANTITY).default(1),
  /** What the member was shown: another price by now is refused and not charged. */
  points: points.optional(),
  cashFen: fen.optional(),
  /** Of wx.login(), to pay inside WeChat. */
  wechatCode: z.string().min(1).max(200).optional(),
});

export const redemption = z.object({
  id, itemId: id, kind, name: z.string(), pictureId: id.nullable(), quantity: z.int(), points: z.int(), cashFen: z.int(), state: redemptionState,
  /** ABCD-EFGH, while there is something to fetch. */
  code: z.string().nullable(),
  paymentId: id.nullable(), payUntil: instant.nullable(), pickupUntil: instant.nullable(), storeIds: z.array(id), couponIds: z.array(id), createdAt: instant,
  handedAt: instant.nullable(), endedAt: instant.nullable(), endReason: z.string().nullable(),
}).meta({ id: "Redemption" });
export const redemptionPage = pageOf(redemption);
export type Redemption = z.input<typeof redemption>;

export const redeemReply = redemption.extend({ balance: z.int(), pay: z.record(z.string(), z.string()).nullable() }).meta({ id: "Redeemed" });

const counterPayment = z.enum(["cash", "card"]);

/** For staff: with the member, and who handed it out. */
export const staffRedemption = redemption.extend({
  memberId: id, memberNo: z.string(), memberName: z.string(), paidBy: counterPayment.nullable(), storeId: id.nullable(), storeName: z.string().nullable(), handedBy: z.string().nullable(),
}).meta({ id: "StaffRedemption" });
export const staffRedemptionPage = pageOf(staffRedemption);
export type StaffRedemption = z.input<typeof staffRedemption>;
export const redemptionQuery = pageQuery.extend({ state: redemptionState.optional(), itemId: id.optional(), memberId: id.optional() });

/** At a counter: what is shown to the member, and how the cash part was taken. */
export const counterBody = z.object({
  itemId: id, storeId: id, quantity: redeemBody.shape.quantity, points: redeemBody.shape.points, cashFen: redeemBody.shape.cashFen, payment: counterPayment.optional(),
});

export const codeBody = z.object({ code: text(40) });
export const handOutBody = z.object({ storeId: id });
/** `restock: false`: it came back broken, or not at all. */
export const cancelBody = z.object({ reason, restock: z.boolean().default(true) });

export const statisticsQuery = z.object({ from: day.optional(), to: day.optional() });
export const statisticsReply = z.object({
  from: day, to: day,
  totals: z.object({ redemptions: z.int(), points: z.int(), cashFen: z.int(), members: z.int(), handed: z.int(), ended: z.int() }),
  items: z.array(z.object({ itemId: id, name: z.string(), redemptions: z.int(), quantity: z.int(), points: z.int(), cashFen: z.int(), waiting: z.int(), handed: z.int(), ended: z.int() })),
}).meta({ id: "MallStatistics" });
