import type { z } from "zod";
import { notFound, problem } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { lockMembers } from "../customers/index.ts";
import { newCouponCode } from "./coupon-code.ts";
import type { share } from "./coupon-gift.schema.ts";
import { normalCode } from "./coupon.ts";
import { faceOf, type LinkRow, type Opener } from "./coupon-link.ts";
import { claimCoupon } from "./issue.ts";

export const shareRefused = problem("promotions/share-refused", 409, "This link gives you no coupon");

const DAY_MS = 86_400_000;

/** The member's link to a template: the open one, or a new one. Throws `notFound` where the template is not for sharing. */
export async function openShare(scope: Scope, memberId: string, templateId: string) {
  await lockMembers(scope, [memberId]);
  const [template] = await scope.tx.rows<{ share: { maxClaims: number; days: number } | null }>(
    "select share from promotions.coupon_template where tenant_id = $1 and id = $2 and state = 'live'", [scope.tenantId, templateId]);
  if (!template?.share) throw notFound({ detail: "No such coupon to share" });
  const [open] = await scope.tx.rows<{ token: string }>(
    `select token from promotions.coupon_share where tenant_id = $1 and member_id = $2 and template_id = $3 and expires_at > $4 and claims < max_claims
      order by id desc limit 1`, [scope.tenantId, memberId, templateId, scope.now]);
  if (open) return getShare(scope, memberId, open.token);
  const token = newCouponCode(scope.random);
  await scope.tx.db.insertInto("promotions.coupon_share").values({
    id: newId(scope), token, template_id: templateId, member_id: memberId, max_claims: template.share.maxClaims, created_at: scope.now,
    expires_at: new Date(scope.now.getTime() + template.share.days * DAY_MS),
  }).execute();
  return getShare(scope, memberId, token);
}

/** A friend takes one: the link's count, the template's stock and the friend's own limits all bind. Throws `shareRefused` and what claiming throws. */
export async function claimShare(scope: Scope, memberId: string, token: string): Promise<string> {
  await lockMembers(scope, [memberId]);
  const row = await shareRow(scope, memberId, token);
  const against = againstOf(row, memberId, scope.now);
  if (against) throw shareRefused({ reason: against });
  const [counted] = await scope.tx.rows(
    "update promotions.coupon_share set claims = claims + 1 where tenant_id = $1 and id = $2 and claims < max_claims and expires_at > $3 returning id",
    [scope.tenantId, row.id, scope.now]);
  if (!counted) throw shareRefused({ reason: "used-up" });
  const couponId = await claimCoupon(scope, row.template_id, memberId, { how: "share", sourceOf: () => row.id });
  await scope.tx.db.insertInto("promotions.coupon_share_claim").values({ share_id: row.id, member_id: memberId, coupon_id: couponId, at: scope.now }).execute();
  return couponId;
}

interface ShareRow extends LinkRow {
  template_id: string;
  member_id: string;
  max_claims: number;
  claims: number;
  state: string;
  has_taken: boolean;
}

async function shareRow(scope: Scope, opener: Opener, token: string): Promise<ShareRow> {
  const [row] = await scope.tx.rows<ShareRow>(
    `select s.id, s.token, s.template_id, s.member_id, s.max_claims, s.claims, s.expires_at, t.name, t.definition, t.state,
            exists (select 1 from promotions.coupon_share_claim c where c.tenant_id = $1 and c.share_id = s.id and c.member_id = $3::uuid) as has_taken
       from promotions.coupon_share s join promotions.coupon_template t on t.tenant_id = $1 and t.id = s.template_id
      where s.tenant_id = $1 and s.token = $2`, [scope.tenantId, normalCode(token), opener]);
  if (!row) throw notFound({ detail: "No such link" });
  return row;
}

function againstOf(row: ShareRow, opener: Opener, now: Date): z.input<typeof share>["against"] {
  if (row.member_id === opener) return "own";
  if (row.has_taken) return "taken";
  if (row.state !== "live" || row.expires_at <= now) return "over";
  return row.claims >= row.max_claims ? "used-up" : null;
}

/** As whoever opens the link sees it. Throws `notFound`. */
export async function getShare(scope: Scope, opener: Opener, token: string): Promise<z.input<typeof share>> {
  const row = await shareRow(scope, opener, token);
  return {
    ...(await faceOf(scope, row, row.member_id, opener)), templateId: row.template_id, maxClaims: row.max_claims, claims: row.claims,
    against: againstOf(row, opener, scope.now),
  };
}
