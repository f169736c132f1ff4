import { wallClock } from "../../../kernel/days.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { lockMembers, membersByExternalId, type LockedMember } from "../../customers/index.ts";
import { Journal } from "../../ledger/index.ts";
import { Counters, currentProgram, POINTS, readStandings, type Program, type Standing, type TierChange } from "../../loyalty/index.ts";
import { currentRules } from "../../promotions/index.ts";
import type { Order } from "../order.ts";
import { readOrders } from "../order.rows.ts";
import type { ReturnedLine } from "../return.lines.ts";
import type { Arrival } from "./arrival.ts";
import type { IngestOrder } from "./ingest.schema.ts";

/** A return that came before its sale. */
export interface WaitingReturn {
  externalId: string;
  orderId: string;
  storeId: string;
  hash: string;
  wire: IngestOrder;
  byActor: string;
}

/** A return that will be written; `order` and `lines` where its sale is known. */
export interface IngestedReturn {
  id: string;
  externalId: string;
  storeId: string;
  memberId: string | null;
  order: Order | null;
  lines: readonly ReturnedLine[];
  wire: IngestOrder;
  at: Date;
  businessOn: string;
  hour: number;
  amountFen: number;
  pointsTakenBack: number;
  isWhole: boolean;
  byActor: string;
  hash: string;
}

/** Everything a request's orders touch, locked and in memory, and what it will write. */
export interface IngestBatch {
  scope: Scope;
  ruleVersion: number;
  program: Program;
  members: Map<string, LockedMember>;
  memberIds: Map<string, string>;
  standings: Map<string, Standing>;
  journal: Journal;
  counters: Counters;
  /** Content hashes by number, of what is recorded; null where the number is a till's. */
  known: Map<string, string | null>;
  /** Sales that returns of this request name, and the request's own. */
  orders: Map<string, Order>;
  /** Returns that wait for a sale, by the sale. */
  waiting: Map<string, WaitingReturn[]>;
  sales: Order[];
  returns: IngestedReturn[];
  newlyWaiting: WaitingReturn[];
  noLongerWaiting: string[];
  tierChanges: TierChange[];
  touched: Set<Standing>;
}

interface Known {
  id: string;
  hash: string | null;
  member_id: string | null;
}

interface WaitingRow {
  external_id: string;
  order_id: string;
  store_id: string;
  hash: string;
  wire: IngestOrder;
  by_actor: string;
}

/**
 * Two round trips: first who and what the request is about, then the locks, in the order customer → order → ledger account,
 * each by id.
 */
export async function openIngest(scope: Scope, arrivals: readonly Arrival[]): Promise<IngestBatch> {
  const numbers = arrivals.map(({ wire }) => wire.orderId);
  const returned = [...new Set(arrivals.flatMap(({ wire }) => wire.returnOf ?? []))];
  const externalIds = [...new Set(arrivals.flatMap(({ wire }) => wire.memberExternalId ?? []))];
  const [orders, returns, waiting, memberIds, rules, program] = await Promise.all([
    knownOrders(scope, [...numbers, ...returned]), knownReturns(scope, numbers), waitingReturns(scope, numbers),
    membersByExternalId(scope, externalIds), currentRules(scope), currentProgram(scope),
  ]);
  for (const [id, member] of await membersByExternalId(scope, waiting.flatMap(({ wire }) => wire.memberExternalId ?? []))) memberIds.set(id, member);
  const known = new Map<string, string | null>();
  const asked = new Set(numbers);
  for (const row of [...orders, ...returns]) if (asked.has(row.id)) known.set(row.id, row.hash);
  for (const row of waiting) known.set(row.externalId, row.hash);
  const sold = new Set(returned);
  const ids = [...new Set([
    ...memberIds.values(), ...arrivals.flatMap(({ wire }) => wire.memberId ?? []), ...orders.flatMap((row) => (sold.has(row.id) ? row.member_id ?? [] : [])),
    ...waiting.flatMap(({ wire }) => wire.memberId ?? []),
  ])];
  const [members, locked, standings, journal] = await Promise.all([
    lockMembers(scope, ids), readOrders(scope, orders.map((row) => row.id).filter((id) => sold.has(id)), true), readStandings(scope, ids),
    Journal.open(scope, ids.map((holderId) => ({ holderId, asset: POINTS }))),
  ]);
  const days = [...new Set(arrivals.map(({ at }) => wallClock(at, scope.zone).day))];
  return {
    scope, counters: await Counters.open(scope, program, ids, days), ruleVersion: rules.version, program, members, memberIds, standings, journal, known, orders: locked,
    waiting: Map.groupBy(waiting.filter((one) => asked.has(one.orderId)), (one) => one.orderId),
    sales: [], returns: [], newlyWaiting: [], noLongerWaiting: [], tierChanges: [], touched: new Set(),
  };
}

const knownOrders = ({ tx, tenantId }: Scope, ids: readonly string[]): Promise<Known[]> =>
  tx.rows<Known>(`select id, proof->'source'->>'hash' as hash, member_id from commerce."order" where tenant_id = $1 and id = any($2::text[])`, [tenantId, ids]);

const knownReturns = ({ tx, tenantId }: Scope, ids: readonly string[]): Promise<Known[]> =>
  tx.rows<Known>(
    `select external_id as id, source->>'hash' as hash, member_id from commerce."return" where tenant_id = $1 and external_id = any($2::text[])`, [tenantId, ids]);

async function waitingReturns({ tx, tenantId }: Scope, ids: readonly string[]): Promise<WaitingReturn[]> {
  const rows = await tx.rows<WaitingRow>(
    `select external_id, order_id, store_id, hash, wire, by_actor from commerce.waiting_return
      where tenant_id = $1 and (external_id = any($2::text[]) or order_id = any($2::text[])) order by external_id for update`, [tenantId, ids]);
  return rows.map(waitingOf);
}

const waitingOf = (row: WaitingRow): WaitingReturn => ({
  externalId: row.external_id, orderId: row.order_id, storeId: row.store_id, hash: row.hash, wire: row.wire, byActor: row.by_actor,
});

/** Those whose sale is here after all, because both arrived at the same moment, and those that have waited long enough. */
export async function dueReturns({ tx, tenantId }: Scope, receivedBefore: Date, limit: number): Promise<WaitingReturn[]> {
  const rows = await tx.rows<WaitingRow>(
    `select w.external_id, w.order_id, w.store_id, w.hash, w.wire, w.by_actor from commerce.waiting_return w
      where w.tenant_id = $1 and (w.received_at < $2
         or exists (select 1 from commerce."order" o where o.tenant_id = $1 and o.id = w.order_id))
      order by w.external_id limit $3 for update`, [tenantId, receivedBefore, limit]);
  return rows.map(waitingOf);
}
