import type { z } from "zod";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { listStatement } from "../ledger/index.ts";
import type { paymentReply, storedValueEntries, topUpReply } from "./payments.schema.ts";
import { BONUS, PRINCIPAL } from "./stored-value.ts";

type PaymentReply = z.input<typeof paymentReply>;

interface PaymentRow {
  id: string;
  purpose: PaymentReply["purpose"];
  subject_id: string;
  amount_fen: number;
  refunded_fen: number;
  state: PaymentReply["state"];
  code_url: string | null;
  used_by: string | null;
  created_at: Date;
  succeeded_at: Date | null;
}

/** Throws `notFound`. */
export async function getPayment({ tx, tenantId }: Scope, id: string): Promise<PaymentReply> {
  const [[row], refunds] = await Promise.all([
    tx.rows<PaymentRow>(
      `select id, purpose, subject_id, amount_fen, refunded_fen, state, code_url, used_by, created_at, succeeded_at
         from payments.payment where tenant_id = $1 and id = $2`, [tenantId, id]),
    tx.rows<{ id: string; amount_fen: number; state: PaymentReply["refunds"][number]["state"]; at: Date }>(
      "select id, amount_fen, state, at from payments.refund where tenant_id = $1 and payment_id = $2 order by id", [tenantId, id]),
  ]);
  if (!row) throw notFound({ detail: "No such payment" });
  return {
    id: row.id, kind: "wechat", purpose: row.purpose, subjectId: row.subject_id, amountFen: row.amount_fen, refundedFen: row.refunded_fen, state: row.state,
    codeUrl: row.code_url, usedBy: row.used_by, createdAt: row.created_at.toISOString(), succeededAt: row.succeeded_at?.toISOString() ?? null,
    refunds: refunds.map((refund) => ({ id: refund.id, amountFen: refund.amount_fen, state: refund.state, at: refund.at.toISOString() })),
  };
}

interface TopUpRow {
  id: string;
  principal_fen: number;
  bonus_fen: number;
  method: z.input<typeof topUpReply>["method"];
  payment_id: string | null;
  state: "waiting" | "done" | "cancelled";
  at: Date;
}

/** A member's own top-up. Throws `notFound`, for another member's too. */
export async function getTopUp({ tx, tenantId }: Scope, memberId: string, id: string): Promise<z.input<typeof topUpReply>> {
  const [row] = await tx.rows<TopUpRow>(
    "select id, principal_fen, bonus_fen, method, payment_id, state, at from payments.top_up where tenant_id = $1 and id = $2 and member_id = $3", [tenantId, id, memberId]);
  if (!row) throw notFound({ detail: "No such top-up" });
  return {
    id: row.id, status: row.state === "done" ? "paid" : row.state, principalFen: row.principal_fen, bonusFen: row.bonus_fen, method: row.method,
    paymentId: row.payment_id, at: row.at.toISOString(),
  };
}

/** The payment that a waiting top-up needs. Throws `notFound`. */
export async function paymentOfTopUp({ tx, tenantId }: Scope, topUpId: string): Promise<string> {
  const [row] = await tx.rows<{ payment_id: string | null }>("select payment_id from payments.top_up where tenant_id = $1 and id = $2", [tenantId, topUpId]);
  if (!row?.payment_id) throw notFound({ detail: "No such top-up by WeChat" });
  return row.payment_id;
}

/** As the ledger's causes are called on screens. */
const KINDS: Readonly<Record<string, string>> = { pay: "spend", "pay-back": "refund" };

/** A member's stored value statement, newest first. */
export async function listStoredValueEntries(
  scope: Scope, memberId: string, query: { limit: number; cursor?: string | undefined },
): Promise<z.input<typeof storedValueEntries>> {
  const { items, nextCursor } = await listStatement(scope, memberId, [PRINCIPAL, BONUS], query);
  return {
    nextCursor,
    items: items.map((entry) => ({
      id: entry.id, at: entry.at, kind: KINDS[entry.kind] ?? entry.kind, principalFen: entry.amount - entry.secondAmount, bonusFen: entry.secondAmount,
      balanceAfterFen: entry.balanceAfter, reason: entry.memo, orderId: entry.kind in KINDS ? entry.refId : null, topUpId: entry.kind === "top-up" ? entry.refId : null,
    })),
  };
}
