import { enqueue } from "../../kernel/events.ts";
import type { Schedule, Task } from "../../kernel/jobs.ts";
import type { Scope } from "../../kernel/scope.ts";
import { newId } from "../../kernel/scope.ts";

/** Accounts in one transaction: few enough that a till that serves one of their holders hardly waits. */
const PAGE = 1_000;
const TASK = "ledger.expire-lots";

interface DueLot {
  id: string;
  account_id: string;
  remaining: number;
}

/**
 * Takes a page of expired lots off the balances; returns how many. Spending never depends on it: an expired lot cannot be burned
 * whether this has run or not. Accounts are locked in id order, like everywhere.
 */
export async function expireLots(scope: Scope): Promise<number> {
  const due = await dueLots(scope);
  if (due.length > 0) writeExpiry(scope, due);
  return due.length;
}

/** Held amounts wait for their hold to end. The limit is on lots: distinct accounts of all that is due would be sorted out anew for every page. */
async function dueLots({ tx, tenantId, now }: Scope): Promise<DueLot[]> {
  const accounts = await tx.rows<{ account_id: string }>(
    `select distinct account_id from (
       select account_id from ledger.lot where tenant_id = $1 and is_open and held = 0 and expires_at <= $2 order by expires_at limit $3) due`,
    [tenantId, now, PAGE]);
  const ids = accounts.map((row) => row.account_id);
  if (ids.length === 0) return [];
  await tx.rows("select id from ledger.account where tenant_id = $1 and id = any($2::uuid[]) order by id for update", [tenantId, ids]);
  return tx.rows<DueLot>(
    `select id, account_id, remaining from ledger.lot
      where tenant_id = $1 and account_id = any($2::uuid[]) and is_open and held = 0 and expires_at <= $3 order by account_id, id`,
    [tenantId, ids, now]);
}

function writeExpiry(scope: Scope, due: readonly DueLot[]): void {
  const { tx, tenantId, now } = scope;
  tx.write(
    `insert into ledger.posting (tenant_id, account_id, id, lot_id, amount, counter, kind, ref_id, at, balance_after)
     select $1, v.account_id, v.id, v.lot_id, -v.amount, 'expired', 'expire', v.lot_id::text, $2,
            a.balance - sum(v.amount) over (partition by v.account_id order by v.id)
       from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[]) as v(account_id, id, lot_id, amount)
       join ledger.account a on a.tenant_id = $1 and a.id = v.account_id`,
    [tenantId, now, due.map((lot) => lot.account_id), due.map(() => newId(scope)), due.map((lot) => lot.id), due.map((lot) => lot.remaining)]);
  tx.write(
    `update ledger.account a set balance = a.balance - v.amount
       from (select account_id, sum(amount)::bigint as amount from unnest($2::uuid[], $3::bigint[]) as u(account_id, amount) group by account_id) v
      where a.tenant_id = $1 and a.id = v.account_id`,
    [tenantId, due.map((lot) => lot.account_id), due.map((lot) => lot.remaining)]);
  tx.write("update ledger.lot set remaining = 0, is_open = false where tenant_id = $1 and id = any($2::uuid[])",
    [tenantId, due.map((lot) => lot.id)]);
}

/** Each page a transaction of its own: a month's end is most of a brand's points at once. */
export const tasks: readonly Task[] = [{
  name: TASK,
  async run({ tenantId }, database) {
    while ((await database.inScope({ tenantId: String(tenantId), actor: { kind: "system", name: TASK } }, expireLots)) > 0);
  },
}];
export const schedules: readonly Schedule[] = [
  { name: "ledger.expire", cron: "10 0 * * *", zone: "Asia/Shanghai", run: (scope) => enqueue(scope, TASK, {}) },
];
