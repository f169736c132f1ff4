import { sql } from "kysely";
import type { Scope } from "../../kernel/scope.ts";
import type { Order, OrderLine, OrderTender, Proof } from "./order.ts";

/** Reads whole orders, each table once. `lock` keeps them still while returns are worked out; in the order of ids. */
export async function readOrders(scope: Scope, orderIds: readonly string[], lock = false): Promise<Map<string, Order>> {
  if (orderIds.length === 0) return new Map();
  const { db } = scope.tx;
  // One array instead of a list: the statement is the same for any number of orders, and planned once.
  const ids = sql<string>`any(${[...orderIds]}::text[])`;
  const heads = db.selectFrom("commerce.order").selectAll().where("id", "=", ids).orderBy("id");
  const rows = await (lock ? heads.forUpdate() : heads).execute();
  const [lines, tenders] = await Promise.all([
    db.selectFrom("commerce.order_line").selectAll().where("order_id", "=", ids).orderBy("order_id").orderBy("no").execute(),
    db.selectFrom("commerce.tender").selectAll().where("order_id", "=", ids).orderBy("order_id").orderBy("no").execute(),
  ]);
  const linesOf = Map.groupBy(lines, (line) => line.order_id);
  const tendersOf = Map.groupBy(tenders, (tender) => tender.order_id);
  return new Map(rows.map((row): [string, Order] => [row.id, {
    id: row.id, storeId: row.store_id, channel: row.channel, source: row.source as Order["source"], memberId: row.member_id,
    status: row.status as Order["status"], grossFen: row.gross_fen, discountFen: row.discount_fen, feesFen: row.fees_fen, netFen: row.net_fen,
    refundedFen: row.refunded_fen, pointsEarned: row.points_earned, pointsSpent: row.points_spent, pointsReturned: row.points_returned,
    ruleVersion: row.rule_version, proof: row.proof as Proof, cashier: row.cashier, paidAt: row.paid_at, businessOn: row.business_on,
    lines: (linesOf.get(row.id) ?? []).map((line): OrderLine => ({
      no: line.no, lineId: line.line_id, sku: line.sku, name: line.name, category: line.category, quantity: line.quantity,
      unitPriceFen: line.unit_price_fen, grossFen: line.gross_fen, discountFen: line.discount_fen, netFen: line.net_fen,
      pointsEarned: line.points_earned, tenderSplit: line.tender_split as number[], returnedQuantity: line.returned_quantity,
      returnedFen: line.returned_fen, returnedSplit: line.returned_split as number[],
    })),
    tenders: (tendersOf.get(row.id) ?? []).map((tender): OrderTender => ({
      no: tender.no, kind: tender.kind, amountFen: tender.amount_fen, refundedFen: tender.refunded_fen, points: tender.points,
      principalFen: tender.principal_fen, paymentId: tender.payment_id, reference: tender.reference,
    })),
  }]));
}
