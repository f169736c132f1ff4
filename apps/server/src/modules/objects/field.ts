import { audit } from "../platform/index.ts";
import { sqlState } from "../../kernel/db/database.ts";
import { conflict, fieldProblem, problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { getField, lockDefinition, findDefinition, optionsOf, type Definition, type Field, type Settings } from "./definition.ts";
import { startFill } from "./fill.ts";
import { readExpression, refuseCircle } from "./formula.ts";
import { isOnlyListed, traitsOf } from "./kind.ts";
import { refuseKept } from "./layout.ts";
import type { FieldPatch, NewField } from "./object.schema.ts";
import { freeSlot, isSlotEmpty, listField, refuseListing, unlistField } from "./slot.ts";
import { fieldUses } from "./field.view.ts";

export const fieldInUse = problem("objects/field-in-use", 409, "This field is in use: archive it instead");
export const fieldNeeded = problem("objects/field-needed", 409, "Something else needs this field");
const MAX_FIELDS = 300;
const UNIQUE_VIOLATION = "23505";
const ID_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const ID_LENGTH = 8;

/** Short, because every value carries it; never changed, because every value carries it. */
const newFieldId = (scope: Scope): string => `f${Array.from(scope.random(ID_LENGTH), (byte) => ID_LETTERS[byte % ID_LETTERS.length]).join("")}`;

/** Adds a field to an object or a core noun: one row, whatever stands in the table. Throws `invalid`. */
export async function addField(scope: Scope, objectKey: string, wish: NewField): Promise<string> {
  const definition = await lockDefinition(scope, objectKey);
  if (definition.fields.length >= MAX_FIELDS) throw conflict({ detail: `At most ${MAX_FIELDS} fields` });
  if (wish.kind === "auto-number" && !definition.table.isOwn) throw fieldProblem("kind", "not-here", "is for own objects; what is built in has a number already");
  const id = newFieldId(scope);
  const { settings, targetId } = await settingsOf(scope, definition, { id, kind: wish.kind, wished: wish.settings ?? {} });
  const slot = wish.isFilterable && !isOnlyListed(wish.kind) ? freeSlot(definition, wish.kind, "isFilterable") : null;
  const isListed = Boolean(wish.isFilterable && isOnlyListed(wish.kind)) || Boolean(wish.isSearchable);
  if (isListed) refuseListing(definition, wish.kind, wish.isSearchable ? "isSearchable" : "isFilterable");
  const isClean = slot !== null && (await isSlotEmpty(scope, definition, slot));
  if (wish.isUnique && !traitsOf(wish.kind).canRepeatNot) throw fieldProblem("isUnique", "not-here", "is not for this kind");
  if (wish.requiredFrom) refuseNoStage(definition, wish.requiredFrom);
  await scope.tx.db.insertInto("objects.field").values({
    id, object_id: definition.id, key: wish.key, kind: wish.kind, name: wish.name, name_en: wish.nameEn ?? "", hint: wish.hint ?? "", settings: JSON.stringify(settings),
    target_id: targetId, is_required: wish.isRequired ?? false, required_from: wish.requiredFrom ?? null, is_unique: wish.isUnique ?? false, slot, is_slot_ready: isClean, is_listed: isListed, is_list_ready: isListed,
    position: wish.position ?? definition.fields.length, created_at: scope.now,
  }).execute().catch(refuseTaken);
  // A new field has no values to fill in, but where another field had its slot, that one's have to go.
  if (slot && !isClean) await startFill(scope, (await getField(scope, id)).field, "slot");
  audit(scope, { action: "field.add", subjectKind: "object", subjectId: definition.id, after: { key: wish.key, kind: wish.kind, name: wish.name } });
  return id;
}

function refuseTaken(error: unknown): never {
  throw sqlState(error) === UNIQUE_VIOLATION ? fieldProblem("key", "taken", "is the name of another field of this object") : error;
}

function refuseNoStage(definition: Definition, stage: string): void {
  const field = definition.fields.find((one) => one.id === definition.stageFieldId);
  if (!field || !optionsOf(field).some((option) => option.key === stage)) throw fieldProblem("requiredFrom", "unknown-stage", "is no stage of this object");
}

/** Changes what a field is called and what it asks for; its kind stays, and so does every value. */
export async function changeField(scope: Scope, id: string, patch: FieldPatch): Promise<void> {
  const { definition: { key } } = await getField(scope, id);
  const definition = await lockDefinition(scope, key);
  const field = definition.fields.find((one) => one.id === id);
  if (!field) return;
  const changed = patch.settings === undefined ? undefined : await settingsOf(scope, definition, { id, kind: field.kind, wished: { ...await wishedOf(scope, field), ...patch.settings } });
  if (changed) refuseLost(field, changed.settings);
  if (patch.requiredFrom) refuseNoStage(definition, patch.requiredFrom);
  if (patch.isRequired) await refuseKept(scope, definition, id);
  if (patch.isUnique && !traitsOf(field.kind).canRepeatNot) throw fieldProblem("isUnique", "not-here", "is not for this kind");
  await scope.tx.db.updateTable("objects.field").set({
    ...(patch.key === undefined ? {} : { key: patch.key }), ...(patch.name === undefined ? {} : { name: patch.name }), ...(patch.nameEn === undefined ? {} : { name_en: patch.nameEn }),
    ...(patch.hint === undefined ? {} : { hint: patch.hint }), position: patch.position ?? field.position,
    ...(patch.isRequired === undefined ? {} : { is_required: patch.isRequired }), ...(patch.requiredFrom === undefined ? {} : { required_from: patch.requiredFrom }),
    ...(patch.isUnique === undefined ? {} : { is_unique: patch.isUnique }),
    ...(changed ? { settings: JSON.stringify(changed.settings), target_id: changed.targetId } : {}),
  }).where("id", "=", id).execute().catch(refuseTaken);
  if (patch.isUnique === true && !field.isUnique) await startFill(scope, field, "unique");
  if (patch.isSearchable !== undefined && patch.isSearchable !== field.isListed && !isOnlyListed(field.kind)) await (patch.isSearchable ? listField(scope, definition, field, "isSearchable") : unlistField(scope, field));
  if (patch.isUnique === false && field.isUnique) await scope.tx.db.deleteFrom("objects.unique_value").where("field_id", "=", id).execute();
  const after = (await getField(scope, id)).field;
  audit(scope, { action: "field.change", subjectKind: "object", subjectId: definition.id, before: summary(field), after: summary(after) });
}

const summary = ({ key, name, nameEn, isRequired, requiredFrom, isUnique, isListed, settings }: Field) => ({ key, name, nameEn, isRequired, requiredFrom, isUnique, isSearchable: isListed, settings });

/** A pointer keeps its target, a choice the options that records may hold. */
function refuseLost(field: Field, settings: Settings): void {
  const kept = new Set((settings.options ?? []).map((option) => option.key));
  const lost = optionsOf(field).filter((option) => !kept.has(option.key));
  if (lost.length > 0) throw fieldProblem("settings.options", "option-lost", `retire ${lost.map((option) => option.key).join(", ")} instead of leaving out: records may hold it`);
  if ((settings.isMany ?? false) !== (field.settings.isMany ?? false)) throw fieldProblem("settings.isMany", "fixed", "cannot be changed");
}

type Wished = NonNullable<NewField["settings"]>;

/** What the field has now as somebody would have asked for it. */
async function wishedOf(scope: Scope, { settings: { result: _result, expression: _expression, options, ...rest }, targetId }: Field): Promise<Wished> {
  const target = targetId ? await findDefinition(scope, targetId) : undefined;
  return { ...rest, ...(options ? { options: [...options] } : {}), ...(target ? { target: target.key } : {}) };
}

interface Asked {
  id: string;
  kind: Field["kind"];
  wished: Wished;
}

/** What a kind needs is there and fits. Throws `invalid`. */
async function settingsOf(scope: Scope, definition: Definition, { id, kind, wished }: Asked): Promise<{ settings: Settings; targetId: string | null }> {
  const { target, ...settings } = wished;
  if (settings.min !== undefined && settings.max !== undefined && settings.min > settings.max) throw fieldProblem("settings.max", "range", "is less than the least");
  switch (kind) {
    case "choice": case "choices":
      if (!settings.options?.length) throw fieldProblem("settings.options", "required", "names no option");
      return { settings, targetId: null };
    case "reference": {
      const found = target === definition.key ? definition : target === undefined ? undefined : await findDefinition(scope, target);
      if (!found || found.isArchived) throw fieldProblem("settings.target", "unknown-object", "is no object");
      if (found.table.key !== "id") throw fieldProblem("settings.target", "not-here", "cannot be referred to; keep its number in a text field");
      const targetId = found.id || (await lockDefinition(scope, found.key)).id;
      const known = definition.fields.find((one) => one.id === id);
      if (known && known.targetId !== targetId) throw fieldProblem("settings.target", "fixed", "cannot be changed");
      return { settings, targetId };
    }
    case "formula": {
      const known = definition.fields.find((one) => one.id === id)?.settings;
      if (settings.expression === undefined && known) return { settings: known, targetId: null };
      const { stored, result, fieldIds } = readExpression(settings.expression ?? "", definition.fields, "settings.expression");
      refuseCircle(id, fieldIds, definition.fields, "settings.expression");
      return { settings: { expression: stored, result }, targetId: null };
    }
    default: return { settings, targetId: null };
  }
}

/** Hides a field and keeps its values. Throws `fieldNeeded`. */
export async function archiveField(scope: Scope, id: string, isArchived: boolean): Promise<void> {
  const { definition: { key } } = await getField(scope, id);
  const definition = await lockDefinition(scope, key);
  if (isArchived) refuseNeeded(definition, id);
  await scope.tx.db.updateTable("objects.field").set({ archived_at: isArchived ? scope.now : null, ...(isArchived ? { slot: null, is_slot_ready: false, is_listed: false, is_list_ready: false } : {}) }).where("id", "=", id).execute();
  audit(scope, { action: isArchived ? "field.archive" : "field.restore", subjectKind: "object", subjectId: definition.id, after: { fieldId: id } });
}

/** Only while no record has a value in it. Throws `fieldInUse`, `fieldNeeded`. */
export async function deleteField(scope: Scope, id: string): Promise<void> {
  const { definition: { key } } = await getField(scope, id);
  const definition = await lockDefinition(scope, key);
  refuseNeeded(definition, id);
  if (await fieldUses(scope, definition, id)) throw fieldInUse();
  for (const table of ["fill", "unique_value", "link", "attachment"] as const) await scope.tx.db.deleteFrom(`objects.${table}`).where("field_id", "=", id).execute();
  await scope.tx.db.deleteFrom("objects.field").where("id", "=", id).execute();
  audit(scope, { action: "field.delete", subjectKind: "object", subjectId: definition.id, before: { fieldId: id } });
}

function refuseNeeded(definition: Definition, id: string): void {
  const formulas = definition.fields.filter((field) => field.kind === "formula" && field.settings.expression?.includes(id)).map((field) => field.key);
  const needs = [
    ...(definition.titleFieldId === id ? ["titleField"] : []), ...(definition.stageFieldId === id ? ["stageField"] : []),
    ...formulas.map((key) => `formula ${key}`), ...(definition.rules.some((rule) => rule.fieldId === id || rule.expression.includes(id)) ? ["rules"] : []),
  ];
  if (needs.length > 0) throw fieldNeeded({ detail: needs.join(", ") });
}

