import type { Schedule } from "./jobs.ts";
import type { Scope } from "./scope.ts";

const DAY_MS = 86_400_000;
/** A till that repeats a request after a month is not repeating it. */
const KEPT_REPLY_DAYS = 30;
/** Jobs are given up long before. */
const KEPT_RECEIPT_DAYS = 30;
/** Rows a night and tenant: what is left goes the next night, and no transaction grows without end. */
const MAX_ROWS = 200_000;

/** Forgets first replies and receipts that nothing will ask for again. */
export async function tidy({ tx, tenantId, now }: Scope): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  await tx.rows(
    `delete from kernel.idempotency where tenant_id = $1 and key in
       (select key from kernel.idempotency where tenant_id = $1 and at < $2 limit $3)`, [tenantId, before(KEPT_REPLY_DAYS), MAX_ROWS]);
  await tx.rows(
    `delete from kernel.receipt where tenant_id = $1 and (subscriber, event_id) in
       (select subscriber, event_id from kernel.receipt where tenant_id = $1 and at < $2 limit $3)`, [tenantId, before(KEPT_RECEIPT_DAYS), MAX_ROWS]);
}

export const schedules: readonly Schedule[] = [{ name: "kernel.tidy", cron: "40 3 * * *", zone: "Asia/Shanghai", run: tidy }];
