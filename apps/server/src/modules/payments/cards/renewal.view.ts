import type { z } from "zod";
import type { Day } from "../../../kernel/days.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { renewalView } from "./card.schema.ts";

type RenewalView = z.input<typeof renewalView>;

/** The latest agreement of each card. */
export async function readRenewals({ tx, tenantId }: Scope, cardIds: readonly string[]): Promise<Map<string, RenewalView>> {
  const rows = await tx.rows<{ id: string; card_id: string; state: RenewalView["state"]; price_fen: number; due_on: Day | null; next_try_on: Day | null; attempts: number; last_error: string | null; end_reason: string | null }>(
    `select distinct on (card_id) id, card_id, state, price_fen, due_on::text as due_on, next_try_on::text as next_try_on, attempts, last_error, end_reason
       from payments.renewal where tenant_id = $1 and card_id = any($2::uuid[]) order by card_id, id desc`, [tenantId, cardIds]);
  return new Map(rows.map((row) => [row.card_id, {
    id: row.id, state: row.state, priceFen: row.price_fen, dueOn: row.due_on, nextTryOn: row.next_try_on, attempts: row.attempts, lastError: row.last_error, endReason: row.end_reason,
  }]));
}
