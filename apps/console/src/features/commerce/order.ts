import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export type OrderRow = ConsoleSchemas["OrderSummary"];
export type Order = ConsoleSchemas["Order"];
export type OrderLine = Order["lines"][number];
/** What a receipt shows; a till without network writes it itself. */
export type SoldOrder = Pick<Order, "id" | "orderNo" | "paidAt" | "netFen" | "memberId" | "memberName" | "pointsEarned" | "balances"> & {
  lines: Pick<OrderLine, "lineId" | "name" | "quantity" | "grossFen">[];
  effects: Pick<Order["effects"][number], "name" | "amountFen">[];
  tenders: Pick<Order["tenders"][number], "no" | "kind" | "amountFen">[];
};

export type TenderKind = "cash" | "card" | "wechat" | "stored-value" | "points";

export const orderQuery = (orderId: string) =>
  queryOptions({ queryKey: ["orders", orderId], queryFn: () => api.get<Order>(`/orders/${encodeURIComponent(orderId)}`) });
