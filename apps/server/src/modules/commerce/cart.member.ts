import { demand, may, type Scope } from "../../kernel/scope.ts";
import { lookupMember } from "../customers/index.ts";
import type { CartWire } from "./cart.schema.ts";

/** Puts the member's id in place of what the till scanned or typed. A code counts for this order, however often the order sends it. */
export async function nameMember<Cart extends CartWire>(scope: Scope, orderId: string, cart: Cart): Promise<Cart> {
  const { member, ...rest } = cart;
  if (!member) return cart;
  // Asking by phone is a look at members, which the key of a till that only sends ids need not have.
  if (!may(scope.actor, "members:read")) demand(scope.actor, "members.read");
  return { ...rest, memberId: await lookupMember(scope, member, orderId) } as Cart;
}
