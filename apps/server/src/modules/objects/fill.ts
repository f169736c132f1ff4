import type { Database } from "../../kernel/db/database.ts";
import { enqueue } from "../../kernel/events.ts";
import { BEFORE_ALL } from "../../kernel/ids.ts";
import type { Schedule, Task } from "../../kernel/jobs.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { resumeStalled } from "../../kernel/stalled-run.ts";
import { notify } from "../platform/index.ts";
import { getField, type Definition, type Field } from "./definition.ts";
import { listedIds, slotValue, termsValue } from "./table.ts";
import { sameText, shownOf, type Values } from "./value.ts";

/** Each lane writes its half of a page in one transaction, and whoever writes one of the rows waits for it: some 0.5 s for records, 0.03 for members, who are at tills, where a batch of orders waits with each. */
const PAGE = { records: 5_000, members: 300 };
const LANES = 2;
const pageOf = ({ isOwn }: Definition["table"]): number => (isOwn ? PAGE.records : PAGE.members);
const MAX_RUN_MS = 600_000;
const SILENT_MS = 20_000;
const MAX_TOLD = 10;
const FILL_TASK = "objects.fill";

interface Fill {
  id: string;
  field_id: string;
  purpose: "slot" | "unique" | "terms";
  cursor_id: string;
}

/** Begins the walk over the records there are; a few are done at once, many by the task. */
export async function startFill(scope: Scope, field: Field, purpose: Fill["purpose"]): Promise<void> {
  const id = newId<"fill">(scope);
  await scope.tx.db.insertInto("objects.fill").values({
    id, object_id: field.objectId, field_id: field.id, purpose, cursor_id: BEFORE_ALL, created_at: scope.now, created_by: actorRef(scope.actor), moved_at: scope.now,
  }).execute();
  if (!(await fillPage(scope, id))) return;
  const { definition: { table } } = await getField(scope, field.id);
  await scope.tx.rows(
    `update objects.fill set total = (select count(*) from ${table.name} r where r.tenant_id = $1 and ${own(table)}) where tenant_id = $1 and id = $3`, [scope.tenantId, field.objectId, id]);
  await enqueue(scope, FILL_TASK, { fillId: id });
}

const own = ({ isOwn }: Definition["table"]): string => (isOwn ? "r.object_id = $2" : "$2::uuid is not null");

/** One page; false when there is nothing more to do. */
async function fillPage(scope: Scope, id: string): Promise<boolean> {
  const [fill] = await scope.tx.rows<Fill>("select id, field_id, purpose, cursor_id from objects.fill where tenant_id = $1 and id = $2 and state = 'running' for update", [scope.tenantId, id]);
  if (!fill) return false;
  // Held still: a slot that changed hands in the middle of a page would be written with the wrong field's values.
  const { definition, field } = await getField(scope, fill.field_id, "values");
  const isWanted = { slot: field.slot !== null, unique: field.isUnique, terms: field.isListed }[fill.purpose];
  if (!isWanted) return end(scope, id, "cancelled");
  const { looked, last, duplicates } = fill.purpose === "unique" ? await fillUnique(scope, definition, field, fill) : await fillSlots(scope, definition, field, fill);
  await scope.tx.rows(
    "update objects.fill set looked = looked + $3, cursor_id = coalesce($4::uuid, cursor_id), moved_at = $5, total = greatest(total, looked + $3) where tenant_id = $1 and id = $2",
    [scope.tenantId, id, looked, last, scope.now]);
  if (duplicates.length > 0) {
    await scope.tx.db.deleteFrom("objects.unique_value").where("field_id", "=", field.id).execute();
    await scope.tx.db.updateTable("objects.field").set({ is_unique: false }).where("id", "=", field.id).execute();
    return end(scope, id, "failed", { duplicates: duplicates.slice(0, MAX_TOLD) });
  }
  if (looked === pageOf(definition.table)) return true;
  const ready = { slot: { is_slot_ready: true }, terms: { is_list_ready: true }, unique: undefined }[fill.purpose];
  if (ready) await scope.tx.db.updateTable("objects.field").set(ready).where("id", "=", field.id).execute();
  return end(scope, id, "done");
}

async function end(scope: Scope, id: string, state: "done" | "failed" | "cancelled", failure?: object): Promise<false> {
  const { field_id, created_by } = await scope.tx.db.updateTable("objects.fill").set({ state, ended_at: scope.now, moved_at: scope.now, failure: failure ? JSON.stringify(failure) : null })
    .where("id", "=", id).returning(["field_id", "created_by"]).executeTakeFirstOrThrow();
  // Whoever began a short one has its end in the answer.
  if (scope.actor.kind === "system" && state !== "cancelled") {
    const { definition, field } = await getField(scope, field_id);
    await notify(scope, { actors: [created_by] }, { kind: "run", title: state === "done" ? "fill.done" : "fill.failed", params: { name: field.name }, link: `/objects/${definition.key}` });
  }
  return false;
}

interface Page {
  looked: number;
  last: string | null;
  duplicates: string[];
}

/** Rows whose slot, or terms, are right already, as of records without a value, are not written. */
async function fillSlots(scope: Scope, { table, fields }: Definition, field: Field, { cursor_id, purpose }: Fill, { skip, rows } = { skip: 0, rows: pageOf(table) }): Promise<Page> {
  const { column, value, of } = purpose === "terms"
    ? { column: "terms", value: termsValue("r.ext", "$4"), of: listedIds(fields) }
    : { column: field.slot, value: slotValue(field, "r.ext", "$4"), of: field.id };
  const [row] = await scope.tx.rows<{ looked: number; last: string | null }>(
    `with page as materialized (select r.id from ${table.name} r where r.tenant_id = $1 and ${own(table)} and r.id > $3 order by r.id offset ${skip} limit ${rows}),
          written as (update ${table.name} r set ${column} = ${value} from page
                       where r.tenant_id = $1 and r.id = page.id and r.${column} is distinct from ${value})
     select count(*)::int as looked, max(id::text) as last from page`, [scope.tenantId, field.objectId, cursor_id, of]);
  return { looked: row?.looked ?? 0, last: row?.last ?? null, duplicates: [] };
}

/** Writes a part of the page that is next. Nothing is remembered: the page itself finds these rows right then, and only moves on. */
async function fillAhead(scope: Scope, id: string, lane: number): Promise<void> {
  const [fill] = await scope.tx.rows<Fill>("select id, field_id, purpose, cursor_id from objects.fill where tenant_id = $1 and id = $2 and state = 'running' and purpose <> 'unique'", [scope.tenantId, id]);
  if (!fill) return;
  const { definition, field } = await getField(scope, fill.field_id, "values");
  const rows = pageOf(definition.table) / LANES;
  if (fill.purpose === "terms" ? field.isListed : field.slot !== null) await fillSlots(scope, definition, field, fill, { skip: lane * rows, rows });
}

/** A value that another record holds is a duplicate; the rows are locked, so that none changes between reading and claiming. */
async function fillUnique(scope: Scope, { table }: Definition, field: Field, { cursor_id }: Fill): Promise<Page> {
  const rows = await scope.tx.rows<{ id: string; ext: Values }>(
    `select r.id, r.ext from ${table.name} r where r.tenant_id = $1 and ${own(table)} and r.id > $3 order by r.id limit ${pageOf(table)} for no key update`, [scope.tenantId, field.objectId, cursor_id]);
  const held = rows.filter((row) => row.ext[field.id] !== undefined).map((row) => ({ id: row.id, shown: String(shownOf(field, row.ext[field.id])), value: sameText(field, row.ext[field.id]) }));
  const mine = await scope.tx.rows<{ value: string; record_id: string }>(
    `with claimed as (
       insert into objects.unique_value (tenant_id, field_id, value, record_id) select $1, $2, v.value, v.id from unnest($3::text[], $4::uuid[]) as v(value, id)
       on conflict (tenant_id, field_id, value) do nothing returning value, record_id)
     select value, record_id from claimed
     union all select value, record_id from objects.unique_value where tenant_id = $1 and field_id = $2 and record_id = any($4::uuid[])`,
    [scope.tenantId, field.id, held.map((one) => one.value), held.map((one) => one.id)]);
  const holders = new Set(mine.map((row) => row.value + row.record_id));
  return { looked: rows.length, last: rows.at(-1)?.id ?? null, duplicates: held.filter((one) => !holders.has(one.value + one.id)).map((one) => one.shown) };
}

async function runFill(database: Database, tenantId: string, fillId: string): Promise<void> {
  const entry = { tenantId, actor: { kind: "system", name: FILL_TASK } } as const;
  const until = performance.now() + MAX_RUN_MS;
  for (let isMore = true; isMore;) {
    await Promise.all(Array.from({ length: LANES }, (_, lane) => database.inScope(entry, (scope) => fillAhead(scope, fillId, lane))));
    isMore = await database.inScope(entry, (scope) => fillPage(scope, fillId));
    if (isMore && performance.now() > until) return database.inScope(entry, (scope) => enqueue(scope, FILL_TASK, { fillId }));
  }
}

export const tasks: readonly Task[] = [{ name: FILL_TASK, run: ({ tenantId, fillId }, database) => runFill(database, String(tenantId), String(fillId)) }];
export const schedules: readonly Schedule[] = [resumeStalled({ name: "objects.resume-fills", table: "objects.fill", states: ["running"], silentMs: SILENT_MS, task: FILL_TASK, key: "fillId" })];
