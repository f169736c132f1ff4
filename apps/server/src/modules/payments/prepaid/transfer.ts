import { audit } from "../../../kernel/audit.ts";
import { hint } from "../../../kernel/live.ts";
import type { Fen } from "../../../kernel/money.ts";
import { fieldProblem, notFound } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { lockMembers } from "../../customers/index.ts";
import { accountFrozen, Journal, type AccountKey, type LotAmount } from "../../ledger/index.ts";
import { NAMED_CARD_LIMIT_FEN, overCardLimit } from "../card-limit.ts";
import { bonusOf, planStoredValue, principalOf, storedValueAccounts } from "../stored-value.ts";
import { memberUnusable } from "../top-up.ts";

export interface TransferWish {
  fromMemberId: string;
  toMemberId: string;
  amountFen: Fen;
  reason: string;
}

/**
 * Gives stored value to another member. It is drawn like a payment, and arrives as lots with the dates, the top-up and the order of
 * spending that they had. A right of the holder: a clause that forbids it is void (法释〔2025〕4号 art. 9).
 */
export async function transferStoredValue(scope: Scope, wish: TransferWish): Promise<{ id: string; principalFen: Fen; bonusFen: Fen }> {
  if (wish.fromMemberId === wish.toMemberId) throw fieldProblem("toMemberId", "same", "is the member who gives");
  const members = await lockMembers(scope, [wish.fromMemberId, wish.toMemberId]);
  if (!members.has(wish.fromMemberId)) throw notFound({ detail: "No such member" });
  const to = members.get(wish.toMemberId);
  if (!to) throw fieldProblem("toMemberId", "unknown", "no such member");
  if (to.state !== "active") throw memberUnusable({ state: to.state });
  const journal = await Journal.open(scope, [...storedValueAccounts(wish.fromMemberId), ...storedValueAccounts(wish.toMemberId)]);
  refuseFrozen(journal, wish);
  refuseOverLimit(journal, wish);
  const plan = planStoredValue(journal, wish.fromMemberId, wish.amountFen, scope.now);
  const id = newId<"transfer">(scope);
  move(scope, journal, plan.principal, { from: principalOf(wish.fromMemberId), to: principalOf(wish.toMemberId), id });
  move(scope, journal, plan.bonus, { from: bonusOf(wish.fromMemberId), to: bonusOf(wish.toMemberId), id });
  journal.close();
  const bonusFen = wish.amountFen - plan.principalFen;
  await scope.tx.db.insertInto("payments.transfer").values({
    id, from_member_id: wish.fromMemberId, to_member_id: wish.toMemberId, principal_fen: plan.principalFen, bonus_fen: bonusFen,
    reason: wish.reason, by_actor: actorRef(scope.actor), at: scope.now,
  }).execute();
  audit(scope, { action: "stored-value.transfer", subjectKind: "member", subjectId: wish.fromMemberId, after: { id, toMemberId: wish.toMemberId, principalFen: plan.principalFen, bonusFen }, reason: wish.reason });
  hint(scope, "members", [wish.fromMemberId, wish.toMemberId]);
  return { id, principalFen: plan.principalFen, bonusFen };
}

function refuseFrozen(journal: Journal, { toMemberId }: TransferWish): void {
  if (storedValueAccounts(toMemberId).some((key) => journal.find(key)?.state === "frozen")) throw accountFrozen({ memberId: toMemberId });
}

function refuseOverLimit(journal: Journal, { toMemberId, amountFen }: TransferWish): void {
  const held = storedValueAccounts(toMemberId).reduce((sum, key) => sum + (journal.find(key)?.balance ?? 0), 0);
  const overFen = held + amountFen - NAMED_CARD_LIMIT_FEN;
  if (overFen > 0) throw overCardLimit({ balanceFen: held, limitFen: NAMED_CARD_LIMIT_FEN, overFen });
}

interface Way {
  from: AccountKey;
  to: AccountKey;
  id: string;
}

function move(scope: Scope, journal: Journal, parts: readonly LotAmount[], { from, to, id }: Way): void {
  const lots = new Map(journal.find(from)?.lots.map((lot) => [lot.id, lot]));
  const cause = { kind: "transfer", counter: "transferred", refId: id };
  journal.debitLots(from, parts, cause);
  for (const part of parts) {
    const lot = lots.get(part.lotId ?? "");
    if (!lot) throw new Error("A lot of the plan is not in the account");
    journal.credit(to, {
      ...cause, amount: part.amount, earnedAt: lot.earnedAt, activeFrom: scope.now, expiresAt: lot.expiresAt, originKind: lot.originKind, originId: lot.originId,
      storeId: lot.storeId, ruleVersion: lot.ruleVersion,
    });
  }
}
