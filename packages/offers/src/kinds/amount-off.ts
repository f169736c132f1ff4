import type { AmountOff } from "../offer.ts";
import { amountAt, openOff, quantityAt, spread } from "../state.ts";
import type { Entry, State, Trial } from "../state.ts";

/** 满减、立减、每满减; `per` says how often the amount counts. */
export function amountOff(offer: AmountOff, entry: Entry, state: State, trial: Trial): void {
  if (offer.per === "unit" || offer.per === "line") return offEach(offer, entry, state, trial);
  spread(trial, state, entry.lines, offer.amountFen * times(offer, entry, state));
}

function offEach(offer: AmountOff, entry: Entry, state: State, trial: Trial): void {
  for (const i of entry.lines) {
    const units = offer.per === "unit" ? Math.min(state.lines[i]!.quantity, offer.maxUnits ?? Infinity) : 1;
    const off = Math.min(offer.amountFen * units, state.net[i]!);
    if (off <= 0) continue;
    openOff(trial, state)[i] = off;
    trial.total += off;
  }
}

/** How many full thresholds the items hold, on the threshold's own basis. */
function times(offer: AmountOff, { rule, lines }: Entry, state: State): number {
  if (!offer.maxTimes) return 1;
  const measured = rule.thresholdOrder ? state.net.map((_, i) => i) : lines;
  const byAmount = rule.thresholdFen > 0 ? Math.floor(amountAt(state, measured, rule.thresholdBasis) / rule.thresholdFen) : Infinity;
  const byQuantity = rule.thresholdQuantity > 0 ? Math.floor(quantityAt(state, measured) / rule.thresholdQuantity) : Infinity;
  const full = Math.min(byAmount, byQuantity);
  return full === Infinity ? 1 : Math.min(full, offer.maxTimes);
}
