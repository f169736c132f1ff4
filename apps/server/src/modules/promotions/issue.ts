import { COUPON_ISSUED, type CouponIssued } from "../../events/promotions.ts";
import { addDays, dayOf, endOfDay, startOfDay } from "../../kernel/days.ts";
import { hint } from "../../kernel/live.ts";
import { lockOrder } from "../../kernel/ids.ts";
import { notFound, problem } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { lockMembers } from "../customers/index.ts";
import { groupedCode, newCouponCode } from "./coupon-code.ts";
import { refuseOver } from "./coupon-template.ts";
import type { IssueReply, Validity } from "./coupon-template.schema.ts";

export const outOfStock = problem("promotions/out-of-stock", 409, "The coupons are used up");
export const limitReached = problem("promotions/per-member-limit", 409, "This member has as many of this coupon as one may have");
export const notIssuable = problem("promotions/not-issuable", 409, "Coupons of this template cannot be issued");
export const memberUnusable = problem("promotions/member-unusable", 409, "This member cannot take coupons");

interface IssuedTemplate {
  version: number;
  name: string;
  validity: Validity;
}

interface NewCoupon {
  id: string;
  code: string;
  memberId: string;
}

/**
 * Issues one coupon to each member. Stock and per-member limits are conditional updates: they stay exact however many
 * issue and claim at once. Members at their limit are left out and named; too little stock for the rest refuses all of it.
 * Order of locks: members, allowances by member, the template last, because everybody meets there.
 */
export async function issueCoupons(scope: Scope, templateId: string, memberIds: readonly string[]): Promise<IssueReply> {
  const wanted = lockOrder(memberIds);
  const members = await lockMembers(scope, wanted);
  const active = wanted.filter((id) => members.get(id)?.state === "active");
  const granted = await grantAllowances(scope, templateId, active);
  const refused: IssueReply["refused"] = wanted.flatMap((memberId): IssueReply["refused"] => {
    if (!active.includes(memberId)) return [{ memberId, code: "unknown-member", message: "No such member" }];
    return granted.has(memberId) ? [] : [{ memberId, code: "per-member-limit", message: limitReached.title }];
  });
  const given = active.filter((id) => granted.has(id));
  if (given.length === 0) {
    await refuseUnissuable(scope, templateId, 0, false);
    return { issued: [], refused };
  }
  return { issued: await hand(scope, templateId, given, "issued"), refused };
}

/** A member takes one from the coupon centre. */
export async function claimCoupon(scope: Scope, templateId: string, memberId: string): Promise<string> {
  const member = (await lockMembers(scope, [memberId])).get(memberId);
  if (member?.state !== "active") throw memberUnusable();
  const granted = await grantAllowances(scope, templateId, [memberId]);
  if (!granted.has(memberId)) {
    await refuseUnissuable(scope, templateId, 0, true);
    throw limitReached();
  }
  const [coupon] = await hand(scope, templateId, [memberId], "claimed");
  if (!coupon) throw new Error("A claim issued nothing");
  return coupon.couponId;
}

/** Counts one more for each member below the limit; returns whom it was granted. Throws `notFound`. */
async function grantAllowances({ tx, tenantId }: Scope, templateId: string, memberIds: readonly string[]): Promise<Set<string>> {
  const [template] = await tx.rows<{ per_member: number | null }>(
    "select per_member from promotions.coupon_template where tenant_id = $1 and id = $2", [tenantId, templateId]);
  if (!template) throw notFound({ detail: "No such coupon template" });
  if (memberIds.length === 0) return new Set();
  const rows = await tx.rows<{ member_id: string }>(
    `insert into promotions.coupon_allowance as a (tenant_id, template_id, member_id, taken)
     select $1, $2, m.id, 1 from unnest($3::uuid[]) as m(id) order by m.id
     on conflict (tenant_id, template_id, member_id) do update set taken = a.taken + 1 where $4::int is null or a.taken < $4
     returning member_id`, [tenantId, templateId, memberIds, template.per_member]);
  return new Set(rows.map((row) => row.member_id));
}

/** Takes from the stock and writes the coupons: all or, when the stock is too small, none. */
async function hand(scope: Scope, templateId: string, memberIds: readonly string[], how: CouponIssued["how"]): Promise<IssueReply["issued"]> {
  const isClaim = how === "claimed";
  const [template] = await scope.tx.rows<IssuedTemplate>(
    `update promotions.coupon_template set issued = issued + $3
      where tenant_id = $1 and id = $2 and state = 'live' and (stock is null or issued + $3 <= stock) and (claimable or not $4)
      returning version, name, validity`, [scope.tenantId, templateId, memberIds.length, isClaim]);
  if (!template) {
    await refuseUnissuable(scope, templateId, memberIds.length, isClaim);
    throw outOfStock();
  }
  refuseOver(scope, template.validity);
  const term = termOf(template.validity, scope);
  const coupons = memberIds.map((memberId): NewCoupon => ({ id: newId(scope), code: newCouponCode(scope.random), memberId }));
  insertCoupons(scope, { templateId, version: template.version, ...term }, coupons);
  await scope.outbox.publishAll(scope, coupons.map((coupon) => ({
    type: COUPON_ISSUED, subjectId: coupon.memberId,
    payload: { couponId: coupon.id, templateId, name: template.name, memberId: coupon.memberId, how, validUntil: term.until.toISOString() } satisfies CouponIssued,
  })));
  hint(scope, "members", [...memberIds]);
  return coupons.map((coupon) => ({
    memberId: coupon.memberId, couponId: coupon.id, code: groupedCode(coupon.code),
    validFrom: term.from.toISOString(), validUntil: term.until.toISOString(),
  }));
}

/** From when until when a coupon issued now is good. */
export function termOf(validity: Validity, { now, zone }: Pick<Scope, "now" | "zone">): { from: Date; until: Date } {
  if (validity.kind === "days") return { from: now, until: endOfDay(addDays(dayOf(now, zone), validity.days - 1), zone) };
  const start = startOfDay(validity.from, zone);
  return { from: start > now ? start : now, until: endOfDay(validity.until, zone) };
}

interface Batch {
  templateId: string;
  version: number;
  from: Date;
  until: Date;
}

function insertCoupons({ tx, tenantId, now, actor }: Scope, batch: Batch, coupons: readonly NewCoupon[]): void {
  tx.write(
    `insert into promotions.coupon (tenant_id, id, code, template_id, template_version, member_id, valid_from, valid_until, issued_at, issued_by)
     select $1, v.id, v.code, $2, $3, v.member_id, $4, $5, $6, $7 from unnest($8::uuid[], $9::text[], $10::uuid[]) as v(id, code, member_id)`,
    [tenantId, batch.templateId, batch.version, batch.from, batch.until, now, actorRef(actor),
      coupons.map((one) => one.id), coupons.map((one) => one.code), coupons.map((one) => one.memberId)]);
}

/** Says why the conditional updates refused; returns when nothing speaks against the template itself. */
async function refuseUnissuable({ tx, tenantId }: Scope, templateId: string, count: number, isClaim: boolean): Promise<void> {
  const [row] = await tx.rows<{ state: string; stock: number | null; issued: number; claimable: boolean }>(
    "select state, stock, issued, claimable from promotions.coupon_template where tenant_id = $1 and id = $2", [tenantId, templateId]);
  if (!row || (isClaim && (row.state !== "live" || !row.claimable))) throw notFound({ detail: "No such coupon template" });
  if (row.state !== "live") throw notIssuable({ state: row.state });
  if (row.stock !== null && row.issued + count > row.stock) throw outOfStock({ left: row.stock - row.issued, missing: { coupons: row.issued + count - row.stock } });
}
