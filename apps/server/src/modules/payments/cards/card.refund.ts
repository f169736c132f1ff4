import { withdrawalQuote, type WithdrawalCause } from "@shuke/offers";
import type { Approvals } from "../../../kernel/approval.ts";
import { dayOf } from "../../../kernel/days.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { currentTerms } from "../prepaid/terms.ts";
import { askedQuote } from "../prepaid/withdrawal.asking.ts";
import type { Quote, QuotedPart } from "../prepaid/withdrawal.quote.ts";
import { demandQuoted, openWithdrawal, type GiveBack } from "../prepaid/withdrawal.ts";
import { dropBenefit, wearBenefit } from "./benefit.ts";
import { lotsOf, openCard, type OpenCard, type Sale } from "./card.rows.ts";
import { countDays, daysBetween, daysLeft, lastDay } from "./card-days.ts";
import { heldCard } from "./card-product.ts";
import { cardUnusable } from "./card-use.ts";
import { endRenewal } from "./renewal.state.ts";

export interface CardRefundWish {
  cardId: string;
  cause: WithdrawalCause;
  knownBefore?: boolean | undefined;
  ownerId?: string | undefined;
}

/** What goes back for a card now, with each step. Counts the days first; the caller closes the journal or lets the scope end. */
async function computeRefund(scope: Scope, open: OpenCard, wish: CardRefundWish): Promise<Quote> {
  const { card } = open;
  await countDays(scope, open);
  if (card.state !== "active" && card.state !== "paused") throw cardUnusable({ state: card.state });
  const parts = lotsOf(open).map(({ lot, sale }) => partOf(scope, open, { sale, left: lot.remaining }, wish));
  const { approvalOverFen } = await currentTerms(scope);
  const taken = parts.filter((part) => part.refusal === null);
  const refundFen = taken.reduce((sum, part) => sum + part.refundFen, 0);
  return {
    cause: wish.cause, refundFen, principalFen: taken.reduce((sum, part) => sum + part.principalLeftFen, 0), bonusLapsedFen: 0, approvalOverFen,
    needsApproval: refundFen > approvalOverFen, parts,
  };
}

function partOf(scope: Scope, { card }: OpenCard, { sale, left }: { sale: Sale; left: number }, wish: CardRefundWish): QuotedPart {
  const used = sale.units - left;
  const days = daysBetween(dayOf(sale.at, scope.zone), dayOf(scope.now, scope.zone));
  const held = heldCard({ kind: card.kind, priceFen: sale.priceFen, units: sale.units, listUseFen: card.listUseFen }, used);
  const quote = withdrawalQuote(held, { cause: wish.cause, daysSincePayment: days, knownBefore: wish.knownBefore ?? false });
  const steps: QuotedPart["steps"] = [{ code: "paid", fen: sale.priceFen }];
  if (quote.refusal !== null) steps.push({ code: quote.refusal, fen: 0 });
  else {
    steps.push({ code: card.kind === "count" ? "uses" : "days", fen: quote.consumedFen, count: used, numerator: used, denominator: sale.units });
    if (quote.basis === "list" && card.listUseFen !== null) steps.push({ code: "per-use", fen: card.listUseFen, count: used });
    if (quote.consumedFen > sale.priceFen) steps.push({ code: "owes-nothing", fen: 0 });
    steps.push({ code: "refund", fen: quote.refundFen });
  }
  return {
    sourceId: sale.id, kind: "card", at: sale.at.toISOString(), paidFen: sale.priceFen, bonusFen: 0, spentFen: sale.recognisedFen, consumedFen: quote.consumedFen,
    basis: quote.basis, refundFen: quote.refundFen, principalLeftFen: sale.priceFen - sale.recognisedFen, bonusLapsedFen: 0, refusal: quote.refusal, steps,
  };
}

/** The quote alone. Days that went by are counted on the way, as they would be at night. */
export async function quoteCard(scope: Scope, approvals: Approvals, wish: CardRefundWish): Promise<Quote> {
  const open = await openCard(scope, wish.cardId, wish.ownerId);
  const quote = await computeRefund(scope, open, wish);
  open.journal.close();
  return askedQuote(scope, approvals, quote);
}

export type CardRefundOrder = CardRefundWish & GiveBack;

/** Takes a card back and gives the quoted sum back: at once, or when whoever is asked has agreed. The card ends; so does its renewal. */
export async function refundCard(scope: Scope, approvals: Approvals, order: CardRefundOrder): Promise<string> {
  const open = await openCard(scope, order.cardId, order.ownerId);
  const { card, journal, key } = open;
  const quote = await computeRefund(scope, open, order);
  demandQuoted(order, quote);
  const id = newId<"withdrawal">(scope);
  const given = new Set(quote.parts.filter((part) => part.refusal === null).map((part) => part.sourceId));
  const lots = lotsOf(open).filter(({ sale }) => given.has(sale.id)).map(({ lot }) => ({ lotId: lot.id, amount: lot.remaining }));
  journal.debitLots(key, lots, { kind: "card-refund", counter: "withdrawn", refId: id });
  journal.close();
  if (daysLeft(open) === 0) {
    await scope.tx.rows("update payments.card set state = 'refunded', ends_on = null, counted_on = null where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, card.id]);
    if (card.state === "active") await dropBenefit(scope, card);
    await endRenewal(scope, card.id, "refunded");
  } else if (card.state === "active" && card.kind === "period") {
    await scope.tx.rows("update payments.card set ends_on = $3 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, card.id, lastDay(scope, daysLeft(open))]);
  }
  await openWithdrawal(scope, approvals, {
    id, memberId: card.memberId, cardId: card.id, storeId: order.storeId, method: order.method, reference: order.reference ?? null, reason: order.reason,
    principalFen: 0, bonusFen: 0, quote,
  });
  return id;
}

/** A declined refund: the uses or days are back on their lots, and the card runs again from today. */
export async function putBackCard(scope: Scope, cardId: string, withdrawalId: string): Promise<void> {
  const open = await openCard(scope, cardId);
  const { card, journal, key } = open;
  await countDays(scope, open);
  for (const { lot, amount } of await journal.burned(key, withdrawalId, ["card-refund"])) {
    journal.restore(key, lot, amount, { kind: "card-refund-back", counter: "withdrawn", refId: withdrawalId });
  }
  journal.close();
  const isPeriod = card.kind === "period";
  await scope.tx.rows("update payments.card set state = 'active', ends_on = $3, counted_on = $4 where tenant_id = $1 and id = $2 returning 1",
    [scope.tenantId, cardId, isPeriod ? lastDay(scope, daysLeft(open)) : null, isPeriod ? dayOf(scope.now, scope.zone) : null]);
  await wearBenefit(scope, card);
}
