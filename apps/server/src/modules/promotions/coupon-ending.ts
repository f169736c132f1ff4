import { COUPON_VOIDED, COUPONS_EXPIRED, type CouponsExpired, type CouponVoided } from "../../events/promotions.ts";
import { audit } from "../../kernel/audit.ts";
import { publish } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import type { Scope } from "../../kernel/scope.ts";
import { couponUnusable } from "./coupon.ts";
import { getCoupon } from "./wallet.view.ts";

/** How long this may not have run; what ended before that was marked then, or is known by its date. */
const MISSED_DAYS = 60;
const BATCH = 1_000;
const DAY_MS = 86_400_000;
const MAX_BATCHES = 500;

/** Takes a coupon away for a reason. One that an order holds or has used stays. Throws `couponUnknown`, `couponUnusable`. */
export async function voidCoupon(scope: Scope, id: string, reason: string) {
  const before = await getCoupon(scope, id);
  const voided = await scope.tx.rows(
    `update promotions.coupon set state = 'void', ended_reason = $3, order_id = null, held_until = null
      where tenant_id = $1 and id = $2 and (state = 'issued' or (state = 'held' and held_until <= $4)) returning id`,
    [scope.tenantId, id, reason, scope.now]);
  if (voided.length === 0) throw couponUnusable({ detail: "It was used, is held by an order, or is over", state: before.state, couponId: id });
  audit(scope, { action: "coupon.void", subjectKind: "coupon", subjectId: id, before: { state: before.state, memberId: before.memberId, name: before.name }, reason });
  await publish(scope, COUPON_VOIDED, before.memberId, { couponId: id, memberId: before.memberId, name: before.name, reason } satisfies CouponVoided);
  if (before.memberId) hint(scope, "members", [before.memberId]);
  return getCoupon(scope, id);
}

interface ExpiredRow {
  id: string;
  member_id: string | null;
}

/**
 * Marks coupons whose days are over. Using one never depends on it: an expired coupon is refused whether this has run or
 * not. Coupons that a till is working on are skipped and taken by the next run.
 */
export async function expireCoupons(scope: Scope): Promise<number> {
  let expired = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const rows = await scope.tx.rows<ExpiredRow>(
      `update promotions.coupon c set state = 'expired', ended_reason = 'expired', order_id = null, held_until = null
        where c.tenant_id = $1 and c.id in (
          select d.id from promotions.coupon d
           where d.tenant_id = $1 and d.state in ('issued', 'held') and d.valid_until <= $2 and d.valid_until > $4 and (d.held_until is null or d.held_until <= $2)
           order by d.valid_until, d.id limit $3 for update skip locked)
        returning c.id, c.member_id`, [scope.tenantId, scope.now, BATCH, new Date(scope.now.getTime() - MISSED_DAYS * DAY_MS)]);
    if (rows.length === 0) break;
    expired += rows.length;
    await publish(scope, COUPONS_EXPIRED, null, { coupons: rows.map((row) => ({ couponId: row.id, memberId: row.member_id })) } satisfies CouponsExpired);
  }
  return expired;
}
