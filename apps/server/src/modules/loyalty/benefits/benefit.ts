import { audit } from "../../../kernel/audit.ts";
import { conflict, invalid, type FieldError } from "../../../kernel/problem.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { patched } from "../patch.ts";
import { getBenefit } from "./benefit.view.ts";
import { rightKinds, type Benefit, type BenefitBody, type BenefitPatch } from "./benefits.schema.ts";
import { isOfOffer, keepOffer } from "./tier-offer.ts";

/** Defines a benefit; a draft until it is put in force. */
export async function createBenefit(scope: Scope, body: BenefitBody): Promise<Benefit> {
  await refuseUnfit(scope, body);
  const id = newId<"benefit">(scope);
  const offerId = await keepOffer(scope, body);
  await scope.tx.db.insertInto("loyalty.benefit").values({ id, kind: body.kind, grant_on: body.grantOn, ...columnsOf(body), offer_id: offerId, updated_at: scope.now }).execute();
  const after = await getBenefit(scope, id);
  audit(scope, { action: "benefit.add", subjectKind: "benefit", subjectId: id, after });
  return after;
}

/** Changes a benefit. What was granted keeps its quota and its dates. */
export async function changeBenefit(scope: Scope, id: string, patch: BenefitPatch): Promise<Benefit> {
  await scope.tx.rows("select 1 from loyalty.benefit where tenant_id = $1 and id = $2 for update", [scope.tenantId, id]);
  const before = await getBenefit(scope, id);
  const next = patched(before, patch);
  await refuseUnfit(scope, next);
  if (before.state !== "draft" && next.state === "draft") throw conflict({ detail: "What was in force can be ended, not drafted again" });
  const offerId = next.grantOn === "always" ? await keepOffer(scope, next, before) : null;
  await scope.tx.db.updateTable("loyalty.benefit").set({ ...columnsOf(next), offer_id: offerId, updated_at: scope.now }).where("id", "=", id).execute();
  const after = await getBenefit(scope, id);
  audit(scope, { action: "benefit.change", subjectKind: "benefit", subjectId: id, before, after });
  return after;
}

const columnsOf = (benefit: Omit<BenefitBody, "kind" | "grantOn">) => ({
  name: benefit.name, description: benefit.description, tier_ids: benefit.tierIds, quota: benefit.quota, coupon_template_id: benefit.couponTemplateId, points: benefit.points,
  lead_days: benefit.leadDays, valid_days: benefit.validDays, is_automatic: benefit.isAutomatic, position: benefit.position, state: benefit.state,
});

const UNLIMITED: readonly string[] = rightKinds;
const GIVEN: readonly string[] = ["coupon", "points"];

async function refuseUnfit({ tx, tenantId }: Scope, benefit: Omit<BenefitBody, "state">): Promise<void> {
  const errors: FieldError[] = [];
  const refuse = (field: string, code: string, message: string) => errors.push({ field, code, message });
  const { kind } = benefit;
  if ((kind === "coupon") !== (benefit.couponTemplateId !== null)) refuse("couponTemplateId", kind === "coupon" ? "required" : "not-for-kind", "goes with benefits that are coupons");
  if ((kind === "points") !== (benefit.points !== null)) refuse("points", kind === "points" ? "required" : "not-for-kind", "goes with benefits that are points");
  if (benefit.quota === null && !UNLIMITED.includes(kind)) refuse("quota", "required", "what is given has a number");
  if (benefit.grantOn === "always" && !UNLIMITED.includes(kind)) refuse("grantOn", "not-for-kind", "what is given is given for a period");
  if ((kind === "exclusive-price" && benefit.offerId === null) || (benefit.offerId !== null && !isOfOffer(kind))) refuse("offerId", isOfOffer(kind) ? "required" : "not-for-kind", "goes with benefits that are prices");
  if (isOfOffer(kind) && benefit.tierIds.length === 0) refuse("tierIds", "required", "what the till does by itself it does for tiers that are named");
  if (benefit.isAutomatic && (!GIVEN.includes(kind) || benefit.grantOn === "hand")) refuse("isAutomatic", "not-for-kind", "only coupons and points of a period or a birthday are given by themselves");
  const known = await tx.rows<{ id: string }>(
    `select id from promotions.coupon_template where tenant_id = $1 and id = $2
     union all select id from loyalty.tier where tenant_id = $1 and id = any($3::uuid[])`, [tenantId, benefit.couponTemplateId, benefit.tierIds]);
  const isKnown = (id: string) => known.some((one) => one.id === id);
  if (benefit.couponTemplateId && !isKnown(benefit.couponTemplateId)) refuse("couponTemplateId", "unknown", "is no coupon template");
  benefit.tierIds.forEach((id, at) => isKnown(id) || refuse(`tierIds.${at}`, "unknown", "is no tier"));
  if (errors.length > 0) throw invalid({ errors });
}
