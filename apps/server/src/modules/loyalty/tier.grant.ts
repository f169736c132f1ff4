import { audit } from "../../kernel/audit.ts";
import { dayOf, endOfDay, type Day } from "../../kernel/days.ts";
import { hint } from "../../kernel/live.ts";
import { fieldProblem, problem } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { endTerm, keepStandings } from "./evaluation.ts";
import { lockHolder } from "./points.ts";
import { lastGoodDay } from "./points.view.ts";
import { currentProgram } from "./program.ts";
import { earnedTier, qualifying, tierOf } from "./qualifying.ts";
import { readStandings, setTier, type TierChange } from "./standing.ts";

export const noGrant = problem("loyalty/no-grant", 409, "This member's tier was not given by hand");

interface GrantRow {
  id: string;
  member_id: string;
  tier_id: string;
  tier_name: string;
  until: Date;
  reason: string;
  by_name: string;
  at: Date;
  ended_at: Date | null;
  end_reason: string | null;
}

/**
 * Puts a member into a tier until the end of a day, whatever was earned. Earning a higher one lifts them out of it; a lower one
 * than was earned holds. Afterwards they get what was earned.
 */
export async function grantTier(scope: Scope, { memberId, tierId, until, reason }: { memberId: string; tierId: string; until: Day; reason: string }) {
  if (until < dayOf(scope.now, scope.zone)) throw fieldProblem("until", "past", "is over already");
  await lockHolder(scope, memberId);
  const [program, standings] = await Promise.all([currentProgram(scope), readStandings(scope, [memberId])]);
  const [standing, tier] = [standings.get(memberId), program.tiers.find((one) => one.id === tierId)];
  if (!standing || !tier) throw fieldProblem("tierId", "unknown", "is no tier");
  const earned = earnedTier(program, qualifying(standing, program, scope.now, scope.zone));
  const change: TierChange = { memberId, from: standing.tierId, to: tierId, reason: "grant" };
  const isOther = tierOf(program, standing.tierId)?.id !== tierId;
  const { tierSince } = standing;
  setTier(standing, program, tierId, scope.now, scope.zone);
  Object.assign(standing, { tierUntil: endOfDay(until, scope.zone), grantKind: tier.rank >= (earned?.rank ?? -1) ? "raise" : "lower", ...(isOther ? {} : { tierSince }) });
  const id = newId<"tier-grant">(scope);
  await endGrants(scope, memberId, "replaced");
  await scope.tx.db.insertInto("loyalty.tier_grant").values({
    member_id: memberId, id, tier_id: tierId, until: endOfDay(until, scope.zone), reason, by_actor: actorRef(scope.actor), by_name: "name" in scope.actor ? scope.actor.name : "", at: scope.now,
  }).execute();
  await keepStandings(scope, program, [standing], isOther ? [change] : []);
  audit(scope, { action: "tier.grant", subjectKind: "member", subjectId: memberId, after: { tierId, tier: tier.name, until }, reason });
  hint(scope, "members", [memberId]);
  return (await listGrants(scope, memberId))[0]!;
}

/** Takes a tier back that was given by hand: the member gets what was earned, at once. Throws `noGrant`. */
export async function revokeTier(scope: Scope, memberId: string, reason: string) {
  await lockHolder(scope, memberId);
  const [program, standings] = await Promise.all([currentProgram(scope), readStandings(scope, [memberId])]);
  const standing = standings.get(memberId);
  if (!standing || standing.grantKind === null) throw noGrant();
  standing.tierUntil = scope.now;
  const change = endTerm(standing, program, scope, "revoke");
  await endGrants(scope, memberId, reason);
  await keepStandings(scope, program, [standing], change ? [change] : []);
  audit(scope, { action: "tier.revoke", subjectKind: "member", subjectId: memberId, after: { tierId: standing.tierId }, reason });
  hint(scope, "members", [memberId]);
  return (await listGrants(scope, memberId))[0]!;
}

async function endGrants({ tx, now }: Scope, memberId: string, reason: string): Promise<void> {
  await tx.db.updateTable("loyalty.tier_grant").set({ ended_at: now, end_reason: reason }).where("member_id", "=", memberId).where("ended_at", "is", null).execute();
}

/** Newest first. */
export async function listGrants(scope: Scope, memberId: string) {
  const rows = await scope.tx.rows<GrantRow>(
    `select g.id, g.member_id, g.tier_id, t.name as tier_name, g.until, g.reason, g.by_name, g.at, g.ended_at, g.end_reason
       from loyalty.tier_grant g join loyalty.tier t on t.tenant_id = $1 and t.id = g.tier_id
      where g.tenant_id = $1 and g.member_id = $2 order by g.at desc, g.id desc limit 100`, [scope.tenantId, memberId]);
  return rows.map((row) => ({
    id: row.id, memberId: row.member_id, tierId: row.tier_id, tierName: row.tier_name, until: lastGoodDay(row.until, scope.zone), reason: row.reason,
    by: row.by_name, at: row.at.toISOString(), endedAt: row.ended_at?.toISOString() ?? null, endReason: row.end_reason,
  }));
}
