import { addDays, dayOf, type Day } from "../../../kernel/days.ts";
import { hint } from "../../../kernel/live.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { dropBenefit } from "./benefit.ts";
import { lotsOf, openCard, type OpenCard } from "./card.rows.ts";
import { moveSale } from "./card-use.ts";

const DAY_MS = 86_400_000;
const MAX_A_NIGHT = 20_000;

/** Days from one day to another. */
export const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

export const daysLeft = (open: OpenCard): number => lotsOf(open).reduce((sum, { lot }) => sum + lot.remaining, 0);

/**
 * Takes the days that have gone by off a period card: they are used, and their share of the price is earned. A day counts when it is
 * over. Whatever is done with a card counts first, so nothing depends on the nightly run.
 */
export async function countDays(scope: Scope, open: OpenCard): Promise<void> {
  const { card, journal, key } = open;
  const today = dayOf(scope.now, scope.zone);
  if (card.kind !== "period" || card.state !== "active" || card.countedOn === null || card.countedOn >= today) return;
  let rest = daysBetween(card.countedOn, today);
  for (const { lot, sale } of lotsOf(open)) {
    const part = Math.min(rest, lot.remaining);
    if (part <= 0) continue;
    journal.debitLots(key, [{ lotId: lot.id, amount: part }], { kind: "card-day", counter: "used", refId: card.id });
    await moveSale(scope, sale, part);
    rest -= part;
  }
  card.countedOn = today;
  const left = daysLeft(open);
  card.state = left > 0 ? "active" : "ended";
  await scope.tx.rows("update payments.card set counted_on = $3, state = $4 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, card.id, today, card.state]);
  if (left > 0) return;
  await dropBenefit(scope, card);
  hint(scope, "members", [card.memberId]);
}

/** The first instant of a day: counts the day that is over for every running card. */
export async function countAllDays(scope: Scope): Promise<void> {
  const due = await scope.tx.rows<{ id: string }>(
    "select id from payments.card where tenant_id = $1 and kind = 'period' and state = 'active' and counted_on < $2 order by member_id, id limit $3",
    [scope.tenantId, dayOf(scope.now, scope.zone), MAX_A_NIGHT]);
  for (const { id } of due) {
    const open = await openCard(scope, id);
    await countDays(scope, open);
    open.journal.close();
  }
}

/** The last day that is paid for, when the card runs from today. */
export const lastDay = (scope: Scope, left: number): Day => addDays(dayOf(scope.now, scope.zone), left - 1);
