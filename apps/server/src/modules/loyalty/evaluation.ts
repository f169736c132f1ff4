import { TIER_CHANGED, type TierChanged } from "../../events/loyalty.ts";
import type { NewEvent } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import type { Scope } from "../../kernel/scope.ts";
import { lockMembers } from "../customers/index.ts";
import { currentProgram, type Program } from "./program.ts";
import { tierAfter, tierOf } from "./qualifying.ts";
import { readStandings, setTier, writeStandings, type Standing, type TierChange } from "./standing.ts";

/** Members in one transaction: few enough that a till that serves one of them hardly waits. */
export const PAGE = 500;
const DAY_MS = 86_400_000;

/**
 * Looks at the members whose term of tier has ended, grace included: whoever still meets the conditions keeps the tier for another
 * term, the others go down as the program says, never below what they have earned. Never down inside a term, whatever was refunded.
 */
export async function evaluateTiers(scope: Scope): Promise<number> {
  const program = await currentProgram(scope);
  const endedBefore = new Date(scope.now.getTime() - program.tierGraceDays * DAY_MS);
  const due = await scope.tx.rows<{ member_id: string }>(
    `select member_id from loyalty.standing where tenant_id = $1 and (tier_until <= $2 or (tier_until <= $3 and grant_kind is not null))
      order by tier_until limit $4`, [scope.tenantId, endedBefore, scope.now, PAGE]);
  const ids = due.map((row) => row.member_id);
  if (ids.length === 0) return 0;
  await lockMembers(scope, ids);
  const standings = await readStandings(scope, ids);
  const changes: TierChange[] = [];
  const touched = [...standings.values()].filter((one) => one.tierUntil !== null && one.tierUntil <= (one.grantKind === null ? endedBefore : scope.now));
  for (const standing of touched) {
    const change = endTerm(standing, program, scope);
    if (change) changes.push(change);
  }
  await keepStandings(scope, program, touched, changes);
  return ids.length;
}

/** Writes standings, and tells of the tiers that changed among them. The settlement desk does both by itself, for a batch. */
export async function keepStandings(scope: Scope, program: Program, standings: readonly Standing[], changes: readonly TierChange[]): Promise<void> {
  writeStandings(scope, standings, changes);
  await scope.outbox.publishAll(scope, tierChangeEvents(program, changes));
  hint(scope, "members", changes.map((change) => change.memberId));
}

/** The same tier goes on with its old beginning; another one begins now. Without a tier nothing falls due. */
export function endTerm(standing: Standing, program: Program, { now, zone }: Scope, reason = "downgrade"): TierChange | undefined {
  const to = tierAfter(standing, program, now, zone);
  const { tierSince, tierId: from } = standing;
  setTier(standing, program, to?.id ?? null, now, zone);
  if (to && to.id === from) standing.tierSince = tierSince;
  if (!to) Object.assign(standing, { tierSince: null, tierUntil: null });
  if ((to?.id ?? null) === from) return undefined;
  const isUp = (to?.rank ?? -1) > (tierOf(program, from)?.rank ?? -1);
  return { memberId: standing.memberId, from, to: to?.id ?? null, reason: isUp ? "upgrade" : reason };
}

/** What tells the others of tier changes. For everyone who writes them with `writeStandings`. */
export const tierChangeEvents = (program: Program, changes: readonly TierChange[]): NewEvent[] => changes.map((change) => ({
  type: TIER_CHANGED, subjectId: change.memberId,
  payload: {
    memberId: change.memberId, fromTierId: change.from, toTierId: change.to, from: tierOf(program, change.from)?.name ?? null,
    to: tierOf(program, change.to)?.name ?? null, reason: change.reason,
  } satisfies TierChanged,
}));
