import { sqlState, type Database } from "../../../kernel/db/database.ts";
import { invalid, Problem } from "../../../kernel/problem.ts";
import type { Caller, Scope } from "../../../kernel/scope.ts";
import { findStore } from "../../org/index.ts";
import { saveCustom } from "../order.custom.ts";
import { memberUnusable, orderExists, type Order } from "../order.ts";
import { readArrival, type Arrival } from "./arrival.ts";
import { openIngest, type IngestBatch, type IngestedReturn, type WaitingReturn } from "./batch.ts";
import type { IngestOutcome } from "./ingest.schema.ts";
import { returnByItself, returnOf, waitForSale } from "./return.ts";
import { recordSale } from "./sale.ts";
import { writeIngest } from "./writes.ts";

const UNIQUE_VIOLATION = "23505";
/** Each repetition finds at least the batch that was in the way; more overlapping batches than this do not happen. */
const MAX_ATTEMPTS = 6;

/**
 * Records orders of another system, up to 1,000, in one transaction of some twenty statements. Each order has its own
 * outcome, in the order of the request: a refused one never fails its neighbours.
 */
export async function ingestOrders(database: Database, caller: Caller, values: readonly unknown[]): Promise<IngestOutcome[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.inScope(caller, (scope) => ingestIn(scope, values));
    } catch (error) {
      // Somebody else recorded one of these orders between our reading and our writing: the next reading finds it.
      if (sqlState(error) !== UNIQUE_VIOLATION || attempt >= MAX_ATTEMPTS) throw error;
    }
  }
}

async function ingestIn(scope: Scope, values: readonly unknown[]): Promise<IngestOutcome[]> {
  const read = values.map((value, at) => attempt(value, () => readArrival(value, `orders.${at}`, scope.now)));
  const arrivals = read.filter((one): one is Arrival => "wire" in one);
  const batch = await openIngest(scope, arrivals);
  const stores = await findStores(scope, arrivals);
  const outcomes = read.map((one) => ("wire" in one ? attempt(one.wire, () => settle(batch, one, stores)) : one));
  await writeIngest(batch);
  const wrong = await saveCustom(scope, given(batch, arrivals));
  return outcomes.map((one, at) => {
    const errors = one.outcome === "recorded" ? wrong.get(one.orderId ?? "") : undefined;
    return errors ? { ...one, errors: errors.map((error) => ({ ...error, field: `orders.${at}.${error.field}` })) } : one;
  });
}

const given = ({ sales }: IngestBatch, arrivals: readonly Arrival[]) => {
  const custom = new Map(arrivals.flatMap(({ wire }) => (wire.custom ? [[wire.orderId, wire.custom] as const] : [])));
  return custom.size === 0 ? [] : sales.flatMap((order) => { const values = custom.get(order.id); return values ? [{ order, custom: values }] : []; });
};

/** What became of an order: the result, or the problem it threw as its outcome. */
function attempt<Result>(value: unknown, run: () => Result): Result | IngestOutcome {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { orderId: numberOf(value), outcome: "refused", code: error.code, errors: error.extra.errors ?? [{ field: "", code: error.code, message: error.message }] };
  }
}

function numberOf(value: unknown): string | null {
  const number = typeof value === "object" && value !== null && "orderId" in value ? value.orderId : null;
  return typeof number === "string" ? number.slice(0, 64) : null;
}

async function findStores(scope: Scope, arrivals: readonly Arrival[]): Promise<Map<string, string>> {
  const names = new Set(arrivals.flatMap(({ wire }) => wire.storeId ?? wire.storeCode ?? []));
  const stores = new Map<string, string>();
  for (const name of names) {
    const store = await findStore(scope, name);
    if (store) stores.set(name, store.id);
  }
  return stores;
}

function settle(batch: IngestBatch, arrival: Arrival, stores: ReadonlyMap<string, string>): IngestOutcome {
  const { wire, hash } = arrival;
  const orderId = wire.orderId;
  const known = batch.known.get(orderId);
  if (known === hash) return { orderId, outcome: "unchanged" };
  if (known !== undefined) throw orderExists({ errors: [{ field: `${arrival.place}.orderId`, code: "other-content", message: "there is another order with this number" }] });
  const storeId = storeOf(arrival, stores);
  const memberId = memberOf(batch, arrival);
  const outcome = wire.kind === "sale" ? settleSale(batch, arrival, storeId, memberId) : settleReturn(batch, arrival, storeId, memberId);
  batch.known.set(orderId, hash);
  return outcome;
}

function settleSale(batch: IngestBatch, arrival: Arrival, storeId: string, memberId: string | null): IngestOutcome {
  const order = recordSale(batch, arrival, storeId, memberId);
  for (const waiting of batch.waiting.get(order.id) ?? []) settleWaiting(batch, waiting);
  batch.waiting.delete(order.id);
  return { orderId: order.id, outcome: "recorded", pointsEarned: order.pointsEarned };
}

function settleReturn(batch: IngestBatch, arrival: Arrival, storeId: string, memberId: string | null): IngestOutcome {
  const { orderId, returnOf: saleId } = arrival.wire;
  const sale = saleId === undefined ? undefined : batch.orders.get(saleId);
  if (saleId !== undefined && !sale) {
    waitForSale(batch, arrival, storeId, saleId);
    return { orderId, outcome: "recorded", waitsFor: saleId };
  }
  const kept = sale ? returnOf(batch, arrival, sale, memberId) : returnByItself(batch, arrival, storeId, memberId);
  return { orderId, outcome: "recorded", pointsTakenBack: kept.pointsTakenBack };
}

/**
 * Settles a return that waited: as a share of its sale, or by itself when the sale has stayed away or has not got what is
 * returned. It was accepted, so it cannot be refused any more.
 */
export function settleWaiting(batch: IngestBatch, waiting: WaitingReturn): void {
  const { wire, storeId } = waiting;
  const arrival = readArrival(wire, "return", batch.scope.now);
  const sale = batch.orders.get(waiting.orderId);
  const wanted = wire.memberId ?? (wire.memberExternalId ? batch.memberIds.get(wire.memberExternalId) : undefined) ?? null;
  const memberId = wanted !== null && batch.members.has(wanted) ? wanted : null;
  batch.noLongerWaiting.push(waiting.externalId);
  const kept = shareOfSale(batch, arrival, sale) ?? returnByItself(batch, arrival, storeId, memberId);
  kept.byActor = waiting.byActor;
}

function shareOfSale(batch: IngestBatch, arrival: Arrival, sale: Order | undefined): IngestedReturn | undefined {
  try {
    return sale && returnOf(batch, arrival, sale, null);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function storeOf({ wire, place }: Arrival, stores: ReadonlyMap<string, string>): string {
  const store = stores.get(wire.storeId ?? wire.storeCode ?? "");
  if (store) return store;
  throw invalid({ errors: [{ field: `${place}.${wire.storeId ? "storeId" : "storeCode"}`, code: "unknown", message: "no such store" }] });
}

function memberOf(batch: IngestBatch, { wire, place }: Arrival): string | null {
  const field = `${place}.${wire.memberId ? "memberId" : "memberExternalId"}`;
  const wanted = wire.memberId ?? wire.memberExternalId;
  if (!wanted) return null;
  const member = batch.members.get(wire.memberId ?? batch.memberIds.get(wanted) ?? "");
  if (!member) throw invalid({ errors: [{ field, code: "unknown", message: "no such member" }] });
  if (member.state !== "active") throw memberUnusable({ errors: [{ field, code: member.state, message: "the membership is frozen or closed" }] });
  return member.id;
}
