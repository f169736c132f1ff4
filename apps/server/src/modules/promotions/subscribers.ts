import { ORDER_PAID, ORDER_RETURNED, type OrderPaid, type OrderReturned } from "../../events/commerce.ts";
import { MEMBER_REGISTERED } from "../../events/customers.ts";
import type { DomainEvent, Subscriber } from "../../kernel/events.ts";
import type { Scope } from "../../kernel/scope.ts";
import { countUses, type Use } from "./coupon-redemption.ts";
import { rewardOrders, takeBackRewards, welcomeMembers } from "./coupon-reward.ts";

/** Paid orders add what their coupons took off and what they brought; returns take away what they gave back. */
function usesOf(event: DomainEvent): Use[] {
  const { couponIds, coupons = [], ...told } = event.payload as unknown as OrderPaid & OrderReturned;
  const sign = event.type === ORDER_PAID ? 1 : -1;
  const salesFen = (event.type === ORDER_PAID ? told.netFen : told.orderNetFen) ?? 0;
  return couponIds.map((couponId) =>
    ({ couponId, count: sign, costFen: sign * (coupons.find((one) => one.couponId === couponId)?.amountFen ?? 0), salesFen: sign * salesFen }));
}

/** One job a batch of orders for all that coupons have to do with it. Counting last: it takes the templates' rows, where everybody meets. */
async function followOrders(scope: Scope, events: readonly DomainEvent[]): Promise<void> {
  await rewardOrders(scope, events.filter((event) => event.type === ORDER_PAID));
  await takeBackRewards(scope, events.filter((event) => event.type === ORDER_RETURNED));
  await countUses(scope, events.flatMap(usesOf));
}

export const subscribers: readonly Subscriber[] = [
  { name: "promotions.count-redeemed", on: [ORDER_PAID, ORDER_RETURNED], handle: followOrders },
  { name: "promotions.welcome", on: [MEMBER_REGISTERED], handle: welcomeMembers },
];
