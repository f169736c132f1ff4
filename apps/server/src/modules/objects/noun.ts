import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { FieldError } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { findDefinition, getDefinition } from "./definition.ts";
import { conditionsOf, readFilter, type Condition } from "./filter.ts";
import { judgeLines } from "./import/judge.ts";
import { titlesOf } from "./record.view.ts";
import { named, type Bind, type Write } from "./table.ts";
import { shownValues, type Values } from "./value.ts";

/** A core noun's own fields as everybody may see them, with what references are called. */
export interface Custom {
  custom: Record<string, unknown>;
  customReferences: Record<string, string>;
}

const NONE: Custom = { custom: {}, customReferences: {} };

/** The own fields of some of a core noun's rows, by what the world names them by. Where nobody has given it fields, its rows are not looked at. */
export async function customOf(scope: Scope, key: string, ids: readonly string[]): Promise<(id: string) => Custom> {
  const definition = ids.length > 0 ? await findDefinition(scope, key) : undefined;
  if (!definition || definition.byKey.size === 0) return () => NONE;
  const rows = await scope.tx.rows<{ id: string; ext: Values }>(`select r.${definition.table.key} as id, r.ext from ${definition.table.name} r where r.tenant_id = $1 and ${named(definition.table, "$2")}`, [scope.tenantId, ids]);
  const references = await titlesOf(scope, definition, rows.map((row) => row.ext));
  const custom = new Map(rows.map(({ id, ext }) => [id, { custom: shownValues(scope, definition, ext), customReferences: references(ext) }]));
  return (id) => custom.get(id) ?? NONE;
}

/** A filter over own fields as a condition on the noun's rows, for a list that has conditions of its own. Throws `invalid`, `notFilterable`. */
export async function customFilter(scope: Scope, key: string, text: string | undefined): Promise<((bind: Bind, id: string) => string) | undefined> {
  const filter = readFilter(text);
  const definition = filter.length > 0 ? await findDefinition(scope, key) : undefined;
  if (!definition) return undefined;
  // What is empty may have no row at all beside it: those that are not among the filled ones.
  const written = await conditionsOf(scope, definition, filter.map((one) => (isEmpty(one) ? { ...one, value: true } : one)));
  const { asked = [], not = [] } = Object.groupBy(written, (_write, at) => (filter[at] && isEmpty(filter[at]) ? "not" : "asked"));
  const { name, key: by } = definition.table;
  return (bind, id) => {
    const rows = (some: readonly Write[]) => `(select r.${by} from ${name} r where r.tenant_id = $1 and ${some.map((write) => write(bind, "r")).join(" and ")})`;
    return [...(asked.length > 0 ? [`${id} in ${rows(asked)}`] : []), ...not.map((write) => `${id} not in ${rows([write])}`)].join(" and ");
  };
}

/** What is wrong with own fields of a row that is only to be made, as far as can be said before. */
export async function judgeCustom(scope: Scope, key: string, fields: Readonly<Record<string, unknown>>): Promise<FieldError[]> {
  const [judged] = await judgeLines(scope, await getDefinition(scope, key), [{ id: undefined, fields }]);
  return judged?.errors ?? [];
}

const isEmpty = ({ op, value }: Condition): boolean => op === "filled" && value === false;

/** The same for a list that Kysely writes; `id` is the column that names its rows. */
export async function customWhere(scope: Scope, key: string, filter: string | undefined, id: string): Promise<RawBuilder<SqlBool> | undefined> {
  const condition = await customFilter(scope, key, filter);
  return condition && rawOf(scope, (bind) => condition(bind, id));
}

/** SQL with parameters, `$1` being the tenant, as a part of what Kysely writes. */
export function rawOf<T = SqlBool>({ tenantId }: Pick<Scope, "tenantId">, write: (bind: Bind) => string): RawBuilder<T> {
  const values: unknown[] = [tenantId];
  const parts = write((value) => `$${values.push(value)}`).split(/(\$\d+)/);
  return sql.join(parts.map((part) => (/^\$\d+$/.test(part) ? sql.val(values[Number(part.slice(1)) - 1]) : sql.raw(part))), sql.raw("")) as RawBuilder<T>;
}
