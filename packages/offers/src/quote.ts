import type { Fen, Instant } from "./cart.ts";
import type { HashForm } from "./input-hash.ts";
import type { GiftItem, Level, Mode, OfferKind } from "./offer.ts";
import type { Reason } from "./reason.ts";

/** The result of one evaluation: a value, frozen with the order. */
export interface Quote {
  /** In the order of application. */
  effects: Effect[];
  /** One for each cart line, in cart order. */
  lines: QuoteLine[];
  fees: QuoteFee[];
  /** Every offer and coupon considered; empty when evaluated without `explain`. */
  candidates: Candidate[];
  /** Sum of lines before discounts. */
  grossFen: Fen;
  /** Sum of what was taken off the lines; grossFen - discountFen = netFen. */
  discountFen: Fen;
  /** Sum of the lines' netFen: the base of points and refunds. */
  netFen: Fen;
  /** Fees after delivery offers. */
  feesFen: Fen;
  /** To be paid by tenders: netFen + feesFen. */
  totalFen: Fen;
  proof: Proof;
}

export interface QuoteLine {
  lineId: string;
  sku: string;
  quantity: number;
  grossFen: Fen;
  discountFen: Fen;
  /** Never below zero. Frozen at confirmation; refunds take their share of it. */
  netFen: Fen;
  /** What each effect took off this line, by index into `effects`. */
  shares: { effect: number; amountFen: Fen }[];
}

export interface QuoteFee {
  kind: string;
  amountFen: Fen;
  discountFen: Fen;
  netFen: Fen;
}

/** What one offer, one coupon or the cashier's hand did. */
export interface Effect {
  kind: OfferKind | "manual";
  level: Level;
  offerId: string | null;
  couponId: string | null;
  name: string;
  /** Taken off lines and fees; 0 for gifts and coupons to be issued. */
  amountFen: Fen;
  lines: { lineId: string; amountFen: Fen }[];
  /** By index into `fees`. */
  fees: { fee: number; amountFen: Fen }[];
  gifts: GiftItem[];
  issues: { templateId: string; count: number }[];
}

export interface Candidate {
  id: string;
  kind: "offer" | "coupon";
  offerId: string;
  name: string;
  /** True when it is in this quote, or would be if chosen (coupons, codes). */
  applies: boolean;
  /** True when it is in this quote. */
  applied: boolean;
  /** What it takes off, or would take off if chosen. */
  amountFen: Fen;
  /** Every reason why it is not in the quote. */
  reasons: Reason[];
}

/** Enough to run the evaluation again from stored inputs. */
export interface Proof {
  ruleVersion: number;
  mode: Mode;
  at: Instant;
  /** 64-bit hash, 16 hex digits, over cart, snapshot with what its coupons say, rule version and instant. */
  inputHash: string;
  /** How it was hashed; absent in proofs from before coupons counted with their definition. */
  hashForm?: HashForm;
  /** Only in mode "best". */
  search: Certificate | null;
}

/** What the search of mode "best" looked at. */
export interface Certificate {
  /** Offers that could take something off this cart. */
  candidates: number;
  /** Combinations that were computed. */
  considered: number;
  /** Branches cut because even their bound could not beat the best known. */
  pruned: number;
  /** "orders": no set in any permitted order does better; always so up to 12 candidates. "bound": at most `gapFen` better exists. */
  exact: "orders" | "bound";
  /** Upper bound of what a better plan could still save; 0 when exact. */
  gapFen: Fen;
}
