/** What payments tells the others. Amounts in fen. The subject is the member, where there is one. */
export const TOP_UP_DONE = "payments.top-up-done";
export const PAYMENT_SUCCEEDED = "payments.payment-succeeded";
export const REFUND_SUCCEEDED = "payments.refund-succeeded";
export const REFUND_FAILED = "payments.refund-failed";

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
  purpose: "order" | "top-up";
  /** The order's or the top-up's id. */
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
