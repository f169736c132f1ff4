import { invalid, type FieldError } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Definition, Field } from "./definition.ts";
import { findDefinition } from "./definition.ts";
import type { Draft } from "./save.ts";
import type { Values } from "./value.ts";

const referencesOf = (definition: Definition): Field[] => definition.fields.filter((field) => field.kind === "reference" && !field.isArchived);
/** Whom a reference names, one or many. */
export const idsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)]);

/** Names what refers to nobody, neither there nor `promised`. Those referred to are held until the scope ends, so that none is deleted meanwhile. */
export async function unknownReferences(scope: Scope, definition: Definition, drafts: readonly Draft[], promised: ReadonlySet<string> = new Set()): Promise<void> {
  for (const field of referencesOf(definition)) {
    const changed = drafts.filter((draft) => draft.changed.has(field.id));
    const wanted = [...new Set(changed.flatMap((draft) => idsIn(draft.values[field.id])))].toSorted();
    const target = wanted.length > 0 && field.targetId ? await findDefinition(scope, field.targetId) : undefined;
    if (!target) continue;
    const rows = await scope.tx.rows<{ id: string }>(
      `select r.id from ${target.table.name} r where r.tenant_id = $1 and ${target.table.isOwn ? "r.object_id = $2" : "$2::uuid is not null"} and r.id = any($3::uuid[])
        order by r.id for key share`, [scope.tenantId, target.id, wanted]);
    const known = new Set([...rows.map((row) => row.id), ...(target.id === definition.id ? promised : [])]);
    for (const draft of changed) {
      if (idsIn(draft.values[field.id]).some((id) => !known.has(id))) draft.errors.push({ field: `${definition.table.wire}.${field.key}`, code: "unknown-record", message: `is no ${target.key}` });
    }
  }
}

/** Refuses those that refer to one that was promised and is refused itself, and in turn those that refer to them. */
export function refuseOrphans(definition: Definition, drafts: readonly Draft[], promised: ReadonlySet<string>): void {
  if (promised.size === 0) return;
  const own = referencesOf(definition).filter((field) => field.targetId === definition.id);
  const missing = new Set(drafts.filter((draft) => draft.errors.length > 0 && promised.has(draft.id)).map((draft) => draft.id));
  for (let before = -1; before < missing.size;) {
    before = missing.size;
    for (const draft of missing.size === 0 ? [] : drafts.filter((one) => one.errors.length === 0)) {
      const field = own.find(({ id }) => draft.changed.has(id) && idsIn(draft.values[id]).some((one) => missing.has(one)));
      if (!field) continue;
      draft.errors.push({ field: `${definition.table.wire}.${field.key}`, code: "unknown-record", message: `is no ${definition.key}` });
      if (promised.has(draft.id)) missing.add(draft.id);
    }
  }
}

/** Whom a record tells of, by the first of its fields that refers to a member. */
export async function memberReferredTo(scope: Scope, definition: Definition): Promise<(values: Values) => string | undefined> {
  const fields = referencesOf(definition);
  const member = fields.length > 0 ? await findDefinition(scope, "member") : undefined;
  const ofMembers = fields.filter((field) => field.targetId === member?.id);
  return (values) => ofMembers.flatMap((field) => idsIn(values[field.id]))[0];
}

export async function writeLinks(scope: Scope, definition: Definition, drafts: readonly Draft[]): Promise<void> {
  const links = referencesOf(definition).flatMap((field) => drafts.filter((draft) => draft.changed.has(field.id)).map((draft) => ({ field, draft })));
  const known = links.filter(({ draft }) => !draft.isNew);
  if (known.length > 0) {
    await scope.tx.rows(
      `delete from objects.link l using unnest($2::text[], $3::uuid[]) as v(field_id, from_id)
        where l.tenant_id = $1 and l.field_id = v.field_id and l.from_id = v.from_id`, [scope.tenantId, known.map((one) => one.field.id), known.map((one) => one.draft.id)]);
  }
  const made = links.flatMap(({ field, draft }) => idsIn(draft.values[field.id]).map((to) => [field.id, draft.id, to] as const));
  if (made.length === 0) return;
  await scope.tx.rows(
    "insert into objects.link (tenant_id, field_id, from_id, to_id) select $1, v.f, v.a, v.b from unnest($2::text[], $3::uuid[], $4::uuid[]) as v(f, a, b)",
    [scope.tenantId, made.map((one) => one[0]), made.map((one) => one[1]), made.map((one) => one[2])]);
}

/**
 * A record must not be its own ancestor. Writers of such a field go one after the other, because two of them could each close half
 * of a circle. Throws `invalid` for all that was to be written.
 */
export async function refuseCircles(scope: Scope, definition: Definition, drafts: readonly Draft[]): Promise<void> {
  for (const field of ancestryOf(definition)) {
    const changed = drafts.filter((draft) => draft.changed.has(field.id) && draft.values[field.id] !== undefined);
    if (changed.length === 0) continue;
    await scope.tx.rows("select 1 from objects.field where tenant_id = $1 and id = $2 for no key update", [scope.tenantId, field.id]);
    const above = await linksAbove(scope, field, changed.map((draft) => draft.id));
    if (anyComesRound(above, changed.map((draft) => draft.id))) throw invalid({ errors: [circular(definition, field)] });
  }
}

const ancestryOf = (definition: Definition): Field[] => referencesOf(definition).filter((field) => field.targetId === definition.id && !field.settings.isMany);
const circular = (definition: Definition, field: Field): FieldError => ({ field: `${definition.table.wire}.${field.key}`, code: "circular", message: "comes round to itself" });

/** The same without writing: where all together would close a circle, names those that would, one written after the other. */
export async function foreseeCircles(scope: Scope, definition: Definition, drafts: readonly Draft[]): Promise<void> {
  for (const field of ancestryOf(definition)) {
    const changed = drafts.filter((draft) => draft.errors.length === 0 && draft.changed.has(field.id));
    const from = changed.flatMap((draft) => [draft.id, ...idsIn(draft.values[field.id])]);
    if (from.length === changed.length) continue;
    const above = await linksAbove(scope, field, from);
    const together = new Map([...above, ...changed.map((draft) => [draft.id, idsIn(draft.values[field.id])[0]] as const)]);
    if (!anyComesRound(together, changed.map((draft) => draft.id))) continue;
    for (const draft of changed) {
      const before = above.get(draft.id);
      above.set(draft.id, idsIn(draft.values[field.id])[0]);
      if (!comesRound(above, draft.id)) continue;
      above.set(draft.id, before);
      draft.errors.push(circular(definition, field));
    }
  }
}

/** Who stands above whom, from some on upwards. */
async function linksAbove(scope: Scope, field: Field, ids: readonly string[]): Promise<Map<string, string | undefined>> {
  const rows = await scope.tx.rows<{ from_id: string; to_id: string }>(
    `with recursive up as (
       select from_id, to_id from objects.link where tenant_id = $1 and field_id = $2 and from_id = any($3::uuid[])
       union select l.from_id, l.to_id from up join objects.link l on l.tenant_id = $1 and l.field_id = $2 and l.from_id = up.to_id)
     select from_id, to_id from up`, [scope.tenantId, field.id, ids]);
  return new Map(rows.map((row) => [row.from_id, row.to_id]));
}

/** Whether any of them comes round to itself. Each is passed once: one by one, ten thousand in a line would be passed fifty million times. */
function anyComesRound(above: ReadonlyMap<string, string | undefined>, ids: readonly string[]): boolean {
  const passed = new Map<string, string>();
  return ids.some((from) => {
    let at: string | undefined = from;
    for (; at !== undefined && !passed.has(at); at = above.get(at)) passed.set(at, from);
    return at !== undefined && passed.get(at) === from && ids.some((id) => id === at || (passed.get(id) === from && comesRound(above, id)));
  });
}

function comesRound(above: ReadonlyMap<string, string | undefined>, from: string): boolean {
  const seen = new Set<string>();
  for (let at = above.get(from); at !== undefined && !seen.has(at); at = above.get(at)) {
    if (at === from) return true;
    seen.add(at);
  }
  return false;
}
