import { problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";

export const lockedOut = problem("org/locked-out", 429, "Too many wrong tries, wait a while");

const MAX_TRIES = 5;
const LOCK_MS = 15 * 60_000;

interface Row {
  failed: number;
  locked_until: Date | null;
}

/**
 * Takes one of the five tries in a quarter of an hour before the password is looked at, so that 50 guesses at once get five answers and not fifty.
 * The fifth try locks at once; a right password opens again. Must be committed before the password is checked.
 */
export async function takeTry(scope: Scope, account: string): Promise<void> {
  const [taken] = await scope.tx.rows<Row>(
    `insert into org.sign_in_try as t (tenant_id, account, failed, locked_until, at) values ($1, $2, 1, null, $3)
     on conflict (tenant_id, account) do update set
       failed = case when t.at > $6 and t.locked_until is null then t.failed + 1 else 1 end,
       locked_until = case when t.at > $6 and t.locked_until is null and t.failed + 1 >= $4 then $5::timestamptz end,
       at = excluded.at
     where t.locked_until is null or t.locked_until <= $3
     returning failed, locked_until`,
    [scope.tenantId, account, scope.now, MAX_TRIES, new Date(scope.now.getTime() + LOCK_MS), new Date(scope.now.getTime() - LOCK_MS)]);
  if (taken) return;
  const [row] = await scope.tx.rows<Row>("select failed, locked_until from org.sign_in_try where tenant_id = $1 and account = $2", [scope.tenantId, account]);
  const leftMs = (row?.locked_until?.getTime() ?? 0) - scope.now.getTime();
  throw lockedOut({ retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1000)) });
}

/** The person has shown everything that was asked for. */
export const clearTries = (scope: Scope, account: string): void =>
  scope.tx.write("delete from org.sign_in_try where tenant_id = $1 and account = $2", [scope.tenantId, account]);

/**
 * The password was right but the second factor is still to come: gives this try back and no other, or knowing the password
 * would be worth any number of guesses at the code.
 */
export const returnTry = (scope: Scope, account: string): void =>
  scope.tx.write("update org.sign_in_try set failed = greatest(failed - 1, 0), locked_until = null where tenant_id = $1 and account = $2", [scope.tenantId, account]);
