import { attempt } from "./attempt.ts";
import { applyLineByLine, areRivals, isExclusive, planInOrder } from "./plan.ts";
import type { Applied, Plan } from "./plan.ts";
import type { Certificate } from "./quote.ts";
import { linesMatching } from "./prepare.ts";
import type { ReasonCode } from "./reason.ts";
import { commit, copyState, sumAt, sumOf } from "./state.ts";
import type { Entry, State } from "./state.ts";

/** Candidates up to which every set is searched, whatever it costs. */
export const EXACT_CANDIDATES = 12;
/** Trials for the sets of more candidates than that; beyond, the best found so far stands and the certificate carries the bound. */
const MAX_SET_TRIALS = 20_000;
/** Trials for other orders within a level: a till waits for this. */
const MAX_ORDER_TRIALS = 10_000;
/** Non-stackable line offers are taken line by line; up to so many, each of their sets is a move of its own. */
const MAX_LINE_RIVALS = 4;

/** One decision of the search: an offer, or a set of non-stackable line offers of which each line gets the best. */
interface Move {
  entries: readonly Entry[];
  rank: number;
  touched: readonly number[];
  conflicts: boolean[];
  independent: boolean[];
}

interface Search {
  moves: Move[];
  best: Plan;
  trials: number;
  considered: number;
  pruned: number;
  seen: Set<string> | null;
}

/**
 * The plan that leaves the least to pay. Levels keep their order; which offers apply, and in which order within a level, is searched.
 * First every set in the pipeline's order (exact up to 12 candidates), then other orders within a level as long as the budget lasts.
 * A branch is cut when even the sum of what each remaining offer could take now does not beat the best known: taking one offer
 * never raises what another can take. Offers that take nothing off (gifts, next-order coupons) join whatever plan has won.
 */
export function planBest(entries: readonly Entry[], start: State): { plan: Plan; search: Certificate } {
  const paying = entries.filter(takesMoney);
  const best = planInOrder(paying, copyState(start));
  const search: Search = { moves: movesOf(paying, start), best, trials: 0, considered: 1, pruned: 0, seen: null };
  const budget = paying.length <= EXACT_CANDIDATES ? Infinity : MAX_SET_TRIALS;
  const setsDone = descend(search, { state: start, applied: [], totalFen: 0 }, { chosen: [], next: 0, inOrder: true, budget });
  search.seen = new Set();
  const ordersDone = setsDone && descend(search, { state: start, applied: [], totalFen: 0 }, { chosen: [], next: 0, inOrder: false, budget: search.trials + MAX_ORDER_TRIALS });
  const plan = withFree(search.best, entries);
  explainLosers(plan, entries, start);
  const exact = ordersDone ? "orders" : setsDone ? "subsets" : "bound";
  const gapFen = exact === "orders" ? 0 : Math.max(0, boundOf(search.moves, start) - search.best.totalFen);
  return { plan, search: { candidates: paying.length, considered: search.considered, pruned: search.pruned, exact, gapFen } };
}

interface Branch {
  chosen: readonly number[];
  /** In-order search: the first move still open. */
  next: number;
  inOrder: boolean;
  budget: number;
}

/** Depth first. False when the budget ended before the space did. */
function descend(search: Search, plan: Plan, branch: Branch): boolean {
  const { moves } = search;
  const last = branch.chosen[branch.chosen.length - 1];
  const options: { index: number; plan: Plan }[] = [];
  let bound = 0;
  for (let index = branch.inOrder ? branch.next : 0; index < moves.length; index++) {
    const move = moves[index]!;
    if (!branch.inOrder && last !== undefined && move.rank < moves[last]!.rank) continue;
    if (branch.chosen.some((other) => other === index || move.conflicts[other])) continue;
    if (search.trials++ > branch.budget) return false;
    const played = play(move, plan);
    if (played === null) continue;
    bound += boundOfMove(move, plan.state, played.totalFen - plan.totalFen);
    options.push({ index, plan: played });
  }
  if (plan.totalFen + Math.min(bound, leftOf(plan.state)) <= search.best.totalFen) {
    search.pruned++;
    return true;
  }
  for (const option of options) {
    // Two neighbours that do not touch each other need only one order.
    if (!branch.inOrder && last !== undefined && option.index < last && moves[last]!.independent[option.index]) continue;
    if (search.seen && isSeen(search.seen, branch.chosen, option)) continue;
    search.considered++;
    if (option.plan.totalFen > search.best.totalFen) search.best = option.plan;
    if (!descend(search, option.plan, { ...branch, chosen: [...branch.chosen, option.index], next: option.index + 1 })) return false;
  }
  return true;
}

/** Whether these moves, in another order, have already led to the very same remains. */
function isSeen(seen: Set<string>, chosen: readonly number[], { index, plan }: { index: number; plan: Plan }): boolean {
  const key = `${[...chosen, index].sort((a, b) => a - b).join()}|${index}|${plan.state.net.join()}|${plan.state.used.join()}|${plan.state.feeNet.join()}`;
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

function play(move: Move, plan: Plan): Plan | null {
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

/** What a move could take at most from here on: its present worth, but all of its lines for kinds whose choice of units may shift. */
function boundOfMove(move: Move, state: State, worth: number): number {
  const { rule, lines } = move.entries[0]!;
  switch (rule.offer.kind) {
    case "buy-get": case "bundle-price": case "ladder": case "unit-off": case "exchange": {
      const reach = rule.others.length > 0 ? rule.others.flatMap((items) => linesMatching(items, state)) : lines;
      return Math.max(worth, Math.min(rule.capFen, sumAt(state.net.map((left) => Math.max(0, left)), [...new Set(reach)])));
    }
    default: return worth;
  }
}

function boundOf(moves: readonly Move[], start: State): number {
  let bound = 0;
  for (const move of moves) {
    const played = play(move, { state: start, applied: [], totalFen: 0 });
    if (played) bound += boundOfMove(move, start, played.totalFen);
  }
  return Math.min(bound, leftOf(start));
}

function leftOf(state: State): number {
  return Math.max(0, sumOf(state.net.map((left) => Math.max(0, left)))) + sumOf(state.feeNet);
}

function movesOf(entries: readonly Entry[], start: State): Move[] {
  const rivals = entries.filter(isLineRival);
  const sets = rivals.length <= MAX_LINE_RIVALS ? setsOf(rivals) : [...rivals.map((entry) => [entry]), rivals];
  const groups = [...sets, ...entries.filter((entry) => !isLineRival(entry)).map((entry) => [entry])];
  const moves = groups.map((group): Move => ({
    entries: group, rank: group[0]!.rule.rank, touched: [...new Set(group.flatMap((entry) => reachOf(entry, start)))], conflicts: [], independent: [],
  }));
  for (const a of moves) {
    a.conflicts = moves.map((b) => a.entries.some((one) => b.entries.some((other) => one === other || isExclusive(one) || isExclusive(other) || areRivals(one, other))));
    a.independent = moves.map((b) => a.rank === b.rank && !start.negatives && isLocal(a) && isLocal(b) && !a.touched.some((line) => b.touched.includes(line)));
  }
  return moves;
}

function reachOf({ rule, lines }: Entry, state: State): number[] {
  return [...lines, ...rule.others.flatMap((items) => linesMatching(items, state))];
}

/** Looks at its own lines only. */
function isLocal(move: Move): boolean {
  return move.rank < 3 && move.entries.every(({ rule }) => !rule.thresholdOrder);
}

function isLineRival({ rule }: Entry): boolean {
  return rule.level === "line" && !rule.stackable && !rule.exclusive;
}

function setsOf(entries: readonly Entry[]): Entry[][] {
  const sets: Entry[][] = [];
  for (let mask = 1; mask < 1 << entries.length; mask++) sets.push(entries.filter((_, i) => mask >> i & 1));
  return sets;
}

function takesMoney({ rule }: Entry): boolean {
  return rule.offer.kind !== "gift" && rule.offer.kind !== "next-order-coupon";
}

/** Gifts and next-order coupons, on what the winning plan left. */
function withFree(plan: Plan, entries: readonly Entry[]): Plan {
  const applied = [...plan.applied];
  for (const entry of entries) {
    if (takesMoney(entry)) continue;
    if (applied.some((one) => areRivals(one.entry, entry) || isExclusive(one.entry)) || (isExclusive(entry) && applied.length > 0)) {
      entry.code = "group";
      continue;
    }
    const trial = attempt(entry, plan.state);
    if (trial !== null) applied.push({ entry, trial });
  }
  return { ...plan, applied };
}

/** The codes left over from the search are those of its last branch: set them by the winning plan. */
function explainLosers(plan: Plan, entries: readonly Entry[], start: State): void {
  const winners = new Set(plan.applied.map((one) => one.entry));
  for (const entry of entries) {
    if (winners.has(entry)) entry.code = null;
    else if (takesMoney(entry)) entry.code = lossOf(entry, winners, plan, start);
  }
}

function lossOf(entry: Entry, winners: ReadonlySet<Entry>, plan: Plan, start: State): ReasonCode | null {
  if (attempt(entry, start) === null) return entry.code;
  for (const winner of winners) {
    if (isExclusive(entry) || isExclusive(winner)) return "exclusive";
    if (areRivals(entry, winner)) return "group";
  }
  return attempt(entry, plan.state) === null ? entry.code : "not-best";
}
