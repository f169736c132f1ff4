import { share } from "../money.ts";
import type { PercentOff } from "../offer.ts";
import { amountAt, openOff, spread } from "../state.ts";
import type { Entry, State, Trial } from "../state.ts";

/** 折扣: at level "line" rounded on each line's total, otherwise once on the sum. */
export function percentOff(offer: PercentOff, entry: Entry, state: State, trial: Trial): void {
  const rate = Math.round(offer.percentOff * 100);
  if (offer.level === "line" || offer.maxUnits) {
    for (const i of entry.lines) {
      if (state.net[i]! <= 0) continue;
      const off = share(countedPart(offer, i, state), rate, 10_000);
      openOff(trial, state)[i] = off;
      trial.total += off;
    }
    return;
  }
  const base = amountAt(state, entry.lines, "net");
  if (base > 0) spread(trial, state, entry.lines, share(base, rate, 10_000));
}

function countedPart(offer: PercentOff, line: number, state: State): number {
  const { quantity } = state.lines[line]!;
  const units = Math.min(quantity, offer.maxUnits ?? Infinity);
  return units === quantity ? state.net[line]! : share(state.net[line]!, units, quantity);
}
