import { audit } from "../../../kernel/audit.ts";
import { dayOf } from "../../../kernel/days.ts";
import { hint } from "../../../kernel/live.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { dropBenefit, wearBenefit } from "./benefit.ts";
import { openCard } from "./card.rows.ts";
import { countDays, daysLeft, lastDay } from "./card-days.ts";
import { cardUnusable } from "./card-use.ts";
import { moveRenewal } from "./renewal.state.ts";

/** Stops a period card's clock: the days that are left stay, today's too. Its renewal waits with it. */
export async function pauseCard(scope: Scope, cardId: string, ownerId?: string): Promise<void> {
  const open = await openCard(scope, cardId, ownerId);
  const { card } = open;
  await countDays(scope, open);
  open.journal.close();
  if (card.kind !== "period" || card.state !== "active") throw cardUnusable({ kind: card.kind, state: card.state });
  await scope.tx.rows("update payments.card set state = 'paused', ends_on = null, counted_on = null where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, cardId]);
  await dropBenefit(scope, card);
  await moveRenewal(scope, cardId, null);
  audit(scope, { action: "card.pause", subjectKind: "member", subjectId: card.memberId, after: { cardId, daysLeft: daysLeft(open) } });
  hint(scope, "members", [card.memberId]);
}

/** Lets a paused card run again, from today, for the days that were left. */
export async function resumeCard(scope: Scope, cardId: string, ownerId?: string): Promise<void> {
  const open = await openCard(scope, cardId, ownerId);
  const { card } = open;
  if (card.state !== "paused") throw cardUnusable({ kind: card.kind, state: card.state });
  const endsOn = lastDay(scope, daysLeft(open));
  await scope.tx.rows("update payments.card set state = 'active', ends_on = $3, counted_on = $4 where tenant_id = $1 and id = $2 returning 1",
    [scope.tenantId, cardId, endsOn, dayOf(scope.now, scope.zone)]);
  await wearBenefit(scope, card);
  await moveRenewal(scope, cardId, endsOn);
  audit(scope, { action: "card.resume", subjectKind: "member", subjectId: card.memberId, after: { cardId, endsOn } });
  hint(scope, "members", [card.memberId]);
}
