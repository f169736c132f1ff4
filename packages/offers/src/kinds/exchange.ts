import type { Exchange } from "../offer.ts";
import { matches } from "../prepare.ts";
import { openOff, priceOfUnits, unusedUnits, zeros } from "../state.ts";
import type { Entry, State, Trial } from "../state.ts";

/** 换购、兑换: the dearest matching units in the cart cost `priceFen` each, so that the member gets the most of it. */
export function exchange(offer: Exchange, entry: Entry, state: State, trial: Trial): void {
  const get = entry.rule.others[0]!;
  const targets: number[] = [];
  for (let i = 0; i < state.lines.length; i++) if (state.net[i]! > 0 && matches(get, state.lines[i]!)) targets.push(i);
  if (targets.length === 0) return;
  targets.sort((a, b) => priceOfUnits(state, b, 1) - priceOfUnits(state, a, 1) || a - b);
  let left = offer.quantity ?? 1;
  trial.units = zeros(state.net.length);
  for (const i of targets) {
    const units = Math.min(left, unusedUnits(state, i));
    const off = units > 0 ? priceOfUnits(state, i, units) - offer.priceFen * units : 0;
    if (off <= 0) continue;
    openOff(trial, state)[i] = off;
    trial.total += off;
    trial.units[i] = units;
    left -= units;
  }
}
