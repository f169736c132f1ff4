import { fieldProblem, notFound } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { roleNames } from "../org/index.ts";
import { audit } from "../platform/index.ts";
import type { Layout } from "./access.ts";
import { getDefinition, lockDefinition, type Definition, type Field } from "./definition.ts";
import type { LayoutWish } from "./layout.schema.ts";

interface Row {
  role_id: string | null;
  definition: Layout;
}

/** The layouts of an object by role, the one for all first, with every role that could have its own. */
export async function listLayouts(scope: Scope, key: string) {
  const definition = await getDefinition(scope, key);
  const rows = definition.id === "" ? [] : await scope.tx.rows<Row>("select role_id, definition from objects.layout where tenant_id = $1 and object_id = $2", [scope.tenantId, definition.id]);
  const of = (id: string | null) => {
    const row = rows.find((one) => one.role_id === id);
    return row ? shown(definition, row.definition) : null;
  };
  return { items: [{ role: null, layout: of(null) }, ...(await roleNames(scope)).map((role) => ({ role, layout: of(role.id) }))] };
}

function shown(definition: Definition, { sections, readOnly, hidden }: Layout): LayoutWish {
  const keys = (ids: readonly string[]) => ids.flatMap((id) => definition.fields.find((field) => field.id === id && !field.isArchived)?.key ?? []);
  return { sections: sections.map(({ fieldIds, ...section }) => ({ ...section, fields: keys(fieldIds) })), readOnly: keys(readOnly), hidden: keys(hidden) };
}

/** Lays an object out for a role, or for all that have none of their own; nothing takes it back. Throws `invalid`. */
export async function setLayout(scope: Scope, key: string, roleId: string | null, wish: LayoutWish | null): Promise<void> {
  if (roleId && !(await roleNames(scope)).some((role) => role.id === roleId)) throw notFound({ detail: "No such role" });
  const definition = await lockDefinition(scope, key);
  const layout = wish && layoutOf(definition, wish);
  await scope.tx.rows("delete from objects.layout where tenant_id = $1 and object_id = $2 and role_id is not distinct from $3::uuid", [scope.tenantId, definition.id, roleId]);
  if (layout) {
    await scope.tx.db.insertInto("objects.layout").values({
      id: newId(scope), object_id: definition.id, role_id: roleId, definition: JSON.stringify(layout), updated_at: scope.now, updated_by: actorRef(scope.actor),
    }).execute();
  }
  audit(scope, { action: "object.layout", subjectKind: "object", subjectId: definition.id, after: { roleId, layout: wish } });
}

function layoutOf(definition: Definition, { sections, readOnly, hidden }: LayoutWish): Layout {
  const find = (typed: string, at: string): Field => {
    const field = definition.byKey.get(typed);
    if (!field) throw fieldProblem(at, "unknown-field", "is no field of this object");
    return field;
  };
  const ids = (keys: readonly string[], at: string) => keys.map((one, n) => find(one, `${at}.${n}`).id);
  const named = sections.flatMap((section) => section.fields);
  if (new Set(named).size < named.length) throw fieldProblem("sections", "repeated", "names a field twice");
  for (const [at, keys] of Object.entries({ readOnly, hidden })) {
    const needed = keys.findIndex((one, n) => find(one, `${at}.${n}`).isRequired);
    // Whoever may make a record could not.
    if (needed >= 0) throw fieldProblem(`${at}.${needed}`, "required", "must not be empty, so every role writes it");
  }
  return {
    sections: sections.map(({ name, nameEn, fields }, at) => ({ name, nameEn: nameEn ?? "", fieldIds: ids(fields, `sections.${at}.fields`) })),
    readOnly: ids(readOnly, "readOnly"), hidden: ids(hidden, "hidden"),
  };
}

/** A field that is asked of every record must not be kept from a role. Throws `invalid`. */
export async function refuseKept(scope: Scope, { id }: Definition, fieldId: string): Promise<void> {
  const rows = await scope.tx.rows("select 1 from objects.layout where tenant_id = $1 and object_id = $2 and (definition -> 'readOnly' ? $3::text or definition -> 'hidden' ? $3::text) limit 1", [scope.tenantId, id, fieldId]);
  if (rows.length > 0) throw fieldProblem("isRequired", "kept-from-role", "is hidden from a role, or only shown to it");
}
