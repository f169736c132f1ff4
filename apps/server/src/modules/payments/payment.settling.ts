import { PAYMENT_SUCCEEDED, type PaymentSucceeded } from "../../events/payments.ts";
import type { Database } from "../../kernel/db/database.ts";
import { enqueue, publish } from "../../kernel/events.ts";
import { notFound, problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { lockMembers } from "../customers/index.ts";
import { payClient } from "./merchant-account.ts";
import { closeUnpaid } from "./payment.ending.ts";
import { PAY_WITHIN_MS } from "./payment.opening.ts";
import { findPaymentByTradeNo, markSucceeded, usePayments, type Payment } from "./payment.ts";
import { completeSale } from "./cards/card-sale.ts";
import { completeTopUp } from "./top-up.ts";
import type { PayingWorld } from "./parts.ts";
import type { Transaction } from "./wechat-pay/index.ts";

export const amountMismatch = problem("payments/amount-mismatch", 409, "Another amount was paid than was asked for");

export const CHECK_TASK = "payments.check";
/** A guest who pays at once is told by a notification; only older payments are asked about. */
const ASK_AFTER_MS = 20_000;
const MAX_ASKED = 200;

/**
 * Takes in what WeChat says of a payment, from a notification or a query. Any number of times, in any order: only the first
 * success counts. A paid top-up or card is credited here; an order's payment waits for its order to take it.
 */
export async function acceptTransaction(scope: Scope, transaction: Transaction): Promise<void> {
  const payment = await findPaymentByTradeNo(scope, transaction.outTradeNo);
  if (!payment) throw notFound({ detail: "No such payment" });
  if (transaction.state !== "SUCCESS" || payment.state === "succeeded") return;
  if (transaction.amountFen !== payment.amountFen) throw amountMismatch({ paymentId: payment.id, amountFen: payment.amountFen, paidFen: transaction.amountFen });
  // The member before the payment and the ledger: the order in which everything locks.
  const isOurs = payment.purpose === "top-up" || payment.purpose === "card";
  if (isOurs) await lockMembers(scope, payment.memberId ? [payment.memberId] : []);
  if (!(await markSucceeded(scope, payment, { transactionNo: transaction.transactionId, at: transaction.paidAt ?? scope.now }))) return;
  if (isOurs) {
    await (payment.purpose === "top-up" ? completeTopUp : completeSale)(scope, payment.subjectId);
    usePayments(scope, [{ paymentId: payment.id, usedBy: payment.subjectId }]);
  }
  const { id: paymentId, purpose, subjectId, memberId, amountFen } = payment;
  await publish(scope, PAYMENT_SUCCEEDED, memberId, { paymentId, purpose, subjectId, memberId, amountFen } satisfies PaymentSucceeded);
}

/** Asks for the payments whose notification may have been lost. */
export async function checkOpen(scope: Scope): Promise<void> {
  const rows = await scope.tx.rows<{ id: string }>(
    `select id from payments.payment p where tenant_id = $1 and state = 'created' and created_at <= $2
        and not exists (select 1 from payments.renewal r where r.tenant_id = $1 and r.sale_id::text = p.subject_id) order by created_at, id limit $3`,
    [scope.tenantId, new Date(scope.now.getTime() - ASK_AFTER_MS), MAX_ASKED]);
  if (rows.length > 0) await enqueue(scope, CHECK_TASK, { paymentIds: rows.map((row) => row.id) });
}

interface OpenPayment {
  id: string;
  outTradeNo: Payment["outTradeNo"];
  merchantId: string | null;
  isOverdue: boolean;
}

/** One by one: one that WeChat cannot answer now must not keep the others from their money. */
export async function checkPayments(outside: PayingWorld, database: Database, tenantId: string, paymentIds: readonly string[]): Promise<void> {
  const entry = { tenantId, actor: { kind: "system", name: CHECK_TASK } } as const;
  const failures: unknown[] = [];
  for (const payment of await database.inScope(entry, (scope) => stillOpen(scope, paymentIds))) {
    try {
      const pay = await payClient(outside, database, tenantId, payment.merchantId);
      const transaction = await pay.findTransaction(payment.outTradeNo);
      if (transaction?.state === "SUCCESS") {
        await database.inScope(entry, (scope) => acceptTransaction(scope, transaction));
      } else if (payment.isOverdue || transaction?.state === "CLOSED" || transaction?.state === "REVOKED") {
        if (transaction?.state === "NOTPAY" || transaction?.state === "USERPAYING") await pay.closeOrder(payment.outTradeNo);
        await database.inScope(entry, (scope) => closeUnpaid(scope, payment.id));
      }
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function stillOpen({ tx, tenantId, now }: Scope, ids: readonly string[]): Promise<OpenPayment[]> {
  const rows = await tx.rows<{ id: string; out_trade_no: string; merchant_id: string | null; created_at: Date }>(
    "select id, out_trade_no, merchant_id, created_at from payments.payment where tenant_id = $1 and id = any($2::uuid[]) and state = 'created' order by id", [tenantId, ids]);
  return rows.map((row) => ({ id: row.id, outTradeNo: row.out_trade_no, merchantId: row.merchant_id, isOverdue: now.getTime() - row.created_at.getTime() > PAY_WITHIN_MS }));
}
