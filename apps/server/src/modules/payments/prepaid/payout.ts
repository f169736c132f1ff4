import type { Fen } from "../../../kernel/money.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { requestRefund } from "../refund.ts";
import type { Quote } from "./withdrawal.quote.ts";

/** original: the way the money came, as far as that way still goes. */
export type Payout = "original" | "cash" | "bank";

/** WeChat gives back what was paid within a year; older money goes another way. */
const REFUNDABLE_MS = 364 * 86_400_000;

interface Source {
  id: string;
  member_id: string;
  method: "cash" | "card" | "wechat" | "gift";
  payment_id: string | null;
  at: Date;
}

interface Part {
  sourceId: string;
  refundFen: Fen;
  method: "wechat" | "card" | "cash" | "bank";
  paymentId: string | null;
  refundId: string | null;
}

/** Gives a withdrawal's sum back, part by part: by WeChat where it came by WeChat, otherwise by hand, which is recorded as paid. */
export async function payOut(scope: Scope, { id, memberId, method, quote }: { id: string; memberId: string; method: Payout; quote: Quote }): Promise<void> {
  const paid = quote.parts.filter((part) => part.refusal === null && part.refundFen > 0);
  const sources = await sourcesOf(scope, paid.map((part) => part.sourceId).filter(isUuid));
  const parts: Part[] = [];
  for (const { sourceId, refundFen } of paid) {
    const source = sources.get(sourceId);
    const byWechat = method === "original" && source?.payment_id && source.member_id === memberId && scope.now.getTime() - source.at.getTime() < REFUNDABLE_MS;
    const refundId = byWechat && source.payment_id
      ? await requestRefund(scope, { paymentId: source.payment_id, amountFen: refundFen, returnId: id, purpose: "prepaid", reason: "预付款退还" }) : null;
    parts.push({ sourceId, refundFen, method: byWechat ? "wechat" : manual(method, source), paymentId: byWechat ? source.payment_id : null, refundId });
  }
  await scope.tx.rows(
    `insert into payments.withdrawal_part (tenant_id, withdrawal_id, source_id, refund_fen, method, payment_id, refund_id, state)
     select $1, $2, source_id, refund_fen, method, payment_id, refund_id, case when refund_id is null then 'paid' else 'waiting' end
       from unnest($3::text[], $4::bigint[], $5::text[], $6::uuid[], $7::uuid[]) as v(source_id, refund_fen, method, payment_id, refund_id) returning 1`,
    [scope.tenantId, id, parts.map((one) => one.sourceId), parts.map((one) => one.refundFen), parts.map((one) => one.method),
      parts.map((one) => one.paymentId), parts.map((one) => one.refundId)]);
}

/** Cash that came at the till goes back there; what came by card goes back on the terminal; the rest as the cashier said. */
function manual(method: Payout, source: Source | undefined): Part["method"] {
  if (method !== "original") return method;
  return source?.method === "card" ? "card" : "cash";
}

async function sourcesOf({ tx, tenantId }: Scope, ids: readonly string[]): Promise<Map<string, Source>> {
  const rows = await tx.rows<Source>(
    `select id, member_id, method, payment_id, at from payments.top_up where tenant_id = $1 and id = any($2::uuid[])
     union all
     select s.id, c.member_id, s.method, s.payment_id, s.at from payments.card_sale s join payments.card c on c.tenant_id = $1 and c.id = s.card_id
      where s.tenant_id = $1 and s.id = any($2::uuid[])`, [tenantId, ids]);
  return new Map(rows.map((row) => [row.id, row]));
}
