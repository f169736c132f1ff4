import { COUPON_ISSUED, type CouponIssued } from "../../events/promotions.ts";
import { addDays, dayOf, endOfDay, startOfDay } from "../../kernel/days.ts";
import { hint } from "../../kernel/live.ts";
import { lockOrder } from "../../kernel/ids.ts";
import { notFound, problem } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { lockMembers } from "../customers/index.ts";
import { grantAllowances } from "./allowance.ts";
import { groupedCode, newCouponCode } from "./coupon-code.ts";
import { periodStart, type Period } from "./coupon-period.ts";
import { refuseOver } from "./coupon-template.ts";
import type { IssueReply, Validity } from "./coupon-template.schema.ts";

export const outOfStock = problem("promotions/out-of-stock", 409, "The coupons are used up");
export const limitReached = problem("promotions/per-member-limit", 409, "This member has as many of this coupon as one may have");
export const notIssuable = problem("promotions/not-issuable", 409, "Coupons of this template cannot be issued");
export const memberUnusable = problem("promotions/member-unusable", 409, "This member cannot take coupons");

/** Where a coupon comes from: staff, the member's own tap, an order, joining, a friend's link. */
export interface Origin {
  how: CouponIssued["how"];
  /** The order, rule or link that a member's coupon comes from. */
  sourceOf?: (memberId: string) => string | undefined;
}

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
 * Issues one coupon to each member. Stock and limits are conditional updates: they stay exact however many
 * issue and claim at once. Members at their limit are left out and named; too little stock for the rest refuses all of it.
 * Order of locks: members, allowances by member, the template last, because everybody meets there.
 */
export async function issueCoupons(scope: Scope, templateId: string, memberIds: readonly string[], origin: Origin = { how: "issued" }): Promise<IssueReply> {
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
  return { issued: await hand(scope, templateId, given, origin), refused };
}

/** A member takes one: from the coupon centre, or by a friend's link, for which it need not be in the centre. */
export async function claimCoupon(scope: Scope, templateId: string, memberId: string, origin: Origin = { how: "claimed" }): Promise<string> {
  const member = (await lockMembers(scope, [memberId])).get(memberId);
  if (member?.state !== "active") throw memberUnusable();
  const granted = await grantAllowances(scope, templateId, [memberId]);
  if (!granted.has(memberId)) {
    await refuseUnissuable(scope, templateId, 0, origin.how === "claimed");
    throw limitReached();
  }
  const [coupon] = await hand(scope, templateId, [memberId], origin);
  if (!coupon) throw new Error("A claim issued nothing");
  return coupon.couponId;
}

/** Takes from the stock and writes the coupons: all or, when the stock is too small, none. */
async function hand(scope: Scope, templateId: string, memberIds: readonly string[], origin: Origin): Promise<IssueReply["issued"]> {
  const template = await takeStock(scope, templateId, memberIds.length, origin.how === "claimed");
  refuseOver(scope, template.validity);
  const term = termOf(template.validity, scope);
  const coupons = memberIds.map((memberId): NewCoupon => ({ id: newId(scope), code: newCouponCode(scope.random), memberId }));
  insertCoupons(scope, { templateId, version: template.version, ...term, ...origin }, coupons);
  await scope.outbox.publishAll(scope, coupons.map((coupon) => ({
    type: COUPON_ISSUED, subjectId: coupon.memberId,
    payload: { couponId: coupon.id, templateId, name: template.name, memberId: coupon.memberId, how: origin.how, validUntil: term.until.toISOString() } satisfies CouponIssued,
  })));
  hint(scope, "members", [...memberIds]);
  return coupons.map((coupon) => ({
    memberId: coupon.memberId, couponId: coupon.id, code: groupedCode(coupon.code),
    validFrom: term.from.toISOString(), validUntil: term.until.toISOString(),
  }));
}

/** One conditional update over the stock and the period's stock. Throws why not. */
export async function takeStock(scope: Scope, templateId: string, count: number, isClaim: boolean): Promise<IssuedTemplate> {
  const { tx, tenantId } = scope;
  const [known] = await tx.rows<{ period: Period | null }>("select period from promotions.coupon_template where tenant_id = $1 and id = $2", [tenantId, templateId]);
  const [template] = await tx.rows<IssuedTemplate>(
    `update promotions.coupon_template set issued = issued + $3, period_from = $5::date,
            period_issued = case when period_from is not distinct from $5::date then period_issued else 0 end + $3
      where tenant_id = $1 and id = $2 and state = 'live' and (stock is null or issued + $3 <= stock) and (claimable or not $4)
        and (period_stock is null or case when period_from is not distinct from $5::date then period_issued else 0 end + $3 <= period_stock)
      returning version, name, validity`, [tenantId, templateId, count, isClaim, periodStart(known?.period, scope)]);
  if (template) return template;
  await refuseUnissuable(scope, templateId, count, isClaim);
  throw outOfStock();
}

/** From when until when a coupon issued now is good. */
export function termOf(validity: Validity, { now, zone }: Pick<Scope, "now" | "zone">): { from: Date; until: Date } {
  if (validity.kind === "days") return { from: now, until: endOfDay(addDays(dayOf(now, zone), validity.days - 1), zone) };
  const start = startOfDay(validity.from, zone);
  return { from: start > now ? start : now, until: endOfDay(validity.until, zone) };
}

interface Batch extends Origin {
  templateId: string;
  version: number;
  from: Date;
  until: Date;
}

function insertCoupons({ tx, tenantId, now, actor }: Scope, batch: Batch, coupons: readonly NewCoupon[]): void {
  tx.write(
    `insert into promotions.coupon (tenant_id, id, code, template_id, template_version, member_id, valid_from, valid_until, issued_at, issued_by, source, source_id)
     select $1, v.id, v.code, $2, $3, v.member_id, $4, $5, $6, $7, $11, v.source_id
       from unnest($8::uuid[], $9::text[], $10::uuid[], $12::text[]) as v(id, code, member_id, source_id)`,
    [tenantId, batch.templateId, batch.version, batch.from, batch.until, now, actorRef(actor),
      coupons.map((one) => one.id), coupons.map((one) => one.code), coupons.map((one) => one.memberId), batch.how,
      coupons.map((one) => batch.sourceOf?.(one.memberId) ?? null)]);
}

interface StockRow {
  state: string;
  stock: number | null;
  issued: number;
  claimable: boolean;
  period: Period | null;
  period_stock: number | null;
  period_issued: number;
  period_from: string | null;
}

/** Says why the conditional updates refused; returns when nothing speaks against the template itself. */
export async function refuseUnissuable(scope: Scope, templateId: string, count: number, isClaim: boolean): Promise<void> {
  const [row] = await scope.tx.rows<StockRow>(
    `select state, stock, issued, claimable, period, period_stock, period_issued, period_from from promotions.coupon_template
      where tenant_id = $1 and id = $2`, [scope.tenantId, templateId]);
  if (!row || (isClaim && (row.state !== "live" || !row.claimable))) throw notFound({ detail: "No such coupon template" });
  if (row.state !== "live") throw notIssuable({ state: row.state });
  if (row.stock !== null && row.issued + count > row.stock) throw outOfStock({ left: row.stock - row.issued, missing: { coupons: row.issued + count - row.stock } });
  const issued = row.period_from === periodStart(row.period, scope) ? row.period_issued : 0;
  if (row.period_stock !== null && issued + count > row.period_stock) {
    throw outOfStock({ left: row.period_stock - issued, period: row.period, missing: { coupons: issued + count - row.period_stock } });
  }
}
