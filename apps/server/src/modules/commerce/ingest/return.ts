import { share } from "@shuke/offers";
import { wallClock } from "../../../kernel/days.ts";
import { invalid, problem, type FieldError } from "../../../kernel/problem.ts";
import { actorRef, newId } from "../../../kernel/scope.ts";
import { addToStanding, POINTS } from "../../loyalty/index.ts";
import { refundTooHigh, type Order, type OrderLine } from "../order.ts";
import { restFen, restQuantity, returned, type ReturnedLine } from "../return.lines.ts";
import type { Arrival } from "./arrival.ts";
import type { IngestBatch, IngestedReturn, WaitingReturn } from "./batch.ts";
import type { IngestLine } from "./ingest.schema.ts";
import { earnedPoints, netOf } from "./sale.ts";

export const returnAtTill = problem("commerce/return-at-till", 409, "This order was settled here: return it with orders/{id}:return, which gives back its value");

/** A return whose sale has not arrived waits for it, and nothing else happens yet. */
export function waitForSale(batch: IngestBatch, arrival: Arrival, storeId: string, orderId: string): void {
  const { wire, hash } = arrival;
  const waiting: WaitingReturn = { externalId: wire.orderId, orderId, storeId, hash, wire, byActor: actorRef(batch.scope.actor) };
  batch.newlyWaiting.push(waiting);
  batch.waiting.set(orderId, [...(batch.waiting.get(orderId) ?? []), waiting]);
}

/** Undoes a share of a known sale: the frozen points of what goes back, the money as the source says it. Throws the reason why not. */
export function returnOf(batch: IngestBatch, arrival: Arrival, order: Order, memberId: string | null): IngestedReturn {
  if (order.source !== "ingest") throw returnAtTill({ orderId: order.id });
  if (memberId !== null && memberId !== order.memberId) {
    throw invalid({ errors: [{ field: `${arrival.place}.memberId`, code: "other-member", message: "the sale was another member's" }] });
  }
  const lines = matchLines(arrival, order);
  const points = lines.reduce((sum, one) => sum + one.points, 0);
  const amountFen = lines.reduce((sum, one) => sum + one.amountFen, 0);
  applyTo(order, lines, amountFen);
  const taken = order.memberId === null ? 0 : takeBack(batch, order.memberId, points, order.id);
  order.pointsReturned += taken;
  const standing = order.memberId === null ? undefined : batch.standings.get(order.memberId);
  if (standing) {
    addToStanding(standing, batch.program.tierRefundMonth === "refund" ? arrival.at : order.paidAt, batch.scope.zone, -amountFen, 0);
    batch.touched.add(standing);
  }
  return keep(batch, arrival, { storeId: order.storeId, memberId: order.memberId, order, lines, pointsTakenBack: taken, amountFen });
}

/** A return whose sale nobody names: takes back what its amount would have earned. */
export function returnByItself(batch: IngestBatch, arrival: Arrival, storeId: string, memberId: string | null): IngestedReturn {
  const standing = memberId === null ? undefined : batch.standings.get(memberId);
  const { points } = earnedPoints(batch, arrival.wire, storeId, standing, arrival.at);
  const taken = memberId === null ? 0 : takeBack(batch, memberId, points, arrival.wire.orderId);
  if (standing) {
    addToStanding(standing, arrival.at, batch.scope.zone, -arrival.netFen, 0);
    batch.touched.add(standing);
  }
  return keep(batch, arrival, { storeId, memberId, order: null, lines: [], pointsTakenBack: taken, amountFen: arrival.netFen });
}

/** What is not there any more is owed, unless the programme forbids it: the refund has been paid out already either way. */
function takeBack({ journal, program }: IngestBatch, memberId: string, points: number, refId: string): number {
  const key = { holderId: memberId, asset: POINTS };
  const left = journal.find(key)?.lots.reduce((sum, lot) => sum + lot.remaining - lot.held, 0) ?? 0;
  const amount = program.negativePolicy === "forbid" ? Math.min(points, left) : points;
  if (amount > 0) journal.takeBack(key, amount, { kind: "order", id: refId }, { kind: "take-back", counter: "issued", refId });
  return amount;
}

function keep(batch: IngestBatch, { wire, at, hash }: Arrival, facts: Pick<IngestedReturn, "storeId" | "memberId" | "order" | "lines" | "pointsTakenBack" | "amountFen">): IngestedReturn {
  const { day, hour } = wallClock(at, batch.scope.zone);
  const kept: IngestedReturn = {
    ...facts, id: newId<"return">(batch.scope), externalId: wire.orderId, wire, at, hash, businessOn: day, hour, byActor: actorRef(batch.scope.actor),
    isWhole: facts.order?.status === "refunded",
  };
  batch.returns.push(kept);
  return kept;
}

/** Finds the sale's lines by their id, else by SKU, first come first served; names every line that does not fit. */
function matchLines({ wire, place }: Arrival, order: Order): ReturnedLine[] {
  const errors: FieldError[] = [];
  const taken = new Map<OrderLine, ReturnedLine>();
  wire.lines.forEach((asked, at) => {
    const field = `${place}.lines.${at}`;
    const candidates = order.lines.filter((line) => (asked.lineId === undefined ? line.sku === asked.sku : line.lineId === asked.lineId));
    if (candidates.length === 0) {
      errors.push({ field: `${field}.${asked.lineId === undefined ? "sku" : "lineId"}`, code: "unknown", message: "is not on the sale" });
      return;
    }
    const left = spread(asked, candidates, taken);
    if (left > 0) errors.push({ field: `${field}.quantity`, code: "too-many", message: `only ${asked.quantity - left} left to return` });
  });
  if (errors.length > 0) throw invalid({ errors });
  const lines = [...taken.values()];
  const over = lines.find((one) => one.amountFen > restFen(one.line));
  if (over) throw refundTooHigh({ detail: `Line ${over.line.lineId} has less left`, refundableFen: restFen(over.line) });
  return lines.map((one) => returned(one.line, one.quantity, one.amountFen));
}

/** Spreads what is returned over the lines that have it; returns the quantity that found no place. */
function spread(asked: IngestLine, candidates: readonly OrderLine[], taken: Map<OrderLine, ReturnedLine>): number {
  const amount = netOf(asked);
  let placed = 0;
  for (const line of candidates) {
    const before = taken.get(line) ?? { line, quantity: 0, amountFen: 0, points: 0, split: [] };
    const quantity = Math.min(asked.quantity - placed, restQuantity(line) - before.quantity);
    if (quantity <= 0) continue;
    const part = share(amount, placed + quantity, asked.quantity) - share(amount, placed, asked.quantity);
    taken.set(line, { ...before, quantity: before.quantity + quantity, amountFen: before.amountFen + part });
    placed += quantity;
  }
  return asked.quantity - placed;
}

/** The sale as it stands afterwards; the next return of the request sees it. */
function applyTo(order: Order, lines: readonly ReturnedLine[], amountFen: number): void {
  for (const { line, quantity, amountFen: part, split } of lines) {
    line.returnedQuantity += quantity;
    line.returnedFen += part;
    line.returnedSplit = line.tenderSplit.map((_, at) => (line.returnedSplit[at] ?? 0) + (split[at] ?? 0));
  }
  order.tenders.forEach((tender, at) => (tender.refundedFen += lines.reduce((sum, one) => sum + (one.split[at] ?? 0), 0)));
  order.refundedFen += amountFen;
  const isWhole = order.lines.every((line) => line.returnedQuantity === line.quantity);
  order.status = isWhole || (order.refundedFen === order.netFen && order.netFen > 0) ? "refunded" : "partially-refunded";
}
