import type { Fen, Instant } from "./cart.ts";

/** Stable codes: part of the wire; never renamed. */
export type ReasonCode =
  | "not-started" | "ended" | "weekday" | "time-slot" | "store" | "channel"
  | "member-required" | "tier" | "segment" | "first-order"
  | "no-items" | "min-amount" | "min-quantity" | "requires-items" | "item-not-in-cart"
  | "code-required" | "not-chosen" | "not-owner" | "pending" | "held" | "redeemed" | "expired" | "void" | "not-yet-valid"
  | "used-up" | "used-by-member" | "per-order" | "exclusive" | "group" | "not-best" | "nothing-left" | "no-fee";

export interface Reason {
  code: ReasonCode;
  message: string;
  missing?: Missing;
}

/** The distance to unlock; only what is lacking is present. */
export interface Missing {
  amountFen?: Fen;
  quantity?: number;
  skus?: readonly string[];
  categories?: readonly string[];
  tags?: readonly string[];
  tierIds?: readonly string[];
  storeIds?: readonly string[];
  channels?: readonly string[];
  /** When it becomes possible. */
  at?: Instant;
}
