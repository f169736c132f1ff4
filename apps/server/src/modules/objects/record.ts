import { RECORD_DELETED, type RecordDeleted } from "../../events/objects.ts";
import { personalKey } from "../../kernel/crypto/personal-key.ts";
import { publish } from "../../kernel/events.ts";
import { fieldProblem, notFound, problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { audit, forgetComments } from "../platform/index.ts";
import { dropFiles } from "./attachment.ts";
import { getDefinition, refuseArchived, type Definition } from "./definition.ts";
import { traitsOf } from "./kind.ts";
import { getRecord } from "./record.view.ts";
import { memberReferredTo } from "./reference.ts";
import { saveRecord, type Line } from "./save.ts";
import { named } from "./table.ts";
import { plainOf, shownValues, type Values } from "./value.ts";

export const recordReferredTo = problem("objects/record-referred-to", 409, "Other records refer to this one");

export async function changeRecord(scope: Scope, id: string, line: Omit<Line, "id">): Promise<void> {
  const { definition } = await getRecord(scope, id);
  await saveRecord(scope, definition.key, { ...line, id });
}

/** Takes a record away for good; the audit log keeps what it held. Throws `recordReferredTo`. */
export async function deleteRecord(scope: Scope, id: string): Promise<void> {
  const { definition } = await getRecord(scope, id);
  refuseArchived(definition);
  // Excludes those who are just about to refer to it.
  const [row] = await scope.tx.rows<{ ext: Record<string, unknown> }>("select ext from objects.record where tenant_id = $1 and id = $2 for update", [scope.tenantId, id]);
  if (!row) throw notFound();
  const referring = await scope.tx.rows<{ from_id: string }>("select from_id from objects.link where tenant_id = $1 and to_id = $2 and from_id <> $2 limit 1", [scope.tenantId, id]);
  if (referring.length > 0) throw recordReferredTo({ recordId: referring[0]?.from_id });
  await scope.tx.rows("delete from objects.link where tenant_id = $1 and from_id = $2", [scope.tenantId, id]);
  await scope.tx.rows("delete from objects.unique_value where tenant_id = $1 and record_id = $2", [scope.tenantId, id]);
  await forgetComments(scope, "record", [id]);
  await dropFiles(scope, [id]);
  await scope.tx.rows("delete from objects.record where tenant_id = $1 and id = $2", [scope.tenantId, id]);
  const memberId = (await memberReferredTo(scope, definition))(row.ext);
  audit(scope, {
    action: "record.delete", subjectKind: definition.key, subjectId: id, before: shownValues(scope, definition, row.ext),
    ...(memberId ? { key: await personalKey(scope, memberId) } : {}),
  });
  await publish(scope, RECORD_DELETED, id, { object: definition.key, recordId: id } satisfies RecordDeleted);
}

/** A phone or an e-mail in full, against a reason that is kept. */
export async function revealValue(scope: Scope, id: string, wish: Reveal): Promise<string> {
  const { definition, row } = await getRecord(scope, id);
  return reveal(scope, definition, { id, name: id, ext: row.ext }, wish);
}

/** The same of a core noun's row; whether the caller may see it is for its module. */
export async function revealCustom(scope: Scope, key: string, name: string, wish: Reveal): Promise<string> {
  const definition = await getDefinition(scope, key);
  const { table } = definition;
  const [row] = await scope.tx.rows<{ id: string; ext: Values }>(`select r.id, r.ext from ${table.name} r where r.tenant_id = $1 and ${named(table, "$2")}`, [scope.tenantId, [name]]);
  return reveal(scope, definition, { id: row?.id ?? name, name, ext: row?.ext ?? {} }, wish);
}

interface Reveal {
  field: string;
  reason: string;
}

function reveal(scope: Scope, definition: Definition, { id, name, ext }: { id: string; name: string; ext: Values }, { field: key, reason }: Reveal): string {
  const field = definition.byKey.get(key);
  if (!field || !traitsOf(field.kind).isSealed) throw fieldProblem("field", "unknown-field", "holds nothing that is masked");
  const plain = plainOf(scope, field, ext[field.id], id);
  if (plain === undefined) throw notFound({ detail: "There is nothing in this field" });
  audit(scope, { action: definition.table.isOwn ? "record.reveal" : `${definition.key}.reveal`, subjectKind: definition.key, subjectId: name, after: { field: key }, reason });
  return String(plain);
}
