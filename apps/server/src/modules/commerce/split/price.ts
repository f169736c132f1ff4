import { chooseCoupons, evaluate, type CouponInHand, type Quote, type Snapshot } from "@shuke/offers";
import { invalid } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { getMembers } from "../../customers/index.ts";
import { currentProgram, readStandings, tierOf } from "../../loyalty/index.ts";
import { couponsById, couponsInHand, currentRules, inHand, type Coupon } from "../../promotions/index.ts";
import { engineCart } from "../cart.ts";
import type { CartWire } from "../cart.schema.ts";
import { refuseDiscount } from "../discount-limit.ts";
import { memberUnusable, unknownMember } from "../order.ts";

export interface TablePrice {
  quote: Quote;
  couponIds: string[];
  /** Coupons with their owners: each belongs to its owner's share. */
  coupons: Coupon[];
  host: NonNullable<Snapshot["member"]> | null;
}

/** The best price for the table: with each guest's tier in turn, and with every coupon that a guest at the table has. */
export async function priceTable(scope: Scope, billId: string, cart: CartWire & { storeId: string }, memberIds: readonly string[]): Promise<TablePrice> {
  refuseDiscount(scope.actor, cart.storeId, cart);
  const rules = await currentRules(scope);
  const hosts = await hostsOf(scope, memberIds);
  const coupons = await couponsOf(scope, cart, memberIds);
  const at = scope.now.getTime();
  const priced = hosts.map((host) => {
    const snapshot: Snapshot = { member: host, coupons: coupons.map((coupon) => atTable(coupon, inHand(coupon, scope.now, billId), host, memberIds)) };
    const couponIds = cart.couponIds ?? chooseCoupons(engineCart(cart, cart.storeId, []), snapshot, rules, at);
    const quote = evaluate(engineCart(cart, cart.storeId, couponIds), snapshot, rules, at, { explain: false });
    // A coupon that took nothing off stays with its owner.
    const used = couponIds.filter((couponId) => quote.effects.some((effect) => effect.couponId === couponId));
    return { quote: used.length === couponIds.length ? quote : evaluate(engineCart(cart, cart.storeId, used), snapshot, rules, at, { explain: false }), couponIds: used, host };
  });
  const best = priced.reduce((found, one) => (one.quote.totalFen < found.quote.totalFen ? one : found));
  return { ...best, coupons: coupons.filter((coupon) => best.couponIds.includes(coupon.id)) };
}

/** A coupon of anybody at the table counts for the table, whoever's tier the price is found with. */
const atTable = (coupon: Coupon, hand: CouponInHand, host: TablePrice["host"], memberIds: readonly string[]): CouponInHand =>
  coupon.memberId !== null && memberIds.includes(coupon.memberId) ? { ...hand, memberId: host?.id ?? null } : hand;

async function hostsOf(scope: Scope, memberIds: readonly string[]): Promise<TablePrice["host"][]> {
  if (memberIds.length === 0) return [null];
  const [members, standings, program] = await Promise.all([getMembers(scope, memberIds), readStandings(scope, memberIds), currentProgram(scope)]);
  return memberIds.map((memberId) => {
    const member = members.find((one) => one.id === memberId);
    const standing = standings.get(memberId);
    if (!member || !standing) throw unknownMember({ memberId });
    if (member.state !== "active") throw memberUnusable({ memberId, state: member.state });
    return { id: memberId, tierId: tierOf(program, standing.tierId)?.id ?? null, segments: [], firstOrder: standing.orders === 0 };
  });
}

async function couponsOf(scope: Scope, cart: CartWire, memberIds: readonly string[]): Promise<Coupon[]> {
  const theirs = (await Promise.all(memberIds.map((memberId) => couponsInHand(scope, memberId)))).flat();
  const named = await couponsById(scope, (cart.couponIds ?? []).filter((couponId) => !theirs.some((one) => one.id === couponId)));
  const coupons = [...theirs, ...named];
  const errors = (cart.couponIds ?? []).flatMap((couponId, at) =>
    coupons.some((one) => one.id === couponId) ? [] : [{ field: `couponIds.${at}`, code: "unknown", message: "no such coupon" }]);
  if (errors.length > 0) throw invalid({ errors });
  return coupons;
}
