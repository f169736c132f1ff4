import { attempt } from "./attempt.ts";
import { applyLineByLine, areRivals, isExclusive, isLineRival } from "./plan.ts";
import type { Applied, Plan } from "./plan.ts";
import { linesMatching } from "./prepare.ts";
import { commit, copyState } from "./state.ts";
import type { Entry, State } from "./state.ts";

/** One decision of the search: an offer, or a set of non-stackable line offers of which each line gets the best. */
export interface Move {
  entries: readonly Entry[];
  rank: number;
  /** Its place in the order. */
  place: number;
  /** Lines it reads or changes: its items, and those it may give. */
  touched: readonly number[];
  /** Moves of which only one can count share a name; null when it stands alone. */
  clique: string | null;
}

/** The moves of these entries, in their order; a set of line offers stands where its first one does. Null when there would be too many. */
export function movesOf(entries: readonly Entry[], start: State, maxRivals: number): Move[] | null {
  const rivals = entries.filter(isLineRival);
  if (rivals.length > maxRivals) return null;
  const sets = setsOf(rivals);
  return entries.flatMap((entry, place) => (isLineRival(entry) ? sets.filter(([first]) => first === entry) : [[entry]]).map((set): Move => ({
    entries: set, rank: entry.rule.rank, place, clique: cliqueOf(entry), touched: [...new Set(set.flatMap((one) => reachOf(one, start)))],
  })));
}

function setsOf(entries: readonly Entry[]): Entry[][] {
  const sets: Entry[][] = [];
  for (let mask = 1; mask < 1 << entries.length; mask++) sets.push(entries.filter((_, i) => mask >> i & 1));
  return sets;
}

function cliqueOf({ rule }: Entry): string | null {
  if (rule.group !== null) return `group ${rule.group}`;
  return rule.stackable ? null : `level ${rule.level}`;
}

function reachOf({ rule, lines }: Entry, state: State): number[] {
  return [...lines, ...rule.others.flatMap((items) => linesMatching(items, state))];
}

/** Whether two moves cannot be in one plan. */
export function clash(a: Move, b: Move): boolean {
  if (a.clique !== null && a.clique === b.clique) return true;
  return a.entries.some((one) => b.entries.some((other) => one === other || isExclusive(one) || isExclusive(other) || areRivals(one, other)));
}

/** The plan with one more move; null when the move gives nothing now. */
export function play(move: Move, plan: Plan): Plan | null {
  const [entry] = move.entries;
  const applied = [...plan.applied];
  if (move.entries.length === 1) {
    const trial = attempt(entry!, plan.state);
    if (trial === null) return null;
    const state = copyState(plan.state);
    commit(state, trial);
    applied.push({ entry: entry!, trial });
    return { state, applied, totalFen: plan.totalFen + trial.total };
  }
  const state = copyState(plan.state);
  const more: Applied[] = [];
  const off = applyLineByLine(move.entries, 0, state, [], more);
  return more.length === 0 ? null : { state, applied: [...applied, ...more], totalFen: plan.totalFen + off };
}
