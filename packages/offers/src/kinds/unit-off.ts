import { share } from "../money.ts";
import type { UnitOff } from "../offer.ts";
import { openOff, priceOfUnits, unusedUnits, zeros } from "../state.ts";
import type { Entry, State, Trial } from "../state.ts";

/** 最低价/最高价一件优惠, searched among the eligible units only; ties to the first line. Free units (price 0) are passed over. */
export function unitOff(offer: UnitOff, { lines }: Entry, state: State, trial: Trial): void {
  const sign = offer.pick === "cheapest" ? 1 : -1;
  const order = lines.filter((i) => unusedUnits(state, i) > 0 && priceOfUnits(state, i, 1) > 0)
    .sort((a, b) => sign * (priceOfUnits(state, a, 1) - priceOfUnits(state, b, 1)) || a - b);
  let left = offer.units ?? 1;
  trial.units = zeros(state.net.length);
  for (const i of order) {
    if (left <= 0) break;
    const units = Math.min(left, unusedUnits(state, i));
    const price = priceOfUnits(state, i, units);
    const off = Math.min(price, offer.amountFen != null ? offer.amountFen * units : share(price, Math.round((offer.percentOff ?? 100) * 100), 10_000));
    openOff(trial, state)[i] = off;
    trial.total += off;
    trial.units[i] = units;
    left -= units;
  }
}
