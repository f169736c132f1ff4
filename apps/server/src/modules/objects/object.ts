import { audit } from "../platform/index.ts";
import { conflict, fieldProblem, notFound, problem } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { sqlState } from "../../kernel/db/database.ts";
import { getDefinition, lockDefinition, type Definition } from "./definition.ts";
import { addField } from "./field.ts";
import { readExpression } from "./formula.ts";
import type { NewObject, ObjectPatch } from "./object.schema.ts";
import { nouns } from "./table.ts";

export const objectHasRecords = problem("objects/object-has-records", 409, "This object has records: archive it instead");
export const objectReferredTo = problem("objects/object-referred-to", 409, "Fields of other objects refer to this one");
const MAX_OBJECTS = 200;
const UNIQUE_VIOLATION = "23505";

/** Makes an object with the one field that names its records. Throws `invalid`. */
export async function createObject(scope: Scope, { key, name, nameEn, titleName }: NewObject): Promise<string> {
  if (nouns[key]) throw fieldProblem("key", "taken", "is the name of a built-in object");
  const [row] = await scope.tx.rows<{ count: number }>("select count(*)::int as count from objects.object where tenant_id = $1", [scope.tenantId]);
  if ((row?.count ?? 0) >= MAX_OBJECTS) throw conflict({ detail: `At most ${MAX_OBJECTS} objects` });
  const id = newId<"object">(scope);
  await scope.tx.db.insertInto("objects.object").values({ id, key, name, name_en: nameEn ?? "", created_at: scope.now, created_by: actorRef(scope.actor) }).execute().catch((error: unknown) => {
    throw sqlState(error) === UNIQUE_VIOLATION ? fieldProblem("key", "taken", "is the name of another object") : error;
  });
  audit(scope, { action: "object.create", subjectKind: "object", subjectId: id, after: { key, name } });
  const titleId = await addField(scope, key, { key: "name", kind: "text", name: titleName ?? "名称", nameEn: "Name", isRequired: true, isFilterable: true });
  await scope.tx.db.updateTable("objects.object").set({ title_field_id: titleId }).where("id", "=", id).execute();
  return key;
}

/** Names, the fields that name a record and stage it, and the rules that every record keeps from its next change on. */
export async function changeObject(scope: Scope, key: string, { name, nameEn, titleField, stageField, rules }: ObjectPatch): Promise<void> {
  const definition = await lockDefinition(scope, key);
  const fieldOf = (typed: string, at: string, kind?: string) => {
    const field = definition.byKey.get(typed);
    if (!field || (kind && field.kind !== kind)) throw fieldProblem(at, "unknown-field", kind ? "is no single-choice field of this object" : "is no field of this object");
    return field.id;
  };
  await scope.tx.db.updateTable("objects.object").set({
    ...(name === undefined ? {} : { name }), ...(nameEn === undefined ? {} : { name_en: nameEn }),
    ...(titleField === undefined ? {} : { title_field_id: fieldOf(titleField, "titleField") }),
    ...(stageField === undefined ? {} : { stage_field_id: stageField === null ? null : fieldOf(stageField, "stageField", "choice") }),
    ...(rules === undefined ? {} : { rules: JSON.stringify(rules.map(({ expression, message, field }, at) => {
      const read = readExpression(expression, definition.fields, `rules.${at}.expression`);
      if (read.result !== "boolean") throw fieldProblem(`rules.${at}.expression`, "expression", "must say yes or no");
      return { expression: read.stored, message, ...(field ? { fieldId: fieldOf(field, `rules.${at}.field`) } : {}) };
    })) }),
  }).where("id", "=", definition.id).execute();
  audit(scope, { action: "object.change", subjectKind: "object", subjectId: definition.id, before: summary(definition), after: summary(await getDefinition(scope, key)) });
}

const summary = ({ key, name, nameEn, titleFieldId, stageFieldId, rules }: Definition) => ({ key, name, nameEn, titleFieldId, stageFieldId, rules });

/** Keeps the records and lets nobody change them. */
export async function archiveObject(scope: Scope, key: string, reason: string): Promise<void> {
  refuseNoun(key);
  const definition = await lockDefinition(scope, key);
  await refuseReferredTo(scope, definition);
  await scope.tx.db.updateTable("objects.object").set({ archived_at: scope.now, archive_reason: reason }).where("id", "=", definition.id).execute();
  audit(scope, { action: "object.archive", subjectKind: "object", subjectId: definition.id, reason });
}

export async function restoreObject(scope: Scope, key: string): Promise<void> {
  refuseNoun(key);
  const definition = await getDefinition(scope, key, "definition");
  await scope.tx.db.updateTable("objects.object").set({ archived_at: null, archive_reason: null }).where("id", "=", definition.id).execute();
  audit(scope, { action: "object.restore", subjectKind: "object", subjectId: definition.id });
}

/** Only while there is nothing in it. Throws `objectHasRecords`, `objectReferredTo`. */
export async function deleteObject(scope: Scope, key: string): Promise<void> {
  refuseNoun(key);
  const definition = await getDefinition(scope, key, "definition");
  await refuseReferredTo(scope, definition);
  const rows = await scope.tx.rows("select 1 from objects.record where tenant_id = $1 and object_id = $2 limit 1", [scope.tenantId, definition.id]);
  if (rows.length > 0) throw objectHasRecords();
  for (const table of ["fill", "unique_value", "link", "attachment"] as const) {
    if (definition.fields.length > 0) await scope.tx.db.deleteFrom(`objects.${table}`).where("field_id", "in", definition.fields.map((field) => field.id)).execute();
  }
  for (const table of ["saved_view", "layout", "field"] as const) await scope.tx.db.deleteFrom(`objects.${table}`).where("object_id", "=", definition.id).execute();
  await scope.tx.db.deleteFrom("objects.object").where("id", "=", definition.id).execute();
  audit(scope, { action: "object.delete", subjectKind: "object", subjectId: definition.id, before: { key, name: definition.name } });
}

/** Which of these have a list of records. */
export async function listedObjects({ tx, tenantId }: Scope, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ key: string }>("select key from objects.object where tenant_id = $1 and key = any($2::text[]) and archived_at is null", [tenantId, keys.filter((key) => !nouns[key])]);
  return new Set(rows.map((row) => row.key));
}

/** Built-in objects have doors of their own. Throws `notFound`. */
export function refuseNoun(key: string): void {
  if (nouns[key]) throw notFound({ detail: "A built-in object is not made, archived or deleted here" });
}

async function refuseReferredTo(scope: Scope, { id }: Definition): Promise<void> {
  const rows = await scope.tx.rows<{ object: string; field: string }>(
    `select o.key as object, f.key as field from objects.field f join objects.object o on o.tenant_id = $1 and o.id = f.object_id
      where f.tenant_id = $1 and f.target_id = $2 and f.object_id <> $2 and f.archived_at is null order by 1, 2`, [scope.tenantId, id]);
  if (rows.length > 0) throw objectReferredTo({ detail: rows.map((row) => `${row.object}.${row.field}`).join(", ") });
}
