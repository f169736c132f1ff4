import type { MemberPrice, OfferBase } from "../offer.ts";
import { openOff } from "../state.ts";
import type { Entry, State, Trial } from "../state.ts";

const pricesOf = new WeakMap<OfferBase, ReadonlyMap<string, number>>();

/** 会员价: a price list for those in scope. It never raises a price, nor one that an earlier offer brought lower. */
export function memberPrice(offer: MemberPrice, { lines }: Entry, state: State, trial: Trial): void {
  let prices = pricesOf.get(offer);
  if (!prices) pricesOf.set(offer, prices = new Map(offer.prices.map(({ sku, priceFen }) => [sku, priceFen])));
  for (const i of lines) {
    const price = prices.get(state.lines[i]!.sku);
    if (price === undefined) continue;
    const off = state.net[i]! - price * state.lines[i]!.quantity;
    if (off <= 0) continue;
    openOff(trial, state)[i] = off;
    trial.total += off;
  }
}
