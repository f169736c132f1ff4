import { RECORDS_SAVED, type RecordsSaved } from "../../events/objects.ts";
import { personalKey } from "../../kernel/crypto/personal-key.ts";
import { publish } from "../../kernel/events.ts";
import { invalid, notFound, problem, type FieldError } from "../../kernel/problem.ts";
import { actorRef, newId, visibleStores, type Scope } from "../../kernel/scope.ts";
import { audit } from "../platform/index.ts";
import { holdFiles, unknownFiles } from "./attachment.ts";
import { getDefinition, refuseArchived, type Definition } from "./definition.ts";
import { memberReferredTo, refuseCircles, refuseOrphans, unknownReferences, writeLinks } from "./reference.ts";
import { listedIds, named, slotValue, termsValue } from "./table.ts";
import { claimValues } from "./unique.ts";
import { change, shownOf, type Values } from "./value.ts";

export const recordChanged = problem("objects/record-changed", 409, "Somebody has changed this meanwhile");

/** One record to write: a known id changes it, none makes one. */
export interface Line {
  /** as the world names it */
  id?: string | undefined;
  /** under which a new one is made: others of those that are written with it may refer to it */
  newId?: string | undefined;
  /** by key; what is left out stays, `null` empties */
  fields: Readonly<Record<string, unknown>>;
  storeId?: string | null | undefined;
  /** the version that the writer has seen */
  version?: number | undefined;
  /** the member whom it tells of, with whose key the log seals it */
  memberId?: string | null | undefined;
}

/** What became of a line. */
export interface Outcome {
  id: string;
  outcome: "created" | "changed" | "unchanged" | "refused";
  errors: FieldError[];
}

/** A line on its way into the table. */
export interface Draft {
  id: string;
  name: string;
  memberId: string | null;
  isNew: boolean;
  storeId: string | null;
  before: Values;
  values: Values;
  changed: ReadonlySet<string>;
  errors: FieldError[];
}

interface Row {
  id: string;
  name: string;
  ext: Values;
  version: number;
  store_id: string | null;
}

/** Writes one record, or refuses it with every field that is wrong. Throws `notFound`, `invalid`, `recordChanged`. */
export async function saveRecord(scope: Scope, key: string, line: Line): Promise<string> {
  const [saved] = await saveRecords(scope, key, [line]);
  if (!saved || saved.errors.length > 0) throw invalid({ errors: saved?.errors ?? [] });
  return saved.id;
}

/** Writes many records of one object at once, each for itself: what is wrong with one does not keep the others out. */
export async function saveRecords(scope: Scope, key: string, lines: readonly Line[]): Promise<Outcome[]> {
  const definition = refuseArchived(await getDefinition(scope, key, "values"));
  const rows = await lockRows(scope, definition, lines.flatMap((line) => line.id ?? []));
  const drafts = lines.map((line) => draftOf(scope, definition, line, rows));
  const fit = () => drafts.filter((draft) => draft.errors.length === 0 && (draft.isNew || draft.changed.size > 0 || draft.storeId !== rows.get(draft.name)?.store_id));
  const promised = new Set(lines.flatMap((line) => line.newId ?? []));
  await unknownReferences(scope, definition, fit(), promised);
  await unknownFiles(scope, definition, fit());
  await claimValues(scope, definition, fit(), () => refuseOrphans(definition, drafts, promised));
  await takeNumbers(scope, definition, fit().filter((draft) => draft.isNew));
  const written = fit();
  await writeRows(scope, definition, written);
  await writeLinks(scope, definition, written);
  await holdFiles(scope, definition, written);
  await refuseCircles(scope, definition, written);
  await tell(scope, definition, written);
  return drafts.map((draft) => ({
    id: draft.name, errors: draft.errors,
    outcome: draft.errors.length > 0 ? "refused" : draft.isNew ? "created" : written.includes(draft) ? "changed" : "unchanged",
  }));
}

async function lockRows(scope: Scope, { id, table }: Definition, ids: readonly string[]): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.tx.rows<Row>(
    `select r.id, r.${table.key} as name, r.ext, ${table.isOwn ? "r.version" : "0"} as version, ${table.store ? `r.${table.store}` : "null::uuid"} as store_id from ${table.name} r
      where r.tenant_id = $1 and ${table.isOwn ? "r.object_id = $2" : "$2::uuid is not null"} and ${named(table, "$3")} order by r.id for no key update`, [scope.tenantId, id || null, ids]);
  return new Map(rows.map((row) => [row.name, row]));
}

function draftOf(scope: Scope, definition: Definition, line: Line, rows: ReadonlyMap<string, Row>): Draft {
  const row = line.id === undefined ? undefined : rows.get(line.id);
  const stores = visibleStores(scope.actor);
  if (line.id !== undefined && (!row || (stores && row.store_id && !stores.includes(row.store_id)))) throw notFound({ detail: `No ${definition.key} ${line.id}` });
  if (row && line.version !== undefined && line.version !== row.version) throw recordChanged({ version: row.version });
  const [id, before] = [row?.id ?? line.newId ?? newId<"record">(scope), row?.ext ?? {}];
  const changed = change(scope, definition, { before, typed: line.fields, recordId: id });
  const storeId = line.storeId === undefined ? (row?.store_id ?? null) : line.storeId;
  if (stores && storeId !== (row?.store_id ?? null) && (!storeId || !stores.includes(storeId))) changed.errors.push({ field: "storeId", code: "store", message: "is outside your data scope" });
  return { id, name: line.id ?? id, memberId: line.memberId ?? null, isNew: !row, storeId, before, ...changed };
}

/** One after the other without a gap: whoever makes records of this object waits for whoever makes others. */
async function takeNumbers(scope: Scope, definition: Definition, drafts: readonly Draft[]): Promise<void> {
  for (const field of definition.fields.filter((one) => one.kind === "auto-number" && !one.isArchived)) {
    if (drafts.length === 0) return;
    const [row] = await scope.tx.rows<{ first: number }>(
      "update objects.field set next_number = next_number + $3 where tenant_id = $1 and id = $2 returning next_number - $3 as first", [scope.tenantId, field.id, drafts.length]);
    drafts.forEach((draft, at) => {
      draft.values[field.id] = `${field.settings.prefix ?? ""}${String((row?.first ?? 1) + at).padStart(field.settings.digits ?? 6, "0")}`;
    });
  }
}

/** A row that is written for another reason than that somebody typed something. */
export const draftFor = (id: string, change: Pick<Draft, "before" | "values" | "changed"> & { storeId?: string | null }): Draft =>
  ({ id, name: id, memberId: null, isNew: false, storeId: null, errors: [], ...change });

/** The values and their slots; links and unique values are the caller's matter. */
export async function writeRows(scope: Scope, definition: Definition, drafts: readonly Draft[]): Promise<void> {
  const { table } = definition;
  const slotted = definition.fields.filter((field) => field.slot !== null && !field.isArchived);
  const [made, changed] = [drafts.filter((draft) => draft.isNew), drafts.filter((draft) => !draft.isNew)];
  const listed = listedIds(definition.fields);
  const bound = (first: number) => [
    ...slotted.map((field, at) => ({ slot: String(field.slot), value: slotValue(field, "v.ext", `$${first + at}`) })),
    ...(listed.length > 0 ? [{ slot: "terms", value: termsValue("v.ext", `$${first + slotted.length}`) }] : []),
  ];
  const columns = (of: readonly Draft[]) => [of.map((draft) => draft.id), of.map((draft) => JSON.stringify(draft.values)), of.map((draft) => draft.storeId)];
  const ids = [...slotted.map((field) => field.id), ...(listed.length > 0 ? [listed] : [])];
  if (made.length > 0) {
    const slots = bound(8);
    await scope.tx.rows(
      `insert into objects.record (tenant_id, object_id, id, store_id, ext, created_at, created_by, updated_at${slots.map((one) => `, ${one.slot}`).join("")})
       select $1, $2, v.id, v.store_id, v.ext, $3, $4, $3${slots.map((one) => `, ${one.value}`).join("")}
         from unnest($5::uuid[], $6::jsonb[], $7::uuid[]) as v(id, ext, store_id)`,
      [scope.tenantId, definition.id, scope.now, actorRef(scope.actor), ...columns(made), ...ids]);
  }
  if (changed.length > 0) {
    const own = table.isOwn ? "version = r.version + 1, store_id = v.store_id," : "";
    await scope.tx.rows(
      `update ${table.name} r set ${own} ext = v.ext, updated_at = $2${bound(6).map((one) => `, ${one.slot} = ${one.value}`).join("")}
         from unnest($3::uuid[], $4::jsonb[], $5::uuid[]) as v(id, ext, store_id) where r.tenant_id = $1 and r.id = v.id`,
      [scope.tenantId, scope.now, ...columns(changed), ...ids]);
  }
}

const MAX_AUDITED = 50;

/** Few are kept field by field; of a file's thousand the log keeps that there were a thousand. */
async function tell(scope: Scope, definition: Definition, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const shown = (draft: Draft, values: Values) =>
    Object.fromEntries(definition.fields.filter((field) => draft.changed.has(field.id)).map((field) => [field.key, shownOf(field, values[field.id])]));
  const guestOf = await memberReferredTo(scope, definition);
  for (const draft of drafts.length > MAX_AUDITED ? [] : drafts) {
    const memberId = draft.memberId ?? guestOf(draft.values) ?? guestOf(draft.before);
    audit(scope, {
      action: definition.table.isOwn ? `record.${draft.isNew ? "create" : "change"}` : `${definition.key}.update`, subjectKind: definition.key, subjectId: draft.name,
      before: draft.isNew ? null : shown(draft, draft.before), after: shown(draft, draft.values),
      // What is told of a member goes with the member's key.
      ...(memberId ? { key: await personalKey(scope, memberId) } : {}),
    });
  }
  if (drafts.length > MAX_AUDITED) audit(scope, { action: "record.batch", subjectKind: definition.key, subjectId: definition.id, after: { records: drafts.length } });
  const ids = (isNew: boolean) => drafts.filter((draft) => draft.isNew === isNew).map((draft) => draft.id);
  // Of a core noun its own module tells.
  if (definition.table.isOwn) await publish(scope, RECORDS_SAVED, drafts.length === 1 ? (drafts[0]?.id ?? null) : null, { object: definition.key, created: ids(true), changed: ids(false), by: actorRef(scope.actor) } satisfies RecordsSaved);
}
