import { allocate } from "../money.ts";
import type { BundlePrice } from "../offer.ts";
import { linesMatching } from "../prepare.ts";
import { priceOfUnits, sumOf, unusedUnits } from "../state.ts";
import type { Entry, State, Trial } from "../state.ts";

/** 套餐价、任选: the dearest units that fill the parts of so many sets, as long as one more set is worth more than its price. */
export function bundlePrice(offer: BundlePrice, { rule }: Entry, state: State, trial: Trial): void {
  const left = state.lines.map((_, i) => unusedUnits(state, i));
  const unit = left.map((units, i) => (units > 0 ? priceOfUnits(state, i, 1) : 0));
  const fits = rule.others.map((items) => new Set(linesMatching(items, state)));
  const dearestFirst = left.map((_, i) => i).filter((i) => left[i]! > 0).sort((a, b) => unit[b]! - unit[a]! || a - b);
  const fill = (times: number): number[] | null => dearestUnits(dearestFirst, left, fits, offer.parts.map((part) => part.quantity * times));
  const worthOf = (times: number): number => fill(times)?.reduce((sum, units, i) => sum + units * unit[i]!, 0) ?? -Infinity;
  // Each further set is worth no more than the one before it, so the last that pays is found by halving.
  let times = 0;
  for (let most = Math.min(offer.maxTimes ?? Infinity, Math.floor(sumOf(left) / Math.max(1, sumOf(offer.parts.map((part) => part.quantity))))); times < most;) {
    const middle = Math.ceil((times + most) / 2);
    if (worthOf(middle) - worthOf(middle - 1) > offer.priceFen) times = middle;
    else most = middle - 1;
  }
  if (times === 0) return;
  const used = fill(times)!;
  const worth = used.map((units, i) => (units > 0 ? priceOfUnits(state, i, units) : 0));
  const off = sumOf(worth) - offer.priceFen * times;
  if (off <= 0) return;
  trial.units = used;
  trial.off = allocate(off, worth);
  trial.total = off;
}

/**
 * The units of most worth that fill every part, by line; null when there are too few. Dearest first, each taken if the parts can still
 * make room for it: units that can be placed together form a matroid, for which that is the best there is, also where parts share items.
 */
function dearestUnits(order: readonly number[], left: readonly number[], fits: readonly ReadonlySet<number>[], needs: number[]): number[] | null {
  const placed = fits.map(() => new Map<number, number>());
  const used = new Array<number>(left.length).fill(0);
  const add = (part: number, line: number, units: number): void => { placed[part]!.set(line, (placed[part]!.get(line) ?? 0) + units); };
  /** Places up to `wanted` units of a line, moving others to other parts if it must. */
  const place = (line: number, wanted: number, asked: Set<number>): number => {
    for (let part = 0; part < fits.length; part++) {
      if (asked.has(part) || !fits[part]!.has(line)) continue;
      asked.add(part);
      const units = Math.min(wanted, needs[part]!);
      if (units > 0) {
        needs[part]! -= units;
        add(part, line, units);
        return units;
      }
      for (const [other, there] of placed[part]!) {
        const moved = there > 0 ? place(other, Math.min(wanted, there), asked) : 0;
        if (moved === 0) continue;
        add(part, other, -moved);
        add(part, line, moved);
        return moved;
      }
    }
    return 0;
  };
  for (const line of order) {
    for (let units = 1; units > 0 && used[line]! < left[line]!;) {
      units = place(line, left[line]! - used[line]!, new Set());
      used[line]! += units;
    }
  }
  return needs.every((need) => need === 0) ? used : null;
}
