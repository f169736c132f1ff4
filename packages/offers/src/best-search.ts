import { boundOf } from "./best-bound.ts";
import type { Option } from "./best-bound.ts";
import { play } from "./best-moves.ts";
import type { Move } from "./best-moves.ts";
import { DELIVERY_RANK, SeenSums, solveSums, sumProblem } from "./best-sums.ts";
import type { DeliveryBest } from "./best-sums.ts";
import type { Fen } from "./cart.ts";
import type { Plan } from "./plan.ts";
import type { Certificate } from "./quote.ts";
import { sumOf } from "./state.ts";
import type { State } from "./state.ts";

/** Candidates up to which every set in every order is searched as long as it takes a till's patience at most. */
export const EXACT_CANDIDATES = 12;
/** Offers tried on a cart, for up to that many candidates and for more. A trial takes some three microseconds. */
const MAX_TRIALS = 30_000, MAX_TRIALS_BEYOND = 15_000;
/** Offers tried on a sum, which is some fifty times cheaper. */
const MAX_SUM_STEPS = 500_000;
/** Trials for the sets in the pipeline's order, when every order was too much. */
const MAX_SET_TRIALS = 10_000;

interface Search {
  moves: readonly Move[];
  best: Plan;
  trials: number;
  budget: number;
  sumSteps: number;
  considered: number;
  pruned: number;
  seen: Set<string>;
  seenSums: SeenSums;
  deliveryBest: DeliveryBest;
}

interface Node {
  plan: Plan;
  /** Moves that may still follow. */
  open: readonly Move[];
}

export type Found = Omit<Certificate, "candidates"> & { plan: Plan };

/**
 * Branch and bound from `first`, which is the plan to beat. What a search of every order cannot finish within its trials is searched
 * again over every set in the pipeline's order; the certificate says which of the two was finished, and what could be missed at most.
 */
export function searchBest(moves: readonly Move[], start: State, first: Plan): Found {
  const isSmall = new Set(moves.flatMap((move) => move.entries)).size <= EXACT_CANDIDATES;
  const search: Search = {
    moves, best: first, trials: 0, budget: isSmall ? MAX_TRIALS : MAX_TRIALS_BEYOND, sumSteps: 0, considered: 1, pruned: 0, seen: new Set(),
    seenSums: new SeenSums(), deliveryBest: deliveryBestOn(start, moves),
  };
  const root: Node = { plan: { state: start, applied: [], totalFen: 0 }, open: moves };
  let exact: Certificate["exact"] = "orders";
  if (!descend(search, root)) {
    search.budget = search.trials + MAX_SET_TRIALS;
    exact = descendInOrder(search, root, 0) ? "subsets" : "bound";
  }
  const gapFen = exact === "orders" ? 0 : Math.max(0, boundOf(optionsOf(search, root), start) - search.best.totalFen);
  // A bound that is reached proves as much as a search that came to its end.
  return { plan: search.best, considered: search.considered, pruned: search.pruned, exact: gapFen === 0 ? "orders" : exact, gapFen };
}

interface Step extends Option {
  plan: Plan;
}

function optionsOf(search: Search, { plan, open }: Node): Step[] {
  const options: Step[] = [];
  for (const move of open) {
    search.trials++;
    const played = play(move, plan);
    if (played !== null) options.push({ move, plan: played, worth: played.totalFen - plan.totalFen });
  }
  return options;
}

/** Depth first over every order. False when the budget ended before the space did. */
function descend(search: Search, node: Node): boolean {
  const { plan } = node;
  // What gives nothing now gives nothing later: thresholds are only lost, and prices only fall.
  const options = optionsOf(search, node);
  for (const option of options) if (option.plan.totalFen > search.best.totalFen) search.best = option.plan;
  if (options.length === 0) return true;
  if (plan.totalFen + boundOf(options, plan.state) <= search.best.totalFen) {
    search.pruned++;
    return true;
  }
  const bySum = options.length > 1 ? descendBySums(search, node, options) : null;
  if (bySum !== null) return bySum;
  if (search.trials > search.budget) return false;
  options.sort((a, b) => a.move.rank - b.move.rank || b.worth - a.worth || a.move.index - b.move.index);
  for (const { move, plan: played } of options) {
    const after = options.filter((other) => other.move !== move && other.move.rank >= move.rank && !move.conflicts[other.move.index]);
    // What they take now is never less than what they take then: most branches are cut before anything is tried on them.
    if (after.length === 0 || played.totalFen + boundOf(after, played.state) <= search.best.totalFen) {
      search.pruned++;
      continue;
    }
    const next: Node = { plan: played, open: after.map((other) => other.move) };
    if (isSeen(search.seen, next)) continue;
    search.considered++;
    if (!descend(search, next)) return false;
  }
  return true;
}

/** Null when the open moves look at more than one sum. */
function descendBySums(search: Search, node: Node, options: readonly Step[]): boolean | null {
  const { plan } = node;
  const problem = sumProblem(options.map((option) => option.move), plan.state, search.deliveryBest);
  if (problem === null) return null;
  const solution = solveSums(problem, search.best.totalFen - plan.totalFen, MAX_SUM_STEPS - search.sumSteps, search.seenSums);
  search.sumSteps += solution.steps;
  search.considered += Math.ceil(solution.steps / Math.max(1, problem.moves.length));
  search.pruned += solution.pruned;
  if (solution.best) {
    const better = solution.best.order.reduce<Plan>((done, move) => play(move, done) ?? done, plan);
    if (better.totalFen > search.best.totalFen) search.best = better;
  }
  return solution.isComplete;
}

/**
 * Whether the same remains, with the same moves open, were looked at before: what follows is the same, however they came about.
 * Only lines that an open move touches are told apart; of the others the sum is enough.
 */
function isSeen(seen: Set<string>, { plan, open }: Node): boolean {
  const { state } = plan;
  const touched = new Set(open.flatMap((move) => move.touched));
  let key = "", apart = 0;
  for (const move of open) key += `${move.index},`;
  for (let i = 0; i < state.net.length; i++) {
    if (touched.has(i)) key += `|${state.net[i]}`;
    else apart += state.net[i]!;
  }
  key += `|${apart}|${sumOf(state.feeNet)}`;
  if (open.some((move) => move.rank === DELIVERY_RANK)) key += `|${state.feeNet.join()}`;
  if (open.some((move) => move.usesUnits)) key += `|${state.used.join()}|${state.fresh?.join() ?? ""}`;
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

/** Every set, in the order of the moves: what is left when every order was too much. */
function descendInOrder(search: Search, node: Node, next: number): boolean {
  const options = optionsOf(search, { ...node, open: node.open.filter((move) => move.index >= next) });
  for (const option of options) if (option.plan.totalFen > search.best.totalFen) search.best = option.plan;
  if (node.plan.totalFen + boundOf(options, node.plan.state) <= search.best.totalFen) {
    search.pruned++;
    return true;
  }
  if (search.trials > search.budget) return false;
  for (const { move, plan } of options) {
    search.considered++;
    const open = options.flatMap((other) => (other.move.rank < move.rank || move.conflicts[other.move.index] ? [] : [other.move]));
    if (!descendInOrder(search, { plan, open }, move.index + 1)) return false;
  }
  return true;
}

/** The best order of delivery offers alone: fees are few, and goods do not touch them. Each set of open ones is searched once. */
function deliveryBestOn(start: State, moves: readonly Move[]): DeliveryBest {
  const delivery = moves.filter((move) => move.rank === DELIVERY_RANK);
  const known = new Map<string, { order: readonly Move[]; offFen: Fen }>();
  const none = { order: [], offFen: 0 };
  if (delivery.length === 0) return () => none;
  return (open) => {
    const key = open.map((move) => move.index).join();
    let best = known.get(key);
    if (!best) {
      const search: Search = { moves, best: { state: start, applied: [], totalFen: 0 }, trials: 0, budget: MAX_SET_TRIALS, sumSteps: 0, considered: 0, pruned: 0, seen: new Set(), seenSums: new SeenSums(), deliveryBest: () => none };
      descend(search, { plan: search.best, open });
      const order = search.best.applied.map(({ entry }) => open.find((move) => move.entries[0] === entry)!);
      known.set(key, best = { order, offFen: search.best.totalFen });
    }
    return best;
  };
}
