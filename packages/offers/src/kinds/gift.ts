import type { Gift } from "../offer.ts";
import { quantityAt } from "../state.ts";
import type { Entry, State, Trial } from "../state.ts";

/** 赠品: units beyond the cart. They are no lines, so they never count as bought. */
export function gift(offer: Gift, { lines }: Entry, state: State, trial: Trial): void {
  const every = offer.everyQuantity ?? 0;
  const fitting = every > 0 ? Math.floor(quantityAt(state, lines) / every) : 1;
  const times = Math.min(fitting, offer.maxTimes ?? Infinity);
  if (times <= 0) return;
  trial.gifts = offer.gifts.map((one) => ({ ...one, quantity: one.quantity * times }));
}
