import type { Scope } from "../../kernel/scope.ts";
import { markClosed } from "./payment.ts";

/** Gives a payment up that nobody has paid, and the top-up or the card that waits for it. */
export async function closeUnpaid(scope: Scope, paymentId: string): Promise<void> {
  if (!(await markClosed(scope, paymentId))) return;
  await scope.tx.rows("update payments.top_up set state = 'cancelled' where tenant_id = $1 and payment_id = $2 and state = 'waiting' returning id",
    [scope.tenantId, paymentId]);
  await scope.tx.rows(
    `with gone as (update payments.card_sale set state = 'cancelled' where tenant_id = $1 and payment_id = $2 and state = 'waiting' returning card_id)
     update payments.card set state = 'cancelled' where tenant_id = $1 and state = 'waiting' and id in (select card_id from gone) returning id`, [scope.tenantId, paymentId]);
}
