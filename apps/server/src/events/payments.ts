/** What payments tells the others. Amounts in fen. The subject is the member, where there is one. */
export const TOP_UP_DONE = "payments.top-up-done";
export const PAYMENT_SUCCEEDED = "payments.payment-succeeded";
export const REFUND_SUCCEEDED = "payments.refund-succeeded";
export const REFUND_FAILED = "payments.refund-failed";
export const WITHDRAWAL_DONE = "payments.withdrawal-done";

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
  purpose: "order" | "top-up" | "card";
  /** The order's, the top-up's or the card sale's id. */
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
