import type { Scope } from "../../kernel/scope.ts";
import { findDefinition } from "./definition.ts";
import { conditionsOf, readFilter, type Bind } from "./filter.ts";
import { titlesOf } from "./record.view.ts";
import { shownValues, type Values } from "./value.ts";

/** A core noun's own fields as everybody may see them, with what references are called. */
export interface Custom {
  custom: Record<string, unknown>;
  customReferences: Record<string, string>;
}

const NONE: Custom = { custom: {}, customReferences: {} };

/** The own fields of some of a core noun's rows, by id. Where nobody has given it fields, its rows are not looked at. */
export async function customOf(scope: Scope, key: string, ids: readonly string[]): Promise<(id: string) => Custom> {
  const definition = ids.length > 0 ? await findDefinition(scope, key) : undefined;
  if (!definition || definition.byKey.size === 0) return () => NONE;
  const rows = await scope.tx.rows<{ id: string; ext: Values }>(`select r.id, r.ext from ${definition.table.name} r where r.tenant_id = $1 and r.id = any($2::uuid[])`, [scope.tenantId, ids]);
  const references = await titlesOf(scope, definition, rows.map((row) => row.ext));
  const custom = new Map(rows.map(({ id, ext }) => [id, { custom: shownValues(scope, definition, ext), customReferences: references(ext) }]));
  return (id) => custom.get(id) ?? NONE;
}

/** A filter over own fields as a condition on the noun's rows, for a list that has conditions of its own. Throws `invalid`, `notFilterable`. */
export async function customFilter(scope: Scope, key: string, text: string | undefined): Promise<((bind: Bind, id: string) => string) | undefined> {
  const filter = readFilter(text);
  const definition = filter.length > 0 ? await findDefinition(scope, key) : undefined;
  if (!definition) return undefined;
  // Bound once to refuse what is wrong before the list begins.
  conditionsOf(scope, definition, filter, () => "");
  return (bind, id) => `${id} in (select r.id from ${definition.table.name} r where r.tenant_id = $1 and ${conditionsOf(scope, definition, filter, bind).join(" and ")})`;
}
