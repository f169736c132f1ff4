import type { Quote } from "@shuke/offers";
import { bigints, days, instants, integers, texts, uuids } from "../../kernel/db/array.ts";
import type { Fen, Points } from "../../kernel/money.ts";
import { problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";

export const orderExists = problem("commerce/order-exists", 409, "There is already an order with this id");
export const unknownMember = problem("commerce/unknown-member", 404, "No such member");
export const memberUnusable = problem("commerce/member-unusable", 409, "The membership is frozen or closed");
export const unknownStore = problem("commerce/unknown-store", 404, "No such store");
export const priceChanged = problem("commerce/price-changed", 409, "The price has changed since the quote");
export const quoteMissing = problem("commerce/quote-missing", 404, "There is no quote for this order; send the cart");
export const quoteHeld = problem("commerce/quote-held", 409, "The quote is held");
export const cartTaken = problem("commerce/cart-taken", 409, "This cart is not parked any more: somebody took it up, or it was paid");
export const refundTooHigh = problem("commerce/refund-too-high", 409, "More would be refunded than is left");

export interface OrderLine {
  no: number;
  lineId: string;
  sku: string;
  name: string;
  category: string | null;
  quantity: number;
  unitPriceFen: Fen;
  grossFen: Fen;
  discountFen: Fen;
  netFen: Fen;
  pointsEarned: Points;
  /** This line's part of each tender, by the tenders' order. */
  tenderSplit: Fen[];
  returnedQuantity: number;
  returnedFen: Fen;
  /** What of `tenderSplit` has gone back. */
  returnedSplit: Fen[];
}

export interface OrderTender {
  no: number;
  kind: string;
  amountFen: Fen;
  refundedFen: Fen;
  points: Points | null;
  principalFen: Fen | null;
  paymentId: string | null;
  reference: string | null;
}

/** What the price can be proved again from, together with the lines and the named rule version. */
export interface Proof {
  effects: Quote["effects"];
  fees: (Quote["fees"][number] & { tenderSplit: Fen[] })[];
  engine: Quote["proof"];
  hash: string;
  /** Cart fields that lines do not hold. */
  tags: Record<string, readonly string[]>;
  manualDiscountFen: Fen;
  /** What was given by hand on lines, by line id. */
  lineDiscounts?: Record<string, Fen>;
  codes: readonly string[];
  couponIds: readonly string[];
  member: { tierId: string | null; firstOrder: boolean } | null;
  /** What each earn rule added. */
  earned?: readonly { id: string; points: number }[];
  /** Sold by a till without network; paid from the allowance of this code. */
  offline?: { codeId: string | null };
  /** Of a share of a table's bill: which share of which bill. The bill keeps the price and its proof. */
  bill?: { id: string; no: number; of: number };
  /** Of an order from another system: what it said, and the hash that tells a repetition. */
  source?: Source;
}

export interface Source {
  hash: string;
  attributes?: Record<string, string>;
}

export interface Order {
  id: string;
  storeId: string;
  channel: string;
  source: "till" | "ingest";
  memberId: string | null;
  status: "paid" | "partially-refunded" | "refunded";
  grossFen: Fen;
  discountFen: Fen;
  feesFen: Fen;
  netFen: Fen;
  refundedFen: Fen;
  pointsEarned: Points;
  pointsSpent: Points;
  pointsReturned: Points;
  ruleVersion: number;
  proof: Proof;
  cashier: string;
  paidAt: Date;
  businessOn: string;
  lines: OrderLine[];
  tenders: OrderTender[];
}

/** Writes a batch of orders with their lines and tenders: three statements, however many orders. */
export function insertOrders(scope: Scope, orders: readonly Order[]): void {
  if (orders.length === 0) return;
  const { tx, tenantId, now } = scope;
  tx.write(
    `insert into commerce."order" (tenant_id, id, store_id, channel, source, member_id, status, gross_fen, discount_fen, fees_fen, net_fen,
                                   points_earned, points_spent, rule_version, proof, cashier, paid_at, business_on, recorded_at)
     select $1, id, store_id, channel, source, member_id, 'paid', gross_fen, discount_fen, fees_fen, net_fen,
            points_earned, points_spent, rule_version, proof::jsonb, cashier, paid_at, business_on, $2
       from unnest($3::text[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
                   $12::bigint[], $13::bigint[], $14::int[], $15::text[], $16::text[], $17::timestamptz[], $18::date[])
         as v(id, store_id, channel, source, member_id, gross_fen, discount_fen, fees_fen, net_fen, points_earned, points_spent,
              rule_version, proof, cashier, paid_at, business_on)`,
    [tenantId, now, texts(orders, (one) => one.id), uuids(orders, (one) => one.storeId), texts(orders, (one) => one.channel), texts(orders, (one) => one.source),
      uuids(orders, (one) => one.memberId), bigints(orders, (one) => one.grossFen), bigints(orders, (one) => one.discountFen), bigints(orders, (one) => one.feesFen),
      bigints(orders, (one) => one.netFen), bigints(orders, (one) => one.pointsEarned), bigints(orders, (one) => one.pointsSpent), integers(orders, (one) => one.ruleVersion),
      texts(orders, (one) => JSON.stringify(one.proof)), texts(orders, (one) => one.cashier), instants(orders, (one) => one.paidAt), days(orders, (one) => one.businessOn)]);
  insertLines(scope, orders);
  insertTenders(scope, orders);
}

function insertLines({ tx, tenantId }: Scope, orders: readonly Order[]): void {
  const rows = orders.flatMap((order) => order.lines.map((line) => ({ orderId: order.id, line })));
  tx.write(
    `insert into commerce.order_line (tenant_id, order_id, no, line_id, sku, name, category, quantity, unit_price_fen, gross_fen, discount_fen,
                                      net_fen, points_earned, tender_split)
     select $1, order_id, no, line_id, sku, name, category, quantity, unit_price_fen, gross_fen, discount_fen, net_fen, points_earned, tender_split::jsonb
       from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::bigint[], $10::bigint[], $11::bigint[],
                   $12::bigint[], $13::bigint[], $14::text[])
         as v(order_id, no, line_id, sku, name, category, quantity, unit_price_fen, gross_fen, discount_fen, net_fen, points_earned, tender_split)`,
    [tenantId, texts(rows, (row) => row.orderId), integers(rows, (row) => row.line.no), texts(rows, (row) => row.line.lineId), texts(rows, (row) => row.line.sku),
      texts(rows, (row) => row.line.name), texts(rows, (row) => row.line.category), integers(rows, (row) => row.line.quantity), bigints(rows, (row) => row.line.unitPriceFen),
      bigints(rows, (row) => row.line.grossFen), bigints(rows, (row) => row.line.discountFen), bigints(rows, (row) => row.line.netFen), bigints(rows, (row) => row.line.pointsEarned),
      texts(rows, (row) => `[${row.line.tenderSplit.join(",")}]`)]);
}

function insertTenders({ tx, tenantId }: Scope, orders: readonly Order[]): void {
  const rows = orders.flatMap((order) => order.tenders.map((tender) => ({ orderId: order.id, tender })));
  if (rows.length === 0) return;
  tx.write(
    `insert into commerce.tender (tenant_id, order_id, no, kind, amount_fen, points, principal_fen, payment_id, reference)
     select $1, order_id, no, kind, amount_fen, points, principal_fen, payment_id, reference
       from unnest($2::text[], $3::int[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::uuid[], $9::text[])
         as v(order_id, no, kind, amount_fen, points, principal_fen, payment_id, reference)`,
    [tenantId, texts(rows, (row) => row.orderId), integers(rows, (row) => row.tender.no), texts(rows, (row) => row.tender.kind), bigints(rows, (row) => row.tender.amountFen),
      bigints(rows, (row) => row.tender.points), bigints(rows, (row) => row.tender.principalFen), uuids(rows, (row) => row.tender.paymentId), texts(rows, (row) => row.tender.reference)]);
}

/** What each of these coupons took off. */
export const couponAmounts = (effects: Quote["effects"], couponIds: readonly string[]): { couponId: string; amountFen: Fen }[] => couponIds.map((couponId) =>
  ({ couponId, amountFen: effects.reduce((sum, effect) => sum + (effect.couponId === couponId ? effect.amountFen : 0), 0) }));
