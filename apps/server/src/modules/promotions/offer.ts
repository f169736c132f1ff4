import type { Offer } from "@shuke/offers";
import { RULES_PUBLISHED, type RulesPublished } from "../../events/promotions.ts";
import { audit } from "../../kernel/audit.ts";
import { publish } from "../../kernel/events.ts";
import { refuseInvalid, zodCheck } from "../../kernel/http/shape.ts";
import { fieldProblem, notFound, problem, type FieldError } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { definitionOf, formField, formOf } from "./offer.form.ts";
import { engineOffer, offerDefinition, type OfferDefinition } from "./offer.definition.ts";
import { offerForm, type OfferBody, type OfferForm, type OfferPatch } from "./offer.schema.ts";
import { getOffer } from "./offer.view.ts";
import { publishRules } from "./rules.ts";

export const offerEnded = problem("promotions/offer-ended", 409, "The offer has ended");

interface OfferRow {
  id: string;
  name: string;
  definition: Offer;
  state: "draft" | "live" | "paused" | "ended";
  priority: number;
}

export async function createOffer(scope: Scope, body: OfferBody) {
  const id = newId<"offer">(scope);
  const row: OfferRow = {
    id, name: body.name, priority: body.priority ?? 0, state: stateAfter("draft", body),
    definition: engineOffer(checkedDefinition(body, undefined), { id, name: body.name, priority: body.priority ?? 0 }),
  };
  await refuseUnknownTemplate(scope, row.definition);
  await scope.tx.db.insertInto("promotions.offer").values({
    id, name: row.name, definition: JSON.stringify(row.definition), state: row.state, priority: row.priority, created_at: scope.now, updated_at: scope.now,
  }).execute();
  return conclude(scope, { id, before: null, isInForce: row.state === "live" });
}

/** Changes an offer; where that changes what is in force, the rules get their next version in the same transaction. */
export async function changeOffer(scope: Scope, id: string, patch: OfferPatch) {
  const before = await lockOffer(scope, id);
  if (before.state === "ended") throw offerEnded();
  const name = patch.name ?? before.name;
  const priority = patch.priority ?? before.priority;
  const state = stateAfter(before.state, patch);
  const definition = engineOffer(checkedDefinition(patch, before), { id, name, priority });
  await refuseUnknownTemplate(scope, definition);
  await scope.tx.db.updateTable("promotions.offer").set({ name, priority, state, definition: JSON.stringify(definition), updated_at: scope.now })
    .where("id", "=", id).execute();
  return conclude(scope, { id, before, isInForce: state === "live" || before.state === "live" });
}

interface Change {
  id: string;
  before: OfferRow | null;
  isInForce: boolean;
}

async function conclude(scope: Scope, { id, before, isInForce }: Change) {
  const ruleVersion = isInForce ? await publishRules(scope) : null;
  if (ruleVersion !== null) await publish(scope, RULES_PUBLISHED, null, { version: ruleVersion } satisfies RulesPublished);
  const after = await getOffer(scope, id);
  const { name, state, priority, definition } = after;
  audit(scope, {
    action: before ? "offer.change" : "offer.create", subjectKind: "offer", subjectId: id, before, after: { name, state, priority, definition, ruleVersion },
  });
  return { ...after, ruleVersion };
}

async function lockOffer(scope: Scope, id: string): Promise<OfferRow> {
  const [row] = await scope.tx.rows<OfferRow>(
    "select id, name, definition, state, priority from promotions.offer where tenant_id = $1 and id = $2 for update", [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such offer" });
  return row;
}

function stateAfter(before: OfferRow["state"], { state, isActive }: Pick<OfferPatch, "state" | "isActive">): OfferRow["state"] {
  const wanted = state ?? (isActive === undefined ? before : isActive ? "live" : before === "draft" ? "draft" : "paused");
  if (wanted === "draft" && before !== "draft") throw fieldProblem("state", "not-back", "a published offer does not become a draft again");
  return wanted;
}

/** The tree of the body, or the form's fields over what is there, checked as a whole. */
function checkedDefinition(body: OfferPatch, before: OfferRow | undefined): OfferDefinition {
  if (body.definition) return body.definition;
  const given = offerForm.parse(body);
  const isFormGiven = Object.values(given).some((value) => value !== undefined);
  const { id: _, name: __, priority: ___, ...kept } = before?.definition ?? {};
  if (before && !isFormGiven) return kept as OfferDefinition;
  const isOfForm = !before || before.definition.kind === "amount-off" || before.definition.kind === "percent-off";
  if (!isOfForm) throw fieldProblem("definition", "required", `an offer of kind ${before.definition.kind} is changed by its definition`);
  return checkedForm(before ? { ...formOf(before.definition), kind: before.definition.kind as OfferForm["kind"], ...given } : given, kept);
}

function checkedForm(form: OfferForm, kept: object): OfferDefinition {
  const errors: FieldError[] = [];
  if (form.kind === undefined) errors.push({ field: "kind", code: "required", message: "give a kind, or a definition" });
  refuseInvalid(errors);
  const { threshold, scope, stacking, ...rest } = definitionOf(form);
  const old = kept as Partial<Record<"threshold" | "scope" | "stacking", object | null>>;
  const whole = {
    ...("kind" in kept && kept.kind === form.kind ? kept : {}), ...rest,
    threshold: threshold ? { ...old.threshold, ...threshold } : null, scope: { ...old.scope, ...(scope as object) }, stacking: { ...old.stacking, ...(stacking as object) },
  };
  const definition = zodCheck(offerDefinition)(whole, "", errors);
  refuseInvalid(errors.map((error) => ({ ...error, field: formField(error.field) })));
  return definition as OfferDefinition;
}

async function refuseUnknownTemplate(scope: Scope, offer: Offer): Promise<void> {
  if (offer.kind !== "next-order-coupon") return;
  const [found] = await scope.tx.rows("select 1 from promotions.coupon_template where tenant_id = $1 and id = $2", [scope.tenantId, offer.templateId]);
  if (!found) throw fieldProblem("definition.templateId", "unknown", "no such coupon template");
}
