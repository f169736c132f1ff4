import { Problem } from "../kernel/problem.ts";
import type { Scope } from "../kernel/scope.ts";
import { registerMember } from "../modules/customers/index.ts";
import { holdQuote } from "../modules/commerce/hold.ts";
import { putQuote } from "../modules/commerce/quote.ts";
import { returnOrder } from "../modules/commerce/return.ts";
import { getOrder } from "../modules/commerce/order.view.ts";
import { openTopUp } from "../modules/payments/index.ts";
import { couponsInHand, issueCoupons } from "../modules/promotions/index.ts";
import { voidCoupon } from "../modules/promotions/coupon-ending.ts";
import { tagMember } from "../modules/customers/index.ts";
import { fillBasket } from "./basket.ts";
import type { BrandPlan, CouponPlan, Moment } from "./brand.ts";
import type { Dice } from "./dice.ts";
import type { Guest } from "./guests.ts";
import type { Places } from "./places.ts";
import { settleVisits } from "./visit.ts";

/** A brand on one day of its story. */
export interface Stage {
  brand: BrandPlan;
  places: Places;
  dice: Dice;
}

export const marked = (brand: BrandPlan, mark: string): string => `${brand.code}-${mark}`;

/** A week: long enough that whoever looks at the story finds it. */
const HOLD_SECONDS = 7 * 86_400;

const found = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value => {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The story has no ${String(key)}`);
  return value;
};

export const storeOf = ({ places }: Stage, code: string): string => found(places.storeIds, code);
export const memberOf = ({ places }: Stage, guest: Guest): string => found(places.memberIds, guest.phone);

export async function join(scope: Scope, stage: Stage, guest: Guest): Promise<void> {
  const atTill = guest.cast === undefined ? stage.dice.chance(0.7) : false;
  const { memberId } = await registerMember(
    { ...scope, actor: atTill ? found(stage.places.cashiers, guest.store) : scope.actor },
    { phone: guest.phone, name: guest.name, gender: guest.gender, birthday: guest.birthday, storeId: storeOf(stage, guest.store), via: atTill ? "till" : "h5" });
  stage.places.memberIds.set(guest.phone, memberId);
  for (const tag of guest.tags) await tagMember(scope, memberId, tag);
  await issue(scope, stage, "welcome", [guest]);
}

export async function issue(scope: Scope, stage: Stage, coupon: CouponPlan["key"], guests: readonly Guest[]): Promise<void> {
  if (guests.length > 0) await issueCoupons(scope, found(stage.places.templateIds, coupon), guests.map((guest) => memberOf(stage, guest)));
}

/** Somebody whose card is full keeps the money. */
export async function topUp(scope: Scope, stage: Stage, guest: Guest, plan: number): Promise<void> {
  try {
    await openTopUp({ ...scope, actor: found(stage.places.cashiers, guest.store) }, {
      memberId: memberOf(stage, guest), planId: stage.places.planIds[plan] ?? "", method: stage.dice.chance(0.5) ? "cash" : "card", storeId: storeOf(stage, guest.store),
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

export async function takeBack(scope: Scope, stage: Stage, orderId: string, { store, lines, reason }: { store: string; lines: "all" | 1; reason: string }): Promise<void> {
  const actor = found(stage.places.managers, store);
  const [line] = lines === 1 ? (await getOrder(scope, orderId)).lines.toSorted((a, b) => b.netFen - a.netFen) : [];
  await returnOrder({ ...scope, actor }, orderId, line ? { lines: [{ lineId: line.lineId, quantity: 1 }], reason } : { whole: true, reason });
}

/** What the script says of one of the cast. */
export async function playMoment(scope: Scope, stage: Stage, guest: Guest, moment: Moment, orderId: string): Promise<void> {
  const { brand, places, dice } = stage;
  const storeId = storeOf(stage, guest.store);
  switch (moment.kind) {
    case "visit":
      return settleVisits(scope, dice, [{
        at: scope.now, orderId, storeId, cashier: found(places.cashiers, guest.store), memberId: memberOf(stage, guest), basket: fillBasket(dice, brand, moment.party, "till"),
        pay: moment.pay, usesCoupon: false,
      }]);
    case "top-up": return topUp(scope, stage, guest, moment.plan);
    case "coupon": return issue(scope, stage, moment.coupon, [guest]);
    case "return": return takeBack(scope, stage, marked(brand, moment.of), { store: guest.store, lines: moment.lines, reason: moment.reason });
    case "void": {
      const [coupon] = await couponsInHand(scope, memberOf(stage, guest));
      if (coupon) await voidCoupon({ ...scope, actor: found(places.managers, guest.store) }, coupon.id, moment.reason);
      return;
    }
    case "hold": {
      const [coupon] = await couponsInHand(scope, memberOf(stage, guest));
      const { lines, channel } = fillBasket(dice, brand, moment.party, "till");
      await putQuote(scope, orderId, { storeId, channel, memberId: memberOf(stage, guest), lines, couponIds: coupon ? [coupon.id] : [] });
      await holdQuote({ ...scope, actor: found(places.cashiers, guest.store) }, orderId, { ttlSeconds: HOLD_SECONDS, park: true, note: "8 号桌" });
    }
  }
}
