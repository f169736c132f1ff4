import { type Effect, type Quote } from "@shuke/offers";
import { keptReplies } from "../../../kernel/http/idempotency.ts";
import type { Exchange } from "../../../kernel/http/route.ts";
import type { Database } from "../../../kernel/db/database.ts";
import { invalid } from "../../../kernel/problem.ts";
import type { Caller, Scope } from "../../../kernel/scope.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { nameMember } from "../cart.member.ts";
import type { CartWire } from "../cart.schema.ts";
import type { SettlementDesk } from "../settlement/desk.ts";
import { replayOf, type Settled, type Ticket } from "../settlement/ticket.ts";
import { readBill, shareAt, shareOrderId, type Bill, type Share } from "./bill.rows.ts";
import type { PayWish } from "./bill.schema.ts";

interface Parts {
  database: Database;
  desk: SettlementDesk;
}

/** One person pays one share: it becomes an order of its payer, whoever it was kept for. */
export async function payShare(parts: Parts, caller: Caller, at: { billId: string; no: number }, wish: PayWish & { read?: typeof readBill }, exchange: Exchange): Promise<Settled> {
  refuseIds(wish);
  const orderId = shareOrderId(at.billId, at.no);
  const request = { key: exchange.idempotencyKey, bodyHash: exchange.bodyHash, operation: `commit ${orderId}` };
  const found = await parts.database.inScope(caller, async (scope): Promise<Ticket | Settled> => {
    const kept = (await keptReplies(scope, [request.key])).get(request.key);
    if (kept) return replayOf(kept, request);
    return { ...(await shareTicket(scope, at, wish)), ...request, caller };
  });
  if ("body" in found) return found;
  return parts.desk.settle(wish.revision === undefined || !found.frozen?.bill ? found : { ...found, frozen: { ...found.frozen, bill: { ...found.frozen.bill, revision: wish.revision } } });
}

/** What the desk settles for a share: its frozen price, its payer, what it is paid with. */
export async function shareTicket(scope: Scope, { billId, no }: { billId: string; no: number }, wish: PayWish): Promise<Omit<Ticket, "caller" | "key" | "bodyHash" | "operation">> {
  const bill = await readBill(scope, billId);
  const share = shareAt(bill, no);
  return { ...frozenShare(bill, share), tenders: wish.tenders, cart: await cartOf(scope, bill, share, wish) };
}

function refuseIds({ memberId, member, tenders }: PayWish): void {
  const errors = tenders.flatMap((one, at) => (one.paymentId !== undefined && !isUuid(one.paymentId) ? [{ field: `tenders.${at}.paymentId`, code: "invalid", message: "must be an id" }] : []));
  if (typeof memberId === "string" && !isUuid(memberId)) errors.push({ field: "memberId", code: "invalid", message: "must be an id" });
  if (member && (memberId || Object.values(member).filter((one) => one !== undefined).length !== 1)) errors.push({ field: "member", code: "invalid", message: "give memberId, or exactly one of code, phone, memberNo, card" });
  if (errors.length > 0) throw invalid({ errors });
}

/** Whoever pays is the order's member; left out, it is for whom the share was kept. */
async function cartOf(scope: Scope, bill: Bill, share: Share, wish: PayWish): Promise<CartWire> {
  const memberId = wish.memberId === undefined && !wish.member ? share.memberId : wish.memberId ?? null;
  const cart: CartWire = { ...bill.cart, memberId, lines: shareLines(bill, share), couponIds: share.couponIds, manualDiscountFen: 0 };
  return wish.member ? nameMember(scope, shareOrderId(bill.id, share.no), { ...cart, member: wish.member }) : cart;
}

const shareLines = ({ cart }: Bill, { part }: Share): CartWire["lines"] =>
  part.lines.flatMap(({ lineId }) => cart.lines.filter((line) => line.lineId === lineId));

function frozenShare(bill: Bill, share: Share): Pick<Ticket, "orderId" | "storeId" | "couponIds" | "quoteHash" | "expectedNetFen" | "frozen"> {
  return {
    orderId: shareOrderId(bill.id, share.no), storeId: bill.storeId, couponIds: share.couponIds, quoteHash: undefined, expectedNetFen: undefined,
    frozen: {
      quote: shareQuote(bill, share), ruleVersion: bill.ruleVersion, holder: bill.id,
      bill: { id: bill.id, no: share.no, of: bill.shares.length, revision: bill.revision },
    },
  };
}

/** The share as a price of its own: its part of each line, discount and fee, as they were frozen. */
export function shareQuote({ quote, cart }: Pick<Bill, "quote" | "cart">, { part, couponIds }: Pick<Share, "part" | "couponIds">): Quote {
  const effects = part.effects.flatMap(({ effect, amountFen }): Effect[] => {
    const whole = quote.effects[effect];
    return whole ? [{ ...whole, amountFen, lines: [], fees: [] }] : [];
  });
  // A coupon stands in its owner's order, also where all of its discount went to the others.
  for (const couponId of couponIds) {
    const whole = quote.effects.find((one) => one.couponId === couponId);
    if (whole && !effects.some((one) => one.couponId === couponId)) effects.push({ ...whole, amountFen: 0, lines: [], fees: [] });
  }
  return {
    effects, candidates: [], proof: quote.proof, grossFen: part.grossFen, discountFen: part.discountFen, netFen: part.netFen, feesFen: part.feesFen,
    totalFen: part.totalFen,
    fees: part.feesFen > 0 ? [{ kind: quote.fees.length === 1 ? quote.fees[0]?.kind ?? "fee" : "shared", amountFen: part.feesFen, discountFen: 0, netFen: part.feesFen }] : [],
    lines: part.lines.map((line) => ({
      lineId: line.lineId, sku: cart.lines.find((one) => one.lineId === line.lineId)?.sku ?? "", quantity: line.units, grossFen: line.grossFen,
      discountFen: line.discountFen, netFen: line.netFen, shares: [],
    })),
  };
}
