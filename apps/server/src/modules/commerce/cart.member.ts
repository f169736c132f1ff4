import { demand, may, type Scope } from "../../kernel/scope.ts";
import { lookupMember, survivorOf } from "../customers/index.ts";
import type { CartWire } from "./cart.schema.ts";
import { memberUnusable } from "./order.ts";

/** Asks again with the survivor where the cart names a member who was merged: a till may know them by their old id. */
export async function followMerge<Cart extends CartWire, Answer>(
  cart: Cart, inScope: <T>(run: (scope: Scope) => Promise<T>) => Promise<T>, ask: (cart: Cart) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(cart);
  } catch (error) {
    const { memberId } = cart;
    if (!memberId || !memberUnusable.is(error) || error.extra["state"] !== "merged") throw error;
    return ask({ ...cart, memberId: await inScope((scope) => survivorOf(scope, memberId)) });
  }
}

/** Puts the member's id in place of what the till scanned or typed. A code counts for this order, however often the order sends it. */
export async function nameMember<Cart extends CartWire>(scope: Scope, orderId: string, cart: Cart): Promise<Cart> {
  const { member, ...rest } = cart;
  if (!member) return cart;
  // Asking by phone is a look at members, which the key of a till that only sends ids need not have.
  if (!may(scope.actor, "members:read")) demand(scope.actor, "members.read");
  return { ...rest, memberId: await lookupMember(scope, member, orderId) } as Cart;
}
