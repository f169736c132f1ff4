import { allocate } from "../money.ts";
import type { BundlePrice } from "../offer.ts";
import { linesMatching } from "../prepare.ts";
import { priceOfUnits, unusedUnits } from "../state.ts";
import type { Entry, State, Trial } from "../state.ts";

/** 套餐价、任选: set by set the dearest matching units, as long as a set is cheaper than its units. Parts are filled in their order. */
export function bundlePrice(offer: BundlePrice, { rule }: Entry, state: State, trial: Trial): void {
  const left = state.lines.map((_, i) => unusedUnits(state, i));
  const unit = state.lines.map((_, i) => (left[i]! > 0 ? priceOfUnits(state, i, 1) : 0));
  const parts = rule.others.map((items, k) => ({
    order: linesMatching(items, state).sort((a, b) => unit[b]! - unit[a]! || a - b), quantity: offer.parts[k]!.quantity,
  }));
  const used = new Array<number>(left.length).fill(0);
  const maxTimes = offer.maxTimes ?? Infinity;
  let times = 0;
  for (; times < maxTimes; times++) {
    const set = oneSet(parts, left);
    if (set === null) break;
    let worth = 0;
    set.forEach((units, i) => worth += units * unit[i]!);
    if (worth <= offer.priceFen) break;
    set.forEach((units, i) => { left[i]! -= units; used[i]! += units; });
  }
  if (times === 0) return;
  const worth = used.map((units, i) => (units > 0 ? priceOfUnits(state, i, units) : 0));
  const off = worth.reduce((a, b) => a + b, 0) - offer.priceFen * times;
  if (off <= 0) return;
  trial.units = used;
  trial.off = allocate(off, worth);
  trial.total = off;
}

function oneSet(parts: readonly { order: readonly number[]; quantity: number }[], left: readonly number[]): number[] | null {
  const set = new Array<number>(left.length).fill(0);
  for (const { order, quantity } of parts) {
    let wanted = quantity;
    for (const i of order) {
      const units = Math.min(wanted, left[i]! - set[i]!);
      set[i]! += units;
      wanted -= units;
    }
    if (wanted > 0) return null;
  }
  return set;
}
