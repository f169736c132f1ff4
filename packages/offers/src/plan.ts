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
  const settled = new Array<boolean>(entries.length).fill(false);
  let totalFen = 0;
  for (let index = 0; index < entries.length; index++) {
    if (settled[index]) continue;
    const entry = entries[index]!;
    if (isLineRival(entry)) {
      totalFen += applyLineByLine(entries, index, state, settled, applied);
      continue;
    }
    const trial = entry.rule.group === null && entry.rule.stackable ? attempt(entry, state) : winContest(entries, index, state, settled);
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

/** Weighs an entry and its rivals on the state at its turn: what it gives if it is the best, else null. Those the best rules out are settled. Ties go to the earlier. */
function winContest(entries: readonly Entry[], from: number, state: State, settled: boolean[]): Trial | null {
  const own = attempt(entries[from]!, state);
  if (own === null) return null;
  let best = from;
  let bestFen = own.total;
  const rivals = [from];
  for (let k = from + 1; k < entries.length; k++) {
    if (settled[k] || !areRivals(entries[from]!, entries[k]!)) continue;
    const trial = attempt(entries[k]!, state);
    if (trial === null) continue;
    rivals.push(k);
    if (trial.total > bestFen) {
      best = k;
      bestFen = trial.total;
    }
  }
  for (const loser of rivals) {
    if (loser === best || !areRivals(entries[loser]!, entries[best]!)) continue;
    settled[loser] = true;
    entries[loser]!.code = "group";
  }
  if (best !== from) return null;
  // Nor do those come back that have nothing to give now, and might once a unit is used; their code says why they had nothing.
  for (let k = from + 1; k < entries.length; k++) settled[k] ||= areRivals(entries[from]!, entries[k]!);
  return own;
}

/** Non-stackable offers of level "line": on each line the best of them, all computed on the same state. */
export function applyLineByLine(entries: readonly Entry[], from: number, state: State, settled: boolean[], applied: Applied[]): number {
  const tried: Applied[] = [];
  for (let k = from; k < entries.length; k++) {
    const entry = entries[k]!;
    if (settled[k] || !isLineRival(entry)) continue;
    settled[k] = true;
    const trial = attempt(entry, state);
    if (trial === null) continue;
    settleTrial(state, trial);
    tried.push({ entry, trial });
  }
  const winner = zeros(state.net.length);
  const most = zeros(state.net.length);
  // By all lines, not by the entry's own: an exchange or a set gives on others.
  for (let k = 0; k < tried.length; k++) {
    const { off } = tried[k]!.trial;
    for (let i = 0; i < off.length; i++) if (off[i]! > most[i]!) { most[i] = off[i]!; winner[i] = k; }
  }
  for (let k = 0; k < tried.length; k++) {
    const { trial } = tried[k]!;
    for (let i = 0; i < trial.off.length; i++) if (winner[i] !== k && trial.off[i]! > 0) dropLine(trial, i);
  }
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
