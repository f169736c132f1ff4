import { decodeCursor, pageFrom, type Page } from "../../../kernel/http/page.ts";
import { notFound } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { memberNames } from "../../customers/index.ts";
import type { WithdrawalReply } from "./prepaid.schema.ts";

interface Row {
  id: string;
  member_id: string;
  card_id: string | null;
  store_id: string | null;
  cause: WithdrawalReply["cause"];
  state: WithdrawalReply["state"];
  method: WithdrawalReply["method"];
  reference: string | null;
  refund_fen: number;
  principal_fen: number;
  bonus_fen: number;
  quote: WithdrawalReply["quote"];
  reason: string;
  asked_by: string;
  asked_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
}

const COLUMNS = `id, member_id, card_id, store_id, cause, state, method, reference, refund_fen, principal_fen, bonus_fen, quote, reason, asked_by, asked_at,
  decided_by, decided_at`;

/** Throws `notFound`, also where it is not `memberId`'s. */
export async function getWithdrawal(scope: Scope, id: string, memberId: string | null = null): Promise<WithdrawalReply> {
  const rows = await scope.tx.rows<Row>(
    `select ${COLUMNS} from payments.withdrawal where tenant_id = $1 and id = $2 and ($3::uuid is null or member_id = $3)`, [scope.tenantId, id, memberId]);
  const [view] = await views(scope, rows);
  if (!view) throw notFound({ detail: "No such withdrawal" });
  return view;
}

export interface WithdrawalFilter {
  state?: string | undefined;
  memberId?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Newest first. */
export async function listWithdrawals(scope: Scope, { state, memberId, limit, cursor }: WithdrawalFilter): Promise<Page<WithdrawalReply>> {
  const after = decodeCursor(cursor, 1);
  const rows = await scope.tx.rows<Row>(
    `select ${COLUMNS} from payments.withdrawal
      where tenant_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or member_id = $3) and ($4::uuid is null or id < $4)
      order by id desc limit $5`, [scope.tenantId, state ?? null, memberId ?? null, after?.[0] ?? null, limit + 1]);
  const shown = await views(scope, rows.slice(0, limit));
  const { nextCursor } = pageFrom(rows, limit, (row) => row.id, (row) => [row.id]);
  return { items: shown, nextCursor };
}

async function views(scope: Scope, rows: readonly Row[]): Promise<WithdrawalReply[]> {
  if (rows.length === 0) return [];
  const parts = await scope.tx.rows<{ withdrawal_id: string; source_id: string; refund_fen: number; method: WithdrawalReply["parts"][number]["method"]; state: WithdrawalReply["parts"][number]["state"] }>(
    "select withdrawal_id, source_id, refund_fen, method, state from payments.withdrawal_part where tenant_id = $1 and withdrawal_id = any($2::uuid[]) order by source_id",
    [scope.tenantId, rows.map((row) => row.id)]);
  const names = await memberNames(scope, rows.map((row) => row.member_id));
  return rows.map((row) => ({
    id: row.id, memberId: row.member_id, memberName: names.get(row.member_id) ?? "", cardId: row.card_id, storeId: row.store_id, cause: row.cause, state: row.state,
    method: row.method, reference: row.reference, refundFen: row.refund_fen, principalFen: row.principal_fen, bonusFen: row.bonus_fen, reason: row.reason, quote: row.quote,
    parts: parts.filter((part) => part.withdrawal_id === row.id).map((part) => ({ sourceId: part.source_id, refundFen: part.refund_fen, method: part.method, state: part.state })),
    askedBy: row.asked_by, askedAt: row.asked_at.toISOString(), decidedBy: row.decided_by, decidedAt: row.decided_at?.toISOString() ?? null,
  }));
}
