import { allocate, share } from "../money.ts";
import type { DeliveryFeeOff } from "../offer.ts";
import { sumOf } from "../state.ts";
import type { Entry, State, Trial } from "../state.ts";

const DELIVERY = ["delivery"];

/** 配送费优惠: a percentage is taken of each fee, an amount of their sum; goods are untouched. */
export function deliveryFeeOff(offer: DeliveryFeeOff, _entry: Entry, state: State, trial: Trial): void {
  const kinds = offer.feeKinds ?? DELIVERY;
  const open = state.feeNet.map((left, i) => (kinds.includes(state.fees[i]!.kind) ? left : 0));
  const left = sumOf(open);
  if (left <= 0) return;
  trial.feeOff = offer.amountFen != null
    ? allocate(Math.min(offer.amountFen, left), open)
    : open.map((fee) => share(fee, Math.round((offer.percentOff ?? 100) * 100), 10_000));
  trial.total = sumOf(trial.feeOff);
}
