import { audit } from "../platform/index.ts";
import { conflict, fieldProblem, problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { getField, lockDefinition, type Definition, type Field } from "./definition.ts";
import { startFill } from "./fill.ts";
import { isOnlyListed, traitsOf, type Kind } from "./kind.ts";
import { bank, listedIds, slotsOf } from "./table.ts";

export const noSlotLeft = problem("objects/no-slot-left", 409, "As many fields of this sort are filterable as can be");

/** A slot that no field of this object has. Throws `invalid` at `at` for kinds without, `noSlotLeft`. */
export function freeSlot(definition: Definition, kind: Kind, at: string): string {
  const bankKind = traitsOf(kind).slot;
  if (!bankKind) throw fieldProblem(at, "not-here", "is not for this kind");
  const taken = new Set(definition.fields.map((field) => field.slot));
  const free = slotsOf(bankKind).find((slot) => !taken.has(slot));
  if (!free) throw noSlotLeft({ detail: `${bank[bankKind]} of the kind ${bankKind}` });
  return free;
}

/** Whether no record holds anything in a slot: one that a field has given back still holds that field's values. */
export async function isSlotEmpty(scope: Scope, { id, table }: Definition, slot: string): Promise<boolean> {
  const rows = await scope.tx.rows(
    `select 1 from ${table.name} r where r.tenant_id = $1 and ${table.isOwn ? "r.object_id = $2" : "$2::uuid is not null"} and r.${slot} is not null limit 1`, [scope.tenantId, id]);
  return rows.length === 0;
}

/** Terms cost what is written more than slots do. */
const MAX_LISTED = 8;

/** Whether a field's terms may be kept. Throws `invalid` at `at` for kinds without, `noSlotLeft`. */
export function refuseListing({ fields }: Definition, kind: Kind, at: string): void {
  if (!traitsOf(kind).termOps) throw fieldProblem(at, "not-here", "is not for this kind");
  if (listedIds(fields).length >= MAX_LISTED) throw noSlotLeft({ detail: `${MAX_LISTED} searchable texts and multiple choices` });
}

/** From now on every write keeps a field's terms, and a task those of the records there are. */
export async function listField(scope: Scope, definition: Definition, field: Field, at: string): Promise<void> {
  refuseListing(definition, field.kind, at);
  await scope.tx.db.updateTable("objects.field").set({ is_listed: true, is_list_ready: false }).where("id", "=", field.id).execute();
  await startFill(scope, field, "terms");
}

/** What stands in the rows goes when they are written next; until then nobody asks. */
export async function unlistField(scope: Scope, { id }: Field): Promise<void> {
  await cancelFill(scope, id, "terms");
  await scope.tx.db.updateTable("objects.field").set({ is_listed: false, is_list_ready: false }).where("id", "=", id).execute();
}

const cancelFill = (scope: Scope, fieldId: string, purpose: "slot" | "terms"): Promise<unknown> =>
  scope.tx.db.updateTable("objects.fill").set({ state: "cancelled", ended_at: scope.now, moved_at: scope.now }).where("field_id", "=", fieldId).where("purpose", "=", purpose).where("state", "=", "running").execute();

/** Makes a field filterable: from now on every write fills its slot, and a task fills those of the records there are. */
export async function promoteField(scope: Scope, id: string): Promise<void> {
  const { definition: { key } } = await getField(scope, id);
  const definition = await lockDefinition(scope, key);
  const field = definition.fields.find((one) => one.id === id);
  if (!field || field.isArchived || field.slot || (isOnlyListed(field.kind) && field.isListed)) throw conflict({ detail: "The field is archived or filterable already" });
  if (field.settings.isMany) throw fieldProblem("id", "not-here", "points to many");
  if (isOnlyListed(field.kind)) {
    await listField(scope, definition, field, "id");
    return audit(scope, { action: "field.promote", subjectKind: "object", subjectId: definition.id, after: { fieldId: id } });
  }
  const slot = freeSlot(definition, field.kind, "id");
  await scope.tx.db.updateTable("objects.field").set({ slot, is_slot_ready: false }).where("id", "=", id).execute();
  await startFill(scope, { ...field, slot }, "slot");
  audit(scope, { action: "field.promote", subjectKind: "object", subjectId: definition.id, after: { fieldId: id, slot } });
}

/** Gives the slot back. What stands in it is written over when another field gets it; until then nobody asks. */
export async function demoteField(scope: Scope, id: string): Promise<void> {
  const { definition: { key } } = await getField(scope, id);
  const definition = await lockDefinition(scope, key);
  const field = definition.fields.find((one) => one.id === id);
  const isListed = field && isOnlyListed(field.kind) && field.isListed;
  if (!field || !(field.slot || isListed)) throw conflict({ detail: "The field is not filterable" });
  if (isListed) await unlistField(scope, field);
  await cancelFill(scope, id, "slot");
  await scope.tx.db.updateTable("objects.field").set({ slot: null, is_slot_ready: false }).where("id", "=", id).execute();
  audit(scope, { action: "field.demote", subjectKind: "object", subjectId: definition.id, before: { fieldId: id, slot: field.slot } });
}
