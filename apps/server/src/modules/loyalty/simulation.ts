import type { z } from "zod";
import { fieldProblem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { memberNames } from "../customers/index.ts";
import { currentProgram, type Program, type Tier } from "./program.ts";
import { asksForNothing } from "./qualifying.ts";
import { countAlike, heldColumn, Parameters, rankColumn, sumsOf } from "./reach.ts";
import type { simulationBody, simulationReply } from "./tier.schema.ts";
import { worthOf } from "./worth.ts";

type Draft = z.output<typeof simulationBody>;
type Reply = z.input<typeof simulationReply>;

/** Stands for tiers of the draft that are not there yet. */
const NEW_TIER = "00000000-0000-0000-0000-0000000000";

interface CellRow {
  held: number;
  to: number;
  anyway: number;
  members: number;
  year_fen: number;
  samples: string[];
}

/**
 * Who moves if the tiers were like this? Over the whole base with one statement: for everybody the tier that they hold, the one
 * that their next evaluation would give under the draft, and the one that it would give anyway. Nothing is changed.
 */
export async function simulateTiers(scope: Scope, draft: Draft): Promise<Reply> {
  const current = await currentProgram(scope);
  const next = draftOf(current, draft);
  const parameters = new Parameters(scope.tenantId);
  const { bind } = parameters;
  const sums = sumsOf(next, scope.now, scope.zone, bind);
  const before = countAlike(current, next) ? { ...sums, join: "" } : sumsOf(current, scope.now, scope.zone, bind, "0");
  const rows = await scope.tx.rows<CellRow>(
    `select held, "to", sum((anyway <> held)::int)::int as anyway, count(*)::int as members, sum(year_fen)::bigint as year_fen,
            array[(max(array[lpad(year_fen::text, 15, '0'), id] collate "C"))[2], min(id), max(id)] as samples
       from (select s.member_id::text collate "C" as id, ${sums.window}.year_fen, h.held, ${outcomeOf(next, "h.held", rankColumn(next, sums, bind), bind, scope.now)} as "to",
                    ${inRanksOf(next, current, () => outcomeOf(current, heldColumn(current, bind), rankColumn(current, before, bind), bind, scope.now))} as anyway
               from loyalty.standing s ${sums.join} ${before.join} cross join lateral (select ${heldColumn(next, bind)} as held) h
              where s.tenant_id = $1) o
      group by held, "to" order by held, "to"`, parameters.values);
  return replyOf(scope, current, next, rows);
}

/** Up at once; down as the program says; not out of a tier that was given by hand and still holds. */
function outcomeOf(program: Program, held: string, earned: string, bind: Parameters["bind"], now: Date): string {
  const below = program.tiers.map((tier, at) => `when ${tier.rank} then ${program.tiers[at - 1]?.rank ?? -1}`).join(" ");
  const down = program.tierDowngrade === "balance-based" || program.tiers.length === 0 ? earned : `greatest(${earned}, case ${held} ${below} else -1 end)`;
  return `(case when ${earned} >= ${held} then ${earned} when s.grant_kind is not null and s.tier_until > ${bind(now)} then ${held} else ${down} end)`;
}

/** An outcome under the rules in force, told in ranks of the draft's tiers, so that the two can be compared. Asked for only where there are tiers: what is bound must be used. */
function inRanksOf(next: Program, current: Program, outcome: () => string): string {
  const ranks = current.tiers.map((tier) => `when ${tier.rank} then ${next.tiers.find((one) => one.id === tier.id)?.rank ?? -1}`);
  return ranks.length === 0 ? "-1" : `(case ${outcome()} ${ranks.join(" ")} else -1 end)`;
}

function draftOf(current: Program, draft: Draft): Program {
  const tiers = draft.tiers.map((one, at): Tier => {
    const known = current.tiers.find((tier) => tier.id === one.id);
    if (one.id && !known) throw fieldProblem(`tiers.${at}.id`, "unknown", "is no tier");
    return {
      id: one.id ?? `${NEW_TIER}${String(at).padStart(2, "0")}`, rank: one.rank, name: one.name, minSpendFen: one.spendFen ?? 0, minVisits: one.visits ?? 0, minGrowth: one.growth ?? 0,
      condition: one.condition, earnPercent: one.pointsPercent, benefits: known?.benefits ?? [], color: known?.color ?? "#8a8a8a",
    };
  }).toSorted((a, b) => a.rank - b.rank);
  const twice = tiers.find((tier, at) => tiers[at - 1]?.rank === tier.rank);
  if (twice) throw fieldProblem("tiers", "rank-twice", `two tiers have rank ${twice.rank}`);
  const { program = {} } = draft;
  return {
    ...current, tiers, tierWindowKind: program.windowKind ?? current.tierWindowKind, tierWindowMonths: program.windowMonths ?? current.tierWindowMonths,
    tierDowngrade: program.downgrade ?? current.tierDowngrade, growthPoints: program.growth?.points ?? current.growthPoints,
    growthPerFen: program.growth?.perFen ?? current.growthPerFen, growthPerVisit: program.growth?.perVisit ?? current.growthPerVisit,
  };
}

async function replyOf(scope: Scope, current: Program, next: Program, rows: readonly CellRow[]): Promise<Reply> {
  const names = await memberNames(scope, [...new Set(rows.flatMap((row) => row.samples))]);
  const tierAt = (rank: number) => next.tiers.find((tier) => tier.rank === rank) ?? null;
  const cells = [...rows, ...await withoutStanding(scope, next, rows)].map((row) => {
    const [from, to] = [tierAt(row.held), tierAt(row.to)];
    const before = current.tiers.find((tier) => tier.id === from?.id)?.earnPercent ?? 100;
    // Of a year like the last: what the tier's multiplier gives on the base rate.
    const pointsPerYear = Math.round((row.year_fen * current.earnPoints * ((to?.earnPercent ?? 100) - before)) / (current.earnPerFen * 100));
    return {
      from: from && { id: from.id, name: from.name }, to: to && { id: to.id, name: to.name }, members: row.members, movesAnyway: row.anyway,
      direction: row.to > row.held ? "up" as const : row.to < row.held ? "down" as const : "stay" as const, netFenLastYear: row.year_fen, pointsPerYear,
      samples: [...new Set(row.samples)].map((id) => ({ id, name: names.get(id) ?? "" })),
    };
  }).toSorted((a, b) => a.members === 0 || b.members === 0 ? b.members - a.members : 0);
  const merged = mergeCells(cells);
  const pointsPerYear = merged.reduce((sum, cell) => sum + cell.pointsPerYear, 0);
  const count = (direction: string) => merged.filter((cell) => cell.direction === direction).reduce((sum, cell) => sum + cell.members, 0);
  return {
    members: merged.reduce((sum, cell) => sum + cell.members, 0), up: count("up"), down: count("down"), stay: count("stay"),
    tiers: next.tiers.map((tier) => ({ id: tier.id, name: tier.name, rank: tier.rank })), cells: merged,
    cost: { pointsPerYear, fenPerYear: Math.sign(pointsPerYear) * worthOf(next, Math.abs(pointsPerYear)) },
  };
}

type Cell = Reply["cells"][number];

/** Who has a standing and who has none may stay in the same place: one cell. */
function mergeCells(cells: readonly Cell[]): Cell[] {
  const merged = new Map<string, Cell>();
  for (const cell of cells) {
    const key = `${cell.from?.id ?? ""}/${cell.to?.id ?? ""}`;
    const known = merged.get(key);
    if (known) Object.assign(known, { members: known.members + cell.members, movesAnyway: known.movesAnyway + cell.movesAnyway });
    else merged.set(key, { ...cell });
  }
  return [...merged.values()];
}

/** Whoever never ordered is where nothing is asked, before and after. */
async function withoutStanding({ tx, tenantId }: Scope, next: Program, rows: readonly CellRow[]): Promise<CellRow[]> {
  const [row] = await tx.rows<{ members: number }>(
    "select count(*)::int as members from customers.member where tenant_id = $1 and state in ('active', 'frozen')", [tenantId]);
  const rest = (row?.members ?? 0) - rows.reduce((sum, one) => sum + one.members, 0);
  const base = next.tiers.findLast(asksForNothing)?.rank ?? -1;
  return rest > 0 ? [{ held: base, to: base, anyway: 0, members: rest, year_fen: 0, samples: [] }] : [];
}
