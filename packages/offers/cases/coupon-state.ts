import type { CouponState } from "../src/cart.ts";

/** What can happen to an issued coupon. "hold" and what follows it name the order. */
export type CouponEvent =
  | { kind: "activate" } | { kind: "expire" } | { kind: "void" }
  | { kind: "hold" | "release" | "redeem" | "revert"; orderId: string };

export interface CouponStanding {
  state: CouponState;
  /** The order that holds or has used it. */
  orderId: string | null;
}

/** The standing after an event; null when the event is not possible now. A coupon serves one order: whoever holds it first. */
export function couponAfter({ state, orderId }: CouponStanding, event: CouponEvent): CouponStanding | null {
  const isOwn = "orderId" in event && event.orderId === orderId;
  switch (event.kind) {
    case "activate": return state === "pending" ? { state: "issued", orderId: null } : null;
    case "hold": return state === "issued" || (state === "held" && isOwn) ? { state: "held", orderId: event.orderId } : null;
    case "release": return state === "held" && isOwn ? { state: "issued", orderId: null } : null;
    case "redeem": return state === "issued" || (state === "held" && isOwn) ? { state: "redeemed", orderId: event.orderId } : null;
    case "revert": return state === "redeemed" && isOwn ? { state: "issued", orderId: null } : null;
    case "expire": return state === "issued" || state === "pending" ? { state: "expired", orderId: null } : null;
    case "void": return state === "issued" || state === "pending" || state === "expired" ? { state: "void", orderId: null } : null;
  }
}
