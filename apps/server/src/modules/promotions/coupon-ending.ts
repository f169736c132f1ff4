import { COUPON_VOIDED, COUPONS_EXPIRED, type CouponsExpired, type CouponVoided } from "../../events/promotions.ts";
import { audit } from "../../kernel/audit.ts";
import { publish } from "../../kernel/events.ts";
import type { Task } from "../../kernel/jobs.ts";
import { hint } from "../../kernel/live.ts";
import type { Scope } from "../../kernel/scope.ts";
import { lapseGifts } from "./coupon-gift.ts";
import { couponUnusable } from "./coupon.ts";
import { getCoupon } from "./wallet.view.ts";

/** How long this may not have run; what ended before that was marked then, or is known by its date. */
const MISSED_DAYS = 60;
const DAY_MS = 86_400_000;
export const EXPIRE_TASK = "promotions.expire-coupons";
const PAGE = 10_000;
const TOLD_AT_ONCE = 1_000;

/** Takes a coupon away for a reason. One that an order holds or has used stays. Throws `couponUnknown`, `couponUnusable`. */
export async function voidCoupon(scope: Scope, id: string, reason: string) {
  const before = await getCoupon(scope, id);
  const voided = await scope.tx.rows(
    `update promotions.coupon set state = 'void', ended_reason = $3, order_id = null, held_until = null
      where tenant_id = $1 and id = $2 and (state in ('issued', 'given') or (state = 'held' and held_until <= $4)) returning id`,
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
 * Marks a page of coupons whose days are over, and returns whether there may be more. Using one never depends on it: an expired
 * coupon is refused whether this has run or not. Coupons that a till is working on are skipped and taken by the next run.
 */
export async function expirePage(scope: Scope): Promise<boolean> {
  const rows = await scope.tx.rows<ExpiredRow>(
    `update promotions.coupon c set state = 'expired', ended_reason = 'expired', order_id = null, held_until = null
      where c.tenant_id = $1 and c.id in (
        select d.id from promotions.coupon d
         where d.tenant_id = $1 and d.state in ('issued', 'held') and d.valid_until <= $2 and d.valid_until > $4 and (d.held_until is null or d.held_until <= $2)
         order by d.valid_until, d.id limit $3 for update skip locked)
      returning c.id, c.member_id`, [scope.tenantId, scope.now, PAGE, new Date(scope.now.getTime() - MISSED_DAYS * DAY_MS)]);
  for (let from = 0; from < rows.length; from += TOLD_AT_ONCE) {
    const coupons = rows.slice(from, from + TOLD_AT_ONCE).map((row) => ({ couponId: row.id, memberId: row.member_id }));
    await publish(scope, COUPONS_EXPIRED, null, { coupons } satisfies CouponsExpired);
  }
  return rows.length === PAGE;
}

/** All of it in the caller's transaction, for a story that tells of many nights. */
export async function expireCoupons(scope: Scope): Promise<void> {
  await lapseGifts(scope);
  while (await expirePage(scope));
}

/** Each page in a transaction of its own, so that a night on which a million end locks none of them for long. */
export const expireTask: Task = {
  name: EXPIRE_TASK,
  run: async ({ tenantId }, database) => {
    const entry = { tenantId: String(tenantId), actor: { kind: "system", name: EXPIRE_TASK } } as const;
    await database.inScope(entry, lapseGifts);
    while (await database.inScope(entry, expirePage));
  },
};
