import type { Scope } from "../../../kernel/scope.ts";
import type { Order } from "../order.ts";
import { readOrders } from "../order.rows.ts";
import { findBill } from "./bill.rows.ts";

/**
 * The orders with the coupons of a bill whose last share now comes back; none before: what a coupon took off is spread over all
 * shares, and the others still have theirs.
 */
export async function couponOrders(scope: Scope, order: Order, billId: string): Promise<Order[]> {
  // Two shares that come back at once do so one after the other: the second finds the first's.
  await scope.tx.rows("select id from commerce.bill where tenant_id = $1 and id = $2 for update", [scope.tenantId, billId]);
  const bill = await findBill(scope, billId);
  if (!bill || bill.shares.some((one) => one.state === "open")) return [];
  const others = [...(await readOrders(scope, bill.shares.flatMap((one) => one.orderId ?? []).filter((id) => id !== order.id))).values()];
  return others.every((one) => one.status === "refunded") ? [order, ...others].filter((one) => one.proof.couponIds.length > 0) : [];
}
