import { BENEFIT_GRANTED, type BenefitGranted } from "../../../events/loyalty.ts";
import { audit } from "../../../kernel/audit.ts";
import { addDays, dayOf, endOfDay } from "../../../kernel/days.ts";
import { problem } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { lockHolder } from "../points.ts";
import { tierIdOf } from "../tier-held.view.ts";
import { findTerms, liveBenefits } from "./benefit.view.ts";
import type { Benefit } from "./benefits.schema.ts";
import { termOf, type Term } from "./period.ts";

export const benefitNotLive = problem("loyalty/benefit-not-live", 409, "This benefit is not in force");

export interface NewGrant extends Term {
  memberId: string;
}

/** Writes grants of one benefit as a set. The key leaves out who has theirs already; returns whom something was granted. */
export async function writeGrants(scope: Scope, benefit: Pick<Benefit, "id" | "name" | "quota">, grants: readonly NewGrant[]): Promise<Map<string, string>> {
  if (grants.length === 0) return new Map();
  const rows = await scope.tx.rows<{ id: string; member_id: string; period: string }>(
    `insert into loyalty.benefit_grant (tenant_id, id, benefit_id, member_id, period, quota, valid_from, valid_until, granted_by, granted_at)
     select $1, v.id, $2, v.member_id, v.period, $3, v.valid_from, v.valid_until, $4, $5
       from unnest($6::uuid[], $7::uuid[], $8::text[], $9::timestamptz[], $10::timestamptz[]) as v(id, member_id, period, valid_from, valid_until)
      order by v.member_id
     on conflict (tenant_id, member_id, benefit_id, period) do nothing returning id, member_id, period`,
    [scope.tenantId, benefit.id, benefit.quota, actorRef(scope.actor), scope.now, grants.map(() => newId(scope)), grants.map((one) => one.memberId),
      grants.map((one) => one.period), grants.map((one) => one.from), grants.map((one) => one.until)]);
  await scope.outbox.publishAll(scope, rows.map((row) => ({
    type: BENEFIT_GRANTED, subjectId: row.member_id,
    payload: { grantId: row.id, benefitId: benefit.id, memberId: row.member_id, name: benefit.name, period: row.period } satisfies BenefitGranted,
  })));
  return new Map(rows.map((row) => [row.member_id, row.id]));
}

export const isPeriodic = (grantOn: Benefit["grantOn"]): grantOn is "month" | "quarter" | "year" | "always" => grantOn !== "birthday" && grantOn !== "hand";
export const isForTier = (benefit: Pick<Benefit, "tierIds">, tierId: string | undefined): boolean =>
  benefit.tierIds.length === 0 || (tierId !== undefined && benefit.tierIds.includes(tierId));

/** What a member has a right to in the periods of today, without waiting for the night: a tier reached at noon brings its benefits at noon. */
export async function ensureGrants(scope: Scope, memberId: string): Promise<void> {
  const [benefits, tierId] = await Promise.all([liveBenefits(scope), tierIdOf(scope, memberId)]);
  const today = dayOf(scope.now, scope.zone);
  for (const benefit of benefits) {
    // What is given by itself is given at night, with its coupon or points.
    if (!isPeriodic(benefit.grantOn) || benefit.isAutomatic || !isForTier(benefit, tierId)) continue;
    await writeGrants(scope, benefit, [{ memberId, ...termOf(benefit.grantOn, today, scope.zone) }]);
  }
}

/** A grant from somewhere else: by hand, or bought with points. The period names where it came from. */
export async function grantFor(scope: Scope, wish: { benefitId: string; memberId: string; period: string; quota?: number }): Promise<string> {
  const benefit = await findTerms(scope, wish.benefitId);
  if (benefit.state !== "live") throw benefitNotLive({ state: benefit.state });
  const until = endOfDay(addDays(dayOf(scope.now, scope.zone), benefit.validDays - 1), scope.zone);
  const quota = benefit.quota === null ? null : benefit.quota * (wish.quota ?? 1);
  const granted = await writeGrants(scope, { ...benefit, quota }, [{ memberId: wish.memberId, period: wish.period, from: scope.now, until }]);
  const id = granted.get(wish.memberId);
  if (!id) throw new Error("A grant of its own period was there already");
  return id;
}

/** Staff give a benefit to a member, for a reason. */
export async function grantByHand(scope: Scope, { memberId, benefitId, reason }: { memberId: string; benefitId: string; reason: string }): Promise<string> {
  await lockHolder(scope, memberId);
  const { grantOn } = await findTerms(scope, benefitId);
  if (grantOn !== "hand") throw benefitNotLive({ detail: "This benefit is granted by its tier", grantOn });
  const id = await grantFor(scope, { benefitId, memberId, period: `hand ${newId(scope)}` });
  audit(scope, { action: "benefit.grant", subjectKind: "member", subjectId: memberId, after: { benefitId, grantId: id }, reason });
  return id;
}

