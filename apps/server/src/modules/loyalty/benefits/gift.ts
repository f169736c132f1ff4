import { hint } from "../../../kernel/live.ts";
import { problem } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { Journal } from "../../ledger/index.ts";
import { issueCoupons } from "../../promotions/index.ts";
import { activeFromOf, expiryOf } from "../lifetime.ts";
import { currentProgram, POINTS } from "../program.ts";
import type { BenefitTerms } from "./benefit.view.ts";

export const couponRefused = problem("loyalty/coupon-not-issued", 409, "The coupon could not be issued");

/** Whether a benefit or an item of the mall gives this coupon. */
export async function givesTemplate({ tx, tenantId }: Scope, templateId: string): Promise<boolean> {
  const rows = await tx.rows(
    `select 1 from loyalty.benefit where tenant_id = $1 and coupon_template_id = $2
     union all select 1 from loyalty.mall_item where tenant_id = $1 and coupon_template_id = $2 limit 1`, [tenantId, templateId]);
  return rows.length > 0;
}

/** Somebody who gets what a benefit gives, by a use of its own. */
export interface Receiver {
  memberId: string;
  useId: string;
}

export interface Outcome {
  couponId?: string;
  points?: number;
  code?: string;
}

/**
 * Gives coupons or points of a benefit to members whose rows are locked, as a set. Who could not get theirs, such as a coupon beyond
 * a member's limit, is missing in the answer. Throws when the coupons are used up.
 */
export async function give(scope: Scope, benefit: Pick<BenefitTerms, "kind" | "name" | "points" | "couponTemplateId">, receivers: readonly Receiver[]): Promise<Map<string, Outcome>> {
  if (receivers.length === 0) return new Map();
  if (benefit.couponTemplateId) {
    const { issued } = await issueCoupons(scope, benefit.couponTemplateId, receivers.map((one) => one.memberId));
    const coupons = new Map(issued.map((one) => [one.memberId, one.couponId]));
    return new Map(receivers.flatMap(({ memberId, useId }) => {
      const couponId = coupons.get(memberId);
      return couponId ? [[useId, { couponId }]] : [];
    }));
  }
  const { points } = benefit;
  if (points === null) return new Map(receivers.map(({ useId }) => [useId, {}]));
  await givePoints(scope, benefit.name, points, receivers);
  return new Map(receivers.map(({ useId }) => [useId, { points }]));
}

/** A lot of its own for each, with the program's dates; its origin is the use, so that undoing finds it. */
async function givePoints(scope: Scope, name: string, points: number, receivers: readonly Receiver[]): Promise<void> {
  const program = await currentProgram(scope);
  const journal = await Journal.open(scope, receivers.map(({ memberId }) => ({ holderId: memberId, asset: POINTS })));
  const activeFrom = activeFromOf(program, scope.now, scope.zone);
  for (const { memberId, useId } of receivers) {
    journal.credit({ holderId: memberId, asset: POINTS }, {
      kind: "earn.benefit", counter: "issued", refId: useId, memo: name, amount: points, earnedAt: scope.now, activeFrom,
      expiresAt: expiryOf(program, scope.now, scope.zone, activeFrom), originKind: "benefit", originId: useId, storeId: null, ruleVersion: null,
    });
  }
  journal.close();
  hint(scope, "members", receivers.map((one) => one.memberId));
}
