import { hint } from "../../kernel/live.ts";
import { isUuid } from "../../kernel/ids.ts";
import { problem } from "../../kernel/problem.ts";
import type { Fen } from "../../kernel/money.ts";
import type { Scope } from "../../kernel/scope.ts";

export const paymentProblem = problem("payments/payment-unusable", 409, "The payment cannot be used for this");

export interface Payment {
  id: string;
  purpose: "order" | "top-up" | "card" | "redemption";
  /** The order, the top-up, the sale of a card or the redemption it was made for. */
  subjectId: string;
  memberId: string | null;
  amountFen: Fen;
  refundedFen: Fen;
  outTradeNo: string;
  state: "created" | "succeeded" | "closed";
  /** What has taken the money; a payment pays for one thing only. */
  usedBy: string | null;
}

interface PaymentRow {
  id: string;
  purpose: Payment["purpose"];
  subject_id: string;
  member_id: string | null;
  amount_fen: Fen;
  refunded_fen: Fen;
  out_trade_no: string;
  state: Payment["state"];
  used_by: string | null;
}

const COLUMNS = "id, purpose, subject_id, member_id, amount_fen, refunded_fen, out_trade_no, state, used_by";

const paymentOf = (row: PaymentRow): Payment => ({
  id: row.id, purpose: row.purpose, subjectId: row.subject_id, memberId: row.member_id, amountFen: row.amount_fen,
  refundedFen: row.refunded_fen, outTradeNo: row.out_trade_no, state: row.state, usedBy: row.used_by,
});

/** Locks payments in id order, after the ledger's accounts. What is no id is missing from the map, like what is unknown. */
export async function lockPayments(scope: Scope, ids: readonly string[]): Promise<Map<string, Payment>> {
  const wanted = ids.filter(isUuid);
  if (wanted.length === 0) return new Map();
  const rows = await scope.tx.rows<PaymentRow>(
    `select ${COLUMNS} from payments.payment where tenant_id = $1 and id = any($2::uuid[]) order by id for update`, [scope.tenantId, wanted]);
  return new Map(rows.map((row) => [row.id, paymentOf(row)]));
}

/** Writes a batch's uses with one statement. The rows are locked and were checked. */
export function usePayments({ tx, tenantId }: Scope, used: readonly { paymentId: string; usedBy: string }[]): void {
  if (used.length === 0) return;
  tx.write(
    `update payments.payment p set used_by = v.used_by
       from unnest($2::uuid[], $3::text[]) as v(id, used_by) where p.tenant_id = $1 and p.id = v.id and p.used_by is null`,
    [tenantId, used.map((one) => one.paymentId), used.map((one) => one.usedBy)]);
}

export async function findPaymentByTradeNo(scope: Scope, outTradeNo: string): Promise<Payment | undefined> {
  const [row] = await scope.tx.rows<PaymentRow>(
    `select ${COLUMNS} from payments.payment where tenant_id = $1 and out_trade_no = $2`, [scope.tenantId, outTradeNo]);
  return row && paymentOf(row);
}

/**
 * Marks a payment paid; false when it was so already. A closed one too: the guest may have paid in the moment in which we
 * gave up, and the money is here.
 */
export async function markSucceeded(scope: Scope, payment: Payment, paid: { transactionNo: string | null; at: Date }): Promise<boolean> {
  const marked = await scope.tx.rows(
    `update payments.payment set state = 'succeeded', transaction_no = $3, succeeded_at = $4
      where tenant_id = $1 and id = $2 and state in ('created', 'closed') returning id`,
    [scope.tenantId, payment.id, paid.transactionNo, paid.at]);
  if (marked.length === 0) return false;
  hint(scope, "payments", [payment.id]);
  return true;
}

/** Gives a payment up that nobody has paid; false when it was paid or closed meanwhile. */
export async function markClosed(scope: Scope, paymentId: string): Promise<boolean> {
  const closed = await scope.tx.rows(
    "update payments.payment set state = 'closed' where tenant_id = $1 and id = $2 and state = 'created' returning id", [scope.tenantId, paymentId]);
  if (closed.length > 0) hint(scope, "payments", [paymentId]);
  return closed.length > 0;
}
