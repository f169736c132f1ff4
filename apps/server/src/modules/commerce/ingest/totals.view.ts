import { addDays, startOfDay } from "../../../kernel/days.ts";
import { fieldProblem } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Totals, TotalsQuery } from "./totals.schema.ts";

/** Reads every line of the days: 540,000 take a second. */
const MAX_DAYS = 4_000;

interface SalesRow {
  orders: number;
  lines: number;
  lines_without_member: number;
  units: number;
  gross: number;
  discount: number;
  net: number;
  member_orders: number;
  member_lines: number;
  members: number;
  member_net: number;
}

interface ReturnsRow {
  orders: number;
  lines: number;
  lines_without_member: number;
  amount: number;
}

interface DistinctRow {
  members: number;
  skus: number;
  names: number;
  attribute_values: number;
  earned: number;
  taken_back: number;
}

const LINES = `commerce."order" o join commerce.order_line l on l.tenant_id = $1 and l.order_id = o.id
  where o.tenant_id = $1 and o.paid_at >= $2 and o.paid_at < $3 and ($4::text is null or o.source = $4)`;
/** Returns of the days; those that other systems sent carry a source. */
const RETURNS = `commerce."return" r where r.tenant_id = $1 and r.at >= $2 and r.at < $3
  and ($4::text is null or ($4 = 'ingest') = (r.source is not null))`;

/** What the books hold for some days, for reconciling them with another system's. */
export async function orderTotals(scope: Scope, query: TotalsQuery): Promise<Totals> {
  const from = startOfDay(query.from, scope.zone);
  const until = startOfDay(addDays(query.to, 1), scope.zone);
  if (until <= from) throw fieldProblem("to", "before-from", "is before from");
  if (until.getTime() - from.getTime() > MAX_DAYS * 86_400_000) throw fieldProblem("to", "too-far", `at most ${MAX_DAYS} days at once`);
  const range = [scope.tenantId, from, until, query.source ?? null];
  const [sales, returns, distinct] = await Promise.all([
    readSales(scope, range), readReturns(scope, range), readDistinct(scope, [...range, query.attribute ?? ""]),
  ]);
  return {
    from: query.from, to: query.to,
    sales: {
      orders: sales.orders, lines: sales.lines, linesWithoutMember: sales.lines_without_member, units: sales.units, grossFen: sales.gross,
      discountFen: sales.discount, netFen: sales.net,
    },
    memberSales: { orders: sales.member_orders, lines: sales.member_lines, members: sales.members, netFen: sales.member_net },
    returns: { orders: returns.orders, lines: returns.lines, linesWithoutMember: returns.lines_without_member, amountFen: returns.amount },
    netFen: sales.net - returns.amount,
    members: distinct.members, skus: distinct.skus, names: distinct.names,
    attributeValues: query.attribute === undefined ? null : distinct.attribute_values,
    points: { earned: distinct.earned, takenBack: distinct.taken_back },
  };
}

/** Per order first, so that counting orders needs no set of a million ids. */
async function readSales({ tx }: Scope, range: unknown[]): Promise<SalesRow> {
  const [row] = await tx.rows<SalesRow>(
    `select count(*) as orders, coalesce(sum(lines), 0)::bigint as lines, coalesce(sum(lines) filter (where member_id is null), 0)::bigint as lines_without_member,
            coalesce(sum(units), 0)::bigint as units, coalesce(sum(gross), 0)::bigint as gross, coalesce(sum(discount), 0)::bigint as discount,
            coalesce(sum(net), 0)::bigint as net, count(*) filter (where member_id is not null and priced > 0) as member_orders,
            coalesce(sum(priced) filter (where member_id is not null), 0)::bigint as member_lines,
            count(distinct member_id) filter (where priced > 0) as members,
            coalesce(sum(net) filter (where member_id is not null), 0)::bigint as member_net
       from (select o.id, o.member_id, count(*) as lines, count(*) filter (where l.unit_price_fen > 0) as priced, sum(l.quantity)::bigint as units,
                    sum(l.gross_fen)::bigint as gross, sum(l.discount_fen)::bigint as discount, sum(l.net_fen)::bigint as net
               from ${LINES} group by o.id, o.member_id) as s`, range);
  if (!row) throw new Error("An aggregate has one row");
  return row;
}

async function readReturns({ tx }: Scope, range: unknown[]): Promise<ReturnsRow> {
  const [row] = await tx.rows<ReturnsRow>(
    `select count(*) as orders, coalesce(sum(jsonb_array_length(r.lines)), 0)::bigint as lines,
            coalesce(sum(jsonb_array_length(r.lines)) filter (where r.member_id is null), 0)::bigint as lines_without_member,
            coalesce(sum(r.amount_fen), 0)::bigint as amount
       from ${RETURNS}`, range);
  if (!row) throw new Error("An aggregate has one row");
  return row;
}

async function readDistinct({ tx }: Scope, range: unknown[]): Promise<DistinctRow> {
  const [row] = await tx.rows<DistinctRow>(
    `with item as materialized (
       select l.sku, l.name from ${LINES} group by l.sku, l.name
       union select e->>'sku', e->>'name' from (select r.lines from ${RETURNS}) as r, jsonb_array_elements(r.lines) as e
     ), visit as materialized (
       select o.member_id, o.proof->'source'->'attributes'->>$5 as attribute, o.points_earned as earned, 0::bigint as taken_back from commerce."order" o
        where o.tenant_id = $1 and o.paid_at >= $2 and o.paid_at < $3 and ($4::text is null or o.source = $4)
       union all select r.member_id, r.source->'attributes'->>$5, 0, r.points_taken_back from ${RETURNS}
     )
     select (select count(distinct member_id) from visit) as members, (select count(distinct attribute) from visit) as attribute_values,
            (select count(distinct sku) from item) as skus, (select count(distinct name) from item) as names,
            (select coalesce(sum(earned), 0)::bigint from visit) as earned, (select coalesce(sum(taken_back), 0)::bigint from visit) as taken_back`, range);
  if (!row) throw new Error("An aggregate has one row");
  return row;
}
