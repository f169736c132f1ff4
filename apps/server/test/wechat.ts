import { acceptTransaction } from "../src/modules/payments/payment.settling.ts";
import type { TestTenant } from "./tenant.ts";

/** WeChat says that it was paid, as its notification would. */
export async function payByWechat(tenant: TestTenant, paymentId: string): Promise<void> {
  await tenant.inScope(async (scope) => {
    const [row] = await scope.tx.rows<{ out_trade_no: string; amount_fen: number }>("select out_trade_no, amount_fen from payments.payment where tenant_id = $1 and id = $2", [scope.tenantId, paymentId]);
    if (!row) throw new Error("No such payment");
    await acceptTransaction(scope, {
      state: "SUCCESS", outTradeNo: row.out_trade_no, amountFen: row.amount_fen, payerFen: row.amount_fen, transactionId: `wx-${paymentId}`,
      tradeType: "NATIVE", openid: null, attach: null, paidAt: scope.now,
    });
  });
  await tenant.drain();
}
