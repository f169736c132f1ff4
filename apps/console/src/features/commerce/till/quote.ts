import type { TenderKind } from "../order.ts";

export interface CartLine {
  lineId: string;
  sku: string;
  name: string;
  category: string | null;
  quantity: number;
  unitPriceFen: number;
  tags?: string[];
  manualDiscountFen?: number;
}

export interface TenderRequest {
  kind: TenderKind;
  amountFen?: number;
  points?: number;
  paymentId?: string;
  reference?: string;
}

export interface QuoteRequest {
  storeId: string;
  channel: "till";
  memberId?: string;
  lines: CartLine[];
  /** Left out: the server chooses the best usable coupon. Empty: none. */
  couponIds?: string[];
  manualDiscountFen?: number;
}

export interface Reason {
  code: string;
  message: string;
  missing?: { amountFen?: number; quantity?: number };
}

export interface Candidate {
  id: string;
  kind: "offer" | "coupon" | "points" | "stored-value";
  name: string;
  /** In the quote, or would be if chosen. */
  applies: boolean;
  /** In the quote. */
  applied: boolean;
  amountFen: number;
  /** Of kind "points": how many points that is. */
  points?: number;
  reasons: Reason[];
}

export interface Quote {
  orderId: string;
  quoteHash: string;
  ruleVersion: number;
  /** The coupons in the quote, whoever chose them. */
  couponIds: string[];
  lines: { lineId: string; grossFen: number; discountFen: number; netFen: number; pointsEarned: number }[];
  grossFen: number;
  discountFen: number;
  feesFen: number;
  netFen: number;
  dueFen: number;
  effects: { kind: string; offerId?: string | null; couponId?: string | null; name: string; amountFen: number }[];
  candidates: Candidate[];
  /** What whoever is signed in may give by hand on this cart. */
  discountLimit: { percent: number; limitFen: number };
  pointsEarned: number;
  tenderSuggestion: TenderRequest[];
  member: { id: string; name: string; tier: string | null; points: number; storedValueFen: number; nextTier: { name: string; missing: { spendFen?: number; visits?: number } } | null } | null;
}

/** What points can pay of this order: worked out by the server, spent only when the guest asks for it. */
export function pointsTender(quote: Pick<Quote, "candidates">): TenderRequest | null {
  const candidate = quote.candidates.find((one) => one.kind === "points" && one.applies);
  return candidate?.points ? { kind: "points", amountFen: candidate.amountFen, points: candidate.points } : null;
}
