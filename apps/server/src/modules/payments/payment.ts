import { problem } from "../../kernel/problem.ts";
import type { Fen } from "../../kernel/money.ts";
import type { Scope } from "../../kernel/scope.ts";

export const paymentProblem = problem("payments/payment-unusable", 409, "The payment cannot pay for this");

/** Money paid through an outside provider, waiting to be used by the one thing it was made for. */
export interface Payment {
  id: string;
  purpose: "order" | "top-up";
  subjectId: string;
  memberId: string | null;
  amountFen: Fen;
  refundedFen: Fen;
  state: "created" | "succeeded" | "closed";
  usedBy: string | null;
}

interface PaymentRow {
  id: string;
  purpose: Payment["purpose"];
  subject_id: string;
  member_id: string | null;
  amount_fen: Fen;
  refunded_fen: Fen;
  state: Payment["state"];
  used_by: string | null;
}

/** Locks payments in id order. */
export async function lockPayments(scope: Scope, ids: readonly string[]): Promise<Map<string, Payment>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.tx.rows<PaymentRow>(
    `select id, purpose, subject_id, member_id, amount_fen, refunded_fen, state, used_by from payments.payment
      where tenant_id = $1 and id = any($2::uuid[]) order by id for update`, [scope.tenantId, ids]);
  return new Map(rows.map((row) => [row.id, {
    id: row.id, purpose: row.purpose, subjectId: row.subject_id, memberId: row.member_id, amountFen: row.amount_fen,
    refundedFen: row.refunded_fen, state: row.state, usedBy: row.used_by,
  }]));
}

/** Marks payments as spent on an order or top-up. The rows are locked and were checked. */
export function usePayments({ tx, tenantId }: Scope, used: readonly { paymentId: string; usedBy: string }[]): void {
  if (used.length === 0) return;
  tx.write(
    `update payments.payment p set used_by = v.used_by from unnest($2::uuid[], $3::text[]) as v(id, used_by)
      where p.tenant_id = $1 and p.id = v.id`, [tenantId, used.map((one) => one.paymentId), used.map((one) => one.usedBy)]);
}
