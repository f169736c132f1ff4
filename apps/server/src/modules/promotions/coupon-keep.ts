import { hint } from "../../kernel/live.ts";
import type { Scope } from "../../kernel/scope.ts";
import { lockMembers } from "../customers/index.ts";
import { grantAllowances } from "./allowance.ts";
import { couponUnknown, couponUnusable, normalCode } from "./coupon.ts";
import { limitReached, memberUnusable } from "./issue.ts";

/**
 * A member keeps a code that belonged to nobody: from here on it is this member's coupon. The template's limits bind now that
 * the member is known. Throws `couponUnknown`, also for somebody else's coupon, `couponUnusable`, `limitReached`.
 */
export async function keepCode(scope: Scope, memberId: string, code: string): Promise<string> {
  const member = (await lockMembers(scope, [memberId])).get(memberId);
  if (member?.state !== "active") throw memberUnusable();
  const [coupon] = await scope.tx.rows<{ id: string; template_id: string; member_id: string | null; state: string }>(
    "select id, template_id, member_id, state from promotions.coupon where tenant_id = $1 and code = $2", [scope.tenantId, normalCode(code)]);
  if (!coupon || (coupon.member_id !== null && coupon.member_id !== memberId)) throw couponUnknown();
  if (coupon.member_id === memberId) return coupon.id;
  const [kept] = await scope.tx.rows(
    `update promotions.coupon set member_id = $3 where tenant_id = $1 and id = $2 and member_id is null and valid_until > $4
        and (state = 'issued' or (state = 'held' and held_until <= $4)) returning id`, [scope.tenantId, coupon.id, memberId, scope.now]);
  if (!kept) throw couponUnusable({ state: coupon.state });
  if (!(await grantAllowances(scope, coupon.template_id, [memberId])).has(memberId)) throw limitReached();
  hint(scope, "members", [memberId]);
  return coupon.id;
}
