import type { z } from "zod";
import type { Scope } from "../../kernel/scope.ts";
import type { PackSection } from "../objects/index.ts";
import { audit } from "../platform/index.ts";
import { createPool } from "./pool.ts";
import { getPool, listPools, rulesOf } from "./pool.view.ts";
import { newPool } from "./pool.schema.ts";

const wish = newPool.strict();
type PoolWish = z.output<typeof wish>;

/** Pools of a pack. An object has one default pool: a brand that has one keeps it, whatever it is called. */
export const poolSection: PackSection<PoolWish> = {
  key: "poolRules", isTopLevel: true, can: "seas.manage", wish,
  objectOf: ({ object }) => object,
  present: async (scope) => (await listPools(scope)).map((pool) => ({ id: pool.id, object: pool.objectKey, ...rulesOf(pool), isDefault: pool.isDefault })),
  isMeant: (asked, other) => {
    const pool = other as PoolWish;
    return asked.object === pool.object && (asked.name === pool.name || (asked.isDefault === true && pool.isDefault === true));
  },
  make: createPool,
  unmake: removePool,
};

/** Takes a pool away that nobody has changed and that holds no record; any other stays as it is. */
async function removePool(scope: Scope, id: string, madeAt: Date): Promise<boolean> {
  const [row] = await scope.tx.rows<{ is_used: boolean; updated_at: Date }>(
    `select p.updated_at, exists (select 1 from sales.holding h join objects.record r on r.tenant_id = $1 and r.id = h.record_id where h.tenant_id = $1 and h.pool_id = p.id) as is_used
       from sales.pool p where p.tenant_id = $1 and p.id = $2 for update of p`, [scope.tenantId, id]);
  if (!row) return true;
  if (row.is_used || row.updated_at.getTime() !== madeAt.getTime()) return false;
  const pool = await getPool(scope, id);
  // With it go seats, history and what a deleted record has left here.
  await scope.tx.rows("delete from sales.pool where tenant_id = $1 and id = $2", [scope.tenantId, id]);
  // New records go somewhere as long as the object has a pool.
  if (pool.isDefault) await scope.tx.rows(
    `update sales.pool set is_default = true where tenant_id = $1 and id = (select p.id from sales.pool p where p.tenant_id = $1 and p.object_id = $2 and p.archived_at is null order by p.created_at, p.id limit 1)`,
    [scope.tenantId, pool.objectId]);
  audit(scope, { action: "pool.remove", subjectKind: "pool", subjectId: id, before: { object: pool.objectKey, ...rulesOf(pool) } });
  return true;
}
