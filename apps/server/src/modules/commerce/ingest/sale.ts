import { earnPoints, splitTenders } from "@shuke/offers";
import { wallClock } from "../../../kernel/days.ts";
import { actorRef } from "../../../kernel/scope.ts";
import type { Fen } from "../../../kernel/money.ts";
import { activeFromOf, addToStanding, expiryOf, POINTS, type Standing, tierOf, upgrade } from "../../loyalty/index.ts";
import type { Order, OrderLine, OrderTender } from "../order.ts";
import type { Arrival } from "./arrival.ts";
import type { IngestBatch } from "./batch.ts";
import type { IngestLine, IngestOrder } from "./ingest.schema.ts";

/** Records a sale in memory: points at its own time, the standing's month of its own day, the tier as of now. Refuses nothing. */
export function recordSale(batch: IngestBatch, arrival: Arrival, storeId: string, memberId: string | null): Order {
  const standing = memberId === null ? undefined : batch.standings.get(memberId);
  const order = draft(batch, arrival, storeId, standing);
  batch.sales.push(order);
  batch.orders.set(order.id, order);
  if (!standing) return order;
  const { journal, program, scope } = batch;
  const { earned = [] } = order.proof;
  batch.counters.count(standing.memberId, { points: order.pointsEarned, rules: earned }, order.businessOn);
  const activeFrom = activeFromOf(program, order.paidAt, scope.zone);
  journal.credit({ holderId: standing.memberId, asset: POINTS }, {
    amount: order.pointsEarned, kind: "earn", counter: "issued", refId: order.id, earnedAt: order.paidAt, activeFrom,
    // A lot that is over already is recorded all the same; the ledger's expiry takes it off like any other.
    expiresAt: expiryOf(program, order.paidAt, scope.zone, activeFrom), originKind: "order", originId: order.id, storeId, ruleVersion: order.ruleVersion,
  });
  addToStanding(standing, order.paidAt, scope.zone, order.netFen, 1);
  batch.touched.add(standing);
  const change = upgrade(standing, program, scope.now, scope.zone);
  if (change) batch.tierChanges.push(change);
  return order;
}

function draft(batch: IngestBatch, { wire, at, netFen, hash }: Arrival, storeId: string, standing: Standing | undefined): Order {
  const { scope, ruleVersion } = batch;
  const tenders = tendersOf(wire, netFen);
  const lines = linesOf(wire, tenders);
  const earned = earnedPoints(batch, wire, storeId, standing, at);
  lines.forEach((line, no) => (line.pointsEarned = earned.lines[no] ?? 0));
  const grossFen = lines.reduce((sum, line) => sum + line.grossFen, 0);
  return {
    id: wire.orderId, storeId, channel: wire.channel, source: "ingest", memberId: standing?.memberId ?? null, status: "paid",
    grossFen, discountFen: grossFen - netFen, feesFen: 0, netFen, refundedFen: 0, pointsEarned: earned.points, pointsSpent: 0, pointsReturned: 0,
    ruleVersion, cashier: actorRef(scope.actor), paidAt: at, businessOn: wallClock(at, scope.zone).day, lines, tenders,
    proof: {
      effects: [], fees: [], hash: "", tags: {}, manualDiscountFen: 0, codes: [], couponIds: [],
      // Priced elsewhere: there is nothing to derive the price from again.
      engine: { ruleVersion, mode: "pipeline", at: at.getTime(), inputHash: "", search: null },
      member: standing ? { tierId: standing.tierId, firstOrder: standing.orders === 0 } : null,
      source: { hash, ...(wire.attributes ? { attributes: wire.attributes } : {}) },
      ...(earned.rules.length > 0 ? { earned: earned.rules } : {}),
    },
  };
}

/** What the lines earn, or would have earned. */
export function earnedPoints(batch: IngestBatch, wire: IngestOrder, storeId: string, standing: Standing | undefined, at: Date) {
  return earnPoints(
    wire.lines.map((line) => ({ sku: line.sku, category: line.category ?? null, tags: [], quantity: line.quantity, netFen: netOf(line) })),
    batch.program.earning, {
      storeId, channel: wire.channel, now: at.getTime(),
      ...(wire.kind === "sale" && standing ? { left: batch.counters.left(standing.memberId, wallClock(at, batch.scope.zone).day) } : {}),
      member: standing ? { tierId: tierOf(batch.program, standing.tierId)?.id ?? null, segments: [], firstOrder: wire.kind === "sale" && standing.orders === 0 } : null,
    });
}

export const netOf = (line: IngestLine): Fen => line.quantity * line.unitPriceFen - (line.discountFen ?? 0);
export const lineIdOf = (line: IngestLine, no: number): string => line.lineId ?? String(no + 1);

function tendersOf(wire: IngestOrder, netFen: Fen): OrderTender[] {
  const given = wire.tenders ?? (netFen > 0 ? [{ kind: "external", amountFen: netFen, reference: undefined }] : []);
  return given.map(({ kind, amountFen, reference }, no) => ({
    no, kind, amountFen, refundedFen: 0, points: null, principalFen: null, paymentId: null, reference: reference ?? null,
  }));
}

function linesOf(wire: IngestOrder, tenders: readonly OrderTender[]): OrderLine[] {
  const nets = wire.lines.map(netOf);
  // With one tender, which is nearly always, its split is the lines themselves.
  const split = tenders.length === 1 ? nets.map((net) => [net]) : splitTenders(nets, tenders.map((one) => one.amountFen));
  return wire.lines.map((line, no) => ({
    no, lineId: lineIdOf(line, no), sku: line.sku, name: line.name, category: line.category ?? null, quantity: line.quantity,
    unitPriceFen: line.unitPriceFen, grossFen: line.quantity * line.unitPriceFen, discountFen: line.discountFen ?? 0, netFen: nets[no] ?? 0,
    pointsEarned: 0, tenderSplit: split[no] ?? [], returnedQuantity: 0, returnedFen: 0, returnedSplit: [],
  }));
}
