import type { Scope } from "../../../kernel/scope.ts";
import { audit } from "../../platform/index.ts";
import type { Definition } from "../definition.ts";

type Kept = "changed-since" | "referred-to" | "gone";

/** Which of these records somebody has changed or refers to, or are not there any more. */
export async function touchedOf({ tx, tenantId }: Scope, definition: Definition, ids: readonly string[]): Promise<Map<string, Kept>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.rows<{ id: string; version: number }>("select id, version from objects.record where tenant_id = $1 and object_id = $2 and id = any($3::uuid[])", [tenantId, definition.id, ids]);
  const referred = await tx.rows<{ to_id: string }>("select distinct to_id from objects.link where tenant_id = $1 and to_id = any($2::uuid[]) and from_id <> to_id", [tenantId, ids]);
  const [versions, isReferred] = [new Map(rows.map((row) => [row.id, row.version])), new Set(referred.map((row) => row.to_id))];
  const kept = new Map<string, Kept>();
  for (const id of ids) {
    const version = versions.get(id);
    if (version === undefined) kept.set(id, "gone");
    else if (version !== 1) kept.set(id, "changed-since");
    else if (isReferred.has(id)) kept.set(id, "referred-to");
  }
  return kept;
}

/** Deletes records that nobody has changed since they were made and none refers to. Answers those that stay, and why. */
export async function deleteUntouched(scope: Scope, definition: Definition, ids: readonly string[]): Promise<Map<string, Kept>> {
  const { tx, tenantId } = scope;
  if (ids.length === 0) return new Map();
  await tx.rows("select 1 from objects.record where tenant_id = $1 and object_id = $2 and id = any($3::uuid[]) order by id for update", [tenantId, definition.id, ids]);
  const kept = await touchedOf(scope, definition, ids);
  const going = ids.filter((id) => !kept.has(id));
  await tx.rows("delete from objects.link where tenant_id = $1 and from_id = any($2::uuid[])", [tenantId, going]);
  await tx.rows("delete from objects.unique_value where tenant_id = $1 and record_id = any($2::uuid[])", [tenantId, going]);
  await tx.rows("delete from objects.record where tenant_id = $1 and id = any($2::uuid[])", [tenantId, going]);
  if (going.length > 0) audit(scope, { action: "record.batch-delete", subjectKind: definition.key, subjectId: definition.id, after: { records: going.length } });
  return kept;
}
