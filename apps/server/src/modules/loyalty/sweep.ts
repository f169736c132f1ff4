import { TIER_ENDING, type TierEnding } from "../../events/loyalty.ts";
import type { NewEvent } from "../../kernel/events.ts";
import type { Scope } from "../../kernel/scope.ts";
import { lockMembers } from "../customers/index.ts";
import { keepStandings, PAGE } from "./evaluation.ts";
import { lastGoodDay } from "./points.view.ts";
import { currentProgram } from "./program.ts";
import { projectedTier, termEnd, tierOf } from "./qualifying.ts";
import { heldColumn, Parameters, rankColumn, sumsOf } from "./reach.ts";
import { readStandings, upgrade, type Standing, type TierChange } from "./standing.ts";

/** Rows of one set-based page; a till waits for none of them for longer than this takes to write. */
const RENEWED = 5_000;
const DAY_MS = 86_400_000;

/**
 * Begins another term for those who keep their tier, a page at a time and without looking at each: on the first of January that
 * is nearly everybody. What is left over is decided by `evaluateTiers`. Rows that a till has in hand wait for the next night.
 * Returns where to go on, nothing at the end.
 */
export async function renewKept(scope: Scope, after: string | undefined): Promise<string | undefined> {
  const program = await currentProgram(scope);
  // The end of an anniversary's term is each member's own.
  if (program.tierWindowKind === "anniversary" || program.tiers.length === 0) return undefined;
  const end = termEnd({ firstOrderAt: null } as Standing, program, scope.now, scope.zone);
  const parameters = new Parameters(scope.tenantId);
  const { bind } = parameters;
  const sums = sumsOf(program, scope.now, scope.zone, bind);
  const endedBefore = new Date(scope.now.getTime() - program.tierGraceDays * DAY_MS);
  const [page] = await scope.tx.rows<{ seen: number; last: string | null }>(
    `with page as materialized (
       select s.member_id from loyalty.standing s
        where s.tenant_id = $1 and s.tier_until <= ${bind(endedBefore)} and s.grant_kind is null and (${bind(after ?? null)}::uuid is null or s.member_id > ${bind(after ?? null)}::uuid)
        order by s.member_id limit ${RENEWED} for update skip locked),
     renewed as (
       update loyalty.standing u set tier_until = ${bind(end)}
         from (select s.member_id from page join loyalty.standing s on s.tenant_id = $1 and s.member_id = page.member_id ${sums.join}
                where ${rankColumn(program, sums, bind)} = ${heldColumn(program, bind)} offset 0) as kept
        where u.tenant_id = $1 and u.member_id = kept.member_id)
     select count(*)::int as seen, max(member_id::text)::uuid as last from page`, parameters.values);
  return page && page.seen === RENEWED ? page.last ?? undefined : undefined;
}

/**
 * Lifts members whom changed rules or windows put into a higher tier without another order. One statement finds them, the rest
 * is what an order does. Returns the last one looked at, nothing when all have been.
 */
export async function raiseRisen(scope: Scope, after: string | undefined): Promise<string | undefined> {
  const program = await currentProgram(scope);
  if (program.tiers.length === 0) return undefined;
  const parameters = new Parameters(scope.tenantId);
  const { bind } = parameters;
  const sums = sumsOf(program, scope.now, scope.zone, bind);
  const rows = await scope.tx.rows<{ member_id: string }>(
    `select s.member_id from loyalty.standing s ${sums.join}
      where s.tenant_id = $1 and (${bind(after ?? null)}::uuid is null or s.member_id > ${bind(after ?? null)}::uuid)
        and ${rankColumn(program, sums, bind)} > ${heldColumn(program, bind)} and (s.grant_kind is distinct from 'lower' or s.tier_until <= ${bind(scope.now)})
      order by s.member_id limit ${PAGE}`, parameters.values);
  const ids = rows.map((row) => row.member_id);
  if (ids.length === 0) return undefined;
  await lockMembers(scope, ids);
  const standings = [...(await readStandings(scope, ids)).values()];
  const changes = standings.map((standing) => upgrade(standing, program, scope.now, scope.zone)).filter((change): change is TierChange => change !== undefined);
  await keepStandings(scope, program, standings, changes);
  return ids.length === PAGE ? ids.at(-1) : undefined;
}

/** Tells those whose term ends within the notice and who would go down; once a term. Returns where to go on. */
export async function tellEnding(scope: Scope, after: string | undefined): Promise<string | undefined> {
  const program = await currentProgram(scope);
  if (program.tierNoticeDays === 0) return undefined;
  const soon = new Date(scope.now.getTime() + (program.tierNoticeDays - program.tierGraceDays) * DAY_MS);
  const rows = await scope.tx.rows<{ member_id: string }>(
    `select member_id from loyalty.standing
      where tenant_id = $1 and tier_until <= $2 and tier_until > $3 and noticed_until is distinct from tier_until and ($4::uuid is null or member_id > $4)
      order by member_id limit ${PAGE}`,
    [scope.tenantId, soon, new Date(scope.now.getTime() - program.tierGraceDays * DAY_MS), after ?? null]);
  const standings = await readStandings(scope, rows.map((row) => row.member_id));
  const events: NewEvent[] = [];
  for (const [memberId, standing] of standings) {
    const projected = projectedTier(standing, program, scope.zone);
    if (!projected || projected.isKept) continue;
    events.push({ type: TIER_ENDING, subjectId: memberId, payload: {
      memberId, tier: tierOf(program, standing.tierId)?.name ?? "", to: projected.name, on: lastGoodDay(projected.at, scope.zone), missing: projected.missing,
    } satisfies TierEnding });
  }
  await scope.outbox.publishAll(scope, events);
  scope.tx.write("update loyalty.standing set noticed_until = tier_until where tenant_id = $1 and member_id = any($2::uuid[])", [scope.tenantId, events.map((one) => one.subjectId)]);
  return rows.length === PAGE ? rows.at(-1)?.member_id : undefined;
}
