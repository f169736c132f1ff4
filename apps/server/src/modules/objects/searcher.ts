import type { Searcher, SearchHit } from "../platform/index.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { findDefinition, getDefinition, listDefinitions, type Definition, type Field } from "./definition.ts";
import { conditionsOf, type Condition } from "./filter.ts";
import { traitsOf } from "./kind.ts";
import type { Bind, Write } from "./table.ts";
import { comparable, titleOf, type Values } from "./value.ts";

/** Records of own objects for the search box: by the beginning of what names them, by their searchable and unique texts, and by whole phones and e-mails. */
export const recordSearcher: Searcher = {
  kind: "record",
  can: "records.read",
  find: async (scope, typed, limit) => {
    const q = typed.trim();
    const named = (await listDefinitions(scope)).filter((one) => one.table.isOwn && !one.isArchived);
    const found = await Promise.all(named.map(async (one) => search(scope, one, await questions(scope, one, q), limit)));
    // There is no list of all kinds to lead to: the box shows no more than it has room for.
    return { hits: found.flat().slice(0, limit - 1) };
  },
};

/** One character is in too many texts for a box that answers while somebody types. */
const SHORTEST_PART = 2;

/** What may be asked of an object for a text: each finds by itself, through an index. What is hidden from the caller is none of it. */
async function questions(scope: Scope, definition: Definition, q: string): Promise<Write[]> {
  const { byKey, titleFieldId } = definition;
  const isText = ({ kind }: Field) => kind === "text" || kind === "url" || kind === "auto-number";
  const asked = [...byKey.values()].filter(isText).flatMap((field): Condition[] => {
    if (field.isListReady) return [...q].length < SHORTEST_PART ? [] : [{ field: field.key, op: "contains", value: q }];
    return field.isSlotReady && (field.isUnique || field.id === titleFieldId) ? [{ field: field.key, op: "prefix", value: q }] : [];
  });
  return [...await conditionsOf(scope, definition, asked), ...sealedValues(scope, definition, q)];
}

/** Phones and e-mails are known by a keyed digest: only whole. */
const sealedValues = (scope: Scope, { byKey }: Definition, q: string): Write[] => [...byKey.values()].flatMap((field): Write[] => {
  const digest = traitsOf(field.kind).isSealed && (field.isUnique || field.isSlotReady) ? comparable(scope, field, q) : undefined;
  if (digest === undefined) return [];
  if (!field.isUnique) return [(bind, alias) => `${alias}.${field.slot} = ${bind(digest)}`];
  return [(bind, alias) => `${alias}.id in (select u.record_id from objects.unique_value u where u.tenant_id = $1 and u.field_id = ${bind(field.id)} and u.value = ${bind(digest)})`];
});

interface Row {
  id: string;
  ext: Values;
  store_id: string | null;
  created_at: Date;
}

async function search(scope: Scope, definition: Definition, asked: readonly Write[], limit: number): Promise<SearchHit[]> {
  const stores = visibleStores(scope.actor);
  const rows = await anyOf<Row>(scope, definition, asked, {
    limit, columns: "r.id, r.ext, r.store_id, r.created_at",
    where: (bind) => `r.object_id = ${bind(definition.id)} and (${bind(stores)}::uuid[] is null or r.store_id is null or r.store_id = any(${bind(stores)}))`,
  });
  const hits = [...new Map(rows.map((row) => [row.id, row])).values()].toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
  return hits.map((row) => ({ id: row.id, title: titleOf(definition, row.ext), subtitle: definition.name, storeId: row.store_id, at: row.created_at.toISOString(), amountFen: null }));
}

/** The rows of a core noun whose own texts have what somebody typed, or whose phone or e-mail it is; whether the caller may see them is for their module. */
export async function searchCustom(scope: Scope, key: string, q: string, limit: number): Promise<string[]> {
  const definition = await findDefinition(scope, key);
  if (!definition) return [];
  const rows = await anyOf<{ id: string }>(scope, definition, await questions(scope, definition, q.trim()), { limit, columns: `r.${definition.table.key} as id`, where: () => "true" });
  return [...new Set(rows.map((row) => row.id))];
}

/** The ids of an own object's records that have what somebody typed, as a statement that another asks; each question finds through its own index. */
export async function recordsWith(scope: Scope, key: string, q: string, bind: Bind): Promise<string> {
  const definition = await getDefinition(scope, key);
  const asked = await questions(scope, definition, q.trim());
  const object = bind(definition.id);
  const parts = asked.map((write) => `select r.id from objects.record r where r.tenant_id = $1 and r.object_id = ${object}::uuid and ${write(bind, "r")}`);
  return parts.length > 0 ? parts.join(" union all ") : `select ${object}::uuid where false`;
}

interface Wanted {
  columns: string;
  where: (bind: Bind) => string;
  limit: number;
}

/** The newest that answer each question. One condition with alternatives would walk through all rows instead of asking each index. */
async function anyOf<Row>(scope: Scope, definition: Definition, asked: readonly Write[], { columns, where, limit }: Wanted): Promise<Row[]> {
  if (asked.length === 0) return [];
  const values: unknown[] = [scope.tenantId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const parts = asked.map((write) =>
    `(select ${columns} from ${definition.table.name} r where r.tenant_id = $1 and ${where(bind)} and ${write(bind, "r")} order by r.id desc limit ${limit})`);
  return scope.tx.rows<Row & object>(parts.join(" union all "), values);
}
