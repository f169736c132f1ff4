import { instants, uuidList, uuids } from "../../kernel/db/array.ts";
import { actorRef, type Scope } from "../../kernel/scope.ts";
import { dueAt } from "./due.ts";
import { tellSeas } from "./live.ts";
import type { Pool } from "./pool.view.ts";

interface Joining {
  id: string;
  created_at: Date;
}

/** Puts records that are in no pool yet into the public sea; answers which. One that is just being deleted is left out. */
export async function joinRecords(scope: Scope, pool: Pool, recordIds: readonly string[]): Promise<string[]> {
  // Held until this has committed: who deletes one after that tells so, and it is taken out again.
  const records = await scope.tx.rows<Joining>(
    "select r.id, r.created_at from objects.record r where r.tenant_id = $1 and r.object_id = $2 and r.id = any($3::uuid[]) order by r.id for key share", [scope.tenantId, pool.objectId, uuidList(recordIds)]);
  if (records.length === 0) return [];
  const joined = await scope.tx.rows<{ record_id: string }>(
    `insert into sales.holding (tenant_id, record_id, pool_id, since, touched_at)
     select $1, v.id, $2, v.at, v.at from unnest($3::uuid[], $4::timestamptz[]) as v(id, at) on conflict (tenant_id, record_id) do nothing returning record_id`,
    [scope.tenantId, pool.id, uuids(records, (one) => one.id), instants(records, (one) => one.created_at)]);
  if (joined.length > 0) {
    tellSeas(scope, [pool.id]);
    await scope.tx.rows(
      "insert into sales.holding_entry (tenant_id, record_id, no, pool_id, kind, at, actor) select $1, v.record_id, 1, $2, 'join', $3, $4 from unnest($5::uuid[]) as v(record_id)",
      [scope.tenantId, pool.id, scope.now, actorRef(scope.actor), uuids(joined, (one) => one.record_id)]);
  }
  return joined.map((row) => row.record_id);
}

/** Works dates out again, after a change of a record's stage or of a pool's rules; what `touch` names is touched by its owner. */
export async function redate(scope: Scope, recordIds: readonly string[], touch?: { by: string | null; ids: readonly string[]; at: Date }): Promise<void> {
  const held = await scope.tx.rows<{ record_id: string }>(
    "select h.record_id from sales.holding h where h.tenant_id = $1 and h.record_id = any($2::uuid[]) and h.owner_id is not null order by h.record_id for update", [scope.tenantId, uuidList(recordIds)]);
  if (held.length === 0) return;
  const touched = "(case when h.owner_id = $3::uuid and h.record_id = any($4::uuid[]) then greatest(h.touched_at, $5::timestamptz) else h.touched_at end)";
  const due = dueAt({ owner: "h.owner_id", since: "h.since", touched, extended: "h.extended" });
  await scope.tx.rows(
    `update sales.holding h set touched_at = ${touched}, due_at = ${due}
       from sales.pool p
       join objects.object o on o.tenant_id = $1 and o.id = p.object_id
       join objects.record r on r.tenant_id = $1 and r.object_id = p.object_id
      where h.tenant_id = $1 and h.record_id = any($2::uuid[]) and p.tenant_id = $1 and p.id = h.pool_id and r.id = h.record_id`,
    [scope.tenantId, uuidList(held.map((row) => row.record_id)), touch?.by ?? null, uuidList(touch?.ids ?? []), touch?.at ?? scope.now]);
}
