import { z } from "zod";
import { worded, type Exporter, type SheetColumn } from "../../kernel/exporter.ts";
import { id } from "../../kernel/http/wire.ts";
import { memberNames } from "../customers/index.ts";
import type { poolCodePage } from "./coupon-push.schema.ts";
import { getPush, listPoolCodes } from "./coupon-push.view.ts";
import { couponLookup, type walletCoupon } from "./wallet.schema.ts";
import { findCoupons } from "./wallet.view.ts";

type Coupon = z.input<typeof walletCoupon> & { holder: string | null };
type Code = z.input<typeof poolCodePage>["items"][number];

const stateName = worded({ usable: ["可使用", "Usable"], used: ["已使用", "Used"], expired: ["已过期", "Expired"], void: ["已作废", "Void"], given: ["赠送中", "Given away"] });
const couponColumns: readonly SheetColumn<Coupon>[] = [
  { key: "code", zh: "券码", en: "Code", cell: (coupon) => coupon.code },
  { key: "name", zh: "优惠券", en: "Coupon", cell: (coupon) => coupon.name },
  { key: "sentence", zh: "规则", en: "Rule", cell: (coupon, language) => (language === "en" ? coupon.sentenceEn : coupon.sentence) },
  { key: "state", zh: "状态", en: "State", cell: (coupon, language) => stateName(coupon.state, language) },
  { key: "holder", zh: "持有人", en: "Holder", cell: (coupon) => coupon.holder },
  { key: "source", zh: "来源", en: "Source", cell: (coupon) => coupon.source },
  { key: "issuedAt", zh: "发放时间", en: "Issued", cell: (coupon) => ({ at: coupon.issuedAt }) },
  { key: "validUntil", zh: "有效期至", en: "Valid until", cell: (coupon) => ({ at: coupon.validUntil }) },
  { key: "usedAt", zh: "使用时间", en: "Used", cell: (coupon) => coupon.usedAt && { at: coupon.usedAt } },
  { key: "orderId", zh: "订单号", en: "Order no.", cell: (coupon) => coupon.orderId },
  { key: "endedReason", zh: "作废原因", en: "Reason", cell: (coupon) => coupon.endedReason },
];

/** The coupons that a code leads to, with who has them. */
export const couponExporter: Exporter<z.output<typeof couponLookup>> = {
  kind: "coupons", zh: "优惠券", en: "Coupons", can: "promotions.manage", query: couponLookup,
  open: async (_scope, { code }) => ({
    columns: couponColumns,
    page: async (scope) => {
      const coupons = await findCoupons(scope, code);
      const names = await memberNames(scope, coupons.flatMap((coupon) => coupon.memberId ?? []));
      return { items: coupons.map((coupon) => ({ ...coupon, holder: names.get(coupon.memberId ?? "") ?? null })), nextCursor: null };
    },
  }),
};

const codeStateName = worded({ issued: ["未使用", "Unused"], held: ["使用中", "In use"], given: ["赠送中", "Given away"], redeemed: ["已使用", "Used"], expired: ["已过期", "Expired"], void: ["已作废", "Void"] });
const codeColumns: readonly SheetColumn<Code>[] = [
  { key: "code", zh: "券码", en: "Code", cell: (one) => one.code },
  { key: "state", zh: "状态", en: "State", cell: (one, language) => codeStateName(one.state, language) },
  { key: "usedAt", zh: "使用时间", en: "Used", cell: (one) => one.usedAt && { at: one.usedAt } },
];
const pool = z.object({ pushId: id });

/** The codes of a pool, for whoever prints them. Throws `notFound`. */
export const codeExporter: Exporter<z.output<typeof pool>> = {
  kind: "coupon-codes", zh: "券码", en: "Coupon codes", can: "promotions.manage", query: pool,
  open: async (scope, { pushId }) => {
    await getPush(scope, pushId);
    return { columns: codeColumns, page: (at, page) => listPoolCodes(at, pushId, page) };
  },
};
