import type { Offer } from "@shuke/offers";
import { audit } from "../../kernel/audit.ts";
import { dayOf } from "../../kernel/days.ts";
import { refuseInvalid, zodCheck } from "../../kernel/http/shape.ts";
import { fieldProblem, notFound, problem, type FieldError } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { offerOf, termsOf } from "./coupon-offer.ts";
import { templateBody, type TemplateBody, type TemplatePatch, type Validity } from "./coupon-template.schema.ts";
import { getTemplate } from "./coupon-template.view.ts";

export const templateNotDraft = problem("promotions/template-state", 409, "The coupon template is not in a state for this");
export const templateOver = problem("promotions/template-over", 409, "The coupon's days are over");

interface LockedTemplate {
  id: string;
  version: number;
  name: string;
  definition: Offer;
  validity: Validity;
  stock: number | null;
  per_member: number | null;
  issued: number;
  state: "draft" | "live" | "ended";
  claimable: boolean;
}

export async function createTemplate(scope: Scope, body: TemplateBody) {
  const id = newId<"coupon-template">(scope);
  await scope.tx.db.insertInto("promotions.coupon_template").values({
    id, ...columnsOf(id, body), created_at: scope.now, updated_at: scope.now,
  }).execute();
  const made = await getTemplate(scope, id);
  audit(scope, { action: "coupon-template.create", subjectKind: "coupon-template", subjectId: id, after: made });
  return made;
}

const columnsOf = (id: string, body: TemplateBody) => ({
  name: body.name, kind: body.kind, definition: JSON.stringify(offerOf(id, body.name, body)), validity: JSON.stringify(body.validity),
  stock: body.stock ?? null, per_member: body.perMember ?? null, claimable: body.isClaimable,
});

/**
 * Changes a template. Where a live one's name or terms change, this makes a new version: coupons issued before keep theirs.
 */
export async function changeTemplate(scope: Scope, id: string, { state, ...patch }: TemplatePatch) {
  const before = await lockTemplate(scope, id);
  if (before.state === "ended") throw templateNotDraft({ state: before.state });
  const body = merged(before, patch);
  if (body.stock && body.stock < before.issued) throw fieldProblem("stock", "below-issued", `${before.issued} are issued already`);
  const columns = columnsOf(id, body);
  const isNewVersion = before.state === "live" && (columns.name !== before.name || columns.definition !== JSON.stringify(offerOf(id, before.name, { ...termsOf(before.definition) })));
  const version = before.version + (isNewVersion ? 1 : 0);
  await scope.tx.db.updateTable("promotions.coupon_template").set({
    ...columns, version, updated_at: scope.now, ...(state === "ended" ? { state } : {}),
  }).where("id", "=", id).execute();
  if (isNewVersion) await insertVersion(scope, { id, version, name: columns.name, definition: columns.definition });
  if (state === "live" && before.state === "draft") await publishTemplate(scope, id);
  if (state === "draft" && before.state !== "draft") throw fieldProblem("state", "not-back", "a published template does not become a draft again");
  const after = await getTemplate(scope, id);
  audit(scope, { action: "coupon-template.change", subjectKind: "coupon-template", subjectId: id, before: { ...patchOf(before, patch), state: before.state }, after: { ...patch, state: after.state } });
  return after;
}

/** The template with the patch applied, checked like a new one; a new kind drops the old kind's amounts. */
function merged(before: LockedTemplate, patch: Omit<TemplatePatch, "state">): TemplateBody {
  const terms = termsOf(before.definition);
  const kept = patch.kind && patch.kind !== terms.kind ? { ...terms, amountFen: null, percentOff: null, capFen: null, exchange: null } : terms;
  const whole = {
    name: before.name, ...kept, validity: before.validity, stock: before.stock, perMember: before.per_member, isClaimable: before.claimable, ...patch,
  };
  const errors: FieldError[] = [];
  const body = zodCheck(templateBody)(whole, "", errors);
  refuseInvalid(errors);
  return body as TemplateBody;
}

function patchOf(before: LockedTemplate, patch: Omit<TemplatePatch, "state">): Record<string, unknown> {
  const old: Record<string, unknown> = {
    ...termsOf(before.definition), name: before.name, validity: before.validity, stock: before.stock, perMember: before.per_member, isClaimable: before.claimable,
  };
  return Object.fromEntries(Object.keys(patch).map((field) => [field, old[field] ?? null]));
}

/** Draft → live: from here on coupons can be issued. */
export async function publishTemplate(scope: Scope, id: string) {
  const before = await lockTemplate(scope, id);
  if (before.state !== "draft") throw templateNotDraft({ state: before.state });
  refuseOver(scope, before.validity);
  await scope.tx.db.updateTable("promotions.coupon_template").set({ state: "live", updated_at: scope.now }).where("id", "=", id).execute();
  await insertVersion(scope, { id, version: before.version, name: before.name, definition: JSON.stringify(before.definition) });
  audit(scope, { action: "coupon-template.publish", subjectKind: "coupon-template", subjectId: id });
  return getTemplate(scope, id);
}

export function refuseOver(scope: Scope, validity: Validity): void {
  if (validity.kind === "fixed" && validity.until < dayOf(scope.now, scope.zone)) throw templateOver({ until: validity.until });
}

async function lockTemplate(scope: Scope, id: string): Promise<LockedTemplate> {
  const [row] = await scope.tx.rows<LockedTemplate>(
    `select id, version, name, definition, validity, stock, per_member, issued, state, claimable from promotions.coupon_template
      where tenant_id = $1 and id = $2 for update`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such coupon template" });
  return row;
}

async function insertVersion(scope: Scope, version: { id: string; version: number; name: string; definition: string }): Promise<void> {
  await scope.tx.db.insertInto("promotions.coupon_template_version").values({
    template_id: version.id, version: version.version, name: version.name, definition: version.definition, at: scope.now,
  }).execute();
}
