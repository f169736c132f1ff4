import type { Cart, Fen } from "./cart.ts";
import { amountAt, commit, openOff, openTrial, settleTrial, spread, takeOff } from "./state.ts";
import type { State, Trial } from "./state.ts";

/** Takes off what staff gave on single lines, before any offer. Null when nothing was given. */
export function takeLineDiscounts(cart: Cart, state: State): Trial | null {
  let trial: Trial | null = null;
  for (let i = 0; i < cart.lines.length; i++) {
    const off = Math.min(cart.lines[i]!.manualDiscountFen ?? 0, state.net[i]!);
    if (off <= 0) continue;
    trial ??= openTrial();
    openOff(trial, state)[i] = off;
    trial.total += off;
  }
  if (trial) takeOff(state, trial.off);
  return trial;
}

/** Takes the staff's order discount off what all offers left; it never costs the member a threshold. */
export function takeOrderDiscount(amountFen: Fen, state: State): Trial | null {
  if (amountFen <= 0) return null;
  const trial = openTrial();
  spread(trial, state, state.net.map((_, i) => i), Math.min(amountFen, Math.max(0, amountAt(state, null, "net"))));
  commit(state, trial);
  return trial.total > 0 ? trial : null;
}

/**
 * Hand-keyed negative lines end at zero and what they hold is spread over the goods, so that every line has a net that
 * can be refunded. The trial sums to zero unless the negatives are more than the goods: the order never falls below zero.
 */
export function settleNegatives(state: State): Trial | null {
  if (!state.negatives) return null;
  const trial = openTrial();
  let owed = 0;
  for (let i = 0; i < state.net.length; i++) if (state.net[i]! < 0) owed -= state.net[i]!;
  spread(trial, state, state.net.map((_, i) => i), owed);
  settleTrial(state, trial);
  for (let i = 0; i < state.net.length; i++) {
    if (state.net[i]! >= 0) continue;
    openOff(trial, state)[i] = state.net[i]!;
    trial.total += state.net[i]!;
  }
  takeOff(state, trial.off);
  return trial;
}
