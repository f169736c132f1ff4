import { createHash } from "node:crypto";
import { canonical, evaluate, type OfflineClaims, type Quote, type Snapshot } from "@shuke/offers";
import type { Database } from "../../../kernel/db/database.ts";
import { Problem } from "../../../kernel/problem.ts";
import { actorRef, demandStore, type Caller, type Scope } from "../../../kernel/scope.ts";
import { rulesOfVersion } from "../../promotions/index.ts";
import { engineCart, quoteHash } from "../cart.ts";
import type { CartWire } from "../cart.schema.ts";
import type { SettlementDesk } from "../settlement/desk.ts";
import { raiseFlags, type Flag } from "../settlement/escrow.ts";
import type { Ticket } from "../settlement/ticket.ts";
import { VALID_MS } from "./code.ts";
import type { OfflineOrder } from "./offline.schema.ts";
import { readClaims, signingKey } from "./signature.ts";
import { listWaiting } from "./waiting.ts";

/** A till's clock may be off by so much before somebody should look at it. */
const CLOCK_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
/** Older orders are history, not sales that wait. */
const MAX_AGE_MS = 7 * DAY_MS;

interface Parts {
  database: Database;
  desk: SettlementDesk;
}

export interface Uploaded {
  orderId: string;
  outcome: "settled" | "unchanged" | "flagged" | "refused";
  flags: string[];
  code: string | null;
  detail: string | null;
}

/** Settles what a till sold without network. Each order once, however often it is uploaded; what is odd is told to the manager. */
export async function settleOffline(parts: Parts, caller: Caller, orders: readonly OfflineOrder[]): Promise<{ items: Uploaded[] }> {
  const tickets = await parts.database.inScope(caller, (scope) => Promise.all(orders.map((order) => ticketOf(scope, caller, order))));
  const items = await Promise.all(orders.map((order, at) => settleOne(parts, order, tickets[at])));
  const refused = orders.filter((_, at) => items[at]?.outcome === "refused");
  await parts.database.inScope(caller, async (scope) => {
    await reportRefused(scope, refused, items);
    closeRefused(scope, items.flatMap((one) => (one.outcome === "refused" ? [] : one.orderId)));
    await listWaiting(scope, [...new Set(orders.map((one) => one.storeId))]);
  });
  return { items };
}

async function settleOne(parts: Parts, order: OfflineOrder, ticket: Ticket | Problem | undefined): Promise<Uploaded> {
  const { orderId } = order;
  try {
    if (!ticket || ticket instanceof Problem) throw ticket ?? new Error("An order was lost");
    const { replayed, body } = await parts.desk.settle(ticket);
    const short = (JSON.parse(body.toString()) as { tenders: { reference: string | null }[] }).tenders.some((one) => one.reference === "offline-shortfall");
    const flags = [...(ticket.frozen?.offline?.exceptions ?? []).map((one) => one.kind as string), ...(short ? ["double-use"] : [])];
    return { orderId, outcome: replayed ? "unchanged" : flags.length > 0 ? "flagged" : "settled", flags, code: null, detail: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { orderId, outcome: "refused", flags: ["refused"], code: error.code, detail: error.message };
  }
}

async function ticketOf(scope: Scope, caller: Caller, order: OfflineOrder): Promise<Ticket | Problem> {
  try {
    demandStore(scope.actor, order.storeId);
    const exceptions: Flag[] = [];
    const claims = order.code ? readClaims(signingKey(scope), order.code) : undefined;
    const soldAt = soldWhen(scope, order, claims, exceptions);
    if (order.code && !claims) throw new Problem("commerce/offline-code-invalid", 422, "The code was not issued by this brand", {});
    if (claims && claims.e * 1_000 < soldAt.getTime()) exceptions.push({ kind: "expired", amountFen: 0, detail: { expiredAt: new Date(claims.e * 1_000).toISOString() } });
    const quote = await priceOf(scope, { order, claims, soldAt, exceptions });
    const { cart, storeId } = { cart: cartOf(order, claims), storeId: order.storeId };
    return {
      caller, orderId: order.orderId, cart, storeId, couponIds: [], tenders: order.tenders, quoteHash: undefined, expectedNetFen: undefined,
      key: `offline-${order.orderId}`, bodyHash: createHash("sha256").update(canonical(order)).digest(), operation: `offline ${order.orderId}`,
      frozen: { quote, ruleVersion: quote.proof.ruleVersion, holder: order.orderId, offline: { soldAt, codeId: claims?.i ?? null, exceptions } },
    };
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** When it was sold, by the till's clock. One that runs ahead cannot sell tomorrow, one that runs behind not before the guest's code was issued. */
function soldWhen({ now }: Scope, order: OfflineOrder, claims: OfflineClaims | undefined, exceptions: Flag[]): Date {
  const saidMs = new Date(order.soldAt).getTime();
  const latestMs = now.getTime();
  const earliestMs = Math.max(latestMs - MAX_AGE_MS, claims ? claims.e * 1_000 - VALID_MS : 0);
  if (saidMs > latestMs + CLOCK_MS || saidMs < earliestMs - CLOCK_MS) exceptions.push({ kind: "clock", amountFen: 0, detail: { soldAt: order.soldAt } });
  return new Date(Math.min(Math.max(saidMs, earliestMs), latestMs));
}

const cartOf = (order: OfflineOrder, claims: OfflineClaims | undefined): CartWire => ({
  storeId: order.storeId, channel: "till", memberId: claims?.m ?? null, couponIds: [],
  lines: order.lines.map(({ grossFen: _gross, discountFen: _discount, netFen: _net, ...line }) => line),
});

interface Sold {
  order: OfflineOrder;
  claims: OfflineClaims | undefined;
  soldAt: Date;
  exceptions: Flag[];
}

/** Prices the cart again with the till's rules, tier and moment. The guest has paid: another price than the server's stands, and is told. */
async function priceOf(scope: Scope, { order, claims, soldAt, exceptions }: Sold): Promise<Quote> {
  const rules = await rulesOfVersion(scope, order.ruleVersion);
  const member: Snapshot["member"] = claims ? { id: claims.m, tierId: claims.t, segments: [], firstOrder: claims.f === 1 } : null;
  const quote = evaluate(engineCart(cartOf(order, claims), order.storeId, []), { member, coupons: [] }, rules, soldAt.getTime(), { explain: false });
  if (quote.totalFen === order.totalFen && quote.lines.every((line, at) => line.netFen === order.lines[at]?.netFen) && quoteHash(quote) === order.quoteHash) return quote;
  refuseNonsense(order);
  exceptions.push({ kind: "price", amountFen: Math.abs(quote.totalFen - order.totalFen), detail: { serverFen: quote.totalFen, tillFen: order.totalFen, ruleVersion: order.ruleVersion } });
  const discountFen = order.lines.reduce((sum, line) => sum + line.discountFen, 0);
  const grossFen = order.totalFen + discountFen;
  return {
    ...quote, effects: discountFen === 0 ? [] : [{ kind: "manual", level: "order", offerId: null, couponId: null, name: "离线收银", amountFen: discountFen, lines: [], fees: [], gifts: [], issues: [] }],
    grossFen, discountFen, netFen: order.totalFen, feesFen: 0, totalFen: order.totalFen, fees: [],
    lines: order.lines.map((line) => ({ lineId: line.lineId, sku: line.sku, quantity: line.quantity, grossFen: line.grossFen, discountFen: line.discountFen, netFen: line.netFen, shares: [] })),
  };
}

function refuseNonsense(order: OfflineOrder): void {
  const sound = order.lines.every((line) => line.grossFen === line.unitPriceFen * line.quantity && line.netFen === line.grossFen - line.discountFen && line.netFen >= 0);
  if (!sound || order.lines.reduce((sum, line) => sum + line.netFen, 0) !== order.totalFen) throw new Problem("commerce/offline-price-unsound", 422, "The lines do not add up to the price", {});
}

/** Each refusal once, however often the till tries. */
async function reportRefused(scope: Scope, orders: readonly OfflineOrder[], items: readonly Uploaded[]): Promise<void> {
  if (orders.length === 0) return;
  const known = await scope.tx.rows<{ order_id: string }>(
    "select order_id from commerce.offline_exception where tenant_id = $1 and kind = 'refused' and order_id = any($2::text[])", [scope.tenantId, orders.map((one) => one.orderId)]);
  raiseFlags(scope, orders.filter((one) => !known.some((row) => row.order_id === one.orderId)).map((order) => {
    const item = items.find((one) => one.orderId === order.orderId);
    return { kind: "refused", amountFen: order.totalFen, detail: { code: item?.code, reason: item?.detail }, orderId: order.orderId, storeId: order.storeId, memberId: null, codeId: null };
  }));
}

/** What was refused and is settled after all, when what kept it back is gone, needs nobody any more. */
function closeRefused(scope: Scope, orderIds: readonly string[]): void {
  if (orderIds.length === 0) return;
  scope.tx.write("update commerce.offline_exception set resolved_at = $3, resolved_by = $4, resolution = $5 where tenant_id = $1 and kind = 'refused' and order_id = any($2::text[]) and resolved_at is null",
    [scope.tenantId, orderIds, scope.now, actorRef(scope.actor), "重新上传后已入账"]);
}
