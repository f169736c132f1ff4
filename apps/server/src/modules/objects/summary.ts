import { fieldProblem } from "../../kernel/problem.ts";
import { boundTo, demand, type Scope } from "../../kernel/scope.ts";
import { getDefinition, optionsOf, type Definition, type Field } from "./definition.ts";
import { conditionsOf, notFilterable, readFilter, slotOf } from "./filter.ts";
import { isGroupable, isMeasured } from "./kind.ts";
import { reachOf, type NounReach } from "./reach.ts";
import { titlesOf } from "./record.view.ts";
import type { Summary, SummaryQuery } from "./summary.schema.ts";
import { rightsOf, type Bind } from "./table.ts";

const MAX_GROUPS = 50;
/** How much of "2026-11-21" names a day, a month, a year. */
const LENGTHS = { day: 10, month: 7, year: 4 } as const;

interface Row {
  isTotal: boolean;
  key: string | null;
  count: number;
  measured: number;
  sum: number | null;
  average: number | null;
  least: number | null;
  most: number | null;
}

/** How many rows have which value of a field, and what another one comes to among them. Throws `notFound`, `forbidden`, `invalid`, `notFilterable`. */
export async function summarise(caller: Scope, reach: NounReach, key: string, query: SummaryQuery): Promise<Summary> {
  const definition = await getDefinition(caller, key);
  const can = rightsOf(definition.key).read;
  demand(caller.actor, can);
  const scope: Scope = { ...caller, ...boundTo(caller, can) };
  const by = fieldOf(definition, "by", query.by, isGroupable);
  const measure = query.measure === undefined ? undefined : fieldOf(definition, "measure", query.measure, isMeasured);
  const values: unknown[] = [scope.tenantId];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const where = [...await conditionsOf(scope, definition, readFilter(query.filter)), reachOf(scope, definition, reach, query.storeId)].map((write) => write(bind, "r"));
  const rows = await scope.tx.rows<Row>(
    `select grouping(key) = 1 as "isTotal", key, count(*)::int as count, count(m)::int as measured, sum(m) as sum, avg(m) as average, min(m) as least, max(m) as most
       from (select ${keyOf(by, query.unit, () => bind(scope.zone))} as key, ${measure ? `r.${measure.slot}` : "null::double precision"} as m
               from ${definition.table.name} r where r.tenant_id = $1 and ${where.join(" and ")}) as grouped
      group by grouping sets ((key), ()) order by 1 desc, ${isOfTime(by) ? "key desc nulls first" : "count desc, key"} limit ${MAX_GROUPS + 2}`, values);
  const groups = inOrder(by, rows.filter((row) => !row.isTotal).slice(0, MAX_GROUPS));
  const referred = { [by.id]: groups.flatMap((one) => one.key ?? []) };
  const titles = (await titlesOf(scope, { ...definition, byKey: new Map([[by.key, by]]) }, [referred]))(referred);
  const [total] = rows;
  if (!total?.isTotal) throw new Error("What all rows come to is a row, even where there are none");
  return { groups: groups.map((one) => ({ key: one.key, title: titles[one.key ?? ""] ?? null, ...figuresOf(one) })), isCut: rows.length > MAX_GROUPS + 1, total: figuresOf(total) };
}

const figuresOf = ({ count, measured, sum, average, least, most }: Row) => ({ count, measured, sum, average, least, most });

function fieldOf(definition: Definition, at: string, key: string, isFit: (kind: Field["kind"]) => boolean): Field {
  const field = definition.byKey.get(key);
  if (!field) throw fieldProblem(at, "unknown-field", "is no field of this object");
  if (!isFit(field.kind)) throw notFilterable({ errors: [{ field: at, code: "operator", message: `is not for ${field.kind}` }] });
  slotOf(field, at);
  return field;
}

const isOfTime = ({ kind }: Field): boolean => kind === "date" || kind === "time";

/** What a row is counted under, as text. */
function keyOf(field: Field, unit: SummaryQuery["unit"], zone: () => string): string {
  switch (field.kind) {
    case "date": return `left(r.${field.slot}, ${LENGTHS[unit]})`;
    case "time": return `left(to_char(r.${field.slot} at time zone ${zone()}, 'YYYY-MM-DD'), ${LENGTHS[unit]})`;
    case "boolean": return `case r.${field.slot} when 1 then 'true' when 0 then 'false' end`;
    default: return `r.${field.slot}::text`;
  }
}

/** Options as they are given, times as they pass, the others by their number; those without come last. */
function inOrder(by: Field, rows: readonly Row[]): readonly Row[] {
  const place = new Map<string | null, number>(by.kind === "choice" ? optionsOf(by).map((option, at) => [option.key, at]) : (isOfTime(by) ? rows.toReversed() : rows).map((row, at) => [row.key, at]));
  return rows.toSorted((a, b) => Number(a.key === null) - Number(b.key === null) || (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0));
}
