import { evaluate, hashOf } from "@shuke/offers";
import type { SoldOrder } from "../../order.ts";
import type { Cart } from "../cart.ts";
import type { Quote, TenderRequest } from "../quote.ts";
import { spendHere } from "./code.ts";
import { keep } from "./drawer.ts";
import { type Pack, packNow } from "./pack.ts";

/** As the server will work it out again: the same engine, the kept rules, the tier that the code says. */
export function priceOffline(pack: Pack, cart: Cart, at: number): Quote {
  const claims = cart.member?.offline?.claims;
  const member = claims ? { id: claims.m, tierId: claims.t, segments: [], firstOrder: claims.f === 1 } : null;
  const quote = evaluate(
    { lines: cart.lines.map((line) => ({ id: line.lineId, sku: line.sku, name: line.name, category: line.category, tags: line.tags ?? [], quantity: line.quantity, unitPriceFen: line.unitPriceFen })), fees: [], channel: "till", storeId: pack.storeId, manualDiscountFen: 0, couponIds: [], codes: [] },
    { member, coupons: [] }, pack.rules, at);
  return {
    orderId: cart.orderId, ruleVersion: pack.ruleVersion, couponIds: [], candidates: quote.candidates.map((one) => ({ ...one, reasons: one.reasons.map(({ code, message }) => ({ code, message })) })),
    quoteHash: hashOf([quote.totalFen, quote.lines.map((line) => line.netFen), quote.effects.map((effect) => [effect.offerId, effect.couponId, effect.amountFen])]),
    lines: quote.lines.map((line) => ({ lineId: line.lineId, grossFen: line.grossFen, discountFen: line.discountFen, netFen: line.netFen, pointsEarned: 0 })),
    grossFen: quote.grossFen, discountFen: quote.discountFen, feesFen: 0, netFen: quote.netFen, dueFen: quote.totalFen,
    effects: quote.effects.map(({ kind, name, amountFen }) => ({ kind, name, amountFen })),
    discountLimit: { percent: 0, limitFen: 0 }, pointsEarned: 0,
    member: claims && cart.member?.offline ? { id: claims.m, name: claims.n, tier: null, points: 0, storedValueFen: cart.member.offline.restFen, nextTier: null } : null,
  };
}

/** An order that waits for the network, as it will be sent. */
export interface WaitingOrder {
  key: string;
  order: object;
  refusal?: string;
}

/** Takes the money and writes the order down on this till; it is sent when the network is back. */
export async function sellOffline(pack: Pack, cart: Cart, tenders: TenderRequest[]): Promise<SoldOrder> {
  const at = packNow(pack);
  const quote = priceOffline(pack, cart, at);
  const offline = cart.member?.offline;
  const soldAt = new Date(at).toISOString();
  const lines = cart.lines.map((line, index) => {
    const priced = quote.lines[index];
    return { ...line, grossFen: priced?.grossFen ?? 0, discountFen: priced?.discountFen ?? 0, netFen: priced?.netFen ?? 0 };
  });
  const paid = tenders.map(({ kind, amountFen = 0 }) => ({ kind, amountFen }));
  const stored = paid.filter((one) => one.kind === "stored-value").reduce((sum, one) => sum + one.amountFen, 0);
  if (offline && stored > 0) await spendHere(offline.claims.i, stored);
  const order = { orderId: cart.orderId, storeId: pack.storeId, soldAt, code: offline?.code ?? null, ruleVersion: pack.ruleVersion, quoteHash: quote.quoteHash, totalFen: quote.dueFen, lines, tenders: paid };
  await keep("orders", { key: cart.orderId, order } satisfies WaitingOrder);
  return {
    id: cart.orderId, orderNo: cart.orderId, paidAt: soldAt, netFen: quote.dueFen, memberId: null, memberName: null, pointsEarned: 0,
    lines, effects: quote.effects, tenders: paid.map((one, no) => ({ no, ...one })),
  };
}
