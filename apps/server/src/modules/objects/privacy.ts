import type { Scope } from "../../kernel/scope.ts";
import { forgetComments } from "../platform/index.ts";
import { dropFiles } from "./attachment.ts";
import { getDefinition } from "./definition.ts";
import type { Kind } from "./kind.ts";
import { listedIds, termsValue } from "./table.ts";

/** What can tell who somebody is. */
const TELLING: ReadonlySet<Kind> = new Set<Kind>(["text", "long-text", "phone", "email", "url", "location", "file"]);

/**
 * A member who leaves: own fields go with the row, their unique values here. Records that refer to the member keep what counts (days,
 * sums, choices) and lose what could tell who it was.
 */
export const privacyStep = {
  module: "objects",
  holds: ["objects.attachment.record_id"],
  async erase(scope: Scope, memberId: string): Promise<Record<string, number>> {
    await scope.tx.rows("delete from objects.unique_value where tenant_id = $1 and record_id = $2", [scope.tenantId, memberId]);
    await scope.tx.rows("delete from objects.link where tenant_id = $1 and from_id = $2", [scope.tenantId, memberId]);
    await dropFiles(scope, [memberId]);
    const rows = await scope.tx.rows<{ id: string; object_id: string }>(
      `select distinct r.id, r.object_id from objects.link l join objects.record r on r.tenant_id = $1 and r.id = l.from_id
        where l.tenant_id = $1 and l.to_id = $2`, [scope.tenantId, memberId]);
    for (const [objectId, records] of Map.groupBy(rows, (row) => row.object_id)) await forgetTelling(scope, objectId, records.map((row) => row.id));
    await forgetComments(scope, "record", rows.map((row) => row.id));
    return { records: rows.length };
  },
};

/** Takes what can tell who somebody is out of some rows of an object. */
export async function forgetTelling(scope: Scope, key: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await dropFiles(scope, ids);
  const { table, fields: all } = await getDefinition(scope, key);
  const fields = all.filter((field) => TELLING.has(field.kind));
  const slots = fields.flatMap((field) => (field.slot ? [`${field.slot} = null, `] : [])).join("");
  const terms = `terms = ${termsValue("ext - $3::text[]", "$5")}, `;
  await scope.tx.rows(
    `update ${table.name} set ${slots}${terms}ext = ext - $3::text[]${table.isOwn ? ", version = version + 1" : ""}, updated_at = $4 where tenant_id = $1 and id = any($2::uuid[])`,
    [scope.tenantId, ids, fields.map((field) => field.id), scope.now, listedIds(all)]);
  await scope.tx.rows("delete from objects.unique_value where tenant_id = $1 and record_id = any($2::uuid[]) and field_id = any($3::text[])", [scope.tenantId, ids, fields.map((field) => field.id)]);
}
