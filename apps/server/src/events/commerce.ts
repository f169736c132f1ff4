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
  couponIds: readonly string[];
  businessOn: string;
  hour: number;
}
