import { ORDER_PAID, ORDER_RETURNED, type OrderPaid, type OrderReturned } from "../../../events/commerce.ts";
import { wallClock } from "../../../kernel/days.ts";
import type { NewEvent } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { writeStandings } from "../../loyalty/index.ts";
import { audit } from "../../platform/index.ts";
import { insertOrders, type Order } from "../order.ts";
import type { IngestBatch, IngestedReturn } from "./batch.ts";
import { lineIdOf, netOf } from "./sale.ts";

/** Sends everything a request decided, each table with one statement; the commit waits for it. */
export async function writeIngest(batch: IngestBatch): Promise<void> {
  const { scope, sales, returns } = batch;
  writeWaiting(batch);
  if (sales.length + returns.length === 0) return;
  // By id: two requests that hold the same new orders wait for each other instead of deadlocking.
  insertOrders(scope, sales.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  insertReturns(scope, returns);
  updateReturned(scope, new Set(returns.flatMap((one) => one.order ?? [])));
  batch.journal.close();
  batch.counters.close();
  writeStandings(scope, batch.touched, batch.tierChanges);
  audit(scope, { action: "orders.ingest", subjectKind: "batch", subjectId: newId(scope), after: { sales: sales.length, returns: returns.length } });
  await scope.outbox.publishAll(scope, [...sales.map((order) => paid(order, scope.zone)), ...returns.map(returnedEvent)]);
  hint(scope, "members", [...new Set([...batch.touched].map((standing) => standing.memberId))]);
  hint(scope, "orders", [...new Set([...sales, ...returns].map((one) => one.storeId))]);
}

function insertReturns({ tx, tenantId }: Scope, returns: readonly IngestedReturn[]): void {
  if (returns.length === 0) return;
  const rows = returns.toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1));
  const column = <T>(pick: (row: IngestedReturn) => T): T[] => rows.map(pick);
  tx.write(
    `insert into commerce."return" (tenant_id, id, order_id, external_id, store_id, member_id, amount_fen, lines, tenders, points_taken_back,
                                    points_given_back, reason, by_actor, at, business_on, source)
     select $1, id, order_id, external_id, store_id, member_id, amount_fen, lines::jsonb, tenders::jsonb, points_taken_back, 0, reason, by_actor, at,
            business_on, source::jsonb
       from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::bigint[], $8::text[], $9::text[], $10::bigint[], $11::text[],
                   $12::text[], $13::timestamptz[], $14::date[], $15::text[])
         as v(id, order_id, external_id, store_id, member_id, amount_fen, lines, tenders, points_taken_back, reason, by_actor, at, business_on, source)`,
    [tenantId, column((row) => row.id), column((row) => row.order?.id ?? null), column((row) => row.externalId), column((row) => row.storeId),
      column((row) => row.memberId), column((row) => row.amountFen), column((row) => JSON.stringify(linesOf(row))),
      column((row) => JSON.stringify(tendersOf(row))), column((row) => row.pointsTakenBack), column((row) => row.wire.reason ?? "POS"),
      column((row) => row.byActor), column((row) => row.at.toISOString()), column((row) => row.businessOn),
      column((row) => JSON.stringify({ hash: row.hash, ...(row.wire.attributes ? { attributes: row.wire.attributes } : {}) }))]);
}

const linesOf = (row: IngestedReturn): object[] => row.order
  ? row.lines.map(({ line, quantity, amountFen }) => ({ lineId: line.lineId, sku: line.sku, name: line.name, quantity, amountFen }))
  : row.wire.lines.map((line, no) => ({ lineId: lineIdOf(line, no), sku: line.sku, name: line.name, quantity: line.quantity, amountFen: netOf(line) }));

function tendersOf(row: IngestedReturn): object[] {
  if (!row.order) return (row.wire.tenders ?? [{ kind: "external", amountFen: row.amountFen }]).map(({ kind, amountFen }, no) => ({ no, kind, amountFen }));
  return row.order.tenders.map(({ no, kind }, at) => ({ no, kind, amountFen: row.lines.reduce((sum, one) => sum + (one.split[at] ?? 0), 0) }));
}

/** The sales as they stand now; their rows are locked, or were inserted a statement before. */
function updateReturned({ tx, tenantId }: Scope, touched: ReadonlySet<Order>): void {
  if (touched.size === 0) return;
  const orders = [...touched];
  const lines = orders.flatMap((order) => order.lines.filter((line) => line.returnedQuantity > 0).map((line) => ({ orderId: order.id, ...line })));
  const tenders = orders.flatMap((order) => order.tenders.map((tender) => ({ orderId: order.id, ...tender })));
  tx.write(
    `update commerce.order_line l set returned_quantity = v.quantity, returned_fen = v.amount, returned_split = v.split::jsonb
       from unnest($2::text[], $3::int[], $4::int[], $5::bigint[], $6::text[]) as v(order_id, no, quantity, amount, split)
      where l.tenant_id = $1 and l.order_id = v.order_id and l.no = v.no`,
    [tenantId, lines.map((line) => line.orderId), lines.map((line) => line.no), lines.map((line) => line.returnedQuantity),
      lines.map((line) => line.returnedFen), lines.map((line) => JSON.stringify(line.returnedSplit))]);
  tx.write(
    `update commerce.tender t set refunded_fen = v.amount from unnest($2::text[], $3::int[], $4::bigint[]) as v(order_id, no, amount)
      where t.tenant_id = $1 and t.order_id = v.order_id and t.no = v.no`,
    [tenantId, tenders.map((one) => one.orderId), tenders.map((one) => one.no), tenders.map((one) => one.refundedFen)]);
  tx.write(
    `update commerce."order" o set refunded_fen = v.refunded, points_returned = v.points, status = v.status
       from unnest($2::text[], $3::bigint[], $4::bigint[], $5::text[]) as v(id, refunded, points, status) where o.tenant_id = $1 and o.id = v.id`,
    [tenantId, orders.map((order) => order.id), orders.map((order) => order.refundedFen), orders.map((order) => order.pointsReturned),
      orders.map((order) => order.status)]);
}

function writeWaiting({ scope, newlyWaiting, noLongerWaiting }: IngestBatch): void {
  const { tx, tenantId, now } = scope;
  const ended = new Set(noLongerWaiting);
  const rows = newlyWaiting.filter((one) => !ended.has(one.externalId)).toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1));
  if (rows.length > 0) {
    tx.write(
      `insert into commerce.waiting_return (tenant_id, external_id, order_id, store_id, hash, wire, by_actor, received_at)
       select $1, external_id, order_id, store_id, hash, wire::jsonb, by_actor, $2
         from unnest($3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[]) as v(external_id, order_id, store_id, hash, wire, by_actor)`,
      [tenantId, now, rows.map((one) => one.externalId), rows.map((one) => one.orderId), rows.map((one) => one.storeId), rows.map((one) => one.hash),
        rows.map((one) => JSON.stringify(one.wire)), rows.map((one) => one.byActor)]);
  }
  if (ended.size > 0) {
    tx.write("delete from commerce.waiting_return where tenant_id = $1 and external_id = any($2::text[])", [tenantId, [...ended]]);
  }
}

/** At its own time, so that timelines and dashboards put it on its day. */
function paid(order: Order, zone: string): NewEvent {
  const payload: OrderPaid = {
    orderId: order.id, storeId: order.storeId, memberId: order.memberId, channel: order.channel, grossFen: order.grossFen, netFen: order.netFen,
    pointsEarned: order.pointsEarned, pointsSpent: 0, couponIds: [], paidAt: order.paidAt.toISOString(), businessOn: order.businessOn,
    hour: wallClock(order.paidAt, zone).hour,
  };
  return { type: ORDER_PAID, subjectId: order.memberId, at: order.paidAt, payload };
}

function returnedEvent(row: IngestedReturn): NewEvent {
  const payload: OrderReturned = {
    orderId: row.order?.id ?? null, returnId: row.id, storeId: row.storeId, memberId: row.memberId, amountFen: row.amountFen,
    pointsTakenBack: row.pointsTakenBack, pointsGivenBack: 0, whole: row.isWhole, couponIds: [], businessOn: row.businessOn, hour: row.hour,
  };
  return { type: ORDER_RETURNED, subjectId: row.memberId, at: row.at, payload };
}
