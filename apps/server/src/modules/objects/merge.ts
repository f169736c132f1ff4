import { isDeepStrictEqual } from "node:util";
import type { Scope } from "../../kernel/scope.ts";
import { getDefinition, type Definition, type Field } from "./definition.ts";
import { traitsOf } from "./kind.ts";
import { titlesOf } from "./record.view.ts";
import { idsIn, refuseCircles, writeLinks } from "./reference.ts";
import { draftFor, writeRows } from "./save.ts";
import { claimAnew } from "./unique.ts";
import { sameText, shownOf, valueFor, type Values } from "./value.ts";

export interface CustomPair {
  survivorId: string;
  absorbedId: string;
}
type Side = "survivor" | "absorbed";
/** By key: whose value stays; the survivor's where nothing is said and there is one. */
export type CustomChoices = Readonly<Record<string, Side | undefined>>;

/** Records that named the absorbed member; of those that named both, at which place. */
interface Pointing {
  one: string[];
  both: Record<string, number>;
}

/** What the survivor's own fields were and became, and which records were pointed to the survivor, by field. */
export interface KeptCustom {
  before: Values;
  after: Values;
  pointing: Record<string, Pointing>;
}

interface Both {
  definition: Definition;
  survivor: Values;
  absorbed: Values;
}

async function read(scope: Scope, { survivorId, absorbedId }: CustomPair): Promise<Both | undefined> {
  const definition = await getDefinition(scope, "member", "values");
  if (definition.fields.length === 0) return undefined;
  const rows = await scope.tx.rows<{ id: string; ext: Values }>("select id, ext from customers.member where tenant_id = $1 and id = any($2::uuid[])", [scope.tenantId, [survivorId, absorbedId]]);
  const of = (id: string) => rows.find((row) => row.id === id)?.ext ?? {};
  return { definition, survivor: of(survivorId), absorbed: of(absorbedId) };
}

const isTaken = (field: Field, { survivor, absorbed }: Both, choices: CustomChoices): boolean =>
  (choices[field.key] ?? (survivor[field.id] === undefined && absorbed[field.id] !== undefined ? "absorbed" : "survivor")) === "absorbed";
/** Those that are kept from whoever merges come along all the same. */
const written = ({ fields }: Definition): Field[] => fields.filter((field) => !field.isArchived && !traitsOf(field.kind).isComputed);

/** Own fields that are not the same at both, with whose stays, and how many records refer to each. */
export async function previewCustom(scope: Scope, pair: CustomPair, choices: CustomChoices) {
  const both = await read(scope, pair);
  const pointing = await scope.tx.rows<{ to_id: string; records: number }>(
    "select to_id, count(*)::int as records from objects.link where tenant_id = $1 and to_id = any($2::uuid[]) group by to_id", [scope.tenantId, [pair.survivorId, pair.absorbedId]]);
  const [survivor = 0, absorbed = 0] = [pair.survivorId, pair.absorbedId].map((id) => pointing.find((row) => row.to_id === id)?.records);
  const lines = survivor + absorbed > 0 ? [{ what: "records", survivor, absorbed, after: survivor + absorbed }] : [];
  if (!both) return { fields: [], references: {}, lines };
  const differs = (field: Field) => shownText(field, both.survivor) !== shownText(field, both.absorbed);
  const titles = await titlesOf(scope, both.definition, [both.survivor, both.absorbed]);
  return {
    lines, references: { ...titles(both.survivor), ...titles(both.absorbed) },
    fields: written(both.definition).filter((field) => both.definition.byKey.has(field.key) && differs(field)).map((field) => ({
      field: field.key, survivor: shownOf(field, both.survivor[field.id]), absorbed: shownOf(field, both.absorbed[field.id]), winner: isTaken(field, both, choices) ? "absorbed" as const : "survivor" as const,
    })),
  };
}

const shownText = (field: Field, values: Values): string => JSON.stringify(traitsOf(field.kind).isSealed && values[field.id] ? sameText(field, values[field.id]) : (values[field.id] ?? null));

/**
 * Gives the survivor what was chosen, and points to the survivor whatever referred to the absorbed member. The absorbed one keeps every value,
 * and the right to the unique ones that are not the survivor's now. Throws `invalid` where references would come round to themselves.
 */
export async function mergeCustom(scope: Scope, pair: CustomPair, choices: CustomChoices): Promise<KeptCustom> {
  const both = await read(scope, pair);
  const kept: KeptCustom = { before: {}, after: {}, pointing: {} };
  if (both) {
    const values = { ...both.survivor };
    for (const field of written(both.definition)) {
      if (isTaken(field, both, choices)) set(values, field, valueFor(scope, field, both.absorbed[field.id], { from: pair.absorbedId, to: pair.survivorId }));
      // Nobody is referred to by themselves.
      if (field.targetId === both.definition.id) set(values, field, without(values[field.id], [pair.survivorId, pair.absorbedId]));
      if (isDeepStrictEqual(values[field.id], both.survivor[field.id])) continue;
      [kept.before[field.id], kept.after[field.id]] = [both.survivor[field.id], values[field.id]];
    }
    await write(scope, both.definition, pair.survivorId, { before: both.survivor, values, ids: Object.keys(kept.after) });
    await claimAnew(scope, both.definition, [{ id: pair.survivorId, values }, { id: pair.absorbedId, values: both.absorbed }, { id: pair.absorbedId, values: both.survivor }]);
  }
  kept.pointing = await point(scope, pair);
  return kept;
}

/** What was not changed since goes back to what it was; who was pointed to the survivor and still is points to the absorbed member again. */
export async function partCustom(scope: Scope, pair: CustomPair, kept: KeptCustom): Promise<void> {
  const both = await read(scope, pair);
  if (both) {
    const values = { ...both.survivor };
    const back = written(both.definition).filter(({ id }) => (id in kept.before || id in kept.after) && isDeepStrictEqual(values[id], kept.after[id]));
    for (const field of back) set(values, field, kept.before[field.id]);
    const lost = await claimAnew(scope, both.definition, [{ id: pair.survivorId, values }, { id: pair.absorbedId, values: both.absorbed }]);
    for (const { id, field } of lost) set(id === pair.survivorId ? values : both.absorbed, field, undefined);
    await write(scope, both.definition, pair.survivorId, { before: both.survivor, values, ids: back.map((field) => field.id) });
    const gone = lost.filter((one) => one.id === pair.absorbedId).map((one) => one.field.id);
    await write(scope, both.definition, pair.absorbedId, { before: both.absorbed, values: both.absorbed, ids: gone });
  }
  await pointBack(scope, pair, kept.pointing);
}

function set(values: Values, field: Field, value: unknown): void {
  if (value === undefined) delete values[field.id];
  else values[field.id] = value;
}

function without(value: unknown, ids: readonly string[]): unknown {
  const left = idsIn(value).filter((id) => !ids.includes(id));
  return Array.isArray(value) ? (left.length > 0 ? left : undefined) : left[0];
}

async function write(scope: Scope, definition: Definition, id: string, { before, values, ids }: { before: Values; values: Values; ids: readonly string[] }): Promise<void> {
  if (ids.length === 0) return;
  const draft = draftFor(id, { before, values, changed: new Set(ids) });
  await writeRows(scope, definition, [draft]);
  await writeLinks(scope, definition, [draft]);
  await refuseCircles(scope, definition, [draft]);
}

/** Every record that names the absorbed member names the survivor. */
async function point(scope: Scope, { survivorId, absorbedId }: CustomPair): Promise<KeptCustom["pointing"]> {
  const links = await scope.tx.rows<{ field_id: string; from_id: string }>(
    "select field_id, from_id from objects.link where tenant_id = $1 and to_id = $2 and from_id <> all($3::uuid[]) order by from_id", [scope.tenantId, absorbedId, [survivorId, absorbedId]]);
  const pointing: KeptCustom["pointing"] = {};
  for (const [fieldId, some] of Map.groupBy(links, (link) => link.field_id)) {
    const kept: Pointing = { one: [], both: {} };
    pointing[fieldId] = kept;
    await rename(scope, fieldId, some.map((link) => link.from_id), (ids, recordId) => {
      const namesBoth = ids.includes(survivorId);
      if (namesBoth) kept.both[recordId] = ids.indexOf(absorbedId);
      else kept.one.push(recordId);
      return namesBoth ? ids.filter((id) => id !== absorbedId) : ids.map((id) => (id === absorbedId ? survivorId : id));
    });
  }
  return pointing;
}

async function pointBack(scope: Scope, { survivorId, absorbedId }: CustomPair, pointing: KeptCustom["pointing"]): Promise<void> {
  for (const [fieldId, { one, both }] of Object.entries(pointing)) {
    await rename(scope, fieldId, [...one, ...Object.keys(both)], (ids, recordId) => {
      const at = both[recordId];
      return at === undefined ? ids.map((id) => (id === survivorId ? absorbedId : id)) : ids.includes(survivorId) ? ids.toSpliced(at, 0, absorbedId) : ids;
    });
  }
}

/** Rewrites whom some rows refer to by one field; a row that went away meanwhile stays away. */
async function rename(scope: Scope, fieldId: string, ids: readonly string[], next: (ids: string[], recordId: string) => string[]): Promise<void> {
  const [owner] = await scope.tx.rows<{ object_id: string }>("select object_id from objects.field where tenant_id = $1 and id = $2", [scope.tenantId, fieldId]);
  const definition = owner && await getDefinition(scope, owner.object_id, "values");
  const field = definition?.fields.find((one) => one.id === fieldId);
  if (!definition || !field) return;
  const rows = await scope.tx.rows<{ id: string; ext: Values; store_id: string | null }>(
    `select r.id, r.ext, ${definition.table.isOwn ? "r.store_id" : "null::uuid as store_id"} from ${definition.table.name} r where r.tenant_id = $1 and r.id = any($2::uuid[]) order by r.id for no key update`, [scope.tenantId, ids]);
  const drafts = rows.filter((row) => row.ext[fieldId] !== undefined).map((row) => {
    const named = next(idsIn(row.ext[fieldId]), row.id);
    return draftFor(row.id, { before: row.ext, values: { ...row.ext, [fieldId]: field.settings.isMany ? named : named[0] }, changed: new Set([fieldId]), storeId: row.store_id });
  });
  await writeRows(scope, definition, drafts);
  await writeLinks(scope, definition, drafts);
}
