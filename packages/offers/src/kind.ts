import { amountOff } from "./kinds/amount-off.ts";
import { exchange } from "./kinds/exchange.ts";
import { percentOff } from "./kinds/percent-off.ts";
import type { Offer, OfferKind } from "./offer.ts";
import type { Entry, State, Trial } from "./state.ts";

/** Computes what an offer takes off; its threshold is already met. Leaving the trial empty means that nothing is left to take. */
export type Apply<O extends Offer> = (offer: O, entry: Entry, state: State, trial: Trial) => void;

type Kinds = { [K in OfferKind]: Apply<Extract<Offer, { kind: K }>> };

const kinds: Partial<Kinds> = { "amount-off": amountOff, "percent-off": percentOff, exchange };

export function applyKind(entry: Entry, state: State, trial: Trial): void {
  const apply = kinds[entry.rule.offer.kind] as Apply<Offer> | undefined;
  if (!apply) throw new RangeError(`unknown kind of offer: ${entry.rule.offer.kind}`);
  apply(entry.rule.offer, entry, state, trial);
}
