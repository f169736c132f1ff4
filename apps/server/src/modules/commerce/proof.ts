import { verifyQuote, type Cart, type Quote, type Snapshot } from "@shuke/offers";
import { z } from "zod";
import { conflict } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { couponsById, inHand, rulesOfVersion } from "../promotions/index.ts";
import type { Order } from "./order.ts";
import { engineCart } from "./cart.ts";
import { readOrder } from "./order.view.ts";
import { findBill } from "./split/bill.rows.ts";

export const proofReply = z.object({ ok: z.boolean(), differences: z.array(z.string()), ruleVersion: z.int(), mode: z.string() });

/** Derives an order's price again from what was stored with it and from the rules of the version it names. */
export async function verifyOrder(scope: Scope, orderId: string): Promise<z.input<typeof proofReply>> {
  const order = await readOrder(scope, orderId);
  if (order.source !== "till") throw conflict({ detail: "This order was priced elsewhere" });
  if (order.proof.bill) return verifyShare(scope, order, order.proof.bill);
  const { engine } = order.proof;
  const [rules, coupons] = await Promise.all([rulesOfVersion(scope, order.ruleVersion), couponsById(scope, order.proof.couponIds)]);
  const at = new Date(engine.at);
  // The coupons as they stood at that moment: in hand.
  const inThatHand = coupons.map((coupon) => ({ ...inHand({ ...coupon, state: "issued" }, at, orderId) }));
  const snapshot: Snapshot = {
    member: order.proof.member && { id: order.memberId ?? "", tierId: order.proof.member.tierId, segments: [], firstOrder: order.proof.member.firstOrder },
    coupons: order.proof.couponIds.flatMap((id) => inThatHand.filter((coupon) => coupon.id === id)),
  };
  const verdict = verifyQuote(quoteOf(order), cartOf(order), snapshot, rules, engine.at);
  return { ...verdict, ruleVersion: order.ruleVersion, mode: engine.mode };
}

/** A share is its part of the bill; the bill's price is derived again as a whole. */
async function verifyShare(scope: Scope, order: Order, { id, no }: { id: string; no: number }): Promise<z.input<typeof proofReply>> {
  const bill = await findBill(scope, id);
  const share = bill?.shares.find((one) => one.no === no);
  if (!bill || !share) return { ok: false, differences: ["bill"], ruleVersion: order.ruleVersion, mode: order.proof.engine.mode };
  const [rules, coupons] = await Promise.all([rulesOfVersion(scope, bill.ruleVersion), couponsById(scope, bill.cart.couponIds)]);
  const at = new Date(bill.quote.proof.at);
  const snapshot: Snapshot = {
    member: bill.host,
    coupons: bill.cart.couponIds.flatMap((couponId) => coupons.filter((one) => one.id === couponId)).map((coupon) => {
      const hand = inHand({ ...coupon, state: "issued" }, at, id);
      return coupon.memberId !== null ? { ...hand, memberId: bill.host?.id ?? null } : hand;
    }),
  };
  const verdict = verifyQuote(bill.quote, engineCart(bill.cart, bill.storeId, bill.cart.couponIds), snapshot, rules, bill.quote.proof.at);
  const differences = order.lines.flatMap((line) => {
    const part = share.part.lines.find((one) => one.lineId === line.lineId);
    return part?.netFen === line.netFen && part.grossFen === line.grossFen ? [] : [`share.${line.lineId}`];
  });
  return { ok: verdict.ok && differences.length === 0, differences: [...verdict.differences, ...differences], ruleVersion: bill.ruleVersion, mode: bill.quote.proof.mode };
}

function cartOf(order: Order): Cart {
  const { proof } = order;
  return {
    lines: order.lines.map((line) => ({
      id: line.lineId, sku: line.sku, name: line.name, category: line.category, tags: proof.tags[line.lineId] ?? [], quantity: line.quantity,
      unitPriceFen: line.unitPriceFen, manualDiscountFen: proof.lineDiscounts?.[line.lineId],
    })),
    fees: proof.fees.map((fee) => ({ kind: fee.kind, amountFen: fee.amountFen })),
    channel: order.channel, storeId: order.storeId, manualDiscountFen: proof.manualDiscountFen, couponIds: proof.couponIds, codes: proof.codes,
  };
}

function quoteOf(order: Order): Quote {
  const { proof } = order;
  return {
    effects: proof.effects, candidates: [], proof: proof.engine,
    lines: order.lines.map((line) => ({
      lineId: line.lineId, sku: line.sku, quantity: line.quantity, grossFen: line.grossFen, discountFen: line.discountFen, netFen: line.netFen,
      shares: proof.effects.flatMap((effect, at) => {
        const part = effect.lines.find((one) => one.lineId === line.lineId);
        return part ? [{ effect: at, amountFen: part.amountFen }] : [];
      }),
    })),
    fees: proof.fees.map(({ kind, amountFen, discountFen, netFen }) => ({ kind, amountFen, discountFen, netFen })),
    grossFen: order.grossFen, discountFen: order.discountFen, netFen: order.netFen - order.feesFen, feesFen: order.feesFen, totalFen: order.netFen,
  };
}
