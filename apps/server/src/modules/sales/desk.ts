import { fieldProblem } from "../../kernel/problem.ts";
import { demand, may, staffOf, visibleStores, type Scope } from "../../kernel/scope.ts";
import { notify } from "../platform/index.ts";
import type { Destination } from "./ownership.schema.ts";
import { moveRecords, type Move, type Outcome } from "./ownership.ts";
import { getPool, refuseArchived, type Pool } from "./pool.view.ts";

/** What staff ask for: each record for itself, and what keeps one back is said. Throws `forbidden`, `poolArchived`, `invalid`. */
export async function moveAtDesk(scope: Scope, poolId: string, { recordIds, to }: { recordIds: readonly string[]; to: Destination }): Promise<Outcome[]> {
  const pool = refuseArchived(await getPool(scope, poolId, "rules"));
  const move = await allowed(scope, pool, to);
  const reachable = await inReach(scope, recordIds);
  const outcomes = await moveRecords(scope, pool, reachable, move);
  const moved = outcomes.filter((one) => one.outcome === "moved").length;
  if (to.kind === "assign" && moved > 0 && to.staffId !== staffOf(scope)) await notify(scope, { staffIds: [to.staffId] }, { kind: "system", title: "seas.assigned", params: { count: moved, pool: pool.name }, link: "/seas?side=mine" });
  const byId = new Map(outcomes.map((one) => [one.recordId, one]));
  return [...new Set(recordIds)].map((recordId) => byId.get(recordId) ?? { recordId, outcome: "refused", code: "not-in-pool" });
}

async function allowed(scope: Scope, pool: Pool, to: Destination): Promise<Move> {
  demand(scope.actor, to.kind === "assign" || to.kind === "move" || (to.kind !== "claim" && may(scope.actor, "seas.assign")) ? "seas.assign" : "seas.claim");
  const by = may(scope.actor, "seas.assign") ? "anybody" : staffOf(scope);
  switch (to.kind) {
    case "claim": return { kind: "claim", staffId: staffOf(scope) };
    case "assign": return { ...to, isActive: await isActive(scope, to.staffId) };
    case "return": return { ...to, by };
    case "extend": return { ...to, by };
    case "move": {
      const target = to.poolId === pool.id ? undefined : await getPool(scope, to.poolId, "rules");
      if (!target || target.isArchived || target.objectId !== pool.objectId) throw fieldProblem("to.poolId", "unknown", "is no other pool of this object");
      return { kind: "move", to: target };
    }
  }
}

/** Held still: whoever is deactivated meanwhile returns these too. Throws where nobody is called so. */
async function isActive(scope: Scope, staffId: string): Promise<boolean> {
  const [row] = await scope.tx.rows<{ state: string }>("select state from org.staff where tenant_id = $1 and id = $2 for share", [scope.tenantId, staffId]);
  if (!row) throw fieldProblem("to.staffId", "unknown", "is nobody of the staff");
  return row.state === "active";
}

/** Those that the caller's stores may see, as in lists of records. */
async function inReach(scope: Scope, ids: readonly string[]): Promise<readonly string[]> {
  const stores = visibleStores(scope.actor);
  if (!stores) return ids;
  const rows = await scope.tx.rows<{ id: string }>(
    "select r.id from objects.record r where r.tenant_id = $1 and r.id = any($2::uuid[]) and (r.store_id is null or r.store_id = any($3::uuid[]))", [scope.tenantId, ids, stores]);
  const seen = new Set(rows.map((row) => row.id));
  return ids.filter((id) => seen.has(id));
}
