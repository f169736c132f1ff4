import type { z } from "zod";
import { hint } from "../../kernel/live.ts";
import { actorRef, demandStore, type Scope } from "../../kernel/scope.ts";
import { getMember, lockMembers } from "../customers/index.ts";
import { Journal } from "../ledger/index.ts";
import { POINTS } from "../loyalty/index.ts";
import { storedValueAccounts } from "../payments/index.ts";
import { holdCoupons, releaseCoupons } from "../promotions/index.ts";
import type { takenUp } from "./cart.schema.ts";
import { cartTaken, quoteMissing, unknownMember } from "./order.ts";
import type { StoredCart } from "./quote.ts";

/** The stored cart of a quote; none once it was paid. */
export async function findQuoteCart(scope: Scope, orderId: string): Promise<StoredCart | undefined> {
  const row = await scope.tx.db.selectFrom("commerce.quote").select("cart").where("order_id", "=", orderId).executeTakeFirst();
  return row?.cart as StoredCart | undefined;
}

interface Hold {
  ttlSeconds: number;
  pointsToHold?: number | undefined;
  storedValueFenToHold?: number | undefined;
  park?: boolean;
  note?: string | undefined;
}

/** Sets coupons, points and stored value of a quote aside for a while: nobody else can spend them. */
export async function holdQuote(scope: Scope, orderId: string, hold: Hold): Promise<{ orderId: string; heldUntil: string }> {
  const cart = await lockQuote(scope, orderId);
  demandStore(scope.actor, cart.storeId);
  const until = new Date(scope.now.getTime() + hold.ttlSeconds * 1_000);
  await release(scope, orderId, cart);
  await holdCoupons(scope, cart.couponIds, orderId, until);
  if (cart.memberId) await holdBalances(scope, cart.memberId, orderId, hold, until);
  else if (hold.pointsToHold || hold.storedValueFenToHold) throw unknownMember({ detail: "Points and stored value need a member" });
  const parked = hold.park ? { parked_at: scope.now, parked_by: actorRef(scope.actor), note: hold.note ?? null } : { parked_at: null };
  await scope.tx.db.updateTable("commerce.quote").set({ state: "held", held_until: until, ...parked }).where("order_id", "=", orderId).execute();
  return { orderId, heldUntil: until.toISOString() };
}

async function holdBalances(scope: Scope, memberId: string, orderId: string, hold: Hold, until: Date): Promise<void> {
  const points = { holderId: memberId, asset: POINTS };
  const [principal, bonus] = storedValueAccounts(memberId);
  const journal = await Journal.open(scope, [points, ...storedValueAccounts(memberId)]);
  if (hold.pointsToHold) journal.hold(points, hold.pointsToHold, orderId, until);
  if (hold.storedValueFenToHold && principal && bonus) {
    const fromPrincipal = Math.min(hold.storedValueFenToHold, journal.available(principal));
    if (fromPrincipal > 0) journal.hold(principal, fromPrincipal, orderId, until);
    if (hold.storedValueFenToHold > fromPrincipal) journal.hold(bonus, hold.storedValueFenToHold - fromPrincipal, orderId, until);
  }
  journal.close();
  hint(scope, "members", [memberId]);
}

/** Gives back what a hold set aside. A parked cart leaves the list with it. */
export async function releaseQuote(scope: Scope, orderId: string): Promise<{ orderId: string }> {
  const cart = await lockQuote(scope, orderId);
  demandStore(scope.actor, cart.storeId);
  await release(scope, orderId, cart);
  await scope.tx.db.updateTable("commerce.quote").set({ state: "released", held_until: null, parked_at: null }).where("order_id", "=", orderId).execute();
  return { orderId };
}

/** A hold whose time is over gives its value back; a parked cart stays on the list, so that the table is not forgotten. */
export async function endHold(scope: Scope, orderId: string): Promise<void> {
  const cart = await lockQuote(scope, orderId);
  await release(scope, orderId, cart);
  await scope.tx.db.updateTable("commerce.quote").set({ state: "released", held_until: null }).where("order_id", "=", orderId).execute();
}

/** Takes a parked cart off the list and gives back what it held; of two tills that reach for it one gets it. */
export async function takeUpCart(scope: Scope, orderId: string): Promise<z.input<typeof takenUp>> {
  const cart = await lockQuote(scope, orderId);
  demandStore(scope.actor, cart.storeId);
  const taken = await scope.tx.db.updateTable("commerce.quote").set({ state: "open", held_until: null, parked_at: null, at: scope.now })
    .where("order_id", "=", orderId).where("parked_at", "is not", null).returning("note").executeTakeFirst();
  if (!taken) throw cartTaken({ orderId });
  await release(scope, orderId, cart);
  const member = cart.memberId ? await getMember(scope, cart.memberId) : null;
  return {
    orderId, storeId: cart.storeId, channel: cart.channel, note: taken.note, lines: cart.lines, fees: cart.fees ?? [], couponIds: cart.couponIds,
    codes: cart.codes ?? [], manualDiscountFen: cart.manualDiscountFen ?? 0,
    member: member && { id: member.id, memberNo: member.memberNo, name: member.name },
  };
}

/** Locks in the common order: member, coupons (by their update), accounts. */
async function lockQuote(scope: Scope, orderId: string): Promise<StoredCart> {
  const row = await scope.tx.db.selectFrom("commerce.quote").select("cart").where("order_id", "=", orderId).forUpdate().executeTakeFirst();
  if (!row) throw quoteMissing({ orderId });
  const cart = row.cart as StoredCart;
  if (cart.memberId) await lockMembers(scope, [cart.memberId]);
  return cart;
}

async function release(scope: Scope, orderId: string, cart: StoredCart): Promise<void> {
  releaseCoupons(scope, orderId, cart.couponIds);
  if (!cart.memberId) return;
  const journal = await Journal.open(scope, [{ holderId: cart.memberId, asset: POINTS }, ...storedValueAccounts(cart.memberId)], [orderId]);
  journal.release(orderId);
  journal.close();
}
