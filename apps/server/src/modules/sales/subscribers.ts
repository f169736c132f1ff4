import { RECORD_DELETED, RECORDS_SAVED, type RecordDeleted, type RecordsSaved } from "../../events/objects.ts";
import { STAFF_DEACTIVATED, type StaffDeactivated } from "../../events/org.ts";
import type { DomainEvent, Subscriber } from "../../kernel/events.ts";
import type { Scope } from "../../kernel/scope.ts";
import { listHolders } from "../org/index.ts";
import { joinRecords, redate } from "./join.ts";
import { moveRecords } from "./ownership.ts";
import { getPool, listPools } from "./pool.view.ts";
import { releaseAll } from "./recycle.ts";

const STAFF = "staff:";
const MADE = "自己录入 · made by hand";

/** New records go into the public sea, or to whoever made one by hand; what an owner writes touches, and a stage is judged anew. */
async function saved(scope: Scope, event: DomainEvent): Promise<void> {
  const { object, created, changed, by } = event.payload as unknown as RecordsSaved;
  const staffId = by?.startsWith(STAFF) ? by.slice(STAFF.length) : null;
  const found = created.length > 0 ? (await listPools(scope, object)).find((one) => one.isDefault) : undefined;
  const pool = found && await getPool(scope, found.id, "rules");
  if (pool && !pool.isArchived) {
    const joined = await joinRecords(scope, pool, created);
    // One at a time is by hand; what comes in numbers is for everybody.
    if (created.length === 1 && staffId && (await listHolders(scope, { can: "seas.claim", storeId: null, among: [staffId] })).length > 0) {
      await moveRecords(scope, pool, joined, { kind: "assign", staffId, isActive: true, reason: MADE });
    }
  }
  const pointed = staffId && created.length > 0
    ? await scope.tx.rows<{ id: string }>("select distinct l.to_id as id from objects.link l where l.tenant_id = $1 and l.from_id = any($2::uuid[])", [scope.tenantId, created]) : [];
  const touched = [...changed, ...pointed.map((row) => row.id)];
  if (touched.length > 0) await redate(scope, touched, { by: staffId, ids: touched, at: event.at });
}

/** An import that is taken back deletes thousands at once. */
async function deleted(scope: Scope, events: readonly DomainEvent[]): Promise<void> {
  const ids = events.map((event) => (event.payload as unknown as RecordDeleted).recordId);
  const held = await scope.tx.rows<{ id: string; pool_id: string }>("select h.record_id as id, h.pool_id from sales.holding h where h.tenant_id = $1 and h.record_id = any($2::uuid[])", [scope.tenantId, ids]);
  for (const [poolId, rows] of Map.groupBy(held, (row) => row.pool_id)) await moveRecords(scope, await getPool(scope, poolId, "rules"), rows.map((row) => row.id), { kind: "leave" });
}

/** Most tenants have no pools: their records are none of this module's business. */
const hasPools = async (scope: Scope): Promise<boolean> => (await scope.tx.rows("select 1 from sales.pool where tenant_id = $1 limit 1", [scope.tenantId])).length > 0;

const each = (handle: (scope: Scope, event: DomainEvent) => Promise<void>) => async (scope: Scope, events: readonly DomainEvent[]): Promise<void> => {
  for (const event of events) await handle(scope, event);
};
const subscriber = (name: string, on: string, handle: Subscriber["handle"]): Subscriber => ({ name, on: [on], handle: async (scope, events) => { if (await hasPools(scope)) await handle(scope, events); } });

export const subscribers: readonly Subscriber[] = [
  subscriber("sales.records-saved", RECORDS_SAVED, each(saved)),
  subscriber("sales.record-deleted", RECORD_DELETED, deleted),
  subscriber("sales.staff-left", STAFF_DEACTIVATED, each((scope, { payload }) => releaseAll(scope, (payload as unknown as StaffDeactivated).staffId))),
];
