import { uuidList } from "../../kernel/db/array.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Pool } from "./pool.view.ts";

const DAY_MS = 86_400_000;

/** Until when somebody who lost or gave back records may not claim them again; those that are free to them are not named. */
export type Cooling = ReadonlyMap<string, Date>;
export const NOTHING_COOLS: Cooling = new Map();

/** Read from the history of the records, which knows everybody who ever lost one: whoever had it since does not end another's days. */
export async function coolingUntil(scope: Scope, { coolDownDays }: Pick<Pool, "coolDownDays">, { recordIds, staffId }: { recordIds: readonly string[]; staffId: string }): Promise<Cooling> {
  if (coolDownDays === 0 || recordIds.length === 0) return NOTHING_COOLS;
  const rows = await scope.tx.rows<{ record_id: string; at: Date }>(
    `select e.record_id, max(e.at) as at from sales.holding_entry e
      where e.tenant_id = $1 and e.record_id = any($2::uuid[]) and e.from_owner = $3 and e.to_owner is distinct from e.from_owner and e.at > $4 group by e.record_id`,
    [scope.tenantId, uuidList(recordIds), staffId, new Date(scope.now.getTime() - coolDownDays * DAY_MS)]);
  return new Map(rows.map((row) => [row.record_id, new Date(row.at.getTime() + coolDownDays * DAY_MS)]));
}
