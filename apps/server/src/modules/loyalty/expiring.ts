import { POINTS_EXPIRING, type PointsExpiring } from "../../events/loyalty.ts";
import type { Database } from "../../kernel/db/database.ts";
import { enqueue } from "../../kernel/events.ts";
import type { Schedule, Task } from "../../kernel/jobs.ts";
import type { Scope } from "../../kernel/scope.ts";
import { WARN_DAYS } from "./guest.view.ts";
import { lastGoodDay } from "./points.view.ts";
import { POINTS } from "./program.ts";

const DAY_MS = 86_400_000;
const PAGE = 1_000;
const TASK = "loyalty.tell-expiring";

/**
 * Notes who is to be told of which end, with one statement for each warning: a month's end is most of a brand's points at once.
 * Whoever was missed on a night is found on the next; nobody is told the same twice.
 */
export async function noteExpiring(scope: Scope): Promise<void> {
  for (const [at, days] of WARN_DAYS.entries()) {
    const [from, until] = [new Date(scope.now.getTime() + (WARN_DAYS[at + 1] ?? 0) * DAY_MS), new Date(scope.now.getTime() + days * DAY_MS)];
    await scope.tx.rows(
      `insert into loyalty.expiry_notice (tenant_id, member_id, expires_at, warn_days, points)
       select $1, a.holder_id, l.expires_at, $4, sum(l.remaining - l.held)
         from ledger.lot l join ledger.account a on a.tenant_id = $1 and a.id = l.account_id and a.asset = $5
        where l.tenant_id = $1 and l.is_open and l.expires_at > $2 and l.expires_at <= $3 and l.remaining > l.held
        group by a.holder_id, l.expires_at
       on conflict do nothing`, [scope.tenantId, from, until, days, POINTS]);
  }
}

/** Tells a page of them; returns how many. By their place: a table that was filled a moment ago has no statistics, and a join would read all of it for each page. */
export async function tellExpiring(scope: Scope): Promise<number> {
  const rows = await scope.tx.rows<{ member_id: string; expires_at: Date; warn_days: number; points: number }>(
    `update loyalty.expiry_notice set told_at = $2
      where tenant_id = $1 and ctid = any(array(select ctid from loyalty.expiry_notice where tenant_id = $1 and told_at is null order by member_id limit $3 for update skip locked))
      returning member_id, expires_at, warn_days, points`, [scope.tenantId, scope.now, PAGE]);
  await scope.outbox.publishAll(scope, rows.map((row) => ({
    type: POINTS_EXPIRING, subjectId: row.member_id,
    payload: { memberId: row.member_id, points: row.points, on: lastGoodDay(row.expires_at, scope.zone), days: row.warn_days } satisfies PointsExpiring,
  })));
  return rows.length;
}

const telling: Task = {
  name: TASK,
  async run({ tenantId }, database: Database) {
    const entry = { tenantId: String(tenantId), actor: { kind: "system", name: TASK } } as const;
    while ((await database.inScope(entry, tellExpiring)) === PAGE);
  },
};

async function warn(scope: Scope): Promise<void> {
  await noteExpiring(scope);
  await enqueue(scope, TASK, {});
}

export const tasks: readonly Task[] = [telling];
/** In the morning: somebody may read it at once. */
export const schedules: readonly Schedule[] = [{ name: "loyalty.warn-expiring", cron: "0 9 * * *", zone: "Asia/Shanghai", run: warn }];
