import { attempt } from "./attempt.ts";
import { applyLineByLine, areRivals, isExclusive } from "./plan.ts";
import type { Applied, Plan } from "./plan.ts";
import type { Offer } from "./offer.ts";
import { linesMatching } from "./prepare.ts";
import { commit, copyState } from "./state.ts";
import type { Entry, State } from "./state.ts";

/** Non-stackable line offers are taken line by line; up to so many, each of their sets is a move of its own. */
const MAX_LINE_RIVALS = 4;

/** One decision of the search: an offer, or a set of non-stackable line offers of which each line gets the best. */
export interface Move {
  index: number;
  entries: readonly Entry[];
  rank: number;
  /** Lines it reads or changes: its items, and those it may give. */
  touched: readonly number[];
  /** By index: moves that cannot go together with this one. */
  conflicts: boolean[];
  /** Moves of which only one can count share a name; null when it stands alone. */
  clique: string | null;
  usesUnits: boolean;
  /** Whether others may turn its choice to something dearer. */
  shifts: boolean;
}

export function movesOf(entries: readonly Entry[], start: State): Move[] {
  const rivals = entries.filter(isLineRival);
  const sets = rivals.length <= MAX_LINE_RIVALS ? setsOf(rivals) : [...rivals.map((entry) => [entry]), rivals];
  const groups = [...sets, ...entries.filter((entry) => !isLineRival(entry)).map((entry) => [entry])];
  const moves = groups.map((group, index): Move => ({
    index, entries: group, rank: group[0]!.rule.rank, touched: [...new Set(group.flatMap((entry) => reachOf(entry, start)))], conflicts: [], clique: cliqueOf(group[0]!),
    usesUnits: group.some(({ rule }) => UNIT_KINDS.has(rule.offer.kind)), shifts: group.some(({ rule }) => mayShift(rule.offer)),
  }));
  for (const a of moves) a.conflicts = moves.map((b) => a.entries.some((one) => b.entries.some((other) => one === other || isExclusive(one) || isExclusive(other) || areRivals(one, other))));
  return moves;
}

const UNIT_KINDS: ReadonlySet<string> = new Set(["exchange", "buy-get", "unit-off", "bundle-price"]);

/** Those that take the dearest units there are can only get less. */
function mayShift(offer: Offer): boolean {
  switch (offer.kind) {
    case "buy-get": case "unit-off": return offer.pick !== "dearest" || offer.kind === "buy-get";
    case "ladder": case "bundle-price": return true;
    default: return false;
  }
}

function cliqueOf({ rule }: Entry): string | null {
  if (rule.group !== null) return `group ${rule.group}`;
  return rule.stackable ? null : `level ${rule.level}`;
}

function reachOf({ rule, lines }: Entry, state: State): number[] {
  return [...lines, ...rule.others.flatMap((items) => linesMatching(items, state))];
}

function isLineRival({ rule }: Entry): boolean {
  return rule.level === "line" && !rule.stackable && !rule.exclusive;
}

function setsOf(entries: readonly Entry[]): Entry[][] {
  const sets: Entry[][] = [];
  for (let mask = 1; mask < 1 << entries.length; mask++) sets.push(entries.filter((_, i) => mask >> i & 1));
  return sets;
}

/** The plan with one more move; null when the move gives nothing now. */
export function play(move: Move, plan: Plan): Plan | null {
  const state = copyState(plan.state);
  const applied: Applied[] = [];
  let off: number;
  if (move.entries.length === 1) {
    const entry = move.entries[0]!;
    const trial = attempt(entry, state);
    if (trial === null) return null;
    commit(state, trial);
    applied.push({ entry, trial });
    off = trial.total;
  } else {
    off = applyLineByLine(move.entries, 0, state, new Set(), applied);
    if (applied.length === 0) return null;
  }
  return { state, applied: [...plan.applied, ...applied], totalFen: plan.totalFen + off };
}
