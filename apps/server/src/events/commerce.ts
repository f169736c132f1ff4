/** What commerce tells the others. Payloads are plain JSON; amounts in fen, days in the tenant's zone. */
export const ORDER_PAID = "commerce.order-paid";
export const ORDER_RETURNED = "commerce.order-returned";

export interface OrderPaid {
  orderId: string;
  storeId: string;
  memberId: string | null;
  channel: string;
  grossFen: number;
  netFen: number;
  pointsEarned: number;
  pointsSpent: number;
  couponIds: readonly string[];
  /** What each of them took off; present where there are any. */
  coupons?: readonly { couponId: string; amountFen: number }[];
  /** Coupons that the order's offers bring; present where there are any. */
  issues?: readonly { templateId: string; count: number }[];
  paidAt: string;
  businessOn: string;
  hour: number;
}

export interface OrderReturned {
  orderId: string | null;
  returnId: string;
  storeId: string;
  memberId: string | null;
  amountFen: number;
  pointsTakenBack: number;
  pointsGivenBack: number;
  whole: boolean;
  /** Coupons that the return gave back, and what they had taken off. */
  couponIds: readonly string[];
  coupons?: readonly { couponId: string; amountFen: number }[];
  /** What the order was paid for. */
  orderNetFen?: number;
  businessOn: string;
  hour: number;
}
