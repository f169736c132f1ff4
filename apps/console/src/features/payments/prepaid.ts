import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

export type Cause = "seven-day" | "consumer" | "merchant";
export type SpendOrder = "proportional" | "principal-first" | "bonus-first";

export interface Step {
  code: string;
  fen: number;
  numerator?: number;
  denominator?: number;
  count?: number;
}

export interface QuotedPart {
  sourceId: string;
  kind: "top-up" | "card";
  at: string;
  paidFen: number;
  refundFen: number;
  refusal: string | null;
  steps: Step[];
}

export interface WithdrawalQuote {
  cause: Cause;
  refundFen: number;
  principalFen: number;
  bonusLapsedFen: number;
  approvalOverFen: number;
  needsApproval: boolean;
  parts: QuotedPart[];
}

export interface Withdrawal {
  id: string;
  memberId: string;
  memberName: string;
  cardId: string | null;
  cause: Cause;
  state: "waiting" | "paying" | "done" | "declined";
  method: "original" | "cash" | "bank";
  reference: string | null;
  refundFen: number;
  reason: string;
  quote: WithdrawalQuote;
  parts: { sourceId: string; refundFen: number; method: string; state: "waiting" | "paid" | "failed" }[];
  askedAt: string;
  decidedAt: string | null;
}

export interface StoredCard {
  id: string;
  cardNo: string;
  kind: "named" | "unnamed";
  memberId: string | null;
  amountFen: number;
  expiresOn: string | null;
  state: "active" | "lost" | "replaced" | "bound";
}

export interface Prepaid {
  principalFen: number;
  bonusFen: number;
  freeze: { kind: "loss" | "dispute" | "other"; reason: string; at: string } | null;
  spendOrder: SpendOrder;
  topUps: { sourceId: string; at: string; principalFen: number; bonusFen: number; spentFen: number; spendOrder: SpendOrder }[];
  storedCards: StoredCard[];
}

export interface PrepaidTerms {
  version: number;
  spendOrder: SpendOrder;
  approvalOverFen: number;
  namedLimitFen: number;
  unnamedLimitFen: number;
  unnamedYears: number;
}

export interface CardProduct {
  id: string;
  kind: "count" | "period";
  name: string;
  serves: string;
  priceFen: number;
  units: number;
  listUseFen: number | null;
  validDays: number | null;
  benefitTag: string | null;
  renews: boolean;
  storeIds: string[];
  isActive: boolean;
  position: number;
  refunds: { used: number; consumerFen: number; merchantFen: number }[];
}

export interface Card {
  id: string;
  kind: "count" | "period";
  name: string;
  serves: string;
  state: "waiting" | "active" | "paused" | "ended" | "refunded" | "cancelled";
  units: number;
  left: number;
  used: number;
  priceFen: number;
  recognisedFen: number;
  endsOn: string | null;
  renewal: { state: "signing" | "active" | "ended"; dueOn: string | null; nextTryOn: string | null; attempts: number; lastError: string | null } | null;
}

export interface CardUse {
  id: string;
  uses: number;
  recognisedFen: number;
  note: string | null;
  undoOf: string | null;
  isUndone: boolean;
  at: string;
}

export const prepaidQuery = (memberId: string) => queryOptions({ queryKey: ["prepaid", memberId], queryFn: () => api.get<Prepaid>(`/members/${memberId}/prepaid`) });
export const cardsQuery = (memberId: string) => queryOptions({ queryKey: ["cards", memberId], queryFn: () => api.get<Page<Card>>(`/members/${memberId}/cards`) });
export const termsQuery = queryOptions({ queryKey: ["prepaid-terms"], queryFn: () => api.get<PrepaidTerms>("/prepaid-terms") });
export const productsQuery = queryOptions({ queryKey: ["/card-products"], queryFn: () => api.get<Page<CardProduct>>("/card-products") });

/** What a change of a member's prepaid value makes stale, beside the member's own figures. */
export const prepaidRefreshes = (memberId: string) => [["prepaid", memberId], ["cards", memberId], ["/withdrawals"], ["members", memberId], [`/members/${memberId}/stored-value-entries`], ["/members"]];
