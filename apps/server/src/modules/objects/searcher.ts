import type { Searcher, SearchHit } from "../platform/index.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { findDefinition, listDefinitions, type Definition, type Field } from "./definition.ts";
import { conditionsOf, type Condition } from "./filter.ts";
import type { Bind } from "./table.ts";
import { titleOf, type Values } from "./value.ts";

/** Records of own objects for the search box: by the beginning of what names them, and by their searchable and unique texts. */
export const recordSearcher: Searcher = {
  kind: "record",
  can: "records.read",
  find: async (scope, typed, limit) => {
    const q = typed.trim();
    const named = (await listDefinitions(scope)).filter((one) => one.table.isOwn && !one.isArchived);
    const found = await Promise.all(named.map((one) => search(scope, one, questions(one, q), limit)));
    // There is no list of all kinds to lead to: the box shows no more than it has room for.
    return { hits: found.flat().slice(0, limit - 1) };
  },
};

/** One character is in too many texts for a box that answers while somebody types. */
const SHORTEST_PART = 2;

/** What may be asked of an object for a text: each finds by itself, through an index. What is hidden from the caller is none of it. */
function questions({ byKey, titleFieldId }: Definition, q: string): Condition[] {
  const isText = ({ kind }: Field) => kind === "text" || kind === "url" || kind === "auto-number";
  return [...byKey.values()].filter(isText).flatMap((field): Condition[] => {
    if (field.isListReady) return [...q].length < SHORTEST_PART ? [] : [{ field: field.key, op: "contains", value: q }];
    return field.isSlotReady && (field.isUnique || field.id === titleFieldId) ? [{ field: field.key, op: "prefix", value: q }] : [];
  });
}

interface Row {
  id: string;
  ext: Values;
  store_id: string | null;
  created_at: Date;
}

async function search(scope: Scope, definition: Definition, asked: readonly Condition[], limit: number): Promise<SearchHit[]> {
  const stores = visibleStores(scope.actor);
  const rows = await anyOf<Row>(scope, definition, asked, {
    limit, columns: "r.id, r.ext, r.store_id, r.created_at",
    where: (bind) => `r.object_id = ${bind(definition.id)} and (${bind(stores)}::uuid[] is null or r.store_id is null or r.store_id = any(${bind(stores)}))`,
  });
  const hits = [...new Map(rows.map((row) => [row.id, row])).values()].toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
  return hits.map((row) => ({ id: row.id, title: titleOf(definition, row.ext), subtitle: definition.name, storeId: row.store_id, at: row.created_at.toISOString(), amountFen: null }));
}

/** The rows of a core noun whose searchable or unique own texts have what somebody typed; whether the caller may see them is for their module. */
export async function searchCustom(scope: Scope, key: string, q: string, limit: number): Promise<string[]> {
  const definition = await findDefinition(scope, key);
  if (!definition) return [];
  const rows = await anyOf<{ id: string }>(scope, definition, questions(definition, q.trim()), { limit, columns: `r.${definition.table.key} as id`, where: () => "true" });
  return [...new Set(rows.map((row) => row.id))];
}

interface Wanted {
  columns: string;
  where: (bind: Bind) => string;
  limit: number;
}

/** The newest that answer each question. One condition with alternatives would walk through all rows instead of asking each index. */
async function anyOf<Row>(scope: Scope, definition: Definition, asked: readonly Condition[], { columns, where, limit }: Wanted): Promise<Row[]> {
  if (asked.length === 0) return [];
  const values: unknown[] = [scope.tenantId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const parts = (await conditionsOf(scope, definition, asked)).map((write) =>
    `(select ${columns} from ${definition.table.name} r where r.tenant_id = $1 and ${where(bind)} and ${write(bind, "r")} order by r.id desc limit ${limit})`);
  return scope.tx.rows<Row & object>(parts.join(" union all "), values);
}
