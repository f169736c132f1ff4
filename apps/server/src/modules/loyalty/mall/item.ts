import { audit } from "../../../kernel/audit.ts";
import type { Day } from "../../../kernel/days.ts";
import { conflict, invalid, notFound, problem, type FieldError } from "../../../kernel/problem.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { patched } from "../patch.ts";
import { getItem } from "./item.view.ts";
import type { Item, ItemBody, ItemPatch } from "./mall.schema.ts";

export const stockBelowRedeemed = problem("loyalty/stock-below-redeemed", 409, "More than this is out already");

/** Adds an item; a draft until it is put on offer. */
export async function createItem(scope: Scope, body: ItemBody): Promise<Item> {
  await refuseUnfit(scope, body);
  const id = newId<"mall-item">(scope);
  await scope.tx.db.insertInto("loyalty.mall_item").values({ id, ...columnsOf(body), kind: body.kind, updated_at: scope.now }).execute();
  const after = await getItem(scope, id);
  audit(scope, { action: "mall-item.add", subjectKind: "mall-item", subjectId: id, after });
  return after;
}

/** Changes an item. What was redeemed keeps its price. Throws `stockBelowRedeemed`. */
export async function changeItem(scope: Scope, id: string, patch: ItemPatch): Promise<Item> {
  await scope.tx.rows("select 1 from loyalty.mall_item where tenant_id = $1 and id = $2 for update", [scope.tenantId, id]);
  const before = await getItem(scope, id);
  const next = patched(before, patch);
  await refuseUnfit(scope, next);
  if (next.stock !== null && next.stock < before.redeemed) throw stockBelowRedeemed({ redeemed: before.redeemed, missing: { stock: before.redeemed - next.stock } });
  if (before.state !== "draft" && next.state === "draft") throw conflict({ detail: "What was on offer can be ended, not drafted again" });
  await scope.tx.db.updateTable("loyalty.mall_item").set({ ...columnsOf(next), updated_at: scope.now }).where("id", "=", id).execute();
  const after = await getItem(scope, id);
  audit(scope, { action: "mall-item.change", subjectKind: "mall-item", subjectId: id, before, after });
  return after;
}

const columnsOf = (item: Omit<ItemBody, "kind">) => ({
  name: item.name, description: item.description, picture_id: item.pictureId, points: item.points, cash_fen: item.cashFen, stock: item.stock,
  per_member: item.perMember, limit_period: item.limitPeriod, tier_ids: item.tierIds, store_ids: item.storeIds, coupon_template_id: item.couponTemplateId,
  benefit_id: item.benefitId, pickup_days: item.pickupDays, starts_on: item.startsOn as Day | null, ends_on: item.endsOn as Day | null, position: item.position, state: item.state,
});

/** What an item names must be there, and only what its kind needs. */
async function refuseUnfit({ tx, tenantId }: Scope, item: Omit<ItemBody, "state">): Promise<void> {
  const errors: FieldError[] = [];
  const refuse = (field: string, code: string, message: string) => errors.push({ field, code, message });
  if ((item.kind === "coupon") !== (item.couponTemplateId !== null)) refuse("couponTemplateId", item.kind === "coupon" ? "required" : "not-for-kind", "goes with items that are coupons");
  if ((item.kind === "benefit") !== (item.benefitId !== null)) refuse("benefitId", item.kind === "benefit" ? "required" : "not-for-kind", "goes with items that are benefits");
  if (item.startsOn && item.endsOn && item.endsOn < item.startsOn) refuse("endsOn", "before-start", "lies before the first day");
  const known = await tx.rows<{ what: string; id: string }>(
    `select 'picture' as what, id from loyalty.mall_picture where tenant_id = $1 and id = $2
     union all select 'template', id from promotions.coupon_template where tenant_id = $1 and id = $3
     union all select 'benefit', id from loyalty.benefit where tenant_id = $1 and id = $4
     union all select 'tier', id from loyalty.tier where tenant_id = $1 and id = any($5::uuid[])
     union all select 'store', id from org.unit where tenant_id = $1 and kind = 'store' and id = any($6::uuid[])`,
    [tenantId, item.pictureId, item.couponTemplateId, item.benefitId, item.tierIds, item.storeIds]);
  const isKnown = (what: string, id: string) => known.some((one) => one.what === what && one.id === id);
  if (item.pictureId && !isKnown("picture", item.pictureId)) refuse("pictureId", "unknown", "is no picture");
  if (item.couponTemplateId && !isKnown("template", item.couponTemplateId)) refuse("couponTemplateId", "unknown", "is no coupon template");
  if (item.benefitId && !isKnown("benefit", item.benefitId)) refuse("benefitId", "unknown", "is no benefit");
  item.tierIds.forEach((id, at) => isKnown("tier", id) || refuse(`tierIds.${at}`, "unknown", "is no tier"));
  item.storeIds.forEach((id, at) => isKnown("store", id) || refuse(`storeIds.${at}`, "unknown", "is no store"));
  if (errors.length > 0) throw invalid({ errors });
}

/** Throws `notFound` where a member may not see it. */
export const refuseHidden = (item: Pick<Item, "state"> | undefined): void => {
  if (item?.state !== "live") throw notFound({ detail: "No such item" });
};
