import { RENEWAL_ENDED, type RenewalEnded } from "../../../events/payments.ts";
import { audit } from "../../../kernel/audit.ts";
import type { Day } from "../../../kernel/days.ts";
import { enqueue, publish } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { END_CONTRACT_TASK } from "./renewal.names.ts";

/** Ends a card's agreement, where it has one; WeChat is told. */
export async function endRenewal(scope: Scope, cardId: string, reason: string, tellWechat = true): Promise<void> {
  const [row] = await scope.tx.rows<{ id: string; member_id: string; contract_id: string | null }>(
    "update payments.renewal set state = 'ended', end_reason = $3, next_try_on = null where tenant_id = $1 and card_id = $2 and state <> 'ended' returning id, member_id, contract_id",
    [scope.tenantId, cardId, reason]);
  if (!row) return;
  if (tellWechat && row.contract_id) await enqueue(scope, END_CONTRACT_TASK, { renewalId: row.id });
  audit(scope, { action: "card.renewal-end", subjectKind: "member", subjectId: row.member_id, after: { cardId, reason } });
  await publish(scope, RENEWAL_ENDED, row.member_id, { renewalId: row.id, cardId, memberId: row.member_id, reason } satisfies RenewalEnded);
  hint(scope, "members", [row.member_id]);
}

/** The card ends on another day now, or, paused, on none. */
export async function moveRenewal({ tx, tenantId }: Scope, cardId: string, dueOn: Day | null): Promise<void> {
  await tx.rows("update payments.renewal set due_on = $3, attempts = 0, next_try_on = null, last_error = null where tenant_id = $1 and card_id = $2 and state <> 'ended' returning 1", [tenantId, cardId, dueOn]);
}

/** A period was paid: the next one is due when it ends. */
export async function renewed({ tx, tenantId }: Scope, cardId: string, endsOn: Day | null): Promise<void> {
  await tx.rows(
    "update payments.renewal set due_on = $3, sale_id = null, attempts = 0, next_try_on = null, last_error = null where tenant_id = $1 and card_id = $2 and state <> 'ended' returning 1",
    [tenantId, cardId, endsOn]);
}
