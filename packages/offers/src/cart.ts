import type { Offer } from "./offer.ts";

/** Money in integer fen. */
export type Fen = number;

/** An instant in milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

/** What is being bought. Prices include tax; quantities are whole units. */
export interface Cart {
  lines: readonly CartLine[];
  /** Packing, delivery and the like: outside every discount except those of level "delivery". */
  fees: readonly Fee[];
  channel: string;
  storeId: string;
  /** Taken off by the cashier after all offers, spread over the lines; 0 when none. */
  manualDiscountFen: Fen;
  /** Coupons the member or cashier chose, by `CouponInHand.id`, in the order chosen. */
  couponIds: readonly string[];
  /** Codes typed in; case and blanks do not matter. */
  codes: readonly string[];
}

export interface CartLine {
  id: string;
  sku: string;
  name: string;
  category: string | null;
  tags: readonly string[];
  quantity: number;
  /** May be negative for a hand-keyed discount line; such a line lowers what offers can take. */
  unitPriceFen: Fen;
  /** Taken off this line by staff before any offer; 0 or absent when none. */
  manualDiscountFen?: Fen | undefined;
}

export interface Fee {
  /** "packing", "delivery", or any name of the merchant's. */
  kind: string;
  amountFen: Fen;
  id?: string | undefined;
}

/** What is known of the member at `now`; the evaluation looks at nothing else. */
export interface Snapshot {
  member: Member | null;
  /** Every coupon worth showing, chosen or not. */
  coupons: readonly CouponInHand[];
  /** How often the member has used an offer before, by offer id; absent means never. */
  usedByMember?: Readonly<Record<string, number>> | undefined;
  /** How often an offer has been used by anyone, by offer id; absent means never. */
  usedInTotal?: Readonly<Record<string, number>> | undefined;
}

export interface Member {
  id: string;
  tierId: string | null;
  segments: readonly string[];
  /** True while the member has no earlier order. */
  firstOrder: boolean;
}

export type CouponState = "issued" | "held" | "redeemed" | "expired" | "void" | "pending";

export interface CouponInHand {
  id: string;
  /** The offer as it stood in the template version that was issued. Share one object per version: it is compiled once. */
  offer: Offer;
  state: CouponState;
  /** First valid instant; null = at once. */
  validFromAt: Instant | null;
  /** First instant at which it is no longer valid; null = never ends. */
  validUntilAt: Instant | null;
  /** Owner; absent or null = bearer coupon. */
  memberId?: string | null | undefined;
}
