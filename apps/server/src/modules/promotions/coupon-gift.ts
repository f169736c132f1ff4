import type { z } from "zod";
import { COUPON_GIVEN, type CouponGiven } from "../../events/promotions.ts";
import { publish } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import { notFound, problem } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { lockMembers } from "../customers/index.ts";
import { grantAllowances } from "./allowance.ts";
import { newCouponCode } from "./coupon-code.ts";
import { normalCode, couponUnknown, couponUnusable } from "./coupon.ts";
import type { gift } from "./coupon-gift.schema.ts";
import { faceOf, type LinkRow, type Opener } from "./coupon-link.ts";
import { limitReached, memberUnusable } from "./issue.ts";

export const giftOver = problem("promotions/gift-over", 409, "This gift has been taken, taken back, or its time is over");
export const ownGift = problem("promotions/own-gift", 409, "This is your own coupon: take it back instead");
export const notGiftable = problem("promotions/not-giftable", 409, "This coupon cannot be given away");

/** A friend has so many days; then it comes back by itself. */
const GIFT_DAYS = 3;
const DAY_MS = 86_400_000;

/** Sets a coupon aside for whoever opens the link. Until then nobody can use it. Throws `couponUnknown`, `notGiftable`, `couponUnusable`. */
export async function offerGift(scope: Scope, memberId: string, couponId: string, message: string) {
  await lockMembers(scope, [memberId]);
  const [coupon] = await scope.tx.rows<{ member_id: string | null; giftable: boolean; state: string }>(
    `select c.member_id, c.state, coalesce((v.policy ->> 'isGiftable')::boolean, false) as giftable from promotions.coupon c
       join promotions.coupon_template_version v on v.tenant_id = $1 and v.template_id = c.template_id and v.version = c.template_version
      where c.tenant_id = $1 and c.id = $2`, [scope.tenantId, couponId]);
  if (coupon?.member_id !== memberId) throw couponUnknown();
  if (!coupon.giftable) throw notGiftable();
  const [given] = await scope.tx.rows<{ valid_until: Date }>(
    `update promotions.coupon set state = 'given', order_id = null, held_until = null
      where tenant_id = $1 and id = $2 and member_id = $3 and valid_until > $4 and (state = 'issued' or (state = 'held' and held_until <= $4)) returning valid_until`,
    [scope.tenantId, couponId, memberId, scope.now]);
  if (!given) throw couponUnusable({ state: coupon.state, couponId });
  const token = newCouponCode(scope.random);
  const expiresAt = new Date(Math.min(given.valid_until.getTime(), scope.now.getTime() + GIFT_DAYS * DAY_MS));
  await scope.tx.db.insertInto("promotions.coupon_gift").values({
    id: newId(scope), token, coupon_id: couponId, from_member_id: memberId, message, offered_at: scope.now, expires_at: expiresAt,
  }).execute();
  hint(scope, "members", [memberId]);
  return getGift(scope, memberId, token);
}

/** Before anybody has accepted it. Throws `giftOver`. */
export async function takeBackGift(scope: Scope, memberId: string, token: string) {
  await lockMembers(scope, [memberId]);
  const [ended] = await scope.tx.rows<{ coupon_id: string }>(
    `update promotions.coupon_gift set state = 'taken-back', ended_at = $4 where tenant_id = $1 and token = $2 and from_member_id = $3 and state = 'offered'
     returning coupon_id`, [scope.tenantId, normalCode(token), memberId, scope.now]);
  if (!ended) {
    await getGift(scope, memberId, token);
    throw giftOver();
  }
  await scope.tx.rows("update promotions.coupon set state = 'issued' where tenant_id = $1 and id = $2 and state = 'given'", [scope.tenantId, ended.coupon_id]);
  hint(scope, "members", [memberId]);
  return getGift(scope, memberId, token);
}

/**
 * The coupon changes hands. The gift's row decides: of several friends with the link, and the giver who takes it back, one wins.
 * It counts among what the friend may have of the template. Throws `ownGift`, `giftOver`, `limitReached`.
 */
export async function acceptGift(scope: Scope, memberId: string, token: string): Promise<string> {
  const before = await giftRow(scope, token);
  if (before.from_member_id === memberId) throw ownGift();
  if (before.to_member_id === memberId) return before.coupon_id;
  // Both, because the coupon leaves one wallet for another; the common order of locks is by id.
  const members = await lockMembers(scope, [memberId, before.from_member_id]);
  if (members.get(memberId)?.state !== "active") throw memberUnusable();
  const [ended] = await scope.tx.rows(
    `update promotions.coupon_gift set state = 'accepted', to_member_id = $3, ended_at = $4 where tenant_id = $1 and id = $2 and state = 'offered' and expires_at > $4
     returning id`, [scope.tenantId, before.id, memberId, scope.now]);
  const [moved] = ended ? await scope.tx.rows(
    `update promotions.coupon set state = 'issued', member_id = $3 where tenant_id = $1 and id = $2 and state = 'given' and valid_until > $4 returning id`,
    [scope.tenantId, before.coupon_id, memberId, scope.now]) : [];
  if (!moved) throw giftOver();
  if (!(await grantAllowances(scope, before.template_id, [memberId])).has(memberId)) throw limitReached();
  await publish(scope, COUPON_GIVEN, memberId, {
    couponId: before.coupon_id, name: before.name, fromMemberId: before.from_member_id, toMemberId: memberId,
  } satisfies CouponGiven);
  hint(scope, "members", [memberId, before.from_member_id]);
  return before.coupon_id;
}

/** Gifts that nobody took come back to their givers. */
export async function lapseGifts(scope: Scope): Promise<void> {
  await scope.tx.rows(
    `with lapsed as (
       update promotions.coupon_gift set state = 'lapsed', ended_at = $2 where tenant_id = $1 and state = 'offered' and expires_at <= $2 returning coupon_id)
     update promotions.coupon c set state = 'issued' from lapsed where c.tenant_id = $1 and c.id = lapsed.coupon_id and c.state = 'given'`,
    [scope.tenantId, scope.now]);
}

interface GiftRow extends LinkRow {
  coupon_id: string;
  template_id: string;
  from_member_id: string;
  to_member_id: string | null;
  state: z.input<typeof gift>["state"];
  message: string;
  valid_until: Date;
}

async function giftRow(scope: Scope, token: string): Promise<GiftRow> {
  const [row] = await scope.tx.rows<GiftRow>(
    `select g.id, g.token, g.coupon_id, c.template_id, g.from_member_id, g.to_member_id, g.state, g.message, g.expires_at, c.valid_until, v.name, v.definition
       from promotions.coupon_gift g join promotions.coupon c on c.tenant_id = $1 and c.id = g.coupon_id
       join promotions.coupon_template_version v on v.tenant_id = $1 and v.template_id = c.template_id and v.version = c.template_version
      where g.tenant_id = $1 and g.token = $2`, [scope.tenantId, normalCode(token)]);
  if (!row) throw notFound({ detail: "No such gift" });
  return row;
}

/** As whoever holds the link sees it. Throws `notFound`. */
export async function getGift(scope: Scope, opener: Opener, token: string): Promise<z.input<typeof gift>> {
  const row = await giftRow(scope, token);
  const state = row.state === "offered" && row.expires_at <= scope.now ? "lapsed" : row.state;
  return {
    ...(await faceOf(scope, row, row.from_member_id, opener)), couponId: row.coupon_id, state, message: row.message,
    validUntil: row.valid_until.toISOString(), against: againstOf(row, state, opener),
  };
}

function againstOf(row: GiftRow, state: GiftRow["state"], opener: Opener): z.input<typeof gift>["against"] {
  if (row.from_member_id === opener) return "own";
  if (state === "offered") return null;
  if (state !== "accepted") return "over";
  return row.to_member_id === opener ? "taken" : "used-up";
}
