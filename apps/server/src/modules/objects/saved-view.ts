import { z } from "zod";
import { conflict, forbidden, notFound, problem } from "../../kernel/problem.ts";
import { id, text } from "../../kernel/http/wire.ts";
import { may, newId, type Scope } from "../../kernel/scope.ts";
import { getDefinition, type Definition } from "./definition.ts";
import { condition, conditionsOf, type Condition } from "./filter.ts";
import { readSort } from "./sort.ts";

export const viewBroken = problem("objects/view-broken", 422, "The view names fields that the object does not have");
const MAX_VIEWS = 100;

export const newView = z.object({
  name: text(40), isShared: z.boolean().optional(), filter: z.array(condition).max(10), sort: z.string().max(41).nullable().optional(),
  /** keys of the list's columns; none: as the object has them */
  columns: z.array(z.string().max(40)).max(30).optional(),
});
export type NewView = z.output<typeof newView>;
export const savedView = z.object({
  id, name: z.string(), isShared: z.boolean(), isMine: z.boolean(), filter: z.array(condition), sort: z.string().nullable(), columns: z.array(z.string()),
}).meta({ id: "SavedView" });
export const viewList = z.object({ items: z.array(savedView) });

/** As it is kept: by field ids, so that a view outlives the renaming of what it names. */
interface Kept {
  filter: readonly Condition[];
  sort: string | null;
  columns: readonly string[];
}

interface Row {
  id: string;
  /** null: a pack brought it */
  staff_id: string | null;
  name: string;
  is_shared: boolean;
  definition: Kept;
}

const minus = (sort: string): string => (sort.startsWith("-") ? "-" : "");

/** The caller's own views and those that others share, by name. */
export async function listViews(scope: Scope, key: string): Promise<z.input<typeof savedView>[]> {
  const definition = await getDefinition(scope, key);
  if (definition.id === "") return [];
  const rows = await scope.tx.rows<Row>(
    "select id, staff_id, name, is_shared, definition from objects.saved_view where tenant_id = $1 and object_id = $2 and (is_shared or staff_id = $3) order by name, id",
    [scope.tenantId, definition.id, staffOf(scope)]);
  const keyOf = (fieldId: string) => [...definition.byKey.values()].find((field) => field.id === fieldId)?.key;
  return rows.map((row) => {
    const sort = row.definition.sort && keyOf(row.definition.sort.replace(/^-/, ""));
    return {
      id: row.id, name: row.name, isShared: row.is_shared, isMine: row.staff_id !== null && row.staff_id === staffOf(scope), sort: sort ? minus(row.definition.sort ?? "") + sort : null,
      filter: row.definition.filter.flatMap((one) => { const field = keyOf(one.field); return field ? [{ ...one, field }] : []; }),
      columns: row.definition.columns.flatMap((one) => keyOf(one) ?? []),
    };
  });
}

/** Keeps how somebody looks at a list. Throws `invalid`, `notFilterable`, `viewBroken`. */
export async function saveView(scope: Scope, key: string, { name, isShared, filter, sort, columns }: NewView): Promise<string> {
  const definition = await getDefinition(scope, key);
  await conditionsOf(scope, definition, filter);
  if (sort) readSort(definition, sort);
  const idOf = (of: Definition, typed: string) => {
    const field = of.byKey.get(typed);
    if (!field) throw viewBroken({ detail: typed });
    return field.id;
  };
  const kept: Kept = {
    filter: filter.map((one) => ({ ...one, field: idOf(definition, one.field) })), columns: (columns ?? []).map((one) => idOf(definition, one)),
    sort: sort ? minus(sort) + idOf(definition, sort.replace(/^-/, "")) : null,
  };
  if (definition.id === "") throw viewBroken();
  const [count] = await scope.tx.rows<{ count: number }>("select count(*)::int as count from objects.saved_view where tenant_id = $1 and object_id = $2 and staff_id = $3", [scope.tenantId, definition.id, staffOf(scope)]);
  if ((count?.count ?? 0) >= MAX_VIEWS) throw conflict({ detail: `At most ${MAX_VIEWS} views` });
  if (staffOf(scope) === null && !isShared) throw forbidden();
  const viewId = newId<"saved-view">(scope);
  await scope.tx.db.insertInto("objects.saved_view").values({
    id: viewId, object_id: definition.id, staff_id: staffOf(scope), name, is_shared: isShared ?? false, definition: JSON.stringify(kept), created_at: scope.now,
  }).execute();
  return viewId;
}

/** One's own, or anybody's for whoever designs objects. */
export async function deleteView(scope: Scope, viewId: string): Promise<void> {
  const [row] = await scope.tx.rows<Row>("select staff_id, is_shared from objects.saved_view where tenant_id = $1 and id = $2", [scope.tenantId, viewId]);
  if (!row || (row.staff_id !== staffOf(scope) && !row.is_shared)) throw notFound();
  if (row.staff_id !== staffOf(scope) && !may(scope.actor, "objects.manage")) throw forbidden();
  await scope.tx.db.deleteFrom("objects.saved_view").where("id", "=", viewId).execute();
}

const staffOf = ({ actor }: Scope): string | null => (actor.kind === "staff" ? actor.staffId : null);
