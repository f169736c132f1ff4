import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export interface OrderRow {
  id: string;
  orderNo?: string | null;
  status: "paid" | "partially-refunded" | "refunded";
  storeId: string;
  channel: string;
  memberId: string | null;
  memberName?: string | null;
  netFen: number;
  refundedFen: number;
  paidAt: string;
}

export interface OrderLine {
  lineId: string;
  sku: string;
  name: string;
  category?: string | null;
  quantity: number;
  returnedQuantity: number;
  unitPriceFen: number;
  grossFen: number;
  discountFen: number;
  netFen: number;
  pointsEarned: number;
}

export interface OrderTender {
  no: number;
  kind: TenderKind;
  amountFen: number;
  refundedFen: number;
  points?: number | null;
}

export type TenderKind = "cash" | "card" | "wechat" | "stored-value" | "points";

export interface OrderEffect {
  kind: string;
  name: string;
  amountFen: number;
}

export interface OrderReturn {
  id: string;
  at: string;
  amountFen: number;
  reason: string | null;
  lines: { lineId: string; quantity: number }[];
}

export interface Order extends OrderRow {
  grossFen: number;
  discountFen: number;
  feesFen?: number;
  lines: OrderLine[];
  tenders: OrderTender[];
  effects: OrderEffect[];
  pointsEarned: number;
  pointsSpent: number;
  balances?: { points: number; storedValueFen: number } | null;
  returns: OrderReturn[];
  cashier: string;
}

export const orderQuery = (orderId: string) =>
  queryOptions({ queryKey: ["orders", orderId], queryFn: () => api.get<Order>(`/orders/${encodeURIComponent(orderId)}`) });
