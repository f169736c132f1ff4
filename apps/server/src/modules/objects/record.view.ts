import { COUNT_CAP, cappedCount, decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { findDefinition, getDefinition, type Definition, type Field } from "./definition.ts";
import { conditionsOf, readFilter } from "./filter.ts";
import type { RecordView } from "./record.schema.ts";
import { readSort, sortedPage, type Sort } from "./sort.ts";
import { shownValues, titleOf, type Values } from "./value.ts";

export interface RecordQuery {
  filter?: string | undefined;
  /** a field's key, with a minus for the greatest first; newest first without */
  sort?: string | undefined;
  storeId?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface Row {
  id: string;
  object_id: string;
  ext: Values;
  version: number;
  store_id: string | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = "r.id, r.object_id, r.ext, r.version, r.store_id, r.created_at, r.updated_at";

export interface RecordPage extends Page<RecordView> {
  count?: { value: number; capped: boolean };
}

/** Records of an own object that the caller's stores may see. */
export async function listRecords(scope: Scope, key: string, query: RecordQuery): Promise<RecordPage> {
  const definition = await getDefinition(scope, key);
  if (!definition.table.isOwn) throw notFound({ detail: `${key} has a list of its own` });
  const values: unknown[] = [scope.tenantId, definition.id];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const stores = visibleStores(scope.actor);
  const filter = readFilter(query.filter);
  const conditions = await conditionsOf(scope, definition, filter);
  const where = [
    "r.object_id = $2", ...conditions.map((write) => write(bind, "r")),
    ...(stores ? [`(r.store_id is null or r.store_id = any(${bind(stores)}::uuid[]))`] : []), ...(query.storeId ? [`r.store_id = ${bind(query.storeId)}`] : []),
  ].join(" and ");
  const isCommon = conditions.length === 1 && conditions[0]?.isCommon === true && !stores && !query.storeId;
  const counted = query.cursor === undefined && !isCommon
    ? scope.tx.rows<{ value: number }>(`select count(*)::int as value from (select 1 from objects.record r where r.tenant_id = $1 and ${where} limit ${COUNT_CAP + 1}) as counted`, [...values])
    : undefined;
  counted?.catch(() => {});
  const range = filter.find((one) => one.op === "gte" || one.op === "lte" || one.op === "prefix");
  const [sort, walk] = [query.sort ?? range?.field, { where, values, limit: query.limit, cursor: query.cursor }];
  const page = sort ? await sorted(scope, readSort(definition, sort), walk) : await newest(scope, walk);
  const [total] = (await counted) ?? (isCommon && query.cursor === undefined ? [{ value: COUNT_CAP + 1 }] : []);
  return { ...page, items: await viewRecords(scope, definition, page.items), ...(total ? { count: cappedCount(total.value) } : {}) };
}

interface Walk {
  where: string;
  values: unknown[];
  limit: number;
  cursor: string | undefined;
}

/** Newest first. */
async function newest(scope: Scope, { where, values, limit, cursor }: Walk): Promise<Page<Row>> {
  const [last] = decodeCursor(cursor, 1) ?? [];
  const rows = await scope.tx.rows<Row>(
    `select ${COLUMNS} from objects.record r where r.tenant_id = $1 and ${where}${last === undefined ? "" : ` and r.id < $${values.length + 1}::uuid`} order by r.id desc limit ${limit + 1}`,
    [...values, ...(last === undefined ? [] : [last])]);
  return pageFrom(rows, limit, (row) => row, (row) => [row.id]);
}

/** A range is sorted by what it ranges over unless somebody asks otherwise, because then the first page is where the index begins. */
const sorted = (scope: Scope, sort: Sort, { where, values, ...page }: Walk): Promise<Page<Row>> => sortedPage<Row>(sort, page, {
  filled: (order, limit) => {
    const bound = [...values];
    const after = order.where("r", (value) => `$${bound.push(value)}`);
    return scope.tx.rows(`select ${COLUMNS}, ${order.at("r")} as slot_at, r.id as slot_id from objects.record r where r.tenant_id = $1 and ${where} and ${after} order by ${order.by("r")} limit ${limit}`, bound);
  },
  empty: (order, rest) => newest(scope, { where: `${where} and ${order.isEmpty("r")}`, values, cursor: undefined, ...rest }),
});

/** Throws `notFound` also for another store's. */
export async function getRecord(scope: Scope, id: string): Promise<{ definition: Definition; row: Row }> {
  const [row] = await scope.tx.rows<Row>(`select ${COLUMNS} from objects.record r where r.tenant_id = $1 and r.id = $2`, [scope.tenantId, id]);
  const stores = visibleStores(scope.actor);
  if (!row || (stores && row.store_id && !stores.includes(row.store_id))) throw notFound({ detail: "No such record" });
  return { row, definition: await getDefinition(scope, row.object_id) };
}

export async function viewRecord(scope: Scope, id: string): Promise<RecordView> {
  const { definition, row } = await getRecord(scope, id);
  const [view] = await viewRecords(scope, definition, [row]);
  if (!view) throw notFound();
  return view;
}

async function viewRecords(scope: Scope, definition: Definition, rows: readonly Row[]): Promise<RecordView[]> {
  const references = await titlesOf(scope, definition, rows.map((row) => row.ext));
  return rows.map((row) => ({
    id: row.id, object: definition.key, title: titleOf(definition, row.ext), fields: shownValues(scope, definition, row.ext), references: references(row.ext),
    storeId: row.store_id, version: row.version, createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString(),
  }));
}

/** Records of one object by their ids, in this order, as its list shows them; which of them the caller may see is for the caller to say. */
export async function viewRecordsOf(scope: Scope, key: string, ids: readonly string[]): Promise<RecordView[]> {
  const definition = await getDefinition(scope, key);
  const rows = await scope.tx.rows<Row>(`select ${COLUMNS} from objects.record r where r.tenant_id = $1 and r.object_id = $2 and r.id = any($3::uuid[])`, [scope.tenantId, definition.id, ids]);
  const views = new Map((await viewRecords(scope, definition, rows)).map((view) => [view.id, view]));
  return ids.flatMap((id) => views.get(id) ?? []);
}

/** What a row is called by its own columns: a member without a name by the number on the card. Nothing refers to an order. */
const NAMES: Readonly<Record<Definition["table"]["name"], string>> = {
  "customers.member": "coalesce(nullif(r.name, ''), r.member_no)", "commerce.product": "r.name", "objects.record": "''", "commerce.order_custom": "r.order_id",
};

/** What a record without a title is known by. */
function numberOf(definition: Definition, values: Values): string {
  const field = [...definition.byKey.values()].find((one) => one.kind === "auto-number");
  return field ? String(values[field.id] ?? "") : "";
}

/** What the rows' references are called, by their ids. */
export async function titlesOf(scope: Scope, definition: Definition, rows: readonly Values[]): Promise<(values: Values) => Record<string, string>> {
  const fields = [...definition.byKey.values()].filter((field) => field.kind === "reference");
  const ids = (field: Field, values: Values): string[] => [values[field.id] ?? []].flat().map(String);
  const titles = new Map<string, string>();
  for (const [targetId, pointing] of Map.groupBy(fields, (field) => field.targetId)) {
    const wanted = [...new Set(rows.flatMap((values) => pointing.flatMap((field) => ids(field, values))))];
    const target = wanted.length > 0 && targetId ? await findDefinition(scope, targetId) : undefined;
    if (!target) continue;
    const found = await scope.tx.rows<{ id: string; ext: Values; name: string }>(
      `select r.id, r.ext, ${NAMES[target.table.name]} as name from ${target.table.name} r where r.tenant_id = $1 and r.id = any($2::uuid[])`, [scope.tenantId, wanted]);
    for (const row of found) titles.set(row.id, row.name || titleOf(target, row.ext) || numberOf(target, row.ext));
  }
  return (values) => Object.fromEntries(fields.flatMap((field) => ids(field, values)).map((id) => [id, titles.get(id) ?? ""]));
}

/** Records that refer to one, by one field or by any, newest first. */
export async function listRelated(scope: Scope, id: string, query: { field?: string | undefined; limit: number; cursor?: string | undefined }): Promise<RecordPage> {
  const [last] = decodeCursor(query.cursor, 1) ?? [];
  const rows = await scope.tx.rows<Row>(
    `select ${COLUMNS} from objects.record r where r.tenant_id = $1 and ($4::uuid is null or r.id < $4) and ($5::uuid[] is null or r.store_id is null or r.store_id = any($5))
        and r.id in (select l.from_id from objects.link l where l.tenant_id = $1 and l.to_id = $2 and ($3::text is null or l.field_id = $3))
      order by r.id desc limit $6`, [scope.tenantId, id, query.field ?? null, last ?? null, visibleStores(scope.actor), query.limit + 1]);
  const page = pageFrom(rows, query.limit, (row) => row, (row) => [row.id]);
  const views = await Promise.all([...Map.groupBy(page.items, (row) => row.object_id)].map(async ([objectId, some]) => viewRecords(scope, await getDefinition(scope, objectId), some)));
  const byId = new Map(views.flat().map((view) => [view.id, view]));
  return { ...page, items: page.items.flatMap((row) => byId.get(row.id) ?? []) };
}
