import { WITHDRAWAL_DONE, type WithdrawalDone } from "../../../events/payments.ts";
import { publish } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import type { Fen } from "../../../kernel/money.ts";
import type { Scope } from "../../../kernel/scope.ts";

/** A withdrawal of which every part has been paid is done. */
export async function closeWhenPaid(scope: Scope, id: string): Promise<void> {
  const [done] = await scope.tx.rows<{ member_id: string; refund_fen: Fen; cause: WithdrawalDone["cause"] }>(
    `update payments.withdrawal w set state = 'done' where tenant_id = $1 and id = $2 and state = 'paying'
        and not exists (select 1 from payments.withdrawal_part p where p.tenant_id = $1 and p.withdrawal_id = w.id and p.state <> 'paid')
      returning member_id, refund_fen, cause`, [scope.tenantId, id]);
  if (!done) return;
  await publish(scope, WITHDRAWAL_DONE, done.member_id, { withdrawalId: id, memberId: done.member_id, refundFen: done.refund_fen, cause: done.cause } satisfies WithdrawalDone);
  hint(scope, "members", [done.member_id]);
}

/** Follows a refund of WeChat's to its end, where it belongs to a withdrawal. */
export async function concludePart(scope: Scope, refundId: string, state: "succeeded" | "failed"): Promise<void> {
  const [row] = await scope.tx.rows<{ withdrawal_id: string }>(
    "update payments.withdrawal_part set state = $3 where tenant_id = $1 and refund_id = $2 and state <> 'paid' returning withdrawal_id",
    [scope.tenantId, refundId, state === "succeeded" ? "paid" : "failed"]);
  if (row) await closeWhenPaid(scope, row.withdrawal_id);
}
