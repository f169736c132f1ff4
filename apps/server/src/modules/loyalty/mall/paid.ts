import { PAYMENT_SUCCEEDED, type PaymentSucceeded } from "../../../events/payments.ts";
import type { Subscriber } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { Journal } from "../../ledger/index.ts";
import { lockPayments, requestRefund, usePayments } from "../../payments/index.ts";
import { POINTS } from "../program.ts";
import { deliver } from "./delivery.ts";
import { lockRedemption } from "./ending.ts";
import { getItem } from "./item.view.ts";

/** The cash part has come: the held points are taken and the redemption lies ready, or is there at once. */
export const paidRedemptions: Subscriber = {
  name: "loyalty.redemption-paid", on: [PAYMENT_SUCCEEDED],
  async handle(scope, events) {
    for (const { payload } of events) {
      const { purpose, subjectId, paymentId } = payload as unknown as PaymentSucceeded;
      if (purpose === "redemption") await complete(scope, subjectId, paymentId);
    }
  },
};

async function complete(scope: Scope, id: string, paymentId: string): Promise<void> {
  const row = await lockRedemption(scope, id);
  if (row.payment_id !== paymentId) return;
  // Given up meanwhile, and points and stock with it: the money came too late and goes back.
  if (row.state === "cancelled") {
    const refundId = await requestRefund(scope, { paymentId, amountFen: row.cash_fen, returnId: id, purpose: "redemption", reason: "积分兑换已取消" });
    await scope.tx.rows("update loyalty.redemption set refund_id = $3 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, id, refundId]);
    return;
  }
  if (row.state !== "waiting") return;
  const key = { holderId: row.member_id, asset: POINTS };
  const journal = await Journal.open(scope, [key], [id]);
  journal.release(id);
  journal.debit(key, row.points, { kind: "redeem", counter: "redeemed", refId: id, memo: row.name });
  journal.close();
  await lockPayments(scope, [paymentId]);
  usePayments(scope, [{ paymentId, usedBy: id }]);
  const state = row.kind === "dish" || row.kind === "goods" ? "ready" : "done";
  await scope.tx.rows("update loyalty.redemption set state = $3 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, id, state]);
  if (state === "done") await deliver(scope, { id, memberId: row.member_id, quantity: row.quantity, item: await getItem(scope, row.item_id) });
  hint(scope, "members", [row.member_id]);
}
