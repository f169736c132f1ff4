import { audit } from "../../../kernel/audit.ts";
import { addMonths, dayOf, endOfDay, type Day } from "../../../kernel/days.ts";
import type { Fen } from "../../../kernel/money.ts";
import { fieldProblem, notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { lockMembers } from "../../customers/index.ts";
import { Journal, type AccountKey } from "../../ledger/index.ts";
import { NAMED_CARD_LIMIT_FEN, overCardLimit, UNNAMED_CARD_YEARS } from "../card-limit.ts";
import { PRINCIPAL, principalOf, storedValueAccounts } from "../stored-value.ts";
import { memberUnusable } from "../top-up.ts";
import { freezeStoredValue, thawStoredValue } from "./freeze.ts";
import { cardNumberTaken, lockStoredCard, type StoredCard } from "./stored-card.view.ts";
import { currentTerms, ruleOfOrder } from "./terms.ts";

export const storedCardUnusable = problem("payments/stored-card-unusable", 409, "The card is not in a state for this");

/** An unnamed card holds its value itself: the card is the ledger's holder. */
export const heldBy = (cardId: string): AccountKey => ({ holderId: cardId, asset: PRINCIPAL });

/** Gives a member a printed card: a way to the stored value that they have anyway. */
export async function issueNamedCard(scope: Scope, memberId: string, cardNo: string): Promise<string> {
  const member = (await lockMembers(scope, [memberId])).get(memberId);
  if (!member) throw notFound({ detail: "No such member" });
  if (member.state !== "active") throw memberUnusable({ state: member.state });
  return insert(scope, { cardNo, kind: "named", memberId, amountFen: 0, expiresOn: null, method: null, storeId: null });
}

export interface UnnamedSale {
  cardNo: string;
  amountFen: Fen;
  payment: "cash" | "card";
  storeId: string;
  expiresOn?: Day | undefined;
}

/** Sells a card without a name: ¥1,000 at most, good for three years at least, no bonus. */
export async function sellUnnamedCard(scope: Scope, sale: UnnamedSale): Promise<string> {
  const soonest = addMonths(dayOf(scope.now, scope.zone), UNNAMED_CARD_YEARS * 12);
  const expiresOn = sale.expiresOn ?? soonest;
  refuseTooSoon(expiresOn, soonest);
  const id = await insert(scope, { cardNo: sale.cardNo, kind: "unnamed", memberId: null, amountFen: sale.amountFen, expiresOn, method: sale.payment, storeId: sale.storeId });
  const journal = await Journal.open(scope, [heldBy(id)]);
  journal.credit(heldBy(id), {
    amount: sale.amountFen, kind: "card-sale", counter: "topped-up", refId: id, earnedAt: scope.now, activeFrom: scope.now, expiresAt: endOfDay(expiresOn, scope.zone),
    originKind: "stored-card", originId: id, storeId: sale.storeId, ruleVersion: null,
  });
  journal.close();
  return id;
}

function refuseTooSoon(expiresOn: Day, soonest: Day): void {
  if (expiresOn < soonest) throw fieldProblem("expiresOn", "too-soon", `an unnamed card is good for ${UNNAMED_CARD_YEARS} years at least (单用途商业预付卡管理办法 art. 19): ${soonest} or later`);
}

async function insert(scope: Scope, card: Omit<StoredCard, "id" | "state" | "at"> & { method: "cash" | "card" | null; storeId: string | null }): Promise<string> {
  const id = newId<"stored-card">(scope);
  const made = await scope.tx.rows(
    `insert into payments.stored_card (tenant_id, id, card_no, kind, member_id, amount_fen, expires_on, state, method, store_id, by_actor, at)
     values ($1, $2, upper($3), $4, $5, $6, $7, 'active', $8, $9, $10, $11) on conflict (tenant_id, card_no) do nothing returning 1`,
    [scope.tenantId, id, card.cardNo, card.kind, card.memberId, card.amountFen, card.expiresOn, card.method, card.storeId, actorRef(scope.actor), scope.now]);
  if (made.length === 0) throw cardNumberTaken({ errors: [{ field: "cardNo", code: "taken", message: "another card has this number" }] });
  audit(scope, { action: "stored-card.issue", subjectKind: "stored-card", subjectId: id, after: { ...card } });
  return id;
}

/** The holder has lost a named card: it is dead at once, and the value behind it is frozen until there is a new one. */
export async function reportLoss(scope: Scope, cardId: string, reason: string): Promise<void> {
  const card = await namedCard(scope, cardId, ["active"]);
  await setState(scope, cardId, "lost");
  audit(scope, { action: "stored-card.report-loss", subjectKind: "stored-card", subjectId: cardId, reason });
  await freezeStoredValue(scope, card.memberId, { kind: "loss", reason });
}

/** A new card for a lost one: same value, other number. The value is thawed. */
export async function replaceCard(scope: Scope, cardId: string, cardNo: string): Promise<string> {
  const card = await namedCard(scope, cardId, ["lost"]);
  const id = await issueNamedCard(scope, card.memberId, cardNo);
  await scope.tx.rows("update payments.stored_card set state = 'replaced', replaced_by = $3 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, cardId, id]);
  audit(scope, { action: "stored-card.replace", subjectKind: "stored-card", subjectId: cardId, after: { replacedBy: id } });
  const [frozen] = await scope.tx.rows("select 1 from payments.freeze where tenant_id = $1 and member_id = $2 and kind = 'loss'", [scope.tenantId, card.memberId]);
  if (frozen) await thawStoredValue(scope, card.memberId, "replaced the lost card");
  return id;
}

async function namedCard(scope: Scope, cardId: string, states: readonly StoredCard["state"][]): Promise<StoredCard & { memberId: string }> {
  const card = await lockStoredCard(scope, cardId);
  if (!card.memberId || card.kind !== "named") throw storedCardUnusable({ kind: card.kind, detail: "Only a named card can be reported lost" });
  if (!states.includes(card.state)) throw storedCardUnusable({ state: card.state });
  return { ...card, memberId: card.memberId };
}

const setState = (scope: Scope, id: string, state: StoredCard["state"]) =>
  scope.tx.rows("update payments.stored_card set state = $3 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, id, state]);

/** Brings an unnamed card's value to a member, where it never ends: a named card has no expiry. */
export async function bindCard(scope: Scope, cardId: string, memberId: string): Promise<void> {
  const member = (await lockMembers(scope, [memberId])).get(memberId);
  if (!member) throw fieldProblem("memberId", "unknown", "no such member");
  if (member.state !== "active") throw memberUnusable({ state: member.state });
  const card = await lockStoredCard(scope, cardId);
  if (card.kind !== "unnamed" || card.state !== "active") throw storedCardUnusable({ kind: card.kind, state: card.state });
  if (card.expiresOn && card.expiresOn < dayOf(scope.now, scope.zone)) throw storedCardUnusable({ expiresOn: card.expiresOn, detail: "It has ended; extend it first" });
  const journal = await Journal.open(scope, [heldBy(cardId), ...storedValueAccounts(memberId)]);
  const balanceFen = storedValueAccounts(memberId).reduce((sum, key) => sum + (journal.find(key)?.balance ?? 0), 0);
  const overFen = balanceFen + card.amountFen - NAMED_CARD_LIMIT_FEN;
  if (overFen > 0) throw overCardLimit({ balanceFen, limitFen: NAMED_CARD_LIMIT_FEN, overFen });
  const cause = { kind: "card-bind", counter: "transferred", refId: cardId };
  journal.debit(heldBy(cardId), card.amountFen, cause);
  journal.credit(principalOf(memberId), {
    ...cause, amount: card.amountFen, earnedAt: scope.now, activeFrom: scope.now, expiresAt: null, originKind: "stored-card", originId: cardId,
    storeId: card.storeId, ruleVersion: ruleOfOrder((await currentTerms(scope)).spendOrder),
  });
  journal.close();
  await scope.tx.rows("update payments.stored_card set state = 'bound', member_id = $3 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, cardId, memberId]);
  audit(scope, { action: "stored-card.bind", subjectKind: "stored-card", subjectId: cardId, after: { memberId, amountFen: card.amountFen } });
}

/** Brings an unnamed card back to life, or lengthens its life: what is left on it belongs to its holder after the end too. */
export async function extendCard(scope: Scope, cardId: string, expiresOn: Day): Promise<void> {
  const card = await lockStoredCard(scope, cardId);
  if (card.kind !== "unnamed" || card.state !== "active") throw storedCardUnusable({ kind: card.kind, state: card.state });
  const today = dayOf(scope.now, scope.zone);
  if (expiresOn <= (card.expiresOn && card.expiresOn > today ? card.expiresOn : today)) throw fieldProblem("expiresOn", "too-soon", "must be later than the present end");
  const journal = await Journal.open(scope, [heldBy(cardId)]);
  const left = journal.available(heldBy(cardId));
  if (left > 0) journal.debit(heldBy(cardId), left, { kind: "card-extend", counter: "topped-up", refId: cardId });
  journal.credit(heldBy(cardId), {
    amount: card.amountFen, kind: "card-extend", counter: "topped-up", refId: cardId, earnedAt: scope.now, activeFrom: scope.now, expiresAt: endOfDay(expiresOn, scope.zone),
    originKind: "stored-card", originId: cardId, storeId: card.storeId, ruleVersion: null,
  });
  journal.close();
  await scope.tx.rows("update payments.stored_card set expires_on = $3 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, cardId, expiresOn]);
  audit(scope, { action: "stored-card.extend", subjectKind: "stored-card", subjectId: cardId, before: { expiresOn: card.expiresOn }, after: { expiresOn } });
}
