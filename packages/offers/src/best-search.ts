import { boundOf, worthAtMost } from "./best-bound.ts";
import type { Option } from "./best-bound.ts";
import { clash, movesOf, play } from "./best-moves.ts";
import type { Move } from "./best-moves.ts";
import { isLineRival } from "./plan.ts";
import type { Plan } from "./plan.ts";
import type { Certificate } from "./quote.ts";
import type { Entry, State } from "./state.ts";

/** Candidates up to which the whole space is searched, whatever it takes: at most some 25,000 plans of a few microseconds each. */
export const EXACT_CANDIDATES = 12;
/** Trials for more candidates: some 20 ms. */
const MAX_TRIALS_BEYOND = 5_000;
/** Sets of up to so many offers are tried in every order of their levels; larger ones in the explicit orders. */
export const ANY_ORDER_OFFERS = 4;

interface Search {
  best: Plan;
  trials: number;
  budget: number;
  considered: number;
  pruned: number;
  isCut: boolean;
}

interface Node {
  plan: Plan;
  /** Moves that may still follow. */
  open: readonly Move[];
  /** Offers that may still follow; null when `open` is gone through in its order, however many. */
  slots: number | null;
}

export type Found = Omit<Certificate, "candidates"> & { plan: Plan };

/**
 * Branch and bound from `first`, which is the plan to beat: every set in each of `orders`, then the small sets in every order.
 * A branch is cut only when not even its bound beats the best plan known; a bound that is reached proves as much as a search to the end.
 */
export function searchBest(orders: readonly (readonly Entry[])[], start: State, first: Plan): Found {
  const entries = orders[0]!;
  const search: Search = { best: first, trials: 0, budget: entries.length <= EXACT_CANDIDATES ? Infinity : MAX_TRIALS_BEYOND, considered: 1, pruned: 0, isCut: false };
  const root: Plan = { state: start, applied: [], totalFen: 0 };
  const most = entries.length < 2 ? first.totalFen : mostOf(entries, root);
  if (most > first.totalFen && orders.every((order) => goThrough(search, order, root, null))) goThrough(search, entries, root, ANY_ORDER_OFFERS);
  const gapFen = search.isCut ? Math.max(0, most - search.best.totalFen) : 0;
  return { plan: search.best, considered: search.considered, pruned: search.pruned, exact: gapFen === 0 ? "orders" : "bound", gapFen };
}

function goThrough(search: Search, order: readonly Entry[], plan: Plan, slots: number | null): boolean {
  const open = movesOf(order, plan.state, EXACT_CANDIDATES);
  search.isCut ||= open === null;
  return open !== null && descend(search, { plan, open, slots });
}

/** What all of them can take at most. Line offers that do not combine may each win some lines. */
function mostOf(entries: readonly Entry[], plan: Plan): number {
  const apart = entries.map((entry): Move => ({ ...movesOf([entry], plan.state, 1)![0]!, ...(isLineRival(entry) ? { clique: null } : {}) }));
  return boundOf(optionsOf(apart, plan), plan.state, null);
}

interface Step extends Option {
  /** Null when it gives nothing now, but may once others have been applied. */
  plan: Plan | null;
}

function optionsOf(open: readonly Move[], plan: Plan): Step[] {
  const options: Step[] = [];
  for (const move of open) {
    const played = play(move, plan);
    const most = worthAtMost(move, plan.state, played === null ? 0 : played.totalFen - plan.totalFen);
    if (most > 0) options.push({ move, plan: played, most });
  }
  return options;
}

/** Depth first. False when the budget ended before the space did. */
function descend(search: Search, { plan, open, slots }: Node): boolean {
  search.isCut ||= search.trials > search.budget;
  if (search.isCut) return false;
  search.trials += open.length;
  const options = optionsOf(open, plan);
  for (const option of options) if (option.plan && option.plan.totalFen > search.best.totalFen) search.best = option.plan;
  // Sets of line offers may be thousands, and one rules out all others.
  const withoutSets = options.filter(({ move }) => !isLineRival(move.entries[0]!));
  for (const { move, plan: played } of options) {
    if (!played) continue;
    search.considered++;
    const left = slots === null ? null : slots - move.entries.length;
    const after = (isLineRival(move.entries[0]!) ? withoutSets : options).filter(({ move: other }) => (left === null ? other.place > move.place : other.rank >= move.rank && other.entries.length <= left) && !clash(move, other));
    if (after.length === 0) continue;
    if (played.totalFen + boundOf(after, played.state, left) <= search.best.totalFen) search.pruned++;
    else if (!descend(search, { plan: played, open: after.map((other) => other.move), slots: left })) return false;
  }
  return true;
}
