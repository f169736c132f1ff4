import { attempt } from "./attempt.ts";
import { worthAtMost } from "./best-bound.ts";
import { movesOf } from "./best-moves.ts";
import { searchBest } from "./best-search.ts";
import { areRivals, isExclusive, planInOrder } from "./plan.ts";
import type { Plan } from "./plan.ts";
import type { Certificate } from "./quote.ts";
import type { ReasonCode } from "./reason.ts";
import { copyState } from "./state.ts";
import type { Entry, State } from "./state.ts";

/**
 * The plan that leaves the least to pay, over every set of offers in every permitted order (`ordersOf`, and all orders of small sets);
 * levels keep their order. The certificate says how far the search came. Offers that take nothing off (gifts, next-order coupons) join
 * whatever plan has won.
 */
export function planBest(entries: readonly Entry[], start: State): { plan: Plan; search: Certificate } {
  const paying = entries.filter((entry) => takesMoney(entry) && canTake(entry, start));
  const orders = ordersOf(paying);
  let first = planInOrder(paying, copyState(start));
  for (const order of orders) {
    const plan = planInOrder(order, copyState(start));
    if (plan.totalFen > first.totalFen) first = plan;
  }
  const { plan: won, ...certificate } = searchBest(orders, start, first);
  const plan = withFree(won, entries);
  explainLosers(plan, entries, start);
  return { plan, search: { candidates: paying.length, ...certificate } };
}

/**
 * The explicit orders within a level: the pipeline's; shares before amounts; thresholds before all else. In the latter two, offers on
 * undiscounted items go first, and of two thresholds the one that leaves the other more: it falls with the amount it takes itself.
 */
export function ordersOf(entries: readonly Entry[]): (readonly Entry[])[] {
  const orders = [entries];
  for (const keysOf of [sharesFirst, thresholdsFirst]) {
    const order = [...entries].sort((a, b) => {
      const one = keysOf(a), other = keysOf(b);
      return a.rule.rank - b.rule.rank || other[0] - one[0] || other[1] - one[1] || other[2] - one[2];
    });
    if (!orders.some((known) => known.every((entry, i) => entry === order[i]))) orders.push(order);
  }
  return orders;
}

type Keys = readonly [number, number, number];

const sharesFirst = (entry: Entry): Keys => [Number(entry.rule.items.undiscountedOnly), Number(isShare(entry)), headroomOf(entry)];
const thresholdsFirst = (entry: Entry): Keys => [Number(entry.rule.items.undiscountedOnly), headroomOf(entry), Number(isShare(entry))];

/** Takes in proportion to what is there: the earlier, the more. */
function isShare({ rule: { offer } }: Entry): boolean {
  return offer.kind !== "ladder" && (offer.kind !== "amount-off" || offer.per === "line" || offer.per === "unit");
}

/** A threshold on what is left, less what the offer takes of it; -1 without one. */
function headroomOf({ rule: { offer, thresholdFen, thresholdBasis } }: Entry): number {
  if (thresholdBasis === "gross" || thresholdFen <= 0) return -1;
  if (offer.kind === "amount-off") return Math.max(0, thresholdFen - offer.amountFen);
  return offer.kind === "percent-off" ? thresholdFen * (1 - offer.percentOff / 100) : thresholdFen;
}

/** Whether it takes anything as the cart stands, or may once its choice has shifted. */
function canTake(entry: Entry, start: State): boolean {
  return attempt(entry, start) !== null || worthAtMost(movesOf([entry], start, 1)![0]!, start, 0) > 0;
}

function takesMoney({ rule }: Entry): boolean {
  return rule.kind !== "gift" && rule.kind !== "next-order-coupon";
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
