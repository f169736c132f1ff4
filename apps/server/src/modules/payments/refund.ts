import { REFUND_FAILED, REFUND_SUCCEEDED, type RefundFailed, type RefundSucceeded } from "../../events/payments.ts";
import type { Database } from "../../kernel/db/database.ts";
import { enqueue, publish } from "../../kernel/events.ts";
import type { Fen } from "../../kernel/money.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { payClient } from "./merchant-account.ts";
import { notifyUrl, type PayingWorld } from "./parts.ts";
import { paymentProblem } from "./payment.ts";
import { concludePart } from "./prepaid/withdrawal.closing.ts";
import { outTradeNo, WechatPayError, type Refund } from "./wechat-pay/index.ts";

export const REFUND_TASK = "payments.refund";
/** The task's own retries come first; what still waits after this is asked about again. */
const HANGS_AFTER_MS = 600_000;
const MAX_HANGING = 50;
/** The merchant's balance at WeChat does not cover it now: tomorrow's takings will. */
const LATER = new Set(["NOT_ENOUGH", "FREQUENCY_LIMITED"]);

export interface RefundWish {
  paymentId: string;
  amountFen: Fen;
  /** The return of an order, or the withdrawal of prepaid money. */
  returnId: string;
  /** What the payment was for; an order's unless said otherwise. */
  purpose?: "order" | "prepaid" | "redemption";
  /** As the guest reads it. */
  reason?: string;
}

/**
 * Gives part or all of a paid payment back. Writes the intent in the return's own transaction, never more than was paid, and
 * starts the task that tells the provider. Throws `paymentProblem`; then nothing has changed.
 */
export async function requestRefund(scope: Scope, { paymentId, amountFen, returnId, purpose = "order", reason = "退货退款" }: RefundWish): Promise<string> {
  const [payment] = await scope.tx.rows<{ id: string }>(
    `update payments.payment set refunded_fen = refunded_fen + $3
      where tenant_id = $1 and id = $2 and (purpose = 'order') = $4 and state = 'succeeded' and refunded_fen + $3 <= amount_fen returning id`,
    [scope.tenantId, paymentId, amountFen, purpose === "order"]);
  if (!payment) throw paymentProblem({ paymentId, detail: "It was not paid, or less than this is left of it" });
  const id = newId<"refund">(scope);
  await scope.tx.db.insertInto("payments.refund").values({
    id, payment_id: paymentId, return_id: returnId, amount_fen: amountFen, out_refund_no: outTradeNo(id), at: scope.now, reason,
  }).execute();
  await enqueue(scope, REFUND_TASK, { refundId: id });
  return id;
}

interface RefundRow {
  id: string;
  payment_id: string;
  return_id: string;
  amount_fen: Fen;
  out_refund_no: string;
  out_trade_no: string;
  total_fen: Fen;
  reason: string;
  merchant_id: string | null;
  state: "waiting" | "succeeded" | "failed";
}

/** Tells the provider, outside any scope. Asking again with the same number is safe: WeChat answers with the refund that exists. */
export async function sendRefund(outside: PayingWorld, database: Database, tenantId: string, refundId: string): Promise<void> {
  const entry = { tenantId, actor: { kind: "system", name: REFUND_TASK } } as const;
  const refund = await database.inScope(entry, (scope) => findRefund(scope, "r.id::text", refundId));
  if (refund?.state !== "waiting") return;
  const tenant = await database.tenants.get(tenantId);
  const pay = await payClient(outside, database, tenantId, refund.merchant_id);
  try {
    const answer = await pay.refund({
      outTradeNo: refund.out_trade_no, outRefundNo: refund.out_refund_no, refundFen: refund.amount_fen, totalFen: refund.total_fen, reason: refund.reason,
      notifyUrl: notifyUrl(outside, tenant.code),
    });
    await database.inScope(entry, (scope) => acceptRefund(scope, answer));
  } catch (error) {
    const isFinal = error instanceof WechatPayError && error.outcome === "refused" && !error.retryable && !LATER.has(error.code);
    if (!isFinal) throw error;
    await database.inScope(entry, (scope) => conclude(scope, refund, "failed", `${error.code} ${error.message}`));
  }
}

/** Takes in what WeChat says of a refund: from its answer or a notification, any number of times. */
export async function acceptRefund(scope: Scope, refund: Pick<Refund, "outRefundNo" | "state">): Promise<void> {
  const row = await findRefund(scope, "r.out_refund_no", refund.outRefundNo);
  if (!row) return;
  if (refund.state === "SUCCESS") await conclude(scope, row, "succeeded", "");
  if (refund.state === "CLOSED" || refund.state === "ABNORMAL") await conclude(scope, row, "failed", refund.state);
}

/** A failed one may still succeed, when a person has finished it in the merchant platform; a succeeded one stays. */
async function conclude(scope: Scope, row: RefundRow, state: "succeeded" | "failed", reason: string): Promise<void> {
  const changed = await scope.tx.rows(
    "update payments.refund set state = $3 where tenant_id = $1 and id = $2 and state <> 'succeeded' and state <> $3 returning id", [scope.tenantId, row.id, state]);
  if (changed.length === 0) return;
  await concludePart(scope, row.id, state);
  const told: RefundSucceeded = { refundId: row.id, paymentId: row.payment_id, returnId: row.return_id, amountFen: row.amount_fen };
  if (state === "succeeded") await publish(scope, REFUND_SUCCEEDED, null, told);
  else await publish(scope, REFUND_FAILED, null, { ...told, reason } satisfies RefundFailed);
}

async function findRefund({ tx, tenantId }: Scope, by: "r.id::text" | "r.out_refund_no", value: string): Promise<RefundRow | undefined> {
  const [row] = await tx.rows<RefundRow>(
    `select r.id, r.payment_id, r.return_id, r.amount_fen, r.out_refund_no, r.state, r.reason, p.merchant_id, p.out_trade_no, p.amount_fen as total_fen
       from payments.refund r join payments.payment p on p.tenant_id = $1 and p.id = r.payment_id
      where r.tenant_id = $1 and ${by} = $2`, [tenantId, value]);
  return row;
}

/**
 * Asks again for the refunds that hang: their notification was lost, or the queue has given up. A bank may take days, so
 * this runs every half hour and not every minute.
 */
export async function repeatRefunds(scope: Scope): Promise<void> {
  const rows = await scope.tx.rows<{ id: string }>(
    "select id from payments.refund where tenant_id = $1 and state = 'waiting' and at <= $2 order by at, id limit $3",
    [scope.tenantId, new Date(scope.now.getTime() - HANGS_AFTER_MS), MAX_HANGING]);
  for (const row of rows) await enqueue(scope, REFUND_TASK, { refundId: row.id });
}
