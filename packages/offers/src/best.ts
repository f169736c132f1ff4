import { attempt } from "./attempt.ts";
import { movesOf } from "./best-moves.ts";
import { searchBest } from "./best-search.ts";
import { areRivals, isExclusive, planInOrder } from "./plan.ts";
import type { Plan } from "./plan.ts";
import type { Certificate } from "./quote.ts";
import type { ReasonCode } from "./reason.ts";
import { copyState } from "./state.ts";
import type { Entry, State } from "./state.ts";

/**
 * The plan that leaves the least to pay. Levels keep their order; which offers apply, and in which order within a level, is searched:
 * first from good plans that are quickly found, then by branch and bound over every set in every order. The certificate says how far the
 * search came. Offers that take nothing off (gifts, next-order coupons) join whatever plan has won.
 */
export function planBest(entries: readonly Entry[], start: State): { plan: Plan; search: Certificate } {
  const paying = entries.filter(takesMoney);
  let first = planInOrder(paying, copyState(start));
  for (const order of openings(paying)) {
    const plan = planInOrder(order, copyState(start));
    if (plan.totalFen > first.totalFen) first = plan;
  }
  const { plan: won, ...certificate } = searchBest(movesOf(paying, start), start, first);
  const plan = withFree(won, entries);
  explainLosers(plan, entries, start);
  return { plan, search: { candidates: paying.length, ...certificate } };
}

/** Orders that are often the best: within a level shares before amounts, and high thresholds while they are still reached. */
function openings(entries: readonly Entry[]): Entry[][] {
  if (entries.length < 2) return [];
  const isShare = ({ rule }: Entry): number => Number(rule.offer.kind === "percent-off");
  return [
    [...entries].sort((a, b) => a.rule.rank - b.rule.rank || isShare(b) - isShare(a)),
    [...entries].sort((a, b) => a.rule.rank - b.rule.rank || b.rule.thresholdFen - a.rule.thresholdFen || isShare(b) - isShare(a)),
  ];
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
