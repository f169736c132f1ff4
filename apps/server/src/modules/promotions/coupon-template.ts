import type { Offer } from "@shuke/offers";
import { audit } from "../../kernel/audit.ts";
import { dayOf } from "../../kernel/days.ts";
import { refuseInvalid, zodCheck } from "../../kernel/http/shape.ts";
import { fieldProblem, notFound, problem, type FieldError } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { definitionOf, isSameRule, isShort, offerOf, offerOfDefinition, termsOf } from "./coupon-offer.ts";
import { isSamePolicy, policyOf, type CouponPolicy } from "./coupon-policy.ts";
import { SHORT_FIELDS, templateBody, type TemplateBody, type TemplateDraft, type TemplatePatch, type Validity } from "./coupon-template.schema.ts";
import { getTemplate } from "./coupon-template.view.ts";

export const templateNotDraft = problem("promotions/template-state", 409, "The coupon template is not in a state for this");
export const templateOver = problem("promotions/template-over", 409, "The coupon's days are over");

interface LockedTemplate {
  id: string;
  version: number;
  name: string;
  definition: Offer;
  policy: Partial<CouponPolicy>;
  validity: Validity;
  stock: number | null;
  per_member: number | null;
  period: TemplateBody["period"] | null;
  per_period: number | null;
  period_stock: number | null;
  period_issued: number;
  share: TemplateBody["share"] | null;
  issued: number;
  state: "draft" | "live" | "ended";
  claimable: boolean;
  updated_at: Date;
}

export async function createTemplate(scope: Scope, draft: TemplateDraft) {
  const body = templateBody.parse(draft);
  const id = newId<"coupon-template">(scope);
  await scope.tx.db.insertInto("promotions.coupon_template").values({
    id, ...columnsOf(body, ruleOf(id, body)), created_at: scope.now, updated_at: scope.now,
  }).execute();
  const made = await getTemplate(scope, id);
  audit(scope, { action: "coupon-template.create", subjectKind: "coupon-template", subjectId: id, after: made });
  return made;
}

const ruleOf = (id: string, body: TemplateBody): Offer =>
  body.definition ? offerOfDefinition(id, body.name, body.definition, body.isStackable) : offerOf(id, body.name, { ...body, kind: body.kind ?? "amount-off" });

const policyIn = (body: TemplateBody): CouponPolicy =>
  ({ returns: body.returnPolicy, graceDays: body.graceDays, isGiftable: body.isGiftable, remindsBySms: body.remindsBySms });

const columnsOf = (body: TemplateBody, rule: Offer) => ({
  name: body.name, kind: rule.kind, definition: JSON.stringify(rule), policy: JSON.stringify(policyIn(body)), validity: JSON.stringify(body.validity),
  stock: body.stock ?? null, per_member: body.perMember ?? null, period: body.period ?? null, per_period: body.perPeriod ?? null,
  period_stock: body.periodStock ?? null, share: body.share ? JSON.stringify(body.share) : null, claimable: body.isClaimable,
});

/**
 * Changes a template. Where a live one's name, terms or policy change, this makes a new version: coupons issued before keep theirs.
 */
export async function changeTemplate(scope: Scope, id: string, { state, ...patch }: TemplatePatch) {
  const before = await lockTemplate(scope, id);
  if (before.state === "ended") throw templateNotDraft({ state: before.state });
  const body = merged(before, patch);
  if (body.stock && body.stock < before.issued) throw fieldProblem("stock", "below-issued", `${before.issued} are issued already`);
  const isNewPeriod = (body.period ?? null) !== before.period;
  if (!isNewPeriod && body.periodStock && body.periodStock < before.period_issued) {
    throw fieldProblem("periodStock", "below-issued", `${before.period_issued} are issued already in this period`);
  }
  const rule = ruleOf(id, body);
  const columns = columnsOf(body, rule);
  const isNewVersion = before.state === "live"
    && (columns.name !== before.name || !isSameRule(rule, before.definition) || !isSamePolicy(policyIn(body), policyOf(before.policy)));
  const version = before.version + (isNewVersion ? 1 : 0);
  await scope.tx.db.updateTable("promotions.coupon_template").set({
    ...columns, version, updated_at: scope.now, ...(isNewPeriod ? { period_from: null, period_issued: 0 } : {}), ...(state === "ended" ? { state } : {}),
  }).where("id", "=", id).execute();
  if (isNewVersion) await insertVersion(scope, { id, version, ...columns });
  if (state === "live" && before.state === "draft") await publishTemplate(scope, id);
  if (state === "draft" && before.state !== "draft") throw fieldProblem("state", "not-back", "a published template does not become a draft again");
  const after = await getTemplate(scope, id);
  audit(scope, { action: "coupon-template.change", subjectKind: "coupon-template", subjectId: id, before: { ...patchOf(before, patch), state: before.state }, after: { ...patch, state: after.state } });
  return after;
}

/** The template with the patch applied, checked like a new one; a new kind drops the old kind's amounts. */
function merged(before: LockedTemplate, patch: Omit<TemplatePatch, "state">): TemplateBody {
  const whole = { ...basicsOf(before), ...ruleAfter(before, patch), ...patch };
  const errors: FieldError[] = [];
  const body = zodCheck(templateBody)(whole, "", errors);
  refuseInvalid(errors);
  return body as TemplateBody;
}

const basicsOf = (before: LockedTemplate) => {
  const { returns: returnPolicy, ...policy } = policyOf(before.policy);
  return {
    name: before.name, validity: before.validity, stock: before.stock, perMember: before.per_member, period: before.period, perPeriod: before.per_period,
    periodStock: before.period_stock, share: before.share, isClaimable: before.claimable, isStackable: termsOf(before.definition).isStackable, returnPolicy, ...policy,
  };
};

/** The rule that the patch changes: the short form's fields where they say it all, else the whole definition. */
function ruleAfter(before: LockedTemplate, patch: Omit<TemplatePatch, "state">): object {
  if (patch.definition) return {};
  const isForm = SHORT_FIELDS.some((field) => patch[field] !== undefined);
  if (!isShort(before.definition)) {
    if (isForm) throw fieldProblem("definition", "required", "this coupon says more than these fields can: change its definition");
    return { definition: definitionOf(before.definition) };
  }
  const { isStackable: _, ...terms } = termsOf(before.definition);
  return patch.kind && patch.kind !== terms.kind ? { ...terms, amountFen: null, percentOff: null, capFen: null, exchange: null } : terms;
}

function patchOf(before: LockedTemplate, patch: Omit<TemplatePatch, "state">): Record<string, unknown> {
  const old: Record<string, unknown> = { ...termsOf(before.definition), ...basicsOf(before), definition: definitionOf(before.definition) };
  return Object.fromEntries(Object.keys(patch).map((field) => [field, old[field] ?? null]));
}

/** Draft → live: from here on coupons can be issued. */
export async function publishTemplate(scope: Scope, id: string) {
  const before = await lockTemplate(scope, id);
  if (before.state !== "draft") throw templateNotDraft({ state: before.state });
  refuseOver(scope, before.validity);
  await scope.tx.db.updateTable("promotions.coupon_template").set({ state: "live", updated_at: scope.now }).where("id", "=", id).execute();
  await insertVersion(scope, {
    id, version: before.version, name: before.name, definition: JSON.stringify(before.definition), policy: JSON.stringify(before.policy),
  });
  audit(scope, { action: "coupon-template.publish", subjectKind: "coupon-template", subjectId: id });
  return getTemplate(scope, id);
}

export function refuseOver(scope: Scope, validity: Validity): void {
  if (validity.kind === "fixed" && validity.until < dayOf(scope.now, scope.zone)) throw templateOver({ until: validity.until });
}

/** Throws `notFound`. */
export async function lockTemplate(scope: Scope, id: string): Promise<LockedTemplate> {
  const [row] = await scope.tx.rows<LockedTemplate>(
    `select id, version, name, definition, policy, validity, stock, per_member, period, per_period, period_stock, period_issued, share, issued, state, claimable, updated_at
       from promotions.coupon_template where tenant_id = $1 and id = $2 for update`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such coupon template" });
  return row;
}

interface NewVersion {
  id: string;
  version: number;
  name: string;
  definition: string;
  policy: string;
}

async function insertVersion(scope: Scope, { id, ...version }: NewVersion): Promise<void> {
  const { name, definition, policy } = version;
  await scope.tx.db.insertInto("promotions.coupon_template_version").values({
    template_id: id, version: version.version, name, definition, policy, at: scope.now, by_actor: actorRef(scope.actor),
  }).execute();
}
