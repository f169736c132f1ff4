import { monthOf, dayOf } from "../../kernel/days.ts";
import type { Program, Tier } from "./program.ts";
import { windowAt } from "./qualifying.ts";

type Bind = (value: unknown) => string;

/** Parameters of a statement that is put together; $1 is the tenant. */
export class Parameters {
  readonly values: unknown[];

  constructor(tenantId: string) {
    this.values = [tenantId];
  }

  readonly bind: Bind = (value) => {
    this.values.push(value);
    return `$${this.values.length}`;
  };
}

/**
 * What `qualifying` and `earnedTier` say of one standing, for a whole base inside a statement: a lateral join to standings `s`
 * with the window's `spend`, `visits` and `growth`, and the net paid of the last twelve months. Tested against the two.
 */
export function sumsJoin(program: Program, at: Date, zone: string, bind: Bind): string {
  const { first, last } = windowColumns(program, at, zone, bind);
  const year = windowAt({ firstOrderAt: null }, { ...program, tierWindowKind: "rolling", tierWindowMonths: 12 }, at, zone);
  const isIn = `m.key between ${first} and ${last}`;
  return `cross join lateral (
    select coalesce(sum((m.value->>0)::bigint) filter (where ${isIn}), 0)::bigint as spend, coalesce(sum((m.value->>1)::bigint) filter (where ${isIn}), 0)::bigint as visits,
           coalesce(sum((m.value->>2)::bigint) filter (where ${isIn}), 0)::bigint as extra,
           coalesce(sum((m.value->>0)::bigint) filter (where m.key between ${bind(year.first)} and ${bind(year.last)}), 0)::bigint as year_fen
      from jsonb_each(s.months) m) w
  cross join lateral (
    select w.extra + greatest(w.spend, 0) * ${bind(program.growthPoints)}::bigint / ${bind(program.growthPerFen)}::bigint + w.visits * ${bind(program.growthPerVisit)}::bigint as growth) g`;
}

function windowColumns(program: Program, at: Date, zone: string, bind: Bind): { first: string; last: string } {
  if (program.tierWindowKind !== "anniversary") {
    const window = windowAt({ firstOrderAt: null }, program, at, zone);
    return { first: bind(window.first), last: bind(window.last) };
  }
  const month = monthOf(dayOf(at, zone));
  const anchor = `to_char(coalesce(s.first_order_at, ${bind(at)}::timestamptz) at time zone ${bind(zone)}, 'MM')`;
  const [year, now] = [bind(Number(month.slice(0, 4))), bind(month)];
  const first = `((case when ${year}::int || '-' || ${anchor} <= ${now}::text then ${year}::int else ${year}::int - 1 end) || '-' || ${anchor})`;
  return { first, last: `to_char((${first} || '-01')::date + interval '11 months', 'YYYY-MM')` };
}

/** The rank of the highest tier whose conditions are met; -1 where there is none. */
export function rankColumn({ tiers }: Program, bind: Bind): string {
  if (tiers.length === 0) return "-1";
  const arms = tiers.toReversed().map((tier) => `when ${conditionOf(tier, bind)} then ${bind(tier.rank)}::int`);
  return `(case ${arms.join(" ")} else -1 end)`;
}

function conditionOf(tier: Tier, bind: Bind): string {
  const ways = [
    ...(tier.minSpendFen > 0 ? [`w.spend >= ${bind(tier.minSpendFen)}::bigint`] : []), ...(tier.minVisits > 0 ? [`w.visits >= ${bind(tier.minVisits)}::bigint`] : []),
    ...(tier.minGrowth > 0 ? [`g.growth >= ${bind(tier.minGrowth)}::bigint`] : []),
  ];
  return ways.length === 0 ? "true" : ways.join(tier.condition === "any" ? " or " : " and ");
}

/** The rank of the tier that a standing holds; whoever has none is where nothing is asked, or nowhere. */
export function heldColumn({ tiers }: Program, bind: Bind): string {
  const base = tiers.findLast((tier) => tier.minSpendFen === 0 && tier.minVisits === 0 && tier.minGrowth === 0)?.rank ?? -1;
  if (tiers.length === 0) return "-1";
  return `(case s.tier_id ${tiers.map((tier) => `when ${bind(tier.id)}::uuid then ${bind(tier.rank)}::int`).join(" ")} else ${bind(base)}::int end)`;
}
