import type { Approvals } from "../../../kernel/approval.ts";
import { audit } from "../../../kernel/audit.ts";
import { hint } from "../../../kernel/live.ts";
import type { Fen } from "../../../kernel/money.ts";
import { fieldProblem, forbidden, notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { lockMembers } from "../../customers/index.ts";
import { Journal, type LotAmount } from "../../ledger/index.ts";
import type { WithdrawalParts } from "../parts.ts";
import { BONUS, bonusOf, PRINCIPAL, principalOf, storedValueAccounts } from "../stored-value.ts";
import { payOut, type Payout } from "./payout.ts";
import { withdrawalWish, type WithdrawalAsked } from "./withdrawal.asking.ts";
import { closeWhenPaid } from "./withdrawal.closing.ts";
import { computeWithdrawal, type Quote, type WithdrawalWish } from "./withdrawal.quote.ts";

export const withdrawalChanged = problem("payments/withdrawal-changed", 409, "The sum is another one now");
export const nothingToWithdraw = problem("payments/nothing-to-withdraw", 409, "Nothing goes back for this cause");
export const valueHeld = problem("payments/value-held", 409, "An order is being paid with this value");
export const withdrawalUnusable = problem("payments/withdrawal-unusable", 409, "The withdrawal is not in a state for this");

/** How a quoted sum goes back. */
export interface GiveBack {
  /** What the quote showed. */
  expectedFen: Fen;
  method: Payout;
  reference?: string | undefined;
  reason: string;
  storeId: string | null;
}

export type WithdrawalOrder = WithdrawalWish & GiveBack;

/** The sum that was shown, and a bank transfer with its number; or it is refused before anything moves. */
export function demandQuoted({ method, reference, expectedFen }: GiveBack, quote: Quote): void {
  if (method === "bank" && !reference) throw fieldProblem("reference", "required", "the bank transfer's number");
  if (quote.refundFen === 0) throw nothingToWithdraw({ quote });
  if (quote.refundFen !== expectedFen) throw withdrawalChanged({ expectedFen, quote });
}

/** A withdrawal as it is written: what leaves the ledger has left it already. */
export interface NewWithdrawal {
  id: string;
  memberId: string;
  cardId: string | null;
  storeId: string | null;
  method: Payout;
  reference: string | null;
  reason: string;
  principalFen: Fen;
  bonusFen: Fen;
  quote: Quote;
}

/**
 * Takes a member's stored value out of the account and gives the quoted sum back: at once, or when whoever is asked has agreed.
 * Throws `withdrawalChanged`, `nothingToWithdraw`, `valueHeld`, `accountFrozen`; then nothing has moved.
 */
export async function withdrawStoredValue(scope: Scope, { listPrices, approvals }: WithdrawalParts, order: WithdrawalOrder): Promise<string> {
  if (!(await lockMembers(scope, [order.memberId])).has(order.memberId)) throw notFound({ detail: "No such member" });
  const journal = await Journal.open(scope, storedValueAccounts(order.memberId));
  const { quote, taken, heldFen } = await computeWithdrawal(scope, (key) => journal.find(key), order, listPrices);
  if (heldFen > 0) throw valueHeld({ heldFen });
  demandQuoted(order, quote);
  const id = newId<"withdrawal">(scope);
  const parts = (of: "principal" | "bonus"): LotAmount[] => taken.flatMap(({ pool }) => pool[of]);
  journal.debitLots(principalOf(order.memberId), parts("principal"), { kind: "withdraw", counter: "withdrawn", refId: id });
  journal.debitLots(bonusOf(order.memberId), parts("bonus"), { kind: "withdraw", counter: "lapsed", refId: id });
  journal.close();
  await openWithdrawal(scope, approvals, {
    id, memberId: order.memberId, cardId: null, storeId: order.storeId, method: order.method, reference: order.reference ?? null, reason: order.reason,
    principalFen: quote.principalFen, bonusFen: quote.bonusLapsedFen, quote,
  });
  return id;
}

/** Writes a withdrawal whose value has left the ledger in this scope, and pays it unless somebody has to agree first. */
export async function openWithdrawal(scope: Scope, approvals: Approvals, one: NewWithdrawal): Promise<void> {
  const { homeStoreId } = (await lockMembers(scope, [one.memberId])).get(one.memberId) ?? { homeStoreId: null };
  const payload = { withdrawalId: one.id, memberId: one.memberId } satisfies WithdrawalAsked;
  const waits = (await approvals.ask(scope, { ...withdrawalWish(scope, one.quote), id: one.id, payload, reason: one.reason, unitId: one.storeId ?? homeStoreId })) !== null;
  await scope.tx.db.insertInto("payments.withdrawal").values({
    id: one.id, member_id: one.memberId, card_id: one.cardId, store_id: one.storeId, cause: one.quote.cause, state: waits ? "waiting" : "paying",
    method: one.method, reference: one.reference, refund_fen: one.quote.refundFen, principal_fen: one.principalFen, bonus_fen: one.bonusFen,
    quote: JSON.stringify(one.quote), reason: one.reason, asked_by: actorRef(scope.actor), asked_at: scope.now,
  }).execute();
  audit(scope, { action: "withdrawal.open", subjectKind: "member", subjectId: one.memberId, after: { withdrawalId: one.id, cause: one.quote.cause, refundFen: one.quote.refundFen, waits }, reason: one.reason });
  hint(scope, "members", [one.memberId]);
  if (!waits) await payAndClose(scope, one);
}

interface Opened {
  id: string;
  memberId: string;
  method: Payout;
  quote: Quote;
}

async function payAndClose(scope: Scope, one: Opened): Promise<void> {
  await payOut(scope, one);
  await closeWhenPaid(scope, one.id);
}

/** Who had to agree has: the money goes out. */
export async function approveWithdrawal(scope: Scope, id: string): Promise<void> {
  const row = await conclude(scope, id, "paying");
  audit(scope, { action: "withdrawal.approve", subjectKind: "member", subjectId: row.memberId, after: { withdrawalId: id, refundFen: row.quote.refundFen } });
  await payAndClose(scope, row);
}

/** It was refused, or taken back: the value is back on the lots it came from. */
export async function declineWithdrawal(scope: Scope, id: string, putBackCard: (scope: Scope, cardId: string, withdrawalId: string) => Promise<void>): Promise<void> {
  const row = await conclude(scope, id, "declined");
  if (row.cardId) await putBackCard(scope, row.cardId, id);
  else await putBack(scope, row.memberId, id);
  audit(scope, { action: "withdrawal.decline", subjectKind: "member", subjectId: row.memberId, after: { withdrawalId: id } });
  hint(scope, "members", [row.memberId]);
}

async function conclude(scope: Scope, id: string, to: "paying" | "declined"): Promise<Opened & { cardId: string | null }> {
  const [waiting] = await scope.tx.rows<{ member_id: string; state: string }>("select member_id, state from payments.withdrawal where tenant_id = $1 and id = $2", [scope.tenantId, id]);
  if (!waiting) throw notFound({ detail: "No such withdrawal" });
  await lockMembers(scope, [waiting.member_id]);
  const [row] = await scope.tx.rows<{ member_id: string; card_id: string | null; method: Payout; quote: Quote }>(
    `update payments.withdrawal set state = $3, decided_by = $4, decided_at = $5 where tenant_id = $1 and id = $2 and state = 'waiting'
      returning member_id, card_id, method, quote`, [scope.tenantId, id, to, actorRef(scope.actor), scope.now]);
  if (!row) throw withdrawalUnusable({ state: waiting.state });
  return { id, memberId: row.member_id, cardId: row.card_id, method: row.method, quote: row.quote };
}

async function putBack(scope: Scope, memberId: string, withdrawalId: string): Promise<void> {
  const journal = await Journal.open(scope, storedValueAccounts(memberId));
  for (const [asset, counter] of [[PRINCIPAL, "withdrawn"], [BONUS, "lapsed"]] as const) {
    const key = asset === PRINCIPAL ? principalOf(memberId) : bonusOf(memberId);
    for (const { lot, amount } of await journal.burned(key, withdrawalId, ["withdraw"])) {
      journal.restore(key, lot, amount, { kind: "withdraw-back", counter, refId: withdrawalId });
    }
  }
  journal.close();
}

/** What the provider could not give back is given in cash or by bank, and recorded. */
export async function settleFailed(scope: Scope, id: string, { method, reference }: { method: "cash" | "bank"; reference?: string | undefined }): Promise<void> {
  if (method === "bank" && !reference) throw fieldProblem("reference", "required", "the bank transfer's number");
  if (scope.actor.kind !== "staff") throw forbidden();
  const [row] = await scope.tx.rows<{ member_id: string; state: string }>(
    "select member_id, state from payments.withdrawal where tenant_id = $1 and id = $2 for update", [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such withdrawal" });
  const settled = await scope.tx.rows(
    "update payments.withdrawal_part set state = 'paid', method = $3 where tenant_id = $1 and withdrawal_id = $2 and state = 'failed' returning source_id",
    [scope.tenantId, id, method]);
  if (settled.length === 0) throw withdrawalUnusable({ state: row.state, detail: "No part of it has failed" });
  await scope.tx.rows("update payments.withdrawal set reference = coalesce($3, reference) where tenant_id = $1 and id = $2 returning id", [scope.tenantId, id, reference ?? null]);
  audit(scope, { action: "withdrawal.settle", subjectKind: "member", subjectId: row.member_id, after: { withdrawalId: id, method, reference } });
  await closeWhenPaid(scope, id);
}
