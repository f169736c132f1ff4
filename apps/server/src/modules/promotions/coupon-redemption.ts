import { audit } from "../../kernel/audit.ts";
import { hint } from "../../kernel/live.ts";
import { actorRef, type Scope } from "../../kernel/scope.ts";
import { couponUnknown, couponUnusable, normalCode } from "./coupon.ts";

interface Row {
  id: string;
  template_id: string;
  member_id: string | null;
  state: string;
  order_id: string | null;
  redeemed_by: string | null;
}

/**
 * Verification by a partner, outside of our orders: the coupon is used, under the partner's own reference. The same reference
 * again is answered with the same coupon. Throws `couponUnknown`, `couponUnusable`.
 */
export async function redeemOutside(scope: Scope, code: string, reference: string): Promise<string> {
  const coupon = await byCode(scope, code);
  const who = actorRef(scope.actor);
  if (coupon.state === "redeemed" && coupon.order_id === reference && coupon.redeemed_by === who) return coupon.id;
  const [used] = await scope.tx.rows(
    `update promotions.coupon set state = 'redeemed', order_id = $3, redeemed_by = $4, redeemed_at = $5, held_until = null
      where tenant_id = $1 and id = $2 and valid_from <= $5 and valid_until > $5 and (state = 'issued' or (state = 'held' and held_until <= $5)) returning id`,
    [scope.tenantId, coupon.id, reference, who, scope.now]);
  if (!used) throw couponUnusable({ state: coupon.state, couponId: coupon.id });
  return conclude(scope, coupon, "coupon.redeem", 1, reference);
}

/** The partner takes its verification back. Throws `couponUnknown`, `couponUnusable`. */
export async function revertOutside(scope: Scope, code: string, reference: string): Promise<string> {
  const coupon = await byCode(scope, code);
  const [back] = await scope.tx.rows(
    `update promotions.coupon set state = 'issued', order_id = null, redeemed_by = null, redeemed_at = null
      where tenant_id = $1 and id = $2 and state = 'redeemed' and order_id = $3 and redeemed_by = $4 returning id`,
    [scope.tenantId, coupon.id, reference, actorRef(scope.actor)]);
  if (!back) throw couponUnusable({ state: coupon.state, couponId: coupon.id });
  return conclude(scope, coupon, "coupon.revert", -1, reference);
}

async function byCode(scope: Scope, code: string): Promise<Row> {
  const [row] = await scope.tx.rows<Row>(
    "select id, template_id, member_id, state, order_id, redeemed_by from promotions.coupon where tenant_id = $1 and code = $2", [scope.tenantId, normalCode(code)]);
  if (!row) throw couponUnknown();
  return row;
}

async function conclude(scope: Scope, coupon: Row, action: string, count: number, reference: string): Promise<string> {
  audit(scope, { action, subjectKind: "coupon", subjectId: coupon.id, after: { reference } });
  if (coupon.member_id) hint(scope, "members", [coupon.member_id]);
  await scope.tx.rows("update promotions.coupon_template set redeemed = redeemed + $3 where tenant_id = $1 and id = $2", [scope.tenantId, coupon.template_id, count]);
  return coupon.id;
}
