import type { NextOrderCoupon } from "../offer.ts";
import type { Entry, State, Trial } from "../state.ts";

/** 下单返券: says what the order earns; whoever confirms the order issues it. */
export function nextOrderCoupon(offer: NextOrderCoupon, _entry: Entry, _state: State, trial: Trial): void {
  trial.issues = [{ templateId: offer.templateId, count: offer.count ?? 1 }];
}
