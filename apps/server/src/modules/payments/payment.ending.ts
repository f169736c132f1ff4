import type { Scope } from "../../kernel/scope.ts";
import { markClosed } from "./payment.ts";

/** Gives a payment up that nobody has paid, and the top-up that waits for it. */
export async function closeUnpaid(scope: Scope, paymentId: string): Promise<void> {
  if (!(await markClosed(scope, paymentId))) return;
  await scope.tx.rows("update payments.top_up set state = 'cancelled' where tenant_id = $1 and payment_id = $2 and state = 'waiting' returning id",
    [scope.tenantId, paymentId]);
}
