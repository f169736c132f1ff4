import type { Quote } from "@shuke/offers";
import { problem } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { couponUnknown, couponUnusable } from "../../promotions/index.ts";
import type { Batch } from "./batch.ts";
import type { OfflineSale } from "./escrow.ts";
import type { Ticket } from "./ticket.ts";

export const sharePaid = problem("commerce/share-paid", 409, "This share has been paid");
export const billChanged = problem("commerce/bill-changed", 409, "The bill was divided anew; look at the shares again");

/** A price that stood before its order came to the desk: a share of a table's bill, an order of a till that was without network. */
export interface Frozen {
  quote: Quote;
  ruleVersion: number;
  /** What holds the order's coupons in place of the order. */
  holder: string;
  offline?: OfflineSale;
  bill?: { id: string; no: number; of: number; revision: number };
}

export interface LockedShare {
  bill_id: string;
  no: number;
  state: string;
  bill_state: string;
  revision: number;
}

const shareKey = (billId: string, no: number): string => `${billId}/${no}`;

/** Locks the bills of a batch and their shares; says nothing to the database when the batch has none. */
export async function lockShares(scope: Scope, tickets: readonly Ticket[]): Promise<Map<string, LockedShare>> {
  const bills = [...new Set(tickets.flatMap((ticket) => ticket.frozen?.bill?.id ?? []))];
  if (bills.length === 0) return new Map();
  const rows = await scope.tx.rows<LockedShare>(
    `select s.bill_id, s.no, s.state, b.state as bill_state, b.revision from commerce.bill b
       join commerce.bill_share s on s.tenant_id = $1 and s.bill_id = b.id
      where b.tenant_id = $1 and b.id = any($2::text[]) order by b.id, s.no for update`, [scope.tenantId, bills]);
  return new Map(rows.map((row) => [shareKey(row.bill_id, row.no), row]));
}

/** The price that was frozen, if it may still be paid. */
export function frozenPrice(batch: Batch, ticket: Ticket, frozen: Frozen): Quote {
  const { bill } = frozen;
  if (bill) {
    const share = batch.shares.get(shareKey(bill.id, bill.no));
    if (!share || share.bill_state === "void" || share.revision !== bill.revision) throw billChanged({ billId: bill.id });
    if (share.state === "paid") throw sharePaid({ billId: bill.id, no: bill.no });
  }
  for (const couponId of ticket.couponIds) {
    const coupon = batch.coupons.get(couponId);
    if (!coupon) throw couponUnknown({ couponId });
    if (coupon.state !== "issued" && !(coupon.state === "held" && coupon.orderId === frozen.holder)) throw couponUnusable({ couponIds: [couponId], detail: "Another order has used it" });
  }
  return frozen.quote;
}

/** The order stands: its share is paid, and with the last one the bill. */
export function takeShare(batch: Batch, { frozen }: Ticket): void {
  const share = frozen?.bill && batch.shares.get(shareKey(frozen.bill.id, frozen.bill.no));
  if (share) share.state = "paid";
}

/** Writes the shares that a batch's orders paid. */
export function writeShares({ scope, orders }: Batch): void {
  const paid = orders.filter((order) => order.proof.bill);
  if (paid.length === 0) return;
  scope.tx.write(
    `update commerce.bill_share s set state = 'paid', order_id = v.order_id, payer_id = v.payer_id, paid_at = v.at
       from unnest($2::text[], $3::int[], $4::text[], $5::uuid[], $6::timestamptz[]) as v(bill_id, no, order_id, payer_id, at)
      where s.tenant_id = $1 and s.bill_id = v.bill_id and s.no = v.no`,
    [scope.tenantId, paid.map((one) => one.proof.bill?.id), paid.map((one) => one.proof.bill?.no), paid.map((one) => one.id), paid.map((one) => one.memberId), paid.map((one) => one.paidAt)]);
  scope.tx.write(
    `update commerce.bill b set state = 'paid', closed_at = $3 where b.tenant_id = $1 and b.id = any($2::text[]) and b.state = 'open'
        and not exists (select 1 from commerce.bill_share s where s.tenant_id = $1 and s.bill_id = b.id and s.state = 'open')`,
    [scope.tenantId, [...new Set(paid.map((one) => one.proof.bill?.id))], scope.now]);
}
