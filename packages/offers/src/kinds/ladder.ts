import { share } from "../money.ts";
import type { Ladder, LadderStep } from "../offer.ts";
import { amountAt, quantityAt, spread } from "../state.ts";
import type { Entry, State, Trial } from "../state.ts";

/** 阶梯满减: of the steps reached the highest counts, alone. */
export function ladder(offer: Ladder, entry: Entry, state: State, trial: Trial): void {
  const { rule, lines } = entry;
  const amount = amountAt(state, rule.thresholdOrder ? null : lines, rule.thresholdBasis);
  const quantity = quantityAt(state, lines);
  let best: LadderStep | null = null;
  for (const step of offer.steps) {
    if ((step.atAmountFen ?? 0) > amount || (step.atQuantity ?? 0) > quantity) continue;
    if (best === null || isHigher(step, best)) best = step;
  }
  if (best === null) return;
  const base = amountAt(state, lines, "net");
  spread(trial, state, lines, best.amountFen ?? share(Math.max(0, base), Math.round((best.percentOff ?? 0) * 100), 10_000));
}

function isHigher(step: LadderStep, than: LadderStep): boolean {
  const byAmount = (step.atAmountFen ?? 0) - (than.atAmountFen ?? 0);
  return byAmount > 0 || (byAmount === 0 && (step.atQuantity ?? 0) > (than.atQuantity ?? 0));
}
