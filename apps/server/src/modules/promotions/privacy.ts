import type { PrivacyStep } from "../customers/index.ts";

const UNUSED = "member_id = $2 and state in ('issued', 'given', 'held')";

/** Coupons end; what was written on a gift goes. */
export const privacyStep: PrivacyStep = {
  module: "promotions",
  holds: [
    "promotions.coupon.member_id", "promotions.coupon_allowance.member_id", "promotions.coupon_gift.from_member_id", "promotions.coupon_gift.to_member_id",
    "promotions.coupon_push_member.member_id", "promotions.coupon_reward.member_id", "promotions.coupon_share.member_id", "promotions.coupon_share_claim.member_id",
  ],
  async preview({ tx, tenantId, now }, memberId) {
    const [row] = await tx.rows<{ usable: number; held: number }>(
      `select count(*) filter (where valid_until > $3)::int as usable, count(*) filter (where state = 'held' and held_until > $3)::int as held
         from promotions.coupon where tenant_id = $1 and ${UNUSED}`, [tenantId, memberId, now]);
    return { lost: row?.usable ? [{ what: "coupons", amount: row.usable }] : [], blockers: row?.held ? ["coupon-held"] : [] };
  },
  async erase({ tx, tenantId }, memberId) {
    const coupons = await tx.rows(
      `update promotions.coupon set state = 'void', ended_reason = 'member-deleted', order_id = null, held_until = null where tenant_id = $1 and ${UNUSED} returning 1`, [tenantId, memberId]);
    const gifts = await tx.rows(
      "update promotions.coupon_gift set message = '' where tenant_id = $1 and $2 in (from_member_id, to_member_id) and message <> '' returning 1", [tenantId, memberId]);
    return { coupons: coupons.length, gifts: gifts.length };
  },
};
