import { TIER_CHANGED, type TierChanged } from "../../events/loyalty.ts";
import type { Database } from "../../kernel/db/database.ts";
import { enqueue, type NewEvent } from "../../kernel/events.ts";
import type { Schedule, Task } from "../../kernel/jobs.ts";
import { hint } from "../../kernel/live.ts";
import type { Scope } from "../../kernel/scope.ts";
import { lockMembers } from "../customers/index.ts";
import { currentProgram, type Program, type Tier } from "./program.ts";
import { earnedTier, qualifying, readStandings, setTier, tierOf, writeStandings, type Standing, type TierChange } from "./standing.ts";

/** Members in one transaction: few enough that a till that serves one of them hardly waits. */
const PAGE = 500;
const TASK = "loyalty.evaluate-tiers";

/**
 * Looks at the members whose term of tier has ended: whoever still meets the conditions keeps the tier for another term, the
 * others go down one step, never below what they have earned. Never down inside a term, whatever was refunded.
 */
export async function evaluateTiers(scope: Scope): Promise<number> {
  const due = await scope.tx.rows<{ member_id: string }>(
    "select member_id from loyalty.standing where tenant_id = $1 and tier_until <= $2 order by tier_until, member_id limit $3", [scope.tenantId, scope.now, PAGE]);
  const ids = due.map((row) => row.member_id);
  if (ids.length === 0) return 0;
  await lockMembers(scope, ids);
  const [standings, program] = await Promise.all([readStandings(scope, ids), currentProgram(scope)]);
  const changes: TierChange[] = [];
  const touched = [...standings.values()].filter((standing) => standing.tierUntil !== null && standing.tierUntil <= scope.now);
  for (const standing of touched) {
    const to = tierAfterTerm(standing, program, scope);
    if (to?.id !== (standing.tierId ?? undefined)) changes.push({ memberId: standing.memberId, from: standing.tierId, to: to?.id ?? null, reason: "downgrade" });
    renew(standing, program, to, scope.now);
  }
  writeStandings(scope, touched, changes);
  await scope.outbox.publishAll(scope, tierChangeEvents(program, changes));
  hint(scope, "members", changes.map((change) => change.memberId));
  return ids.length;
}

function tierAfterTerm(standing: Standing, program: Program, { now, zone }: Scope): Tier | undefined {
  const current = tierOf(program, standing.tierId);
  const earned = earnedTier(program, qualifying(standing, program, now, zone));
  if (!current || (earned && earned.rank >= current.rank)) return earned;
  const below = program.tiers.findLast((tier) => tier.rank < current.rank);
  return earned && below && earned.rank > below.rank ? earned : below;
}

/** The same tier goes on with its old beginning; another one begins now. Without a tier nothing falls due. */
function renew(standing: Standing, program: Program, to: Tier | undefined, now: Date): void {
  const { tierSince, tierId } = standing;
  setTier(standing, program, to?.id ?? null, now);
  if (to && to.id === tierId) standing.tierSince = tierSince;
  if (!to) Object.assign(standing, { tierSince: null, tierUntil: null });
}

/** What tells the others of tier changes. For everyone who writes them with `writeStandings`. */
export const tierChangeEvents = (program: Program, changes: readonly TierChange[]): NewEvent[] => changes.map((change) => ({
  type: TIER_CHANGED, subjectId: change.memberId,
  payload: {
    memberId: change.memberId, fromTierId: change.from, toTierId: change.to, from: tierOf(program, change.from)?.name ?? null,
    to: tierOf(program, change.to)?.name ?? null, reason: change.reason,
  } satisfies TierChanged,
}));

/** Page after page, each in a transaction of its own: one over all would keep every due member locked until its end. */
const evaluation: Task = {
  name: TASK,
  async run({ tenantId }, database: Database) {
    const entry = { tenantId: String(tenantId), actor: { kind: "system", name: TASK } } as const;
    while ((await database.inScope(entry, evaluateTiers)) === PAGE);
  },
};

export const tasks: readonly Task[] = [evaluation];
export const schedules: readonly Schedule[] = [
  { name: "loyalty.tiers-nightly", cron: "30 0 * * *", zone: "Asia/Shanghai", run: (scope) => enqueue(scope, TASK, {}) },
];
