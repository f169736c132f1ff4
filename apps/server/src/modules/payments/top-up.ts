import type { PrepaidOrder } from "@shuke/offers";
import { TOP_UP_DONE, type TopUpDone } from "../../events/payments.ts";
import { audit } from "../../kernel/audit.ts";
import { publish } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import type { Fen } from "../../kernel/money.ts";
import { notFound, problem } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { lockMembers } from "../customers/index.ts";
import { balancesOf, Journal } from "../ledger/index.ts";
import { NAMED_CARD_LIMIT_FEN, overCardLimit } from "./card-limit.ts";
import { openPayment } from "./payment.opening.ts";
import { currentTerms, ruleOfOrder } from "./prepaid/terms.ts";
import { bonusOf, principalOf, storedValueAccounts } from "./stored-value.ts";
import { offeredPlan } from "./top-up-plan.ts";

export const memberUnusable = problem("payments/member-unusable", 409, "This member cannot top up");

export interface TopUp {
  id: string;
  memberId: string;
  planId: string;
  principalFen: Fen;
  bonusFen: Fen;
  method: "cash" | "card" | "wechat";
  storeId: string | null;
  /** In which order it is spent: as the terms were when it was sold. */
  spendOrder: PrepaidOrder;
}

export type TopUpWish = Pick<TopUp, "memberId" | "planId" | "method" | "storeId">;

/**
 * Begins a top-up. Cash and card are in the till, so the value is there at once; WeChat's waits for its payment, whose id is
 * returned, and nothing is credited before that.
 */
export async function openTopUp(scope: Scope, wish: TopUpWish) {
  const member = (await lockMembers(scope, [wish.memberId])).get(wish.memberId);
  if (!member) throw notFound({ detail: "No such member" });
  if (member.state !== "active") throw memberUnusable({ state: member.state });
  const plan = await offeredPlan(scope, wish.planId);
  const topUp: TopUp = { id: newId<"top-up">(scope), ...wish, principalFen: plan.principalFen, bonusFen: plan.bonusFen, spendOrder: (await currentTerms(scope)).spendOrder };
  const journal = await Journal.open(scope, storedValueAccounts(wish.memberId));
  refuseOverLimit(journal, topUp);
  const paymentId = wish.method === "wechat"
    ? await openPayment(scope, { purpose: "top-up", subjectId: topUp.id, memberId: wish.memberId, amountFen: topUp.principalFen }) : null;
  await insertTopUp(scope, topUp, paymentId);
  if (paymentId === null) await credit(scope, journal, topUp);
  audit(scope, { action: "stored-value.top-up", subjectKind: "member", subjectId: wish.memberId, after: { ...topUp, paymentId } });
  const [principal, bonus] = storedValueAccounts(wish.memberId).map((key) => balancesOf(journal.find(key), scope.now).active);
  return {
    topUpId: topUp.id, status: paymentId === null ? "paid" as const : "waiting" as const, principalFen: topUp.principalFen, bonusFen: topUp.bonusFen, paymentId,
    storedValue: { principalFen: principal ?? 0, bonusFen: bonus ?? 0 },
  };
}

/** What is in the accounts, held amounts included, and what would come to it. */
function refuseOverLimit(journal: Journal, topUp: TopUp): void {
  const held = storedValueAccounts(topUp.memberId).reduce((sum, key) => sum + (journal.find(key)?.balance ?? 0), 0);
  const after = held + topUp.principalFen + topUp.bonusFen;
  if (after > NAMED_CARD_LIMIT_FEN) throw overCardLimit({ balanceFen: held, limitFen: NAMED_CARD_LIMIT_FEN, overFen: after - NAMED_CARD_LIMIT_FEN });
}

async function insertTopUp(scope: Scope, topUp: TopUp, paymentId: string | null): Promise<void> {
  await scope.tx.db.insertInto("payments.top_up").values({
    id: topUp.id, member_id: topUp.memberId, plan_id: topUp.planId, principal_fen: topUp.principalFen, bonus_fen: topUp.bonusFen, method: topUp.method,
    payment_id: paymentId, store_id: topUp.storeId, state: paymentId === null ? "done" : "waiting", by_actor: actorRef(scope.actor), at: scope.now, spend_order: topUp.spendOrder,
  }).execute();
}

/**
 * Credits a top-up whose payment has just been marked paid by the caller, who holds the member's lock. The limit of the card
 * was checked when the guest was asked to pay: money that is here is not refused.
 */
export async function completeTopUp(scope: Scope, topUpId: string): Promise<void> {
  const [row] = await scope.tx.rows<{ member_id: string; plan_id: string; principal_fen: Fen; bonus_fen: Fen; method: TopUp["method"]; store_id: string | null; spend_order: PrepaidOrder }>(
    `update payments.top_up set state = 'done' where tenant_id = $1 and id = $2 and state in ('waiting', 'cancelled')
      returning member_id, plan_id, principal_fen, bonus_fen, method, store_id, spend_order`, [scope.tenantId, topUpId]);
  if (!row) return;
  const topUp: TopUp = {
    id: topUpId, memberId: row.member_id, planId: row.plan_id, principalFen: row.principal_fen, bonusFen: row.bonus_fen, method: row.method, storeId: row.store_id, spendOrder: row.spend_order,
  };
  await credit(scope, await Journal.open(scope, storedValueAccounts(topUp.memberId)), topUp);
}

/** Principal and bonus are two lots of one origin: payments burn them in the proportion in which they came. */
async function credit(scope: Scope, journal: Journal, topUp: TopUp): Promise<void> {
  const terms = {
    kind: "top-up", counter: "topped-up", refId: topUp.id, earnedAt: scope.now, activeFrom: scope.now, expiresAt: null,
    originKind: "top-up", originId: topUp.id, storeId: topUp.storeId, ruleVersion: ruleOfOrder(topUp.spendOrder),
  };
  journal.credit(principalOf(topUp.memberId), { ...terms, amount: topUp.principalFen });
  journal.credit(bonusOf(topUp.memberId), { ...terms, amount: topUp.bonusFen });
  journal.close();
  const { id: topUpId, memberId, planId, principalFen, bonusFen, method, storeId } = topUp;
  await publish(scope, TOP_UP_DONE, memberId, { topUpId, memberId, planId, principalFen, bonusFen, method, storeId } satisfies TopUpDone);
  hint(scope, "members", [topUp.memberId]);
}
