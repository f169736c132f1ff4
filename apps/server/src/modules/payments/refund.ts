import { enqueue } from "../../kernel/events.ts";
import type { Fen } from "../../kernel/money.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { paymentProblem } from "./payment.ts";

/** The task that asks the provider; it takes `{ tenantId, refundId }`. */
export const REFUND_TASK = "payments.refund";

/** Records that money goes back through the provider; the task asks for it once the scope has committed. */
export async function requestRefund(scope: Scope, refund: { paymentId: string; amountFen: Fen; returnId: string }): Promise<string> {
  const { tx, tenantId, now } = scope;
  const reserved = await tx.rows(
    `update payments.payment set refunded_fen = refunded_fen + $3
      where tenant_id = $1 and id = $2 and state = 'succeeded' and refunded_fen + $3 <= amount_fen returning 1`,
    [tenantId, refund.paymentId, refund.amountFen]);
  if (reserved.length === 0) throw paymentProblem({ detail: "The payment has less to give back", paymentId: refund.paymentId });
  const refundId = newId<"refund">(scope);
  await tx.db.insertInto("payments.refund").values({
    id: refundId, payment_id: refund.paymentId, return_id: refund.returnId, amount_fen: refund.amountFen,
    out_refund_no: refundId.replaceAll("-", ""), at: now,
  }).execute();
  await enqueue(scope, REFUND_TASK, { refundId });
  return refundId;
}
