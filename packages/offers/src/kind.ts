import { amountOff } from "./kinds/amount-off.ts";
import { bundlePrice } from "./kinds/bundle-price.ts";
import { buyGet } from "./kinds/buy-get.ts";
import { deliveryFeeOff } from "./kinds/delivery-fee-off.ts";
import { exchange } from "./kinds/exchange.ts";
import { gift } from "./kinds/gift.ts";
import { ladder } from "./kinds/ladder.ts";
import { memberPrice } from "./kinds/member-price.ts";
import { nextOrderCoupon } from "./kinds/next-order-coupon.ts";
import { percentOff } from "./kinds/percent-off.ts";
import { unitOff } from "./kinds/unit-off.ts";
import type { Offer, OfferKind } from "./offer.ts";
import type { Entry, State, Trial } from "./state.ts";

/** Computes what an offer takes off; its threshold is already met. Leaving the trial empty means that nothing is left to take. */
export type Apply<O extends Offer> = (offer: O, entry: Entry, state: State, trial: Trial) => void;

type Kinds = { readonly [K in OfferKind]: Apply<Extract<Offer, { kind: K }>> };

/** A new kind is one file, its definition in offer.ts, its sentence, and a line here. */
const kinds: Kinds = {
  "amount-off": amountOff, "percent-off": percentOff, exchange, "member-price": memberPrice, "unit-off": unitOff, "buy-get": buyGet,
  gift, "bundle-price": bundlePrice, ladder, "delivery-fee-off": deliveryFeeOff, "next-order-coupon": nextOrderCoupon,
};

export function applyKind(entry: Entry, state: State, trial: Trial): void {
  const { offer } = entry.rule;
  // Stored definitions may come from a newer version of the rules than this code.
  const apply = (kinds as Partial<Kinds>)[offer.kind] as Apply<Offer> | undefined;
  if (!apply) throw new RangeError(`unknown kind of offer: ${offer.kind}`);
  apply(offer, entry, state, trial);
}
