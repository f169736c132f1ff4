import { checkAll, type Offer } from "@shuke/offers";
import { RULES_PUBLISHED, type RulesPublished } from "../../events/promotions.ts";
import { audit } from "../../kernel/audit.ts";
import { publish } from "../../kernel/events.ts";
import { refuseInvalid, zodCheck } from "../../kernel/http/shape.ts";
import { fieldProblem, notFound, problem, type FieldError } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { definitionOf, formField, formOf } from "./offer.form.ts";
import { conflictsOf, engineOffer, offerShape, type OfferDefinition } from "./offer.definition.ts";
import { offerForm, type OfferBody, type OfferForm, type OfferPatch } from "./offer.schema.ts";
import { recordVersion } from "./offer.version.ts";
import { getOffer } from "./offer.view.ts";
import { publishRules } from "./rules.ts";

export const offerEnded = problem("promotions/offer-ended", 409, "The offer has ended");

export interface OfferRow {
  id: string;
  name: string;
  definition: Offer;
  state: "draft" | "live" | "paused" | "ended";
  priority: number;
  /** How often it was published. */
  version: number;
  /** Being written, while what is above is in force. */
  draft: Offer | null;
}

export async function createOffer(scope: Scope, body: OfferBody) {
  const id = newId<"offer">(scope);
  const state = stateAfter("draft", body);
  const row: OfferRow = {
    id, name: body.name, priority: body.priority ?? 0, state, version: state === "draft" ? 0 : 1, draft: null,
    definition: engineOffer(checkedDefinition(body, undefined), { id, name: body.name, priority: body.priority ?? 0 }),
  };
  if (state !== "draft") await refuseConflicts(scope, row.definition);
  await scope.tx.db.insertInto("promotions.offer").values({
    id, name: row.name, definition: JSON.stringify(row.definition), state, version: row.version, priority: row.priority, created_at: scope.now, updated_at: scope.now,
  }).execute();
  return conclude(scope, { before: null, after: row });
}

/** Changes an offer at once, past any draft; where that changes what is in force, the rules get their next version in the same transaction. */
export async function changeOffer(scope: Scope, id: string, patch: OfferPatch) {
  const before = await lockOffer(scope, id);
  if (before.state === "ended") throw offerEnded();
  const name = patch.name ?? before.name;
  const priority = patch.priority ?? before.priority;
  const state = stateAfter(before.state, patch);
  const definition = engineOffer(checkedDefinition(patch, before), { id, name, priority });
  if (state !== "draft") await refuseConflicts(scope, definition);
  return conclude(scope, { before, after: await writeOffer(scope, { ...before, name, priority, state, definition }) });
}

/** Writes what is in force; what was never published has no version yet. */
export async function writeOffer(scope: Scope, row: OfferRow): Promise<OfferRow> {
  const { id, name, priority, state, definition, draft } = row;
  const version = state === "draft" ? row.version : row.version + 1;
  await scope.tx.db.updateTable("promotions.offer").set({
    name, priority, state, version, definition: JSON.stringify(definition), updated_at: scope.now, ...(draft === null ? { draft: null, draft_at: null, draft_by: null } : {}),
  }).where("id", "=", id).execute();
  return { ...row, version };
}

interface Change {
  before: OfferRow | null;
  after: OfferRow;
  action?: "offer.publish" | "offer.roll-back";
  note?: string | null | undefined;
}

/** Publishes the rules where what is in force has changed, keeps the version, and tells. */
export async function conclude(scope: Scope, { before, after, action, note }: Change) {
  const ruleVersion = after.state === "live" || before?.state === "live" ? await publishRules(scope) : null;
  if (ruleVersion !== null) await publish(scope, RULES_PUBLISHED, null, { version: ruleVersion } satisfies RulesPublished);
  if (after.state !== "draft") await recordVersion(scope, after, { ruleVersion, note: note ?? null });
  const shown = await getOffer(scope, after.id);
  const { name, state, priority, definition } = shown;
  audit(scope, {
    action: action ?? (before ? "offer.change" : "offer.create"), subjectKind: "offer", subjectId: after.id, before, after: { name, state, priority, definition, ruleVersion },
  });
  return { ...shown, ruleVersion };
}

/** Throws `notFound`. */
export async function lockOffer(scope: Scope, id: string): Promise<OfferRow> {
  const [row] = await scope.tx.rows<OfferRow>(
    "select id, name, definition, state, priority, version, draft from promotions.offer where tenant_id = $1 and id = $2 for update", [scope.tenantId, id]);
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
  const definition = zodCheck(offerShape)(whole, "", errors);
  errors.push(...(definition ? conflictsOf(definition, "") : []));
  refuseInvalid(errors.map((error) => ({ ...error, field: formField(error.field) })));
  return definition as OfferDefinition;
}

/** An offer is not in force while it contradicts itself or another one, or promises a coupon that does not exist. */
export async function refuseConflicts(scope: Scope, offer: Offer): Promise<void> {
  const { id: _, name: __, priority: ___, ...definition } = offer;
  const others = [...(await templateConflicts(scope, definition)), ...(await codeConflicts(scope, offer))];
  refuseInvalid([...conflictsOf(definition), ...others.map((one) => ({ ...one, field: `definition.${one.field}` }))]);
}

/** Codes belong to one live offer each. */
export async function codeConflicts(scope: Scope, offer: Offer): Promise<FieldError[]> {
  if (offer.trigger !== "code") return [];
  const others = await scope.tx.rows<{ id: string; name: string; definition: Offer }>(
    `select id, name, definition from promotions.offer
      where tenant_id = $1 and state = 'live' and definition->>'trigger' = 'code' and id::text <> $2 order by id`, [scope.tenantId, offer.id]);
  const names = new Map(others.map((one) => [one.id, one.name]));
  return checkAll([...others.map((one) => ({ ...one.definition, id: one.id })), offer], "en").filter((one) => one.offerId === offer.id && one.otherId !== undefined)
    .map(({ code, fields: [field], message, otherId }) => ({ field, code, message: `${message}: ${names.get(otherId ?? "") ?? ""}` }));
}

export async function templateConflicts(scope: Scope, definition: { kind?: unknown; templateId?: unknown }): Promise<FieldError[]> {
  if (definition.kind !== "next-order-coupon" || typeof definition.templateId !== "string") return [];
  const [found] = await scope.tx.rows("select 1 from promotions.coupon_template where tenant_id = $1 and id::text = $2", [scope.tenantId, definition.templateId]);
  return found ? [] : [{ field: "templateId", code: "unknown", message: "no such coupon template" }];
}
