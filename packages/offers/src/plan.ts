import { attempt } from "./attempt.ts";
import { commit, copyState, settleTrial, unusedUnits, zeros } from "./state.ts";
import type { Entry, State, Trial } from "./state.ts";

export interface Applied {
  entry: Entry;
  trial: Trial;
}

/** What was applied, in order, and what it left. */
export interface Plan {
  applied: Applied[];
  state: State;
  /** Taken off lines and fees together. */
  totalFen: number;
}

/**
 * Applies entries in their order. An exclusive offer goes alone: each is weighed against all the others together,
 * and the side that takes more off wins; ties go to the others.
 */
export function planInOrder(entries: readonly Entry[], start: State): Plan {
  if (!entries.some(isExclusive)) return runInOrder(entries, start);
  let best = runInOrder(entries.filter((entry) => !isExclusive(entry)), copyState(start));
  for (const entry of entries) {
    if (!isExclusive(entry)) continue;
    const alone = runInOrder([entry], copyState(start));
    if (alone.totalFen > best.totalFen || (best.applied.length === 0 && alone.applied.length > 0)) best = alone;
  }
  const winners = new Set(best.applied.map((one) => one.entry));
  for (const entry of entries) if (!winners.has(entry) && entry.code === null) entry.code = "exclusive";
  return best;
}

/** Applies entries one after the other to `state`, which it consumes. Of a group only the best stays. */
export function runInOrder(entries: readonly Entry[], state: State): Plan {
  const applied: Applied[] = [];
  let totalFen = 0;
  let settled: Set<Entry> | null = null;
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index]!;
    if (settled?.has(entry)) continue;
    if (entry.rule.group !== null || !entry.rule.stackable) {
      settled ??= new Set();
      if (isLineRival(entry)) {
        totalFen += applyLineByLine(entries, index, state, settled, applied);
        continue;
      }
      if (!winsContest(entry, entries, index, state, settled)) continue;
    }
    const trial = attempt(entry, state);
    if (trial === null) continue;
    commit(state, trial);
    applied.push({ entry, trial });
    totalFen += trial.total;
  }
  return { applied, state, totalFen };
}

export function isExclusive(entry: Entry): boolean {
  return entry.rule.exclusive;
}

/** A line offer that does not combine: of those that are chosen, each line gets the best. */
export function isLineRival({ rule }: Entry): boolean {
  return rule.level === "line" && !rule.stackable && !rule.exclusive;
}

/** Two offers that may not both apply: same group, or both non-stackable at one level. */
export function areRivals(a: Entry, b: Entry): boolean {
  if (a.rule.group !== null && a.rule.group === b.rule.group) return true;
  return !a.rule.stackable && !b.rule.stackable && a.rule.level === b.rule.level;
}

/** Weighs an entry and its rivals on the state at its turn. The best stays; those it rules out are settled. Ties go to the earlier. */
function winsContest(entry: Entry, entries: readonly Entry[], from: number, state: State, settled: Set<Entry>): boolean {
  const own = attempt(entry, state);
  if (own === null) return false;
  let best = entry;
  let bestFen = own.total;
  const rivals: Entry[] = [];
  for (let k = from + 1; k < entries.length; k++) {
    const rival = entries[k]!;
    if (settled.has(rival) || !areRivals(entry, rival)) continue;
    const trial = attempt(rival, state);
    if (trial === null) continue;
    rivals.push(rival);
    if (trial.total > bestFen) {
      best = rival;
      bestFen = trial.total;
    }
  }
  if (best !== entry) rivals.push(entry);
  for (const loser of rivals) {
    if (loser === best || !areRivals(loser, best)) continue;
    settled.add(loser);
    loser.code = "group";
  }
  return best === entry;
}

/** Non-stackable offers of level "line": on each line the best of them, all computed on the same state. */
export function applyLineByLine(entries: readonly Entry[], from: number, state: State, settled: Set<Entry>, applied: Applied[]): number {
  const tried: Applied[] = [];
  for (let k = from; k < entries.length; k++) {
    const entry = entries[k]!;
    if (settled.has(entry) || !isLineRival(entry)) continue;
    settled.add(entry);
    const trial = attempt(entry, state);
    if (trial === null) continue;
    settleTrial(state, trial);
    tried.push({ entry, trial });
  }
  const winner = zeros(state.net.length);
  const most = zeros(state.net.length);
  const every = state.net.map((_, i) => i);
  // An exchange or a set gives on other lines than its own.
  const reachOf = ({ rule, lines }: Entry): readonly number[] => (rule.others.length > 0 ? every : lines);
  tried.forEach(({ entry, trial }, k) => {
    for (const i of reachOf(entry)) if ((trial.off[i] ?? 0) > most[i]!) { most[i] = trial.off[i]!; winner[i] = k; }
  });
  tried.forEach(({ entry, trial }, k) => {
    for (const i of reachOf(entry)) if (winner[i] !== k && (trial.off[i] ?? 0) > 0) dropLine(trial, i);
  });
  let totalFen = 0;
  for (const one of tried) {
    if (one.trial.total <= 0 || one.trial.units?.some((units, i) => units > 0 && units > unusedUnits(state, i))) {
      one.entry.code = "group";
      continue;
    }
    commit(state, one.trial);
    applied.push(one);
    totalFen += one.trial.total;
  }
  return totalFen;
}

function dropLine(trial: Trial, line: number): void {
  trial.total -= trial.off[line]!;
  trial.off[line] = 0;
  if (trial.units) trial.units[line] = 0;
}
