import { fieldProblem } from "../../kernel/problem.ts";
import { boundTo, demand, type Scope } from "../../kernel/scope.ts";
import { getDefinition, optionsOf, type Definition, type Field } from "./definition.ts";
import { conditionsOf, listedOf, notFilterable, readFilter, slotOf } from "./filter.ts";
import { isGroupable, isMeasured, isOnlyListed } from "./kind.ts";
import { reachOf, type NounMeasure, type Nouns } from "./reach.ts";
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

/**
 * How many rows have which value of a field, and what another one comes to among them. Rows that have the same in it are added up before several
 * options are taken apart, and what they come to together counts each once. Throws `notFound`, `forbidden`, `invalid`, `notFilterable`.
 */
export async function summarise(caller: Scope, nouns: Nouns, key: string, query: SummaryQuery): Promise<Summary> {
  const definition = await getDefinition(caller, key);
  const { read, readScope } = rightsOf(definition.key);
  demand(caller.actor, caller.actor.kind === "key" ? readScope : read);
  const scope: Scope = { ...caller, ...boundTo(caller, read) };
  const by = fieldOf(definition, "by", query.by, isGroupable);
  const measure = query.measure === undefined ? undefined : measureOf(definition, query.measure, nouns.measures[definition.key]);
  const values: unknown[] = [scope.tenantId];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const where = [...await conditionsOf(scope, definition, readFilter(query.filter)), reachOf(scope, definition, nouns.reach, query.storeId)].map((write) => write(bind, "r"));
  const options = by.kind === "choices" ? "left join lateral jsonb_array_elements_text(case jsonb_typeof(held.key) when 'array' then held.key end) as option (key) on true" : "";
  const rows = await scope.tx.rows<Row>(
    `with held as materialized (
       select ${keyOf(by, query.unit, bind, scope.zone)} as key, count(*) as n, count(${measure?.column ?? "null"}) as m, sum(${measure?.column ?? "null::float8"}) as s,
              min(${measure?.column ?? "null::float8"}) as l, max(${measure?.column ?? "null::float8"}) as g
         from ${definition.table.name} r ${measure?.join ?? ""} where r.tenant_id = $1 and ${where.join(" and ")} group by 1)
     select true as "isTotal", null as key, ${FIGURES} from held
     union all
     (select false, ${options ? "option.key" : "held.key"}, ${FIGURES} from held ${options} group by 2 order by ${isOfTime(by) ? "2 desc nulls first" : "3 desc, 2"} limit ${MAX_GROUPS + 1})`, values);
  const groups = inOrder(by, rows.filter((row) => !row.isTotal).slice(0, MAX_GROUPS));
  const referred = { [by.id]: groups.flatMap((one) => one.key ?? []) };
  const titles = (await titlesOf(scope, { ...definition, byKey: new Map([[by.key, by]]) }, [referred]))(referred);
  const total = rows.find((row) => row.isTotal);
  if (!total) throw new Error("What all rows come to is a row, even where there are none");
  return { groups: groups.map((one) => ({ key: one.key, title: titles[one.key ?? ""] ?? null, ...figuresOf(one) })), isCut: rows.length > MAX_GROUPS + 1, total: figuresOf(total) };
}

/** Of rows that were added up. */
const FIGURES = "coalesce(sum(n), 0)::int as count, coalesce(sum(m), 0)::int as measured, sum(s)::float8 as sum, (sum(s) / nullif(sum(m), 0))::float8 as average, min(l)::float8 as least, max(g)::float8 as most";

const figuresOf = ({ count, measured, sum, average, least, most }: Row) => ({ count, measured, sum, average, least, most });

function fieldOf(definition: Definition, at: string, key: string, isFit: (kind: Field["kind"]) => boolean): Field {
  const field = definition.byKey.get(key);
  if (!field) throw fieldProblem(at, "unknown-field", "is no field of this object");
  if (!isFit(field.kind)) throw notFilterable({ errors: [{ field: at, code: "operator", message: `is not for ${field.kind}` }] });
  if (isOnlyListed(field.kind)) listedOf(field, at);
  else slotOf(field, at);
  return field;
}

/** An own number, or one that the noun has by itself: the keys of own fields have no capitals. */
function measureOf(definition: Definition, key: string, builtIn: Readonly<Record<string, NounMeasure>> = {}): NounMeasure {
  return Object.hasOwn(builtIn, key) && builtIn[key] ? builtIn[key] : { column: `r.${fieldOf(definition, "measure", key, isMeasured).slot}` };
}

const isOfTime = ({ kind }: Field): boolean => kind === "date" || kind === "time";

/** What a row is counted under, as text; of several options all of them. */
function keyOf(field: Field, unit: SummaryQuery["unit"], bind: Bind, zone: string): string {
  switch (field.kind) {
    case "date": return `left(r.${field.slot}, ${LENGTHS[unit]})`;
    case "time": return `left(to_char(r.${field.slot} at time zone ${bind(zone)}, 'YYYY-MM-DD'), ${LENGTHS[unit]})`;
    case "boolean": return `case r.${field.slot} when 1 then 'true' when 0 then 'false' end`;
    case "choices": return `r.ext -> ${bind(field.id)}::text`;
    default: return `r.${field.slot}::text`;
  }
}

/** Options as they are given, times as they pass, the others by their number; those without come last. */
function inOrder(by: Field, rows: readonly Row[]): readonly Row[] {
  const place = new Map<string | null, number>(by.settings.options ? optionsOf(by).map((option, at) => [option.key, at]) : (isOfTime(by) ? rows.toReversed() : rows).map((row, at) => [row.key, at]));
  return rows.toSorted((a, b) => Number(a.key === null) - Number(b.key === null) || (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0));
}
