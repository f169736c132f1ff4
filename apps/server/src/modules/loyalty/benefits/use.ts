import { BENEFIT_USED, type BenefitUsed } from "../../../events/loyalty.ts";
import { audit } from "../../../kernel/audit.ts";
import { publish } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import { conflict, notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, demandStore, newId, type Scope } from "../../../kernel/scope.ts";
import { Journal } from "../../ledger/index.ts";
import { voidCoupon } from "../../promotions/index.ts";
import { lockHolder } from "../points.ts";
import { POINTS } from "../program.ts";
import { tierIdOf } from "../tier-held.view.ts";
import { findTerms, type BenefitTerms } from "./benefit.view.ts";
import { handCode } from "./code-pool.ts";
import { couponRefused, give, type Outcome } from "./gift.ts";
import { ensureGrants, isForTier } from "./grant.ts";
import { getUse, isGiven } from "./grant.view.ts";

export const benefitUsedUp = problem("loyalty/benefit-used-up", 409, "This benefit is used up for now");
export const benefitOver = problem("loyalty/benefit-over", 409, "This benefit is over, or not yet there");
export const appliedByTill = problem("loyalty/benefit-at-till", 409, "The till applies this by itself");
export const notClaimable = problem("loyalty/benefit-at-counter", 409, "This benefit is used at the counter");

export interface UseWish {
  memberId: string;
  grantId: string;
  storeId?: string | undefined;
  orderId?: string | undefined;
}

/** Uses one of a grant's quota: for a flag that is all, a gift is given with it. Throws `benefitUsedUp`, `benefitOver`. */
export async function useBenefit(scope: Scope, wish: UseWish): Promise<string> {
  await lockHolder(scope, wish.memberId);
  if (wish.storeId) demandStore(scope.actor, wish.storeId);
  await ensureGrants(scope, wish.memberId);
  const [taken] = await scope.tx.rows<{ benefit_id: string; period: string }>(
    `update loyalty.benefit_grant set used = used + 1
      where tenant_id = $1 and id = $2 and member_id = $3 and (quota is null or used < quota) and valid_from <= $4 and (valid_until is null or valid_until > $4)
      returning benefit_id, period`, [scope.tenantId, wish.grantId, wish.memberId, scope.now]);
  if (!taken) throw await refusalOf(scope, wish);
  const benefit = await findTerms(scope, taken.benefit_id);
  if (taken.period === "always" && !isForTier(benefit, await tierIdOf(scope, wish.memberId))) throw benefitOver({ detail: "The member's tier does not bring it any more" });
  if (benefit.offerId !== null) throw appliedByTill();
  if (scope.actor.kind === "member" && !isGiven(benefit.kind)) throw notClaimable();
  const useId = newId<"benefit-use">(scope);
  const outcome = benefit.kind === "partner-code" ? { code: await handCode(scope, benefit.id, useId) } : (await give(scope, benefit, [{ memberId: wish.memberId, useId }])).get(useId);
  if (!outcome) throw couponRefused({ detail: "The member has as many of this coupon as one may have" });
  writeUses(scope, benefit, [{ ...wish, useId, outcome }]);
  if (scope.actor.kind === "staff") audit(scope, { action: "benefit.use", subjectKind: "member", subjectId: wish.memberId, after: { benefitId: benefit.id, name: benefit.name, useId, orderId: wish.orderId ?? null } });
  await tell(scope, benefit, wish, false);
  return useId;
}

export function writeUses(scope: Scope, benefit: Pick<BenefitTerms, "id">, uses: readonly (UseWish & { useId: string; outcome: Outcome })[]): void {
  scope.tx.write(
    `insert into loyalty.benefit_use (tenant_id, id, grant_id, benefit_id, member_id, store_id, order_id, outcome, by_actor, at)
     select $1, v.id, v.grant_id, $2, v.member_id, v.store_id, v.order_id, v.outcome::jsonb, $3, $4
       from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::text[]) as v(id, grant_id, member_id, store_id, order_id, outcome)`,
    [scope.tenantId, benefit.id, actorRef(scope.actor), scope.now, uses.map((one) => one.useId), uses.map((one) => one.grantId), uses.map((one) => one.memberId),
      uses.map((one) => one.storeId ?? null), uses.map((one) => one.orderId ?? null), uses.map((one) => JSON.stringify(one.outcome))]);
}

async function refusalOf({ tx, tenantId, now }: Scope, { grantId, memberId }: UseWish) {
  const [row] = await tx.rows<{ quota: number | null; used: number; valid_from: Date; valid_until: Date | null }>(
    "select quota, used, valid_from, valid_until from loyalty.benefit_grant where tenant_id = $1 and id = $2 and member_id = $3", [tenantId, grantId, memberId]);
  if (!row) return notFound({ detail: "No such benefit of this member" });
  if (row.valid_from > now || (row.valid_until && row.valid_until <= now)) return benefitOver({ validFrom: row.valid_from.toISOString(), validUntil: row.valid_until?.toISOString() ?? null });
  return benefitUsedUp({ quota: row.quota, used: row.used });
}

const tell = async (scope: Scope, benefit: Pick<BenefitTerms, "id" | "name">, { memberId, grantId }: UseWish, isUndone: boolean): Promise<void> => {
  await publish(scope, BENEFIT_USED, memberId, { grantId, benefitId: benefit.id, memberId, name: benefit.name, isUndone } satisfies BenefitUsed);
  hint(scope, "members", [memberId]);
};

interface Undoable {
  grant_id: string;
  benefit_id: string;
  kind: string;
  name: string;
  outcome: Outcome;
  undone_at: Date | null;
}

/** Takes a use back, with what it gave: a coupon that was not used, points that may become owed. A code that was read stays read. */
export async function undoUse(scope: Scope, { memberId, useId, reason }: { memberId: string; useId: string; reason: string }): Promise<void> {
  await lockHolder(scope, memberId);
  const [use] = await scope.tx.rows<Undoable>(
    `select u.grant_id, u.benefit_id, b.kind, b.name, u.outcome, u.undone_at from loyalty.benefit_use u join loyalty.benefit b on b.tenant_id = $1 and b.id = u.benefit_id
      where u.tenant_id = $1 and u.id = $2 and u.member_id = $3 for update of u`, [scope.tenantId, useId, memberId]);
  if (!use) throw notFound({ detail: "No such use of this member's" });
  if (use.undone_at) throw conflict({ detail: "It was undone already" });
  if (use.outcome.code) throw conflict({ detail: "A partner's code that was handed out cannot be taken back" });
  if (use.outcome.couponId) await voidCoupon(scope, use.outcome.couponId, reason);
  if (use.outcome.points) await takePointsBack(scope, memberId, useId, use.outcome.points, reason);
  await scope.tx.rows("update loyalty.benefit_use set undone_at = $3, undone_by = $4, undo_reason = $5 where tenant_id = $1 and id = $2 returning 1",
    [scope.tenantId, useId, scope.now, actorRef(scope.actor), reason]);
  await scope.tx.rows("update loyalty.benefit_grant set used = used - 1 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, use.grant_id]);
  audit(scope, { action: "benefit.undo", subjectKind: "member", subjectId: memberId, before: await getUse(scope, memberId, useId), reason });
  await tell(scope, { id: use.benefit_id, name: use.name }, { memberId, grantId: use.grant_id }, true);
}

async function takePointsBack(scope: Scope, memberId: string, useId: string, points: number, reason: string): Promise<void> {
  const key = { holderId: memberId, asset: POINTS };
  const journal = await Journal.open(scope, [key]);
  journal.takeBack(key, points, { kind: "benefit", id: useId }, { kind: "take-back.benefit", counter: "issued", refId: useId, memo: reason });
  journal.close();
}
