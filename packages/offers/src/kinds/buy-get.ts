import { share } from "../money.ts";
import type { BuyGet } from "../offer.ts";
import { linesMatching } from "../prepare.ts";
import { openOff, priceOfUnits, unusedUnits } from "../state.ts";
import type { Entry, State, Trial } from "../state.ts";

/**
 * 买赠、第二件半价. A unit counts once, as bought or as given, here and for later unit offers.
 * Bought units are first reserved away from the end that is given, then the given ones are picked; which of the remaining
 * units count as bought makes no difference to the member, so they are charged to the lines in cart order.
 */
export function buyGet(offer: BuyGet, { lines, rule }: Entry, state: State, trial: Trial): void {
  if (offer.buyQuantity <= 0 || offer.getQuantity <= 0) return;
  const targets = rule.others[0] === rule.items ? lines : linesMatching(rule.others[0]!, state);
  const unused = state.lines.map((_, i) => unusedUnits(state, i));
  const bought = lines.filter((i) => unused[i]! > 0);
  const given = targets.filter((i) => unused[i]! > 0);
  const { buy, get } = countSets(offer, bought, given, unused);
  if (get === 0) return;
  const dearest = offer.pick === "dearest";
  const left = unused.slice();
  take(byPrice(bought, state, dearest, given), left, buy);
  const picked = take(byPrice(given, state, !dearest, []), left, get);
  trial.units = picked.slice();
  const spare = unused.map((units, i) => units - picked[i]!);
  take(bought, spare, buy).forEach((units, i) => trial.units![i]! += units);
  const rate = Math.round((offer.percentOff ?? 100) * 100);
  for (const i of given) {
    if (picked[i] === 0) continue;
    openOff(trial, state)[i] = share(priceOfUnits(state, i, picked[i]!), rate, 10_000);
    trial.total += trial.off[i]!;
  }
}

/** How many units count as bought and how many are given, over all sets. */
function countSets(offer: BuyGet, bought: readonly number[], given: readonly number[], unused: readonly number[]): { buy: number; get: number } {
  const { buyQuantity, getQuantity } = offer;
  const maxTimes = offer.maxTimes ?? Infinity;
  const inBoth = bought.filter((i) => given.includes(i));
  const buyable = sum(bought, unused), givable = sum(given, unused), shared = sum(inBoth, unused);
  const union = buyable + givable - shared;
  const fits = (sets: number, extra: number): boolean => {
    const buy = (sets + (extra > 0 ? 1 : 0)) * buyQuantity, get = sets * getQuantity + extra;
    return buy <= buyable && get <= givable && buy + get <= union;
  };
  let sets = Math.min(maxTimes, Math.floor(buyable / buyQuantity), Math.floor(givable / getQuantity), Math.floor(union / (buyQuantity + getQuantity)));
  sets = Math.max(0, sets);
  let extra = 0;
  if (!offer.whole && sets < maxTimes) for (let more = getQuantity - 1; more > 0 && extra === 0; more--) if (fits(sets, more)) extra = more;
  return { buy: (sets + (extra > 0 ? 1 : 0)) * buyQuantity, get: sets * getQuantity + extra };
}

/** Lines by unit price, dearest first or cheapest first; lines that cannot be given first, then later lines first. */
function byPrice(lines: readonly number[], state: State, cheapestFirst: boolean, given: readonly number[]): number[] {
  const sign = cheapestFirst ? 1 : -1;
  return [...lines].sort((a, b) => Number(given.includes(a)) - Number(given.includes(b))
    || sign * (priceOfUnits(state, a, 1) - priceOfUnits(state, b, 1)) || b - a);
}

function take(order: readonly number[], left: number[], wanted: number): number[] {
  const taken = new Array<number>(left.length).fill(0);
  for (const i of order) {
    const units = Math.min(wanted, left[i]!);
    taken[i] = units;
    left[i]! -= units;
    wanted -= units;
  }
  return taken;
}

function sum(lines: readonly number[], units: readonly number[]): number {
  let total = 0;
  for (const i of lines) total += units[i]!;
  return total;
}
