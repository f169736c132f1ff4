import type { Searcher, SearchHit } from "../platform/index.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { listDefinitions, type Definition } from "./definition.ts";
import { conditionsOf } from "./filter.ts";
import type { Values } from "./value.ts";

/** Records of own objects for the search box: by the beginning of what names them, where that is filterable. */
export const recordSearcher: Searcher = {
  kind: "record",
  can: "records.read",
  find: async (scope, q, limit) => {
    const named = (await listDefinitions(scope)).filter((one) => one.table.isOwn && !one.isArchived && titleKey(one));
    const found = await Promise.all(named.map((one) => search(scope, one, q.trim(), limit)));
    // There is no list of all kinds to lead to: the box shows no more than it has room for.
    return { hits: found.flat().slice(0, limit - 1) };
  },
};

const titleKey = (definition: Definition): string | undefined =>
  [...definition.byKey.values()].find((field) => field.id === definition.titleFieldId && field.isSlotReady && (field.kind === "text" || field.kind === "auto-number"))?.key;

async function search(scope: Scope, definition: Definition, q: string, limit: number): Promise<SearchHit[]> {
  const values: unknown[] = [scope.tenantId, definition.id, visibleStores(scope.actor), definition.titleFieldId, limit];
  const [starts] = await conditionsOf(scope, definition, [{ field: titleKey(definition) ?? "", op: "prefix", value: q }]);
  const rows = await scope.tx.rows<{ id: string; title: Values[string]; store_id: string | null; created_at: Date }>(
    `select r.id, r.ext ->> $4::text as title, r.store_id, r.created_at from objects.record r
      where r.tenant_id = $1 and r.object_id = $2 and ($3::uuid[] is null or r.store_id is null or r.store_id = any($3)) and ${starts?.((value) => `$${values.push(value)}`, "r")} order by r.id desc limit $5`, values);
  return rows.map((row) => ({ id: row.id, title: String(row.title), subtitle: definition.name, storeId: row.store_id, at: row.created_at.toISOString(), amountFen: null }));
}
