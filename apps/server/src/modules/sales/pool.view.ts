import { notFound, problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { PoolPatch } from "./pool.schema.ts";

export const poolArchived = problem("sales/pool-archived", 409, "This pool, or the object of its records, is archived");

/** A pool as it is kept, with what it needs of its object. */
export interface Pool extends Rules {
  id: string;
  objectId: string;
  objectKey: string;
  objectName: string;
  objectNameEn: string;
  isDefault: boolean;
  isArchived: boolean;
}

export interface Rules {
  name: string;
  nameEn: string;
  capacity: number | null;
  claimsPerDay: number | null;
  idleDays: number | null;
  winDays: number | null;
  wonStages: string[];
  coolDownDays: number;
  extensions: number;
  extensionDays: number;
}

const COLUMNS = `p.id, p.object_id as "objectId", o.key as "objectKey", o.name as "objectName", o.name_en as "objectNameEn", p.name, p.name_en as "nameEn", p.capacity, p.claims_per_day as "claimsPerDay",
  p.idle_days as "idleDays", p.win_days as "winDays", p.won_stages as "wonStages", p.cool_down_days as "coolDownDays", p.extensions, p.extension_days as "extensionDays", p.is_default as "isDefault",
  (p.archived_at is not null or o.archived_at is not null) as "isArchived"`;

/** Those in use, by object and age. */
export const listPools = (scope: Scope, objectKey: string | null = null): Promise<Pool[]> => scope.tx.rows<Pool>(
  `select ${COLUMNS} from sales.pool p join objects.object o on o.tenant_id = $1 and o.id = p.object_id
    where p.tenant_id = $1 and p.archived_at is null and o.archived_at is null and ($2::text is null or o.key = $2) order by o.created_at, p.created_at, p.id`, [scope.tenantId, objectKey]);

/** `rules`: they stay as they are while records move by them. `change`: nothing moves meanwhile. */
const LOCKS = { none: "", rules: "for key share of p", change: "for update of p" } as const;

/** Throws `notFound`. */
export async function getPool(scope: Scope, id: string, lock: keyof typeof LOCKS = "none"): Promise<Pool> {
  const [pool] = await scope.tx.rows<Pool>(
    `select ${COLUMNS} from sales.pool p join objects.object o on o.tenant_id = $1 and o.id = p.object_id where p.tenant_id = $1 and p.id = $2 ${LOCKS[lock]}`, [scope.tenantId, id]);
  if (!pool) throw notFound({ detail: "No such pool" });
  return pool;
}

export function refuseArchived(pool: Pool): Pool {
  if (pool.isArchived) throw poolArchived({ detail: pool.name });
  return pool;
}

export const rulesOf = ({ name, nameEn, capacity, claimsPerDay, idleDays, winDays, wonStages, coolDownDays, extensions, extensionDays }: Rules): Rules =>
  ({ name, nameEn, capacity, claimsPerDay, idleDays, winDays, wonStages, coolDownDays, extensions, extensionDays });

/** What a patch makes of rules; what it leaves out stays. */
export const patched = (rules: Rules, { isDefault: _isDefault, ...patch }: PoolPatch): Rules =>
  ({ ...rulesOf(rules), ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) });
