import { RECORDS_MOVED, type RecordsMoved } from "../../events/sales.ts";
import { instants, integers, texts, uuidList, uuids } from "../../kernel/db/array.ts";
import { publish } from "../../kernel/events.ts";
import { actorRef, type Scope } from "../../kernel/scope.ts";
import { staffNames } from "../org/index.ts";
import { audit } from "../platform/index.ts";
import { coolingUntil, NOTHING_COOLS, type Cooling } from "./cooling.ts";
import { dueAt } from "./due.ts";
import { tellSeas } from "./live.ts";
import type { Refusal } from "./ownership.schema.ts";
import type { Pool } from "./pool.view.ts";
import { Seats } from "./seat.ts";

/** Where records go, and by whose right. `isWhole`: with the pool that they were in, whatever room there is. */
export type Move =
  | { kind: "claim"; staffId: string }
  | { kind: "assign"; staffId: string; isActive: boolean; reason?: string | undefined }
  | { kind: "return"; by: string | "anybody"; reason: string }
  | { kind: "extend"; by: string | "anybody" }
  | { kind: "move"; to: Pool; isWhole?: boolean }
  | { kind: "recycle" }
  | { kind: "leave" };

export interface Outcome {
  recordId: string;
  outcome: "moved" | "unchanged" | "refused";
  code?: Refusal;
  until?: string;
  owner?: { id: string; name: string };
}

interface Holding {
  record_id: string;
  owner_id: string | null;
  since: Date;
  touched_at: Date;
  due_at: Date | null;
  extended: number;
  entries: number;
}

/** A holding as it becomes, and what its history says of that. */
interface Next extends Omit<Holding, "due_at"> {
  pool_id: string;
  entry: string;
  before: string | null;
}

type Decision = { next: Next } | { code: Refusal; until?: Date } | "unchanged";

/**
 * The one way in which records change hands. Holdings are locked by the record's id, then seats by the person's: whoever comes second
 * decides by what the first has left. The pool has been read for key share, so that its rules stay meanwhile.
 */
export async function moveRecords(scope: Scope, pool: Pool, recordIds: readonly string[], move: Move): Promise<Outcome[]> {
  const rows = await scope.tx.rows<Holding>(
    `select h.record_id, h.owner_id, h.since, h.touched_at, h.due_at, h.extended, h.entries from sales.holding h
      where h.tenant_id = $1 and h.pool_id = $2 and h.record_id = any($3::uuid[]) order by h.record_id for update`, [scope.tenantId, pool.id, uuidList(recordIds)]);
  const holdings = new Map(rows.map((row) => [row.record_id, row]));
  const seats = await Seats.lock(scope, concerned(pool, rows, move));
  const cooling = move.kind === "claim" ? await coolingUntil(scope, pool, { recordIds: [...holdings.keys()], staffId: move.staffId }) : NOTHING_COOLS;
  const decided = [...new Set(recordIds)].map((recordId) => {
    const holding = holdings.get(recordId);
    const decision = holding ? decide(scope, pool, holding, { move, seats, cooling }) : { code: "not-in-pool" as const };
    return { recordId, holding, decision };
  });
  const moved = decided.flatMap(({ decision }) => (typeof decision === "object" && "next" in decision ? decision.next : []));
  await write(scope, pool, moved, move);
  if (moved.length > 0) await seats.write();
  const taken = decided.flatMap(({ holding, decision }) => (typeof decision === "object" && "code" in decision && decision.code === "taken" ? (holding?.owner_id ?? []) : []));
  const names = taken.length > 0 ? await staffNames(scope, taken.map((id) => `staff:${id}`)) : new Map<string, string>();
  return decided.map(({ recordId, holding, decision }): Outcome => {
    if (decision === "unchanged") return { recordId, outcome: "unchanged" };
    if ("next" in decision) return { recordId, outcome: "moved" };
    const owner = decision.code === "taken" ? holding?.owner_id : null;
    return { recordId, outcome: "refused", code: decision.code, ...(decision.until ? { until: decision.until.toISOString() } : {}), ...(owner ? { owner: { id: owner, name: names.get(`staff:${owner}`) ?? "" } } : {}) };
  });
}

/** Whose seats a move may change: those who have something, and whoever is to have it. */
const concerned = (pool: Pool, rows: readonly Holding[], move: Move): { poolId: string; staffId: string }[] => {
  const owners = [...new Set(rows.flatMap((row) => row.owner_id ?? []))];
  const pools = move.kind === "move" ? [pool.id, move.to.id] : [pool.id];
  const to = move.kind === "claim" || move.kind === "assign" ? [move.staffId] : [];
  return pools.flatMap((poolId) => [...owners, ...to].map((staffId) => ({ poolId, staffId })));
};

interface At {
  move: Move;
  seats: Seats;
  cooling: Cooling;
}

function decide(scope: Scope, pool: Pool, holding: Holding, { move, seats, cooling }: At): Decision {
  const owner = holding.owner_id;
  switch (move.kind) {
    case "claim": {
      if (owner === move.staffId) return "unchanged";
      if (owner) return { code: "taken" };
      const coolUntil = cooling.get(holding.record_id);
      if (coolUntil) return { code: "cooling-down", until: coolUntil };
      if (!seats.hasRoom(pool, move.staffId)) return { code: "full" };
      const until = seats.limitedUntil(pool, move.staffId);
      if (until) return { code: "daily-limit", until };
      seats.countClaim(pool.id, move.staffId);
      return owned(scope, pool, holding, { staffId: move.staffId, entry: "claim", seats });
    }
    case "assign":
      if (owner === move.staffId) return "unchanged";
      if (!move.isActive) return { code: "inactive-staff" };
      if (!seats.hasRoom(pool, move.staffId)) return { code: "full" };
      return owned(scope, pool, holding, { staffId: move.staffId, entry: owner ? "transfer" : "assign", seats });
    case "return":
      if (!owner) return "unchanged";
      if (move.by !== "anybody" && move.by !== owner) return { code: "not-yours" };
      return released(scope, pool, holding, { entry: "return", seats });
    case "recycle":
      return owner && holding.due_at && holding.due_at <= scope.now ? released(scope, pool, holding, { entry: "recycle", seats }) : "unchanged";
    case "extend":
      if (!owner || (move.by !== "anybody" && move.by !== owner)) return { code: "not-yours" };
      if (!holding.due_at) return "unchanged";
      if (holding.extended >= pool.extensions) return { code: "no-extension-left" };
      return { next: { ...holding, pool_id: pool.id, extended: holding.extended + 1, entry: "extend", before: owner } };
    case "move":
      if (owner && !move.isWhole && !seats.hasRoom(move.to, owner)) return { code: "full" };
      if (owner) {
        seats.give(pool.id, owner);
        seats.take(move.to.id, owner);
      }
      return { next: { ...holding, pool_id: move.to.id, entry: "move", before: owner } };
    case "leave":
      if (owner) seats.give(pool.id, owner);
      return { next: { ...holding, owner_id: null, pool_id: pool.id, entry: "leave", before: owner } };
  }
}

function owned({ now }: Scope, pool: Pool, holding: Holding, { staffId, entry, seats }: { staffId: string; entry: string; seats: Seats }): Decision {
  const before = holding.owner_id;
  if (before) seats.give(pool.id, before);
  seats.take(pool.id, staffId);
  return { next: { ...holding, pool_id: pool.id, owner_id: staffId, since: now, touched_at: now, extended: 0, entry, before } };
}

function released({ now }: Scope, pool: Pool, holding: Holding, { entry, seats }: { entry: string; seats: Seats }): Decision {
  const before = holding.owner_id;
  if (before) seats.give(pool.id, before);
  return { next: { ...holding, pool_id: pool.id, owner_id: null, since: now, extended: 0, entry, before } };
}

async function write(scope: Scope, pool: Pool, moved: readonly Next[], move: Move): Promise<void> {
  if (moved.length === 0) return;
  const ids = moved.map((one) => one.record_id);
  if (move.kind === "leave") await scope.tx.rows("delete from sales.holding where tenant_id = $1 and record_id = any($2::uuid[])", [scope.tenantId, uuidList(ids)]);
  else await writeHoldings(scope, moved);
  const reason = move.kind === "return" || move.kind === "assign" ? (move.reason ?? null) : null;
  await writeEntries(scope, moved, reason);
  const ownerId = move.kind === "claim" || move.kind === "assign" ? move.staffId : move.kind === "return" || move.kind === "recycle" ? null : undefined;
  audit(scope, { action: `sea.${move.kind}`, subjectKind: "pool", subjectId: pool.id, after: { pool: pool.name, records: ids.length, recordIds: ids.slice(0, MAX_NAMED), ownerId, ...(move.kind === "move" ? { toPoolId: move.to.id } : {}) }, reason });
  tellSeas(scope, move.kind === "move" ? [pool.id, move.to.id] : [pool.id]);
  await publish(scope, RECORDS_MOVED, ids.length === 1 ? (ids[0] ?? null) : null, { poolId: pool.id, kind: move.kind, recordIds: ids, ...(ownerId === undefined ? {} : { ownerId }) } satisfies RecordsMoved);
}

const MAX_NAMED = 200;

const writeHoldings = ({ tx, tenantId }: Scope, moved: readonly Next[]): Promise<unknown> => tx.rows(
  `update sales.holding h set pool_id = v.pool_id, owner_id = v.owner_id, since = v.since, touched_at = v.touched_at, extended = v.extended, entries = h.entries + 1,
          due_at = ${dueAt({ owner: "v.owner_id", since: "v.since", touched: "v.touched_at", extended: "v.extended" })}
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::int[]) as v(record_id, pool_id, owner_id, since, touched_at, extended)
     join sales.pool p on p.tenant_id = $1 and p.id = v.pool_id
     join objects.object o on o.tenant_id = $1 and o.id = p.object_id
     left join objects.record r on r.tenant_id = $1 and r.id = v.record_id
    where h.tenant_id = $1 and h.record_id = v.record_id`,
  [tenantId, uuids(moved, (one) => one.record_id), uuids(moved, (one) => one.pool_id), uuids(moved, (one) => one.owner_id), instants(moved, (one) => one.since), instants(moved, (one) => one.touched_at),
    integers(moved, (one) => one.extended)]);

const writeEntries = (scope: Scope, moved: readonly Next[], reason: string | null): Promise<unknown> => scope.tx.rows(
  `insert into sales.holding_entry (tenant_id, record_id, no, pool_id, kind, from_owner, to_owner, reason, at, actor)
   select $1, v.record_id, v.no, v.pool_id, v.kind, v.from_owner, v.to_owner, $2, $3, $4 from unnest($5::uuid[], $6::int[], $7::uuid[], $8::text[], $9::uuid[], $10::uuid[]) as v(record_id, no, pool_id, kind, from_owner, to_owner)`,
  [scope.tenantId, reason, scope.now, actorRef(scope.actor), uuids(moved, (one) => one.record_id), integers(moved, (one) => one.entries + 1), uuids(moved, (one) => one.pool_id), texts(moved, (one) => one.entry),
    uuids(moved, (one) => one.before), uuids(moved, (one) => one.owner_id)]);
