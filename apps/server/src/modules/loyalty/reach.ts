import { monthOf, dayOf } from "../../kernel/days.ts";
import type { Program, Tier } from "./program.ts";
import { asksForNothing, windowAt } from "./qualifying.ts";

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

/** Names of the two joined rows; a statement that counts under two programs joins them twice. */
export interface Sums {
  join: string;
  /** `spend`, `visits`, `extra`, `year_fen` */
  window: string;
  /** `growth` */
  growth: string;
}

/**
 * What `qualifying` and `earnedTier` say of one standing, for a whole base inside a statement: lateral joins to standings `s`
 * with what the window's months add up to, and the net paid of the last twelve months. Tested against the two. What no tier asks
 * for is not counted: unfolding the months of a million standings is what takes the time.
 */
export function sumsOf(program: Program, at: Date, zone: string, bind: Bind, name = ""): Sums {
  const { first, last, isYear } = windowColumns(program, at, zone, bind);
  const year = windowAt({ firstOrderAt: null }, { ...program, tierWindowKind: "rolling", tierWindowMonths: 12 }, at, zone);
  const growing = program.tiers.some((tier) => tier.minGrowth > 0);
  const visiting = program.tiers.some((tier) => tier.minVisits > 0) || (growing && program.growthPerVisit > 0);
  const sum = (place: number, isWanted: boolean) => (isWanted ? `coalesce(sum((m.value->>${place})::bigint)${isYear ? "" : ` filter (where m.key between ${first} and ${last})`}, 0)::bigint` : "0::bigint");
  const yearFen = isYear ? sum(0, true) : `coalesce(sum((m.value->>0)::bigint) filter (where m.key between ${bind(year.first)} and ${bind(year.last)}), 0)::bigint`;
  const [window, growth] = [`w${name}`, `g${name}`];
  return {
    window, growth,
    join: `cross join lateral (
      select ${sum(0, true)} as spend, ${sum(1, visiting)} as visits, ${sum(2, growing)} as extra, ${yearFen} as year_fen
        from jsonb_each(s.months) m${isYear ? ` where m.key between ${first} and ${last}` : ""}) ${window}
    cross join lateral (
      select ${window}.extra + greatest(${window}.spend, 0) * ${bind(program.growthPoints)}::bigint / ${bind(program.growthPerFen)}::bigint
             + ${window}.visits * ${bind(program.growthPerVisit)}::bigint as growth) ${growth}`,
  };
}

/** Whether two programs count the same, so that one join does for both. */
export const countAlike = (a: Program, b: Program): boolean => {
  const way = (one: Program) => [one.tierWindowKind, one.tierWindowKind === "rolling" ? one.tierWindowMonths : 0, one.growthPoints, one.growthPerFen, one.growthPerVisit,
    one.tiers.some((tier) => tier.minGrowth > 0), one.tiers.some((tier) => tier.minVisits > 0)].join("/");
  return way(a) === way(b);
};

function windowColumns(program: Program, at: Date, zone: string, bind: Bind): { first: string; last: string; isYear: boolean } {
  if (program.tierWindowKind !== "anniversary") {
    const window = windowAt({ firstOrderAt: null }, program, at, zone);
    return { first: bind(window.first), last: bind(window.last), isYear: program.tierWindowKind === "rolling" && program.tierWindowMonths === 12 };
  }
  const month = monthOf(dayOf(at, zone));
  const anchor = `to_char(coalesce(s.first_order_at, ${bind(at)}::timestamptz) at time zone ${bind(zone)}, 'MM')`;
  const [year, now] = [bind(Number(month.slice(0, 4))), bind(month)];
  const first = `((case when ${year}::int || '-' || ${anchor} <= ${now}::text then ${year}::int else ${year}::int - 1 end) || '-' || ${anchor})`;
  return { first, last: `to_char((${first} || '-01')::date + interval '11 months', 'YYYY-MM')`, isYear: false };
}

/** The rank of the highest tier whose conditions are met; -1 where there is none. */
export function rankColumn({ tiers }: Program, sums: Sums, bind: Bind): string {
  if (tiers.length === 0) return "-1";
  const arms = tiers.toReversed().map((tier) => `when ${conditionOf(tier, sums, bind)} then ${bind(tier.rank)}::int`);
  return `(case ${arms.join(" ")} else -1 end)`;
}

function conditionOf(tier: Tier, { window, growth }: Sums, bind: Bind): string {
  const ways = [
    ...(tier.minSpendFen > 0 ? [`${window}.spend >= ${bind(tier.minSpendFen)}::bigint`] : []), ...(tier.minVisits > 0 ? [`${window}.visits >= ${bind(tier.minVisits)}::bigint`] : []),
    ...(tier.minGrowth > 0 ? [`${growth}.growth >= ${bind(tier.minGrowth)}::bigint`] : []),
  ];
  return ways.length === 0 ? "true" : ways.join(tier.condition === "any" ? " or " : " and ");
}

/** The rank of the tier that a standing holds; whoever has none is where nothing is asked, or nowhere. */
export function heldColumn({ tiers }: Program, bind: Bind): string {
  const base = tiers.findLast(asksForNothing)?.rank ?? -1;
  if (tiers.length === 0) return "-1";
  return `(case s.tier_id ${tiers.map((tier) => `when ${bind(tier.id)}::uuid then ${bind(tier.rank)}::int`).join(" ")} else ${bind(base)}::int end)`;
}
