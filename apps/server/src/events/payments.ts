/** What payments tells the others. Amounts in fen. The subject is the member, where there is one. */
export const TOP_UP_DONE = "payments.top-up-done";
export const PAYMENT_SUCCEEDED = "payments.payment-succeeded";
export const REFUND_SUCCEEDED = "payments.refund-succeeded";
export const REFUND_FAILED = "payments.refund-failed";
export const WITHDRAWAL_DONE = "payments.withdrawal-done";
export const CARD_SOLD = "payments.card-sold";
export const CARD_USED = "payments.card-used";
export const RENEWAL_DUE = "payments.renewal-due";
export const RENEWAL_FAILED = "payments.renewal-failed";
export const RENEWAL_ENDED = "payments.renewal-ended";

export interface TopUpDone {
  topUpId: string;
  memberId: string;
  planId: string;
  principalFen: number;
  bonusFen: number;
  method: "cash" | "card" | "wechat";
  storeId: string | null;
}

export interface PaymentSucceeded {
  paymentId: string;
  purpose: "order" | "top-up" | "card" | "redemption";
  /** The order's, the top-up's, the card sale's or the redemption's id. */
  subjectId: string;
  memberId: string | null;
  amountFen: number;
}

export interface RefundSucceeded {
  refundId: string;
  paymentId: string;
  returnId: string;
  amountFen: number;
}

/** The provider will not do it: a person has to finish it in the merchant platform. */
export interface RefundFailed extends RefundSucceeded {
  reason: string;
}

/** Prepaid money has gone back, all parts of it. */
export interface WithdrawalDone {
  withdrawalId: string;
  memberId: string;
  refundFen: number;
  cause: "seven-day" | "consumer" | "merchant";
}

/** A card was paid for, or given; or a further period of one. */
export interface CardSold {
  cardId: string;
  saleId: string;
  memberId: string;
  productId: string;
  kind: "count" | "period";
  /** uses or days */
  units: number;
  priceFen: number;
  method: "cash" | "card" | "wechat" | "gift";
  storeId: string | null;
}

export interface CardUsed {
  useId: string;
  cardId: string;
  memberId: string;
  uses: number;
  recognisedFen: number;
  storeId: string;
}

/** Money will be taken on `dueOn`: five days before. */
export interface RenewalDue {
  renewalId: string;
  cardId: string;
  memberId: string;
  priceFen: number;
  dueOn: string;
}

/** It is tried again on `nextTryOn`; without one, the renewal has ended. */
export interface RenewalFailed {
  renewalId: string;
  cardId: string;
  memberId: string;
  priceFen: number;
  attempt: number;
  nextTryOn: string | null;
  error: string;
}

export interface RenewalEnded {
  renewalId: string;
  cardId: string;
  memberId: string;
  reason: string;
}
