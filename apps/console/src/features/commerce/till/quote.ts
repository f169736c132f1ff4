import type { ConsoleSchemas } from "@shuke/api";
import type { TenderKind } from "../order.ts";

export interface CartLine {
  lineId: string;
  sku: string;
  name: string;
  category: string | null;
  quantity: number;
  unitPriceFen: number;
  /** Of carts that were parked elsewhere. */
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

/** The distance that the till shows; there are others. */
export type Reason = Pick<ConsoleSchemas["QuoteCandidate"]["reasons"][number], "code" | "message"> & { missing?: { amountFen?: number; quantity?: number } };
export type Candidate = Omit<ConsoleSchemas["QuoteCandidate"], "reasons"> & { reasons: Reason[] };
type Sent = ConsoleSchemas["Quote"];

/** What the till uses of a quote; without network it writes one itself. */
export type Quote = Pick<Sent, "orderId" | "quoteHash" | "ruleVersion" | "couponIds" | "grossFen" | "discountFen" | "feesFen" | "netFen" | "dueFen" | "discountLimit" | "pointsEarned"> & {
  lines: Pick<Sent["lines"][number], "lineId" | "grossFen" | "discountFen" | "netFen" | "pointsEarned">[];
  effects: Pick<Sent["effects"][number], "kind" | "name" | "amountFen">[];
  candidates: Candidate[];
  member: Pick<NonNullable<Sent["member"]>, "id" | "name" | "tier" | "points" | "storedValueFen" | "nextTier"> | null;
};

/** What points can pay of this order: worked out by the server, spent only when the guest asks for it. */
export function pointsTender(quote: Pick<Quote, "candidates">): TenderRequest | null {
  const candidate = quote.candidates.find((one) => one.kind === "points" && one.applies);
  return candidate?.points ? { kind: "points", amountFen: candidate.amountFen, points: candidate.points } : null;
}
