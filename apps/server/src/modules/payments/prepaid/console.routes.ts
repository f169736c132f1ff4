import { z } from "zod";
import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { fieldProblem } from "../../../kernel/problem.ts";
import { demandStore, type Scope } from "../../../kernel/scope.ts";
import { getMember } from "../../customers/index.ts";
import { findStore } from "../../org/index.ts";
import { accountKey, readAccounts } from "../../ledger/index.ts";
import type { WithdrawalParts } from "../parts.ts";
import { storedValueAccounts } from "../stored-value.ts";
import { freezeStoredValue, thawStoredValue } from "./freeze.ts";
import {
  bindBody, cardNumber, extendBody, freezeBody, prepaidView, quoteBody, settleBody, storedCard, storedCardPage, termsBody, termsReply, thawBody,
  transferBody, transferReply, unnamedBody, withdrawalPage, withdrawalQuoteReply, withdrawalReply, withdrawalsQuery, withdrawBody,
} from "./prepaid.schema.ts";
import { readPrepaid } from "./prepaid.view.ts";
import { bindCard, extendCard, issueNamedCard, replaceCard, reportLoss, sellUnnamedCard } from "./stored-card.ts";
import { getStoredCard, listStoredCards } from "./stored-card.view.ts";
import { changeTerms, currentTerms, termsView } from "./terms.ts";
import { transferStoredValue } from "./transfer.ts";
import { askedQuote } from "./withdrawal.asking.ts";
import { computeWithdrawal, type WithdrawalWish } from "./withdrawal.quote.ts";
import { settleFailed, withdrawStoredValue } from "./withdrawal.ts";
import { getWithdrawal, listWithdrawals } from "./withdrawal.view.ts";

const GIVE_BACK = "stored-value.withdraw";

export const prepaidConsoleRoutes = (parts: WithdrawalParts): Route[] => [...termsRoutes(), ...withdrawalRoutes(parts), ...holdingRoutes(), ...storedCardRoutes()];

const termsRoutes = (): Route[] => [
  route({ method: "GET", path: "/prepaid-terms", can: "signed-in", summary: "The terms of prepaid value", reply: termsReply, run: async (scope) => termsView(await currentTerms(scope)) }),
  route({ method: "PUT", path: "/prepaid-terms", can: "loyalty.manage", summary: "Change the terms for what is sold from now on", body: termsBody, reply: termsReply, run: async (scope, { body }) => termsView(await changeTerms(scope, body)) }),
];

/** A quote without locks, for a screen. Throws `notFound`. */
export async function quoteNow(scope: Scope, { listPrices, approvals }: WithdrawalParts, wish: WithdrawalWish) {
  await getMember(scope, wish.memberId);
  const accounts = await readAccounts(scope, storedValueAccounts(wish.memberId));
  return askedQuote(scope, approvals, (await computeWithdrawal(scope, (key) => accounts.get(accountKey(key)), wish, listPrices)).quote);
}

const withdrawalRoutes = (parts: WithdrawalParts): Route[] => [
  route({
    method: "POST", path: "/members/{id}/stored-value:quote-withdrawal", can: GIVE_BACK, summary: "What a member gets back, step by step; changes nothing", params: idParams,
    body: quoteBody, reply: withdrawalQuoteReply, run: (scope, { params, body }) => quoteNow(scope, parts, { memberId: params.id, ...body }),
  }),
  route({
    method: "POST", path: "/members/{id}/stored-value:withdraw", can: GIVE_BACK, summary: "Give stored value back; above the limit, or as the chain says, it waits for others", idempotent: true,
    params: idParams, body: withdrawBody, reply: withdrawalReply,
    run: async (scope, { params, body }) => {
      if (body.storeId) await demandStoreHere(scope, body.storeId);
      return getWithdrawal(scope, await withdrawStoredValue(scope, parts, { ...body, memberId: params.id, storeId: body.storeId ?? null }));
    },
  }),
  route({ method: "GET", path: "/withdrawals", can: GIVE_BACK, summary: "Withdrawals, newest first", query: withdrawalsQuery, reply: withdrawalPage, run: (scope, { query }) => listWithdrawals(scope, query) }),
  route({ method: "GET", path: "/withdrawals/{id}", can: GIVE_BACK, summary: "A withdrawal with its computation and its payments", params: idParams, reply: withdrawalReply, run: (scope, { params }) => getWithdrawal(scope, params.id) }),
  route({
    method: "POST", path: "/withdrawals/{id}:settle", can: GIVE_BACK, summary: "Record that what WeChat could not give back was paid otherwise", idempotent: true, params: idParams, body: settleBody, reply: withdrawalReply,
    run: async (scope, { params, body }) => {
      await settleFailed(scope, params.id, body);
      return getWithdrawal(scope, params.id);
    },
  }),
];

const holdingRoutes = (): Route[] => [
  route({ method: "GET", path: "/members/{id}/prepaid", can: "members.read", summary: "What a member has prepaid, top-up by top-up", params: idParams, reply: prepaidView, run: (scope, { params }) => readPrepaid(scope, params.id) }),
  route({
    method: "POST", path: "/members/{id}/stored-value:freeze", can: GIVE_BACK, summary: "Keep stored value from being spent", params: idParams, body: freezeBody, reply: prepaidView,
    run: (scope, { params, body }) => freezeStoredValue(scope, params.id, body).then(() => readPrepaid(scope, params.id)),
  }),
  route({
    method: "POST", path: "/members/{id}/stored-value:unfreeze", can: GIVE_BACK, summary: "Let stored value be spent again", params: idParams, body: thawBody, reply: prepaidView,
    run: (scope, { params, body }) => thawStoredValue(scope, params.id, body.reason).then(() => readPrepaid(scope, params.id)),
  }),
  route({
    method: "POST", path: "/members/{id}/stored-value:transfer", can: GIVE_BACK, summary: "Give stored value to another member, with its dates", idempotent: true, params: idParams, body: transferBody, reply: transferReply,
    run: (scope, { params, body }) => transferStoredValue(scope, { ...body, fromMemberId: params.id }),
  }),
];

const storedCardRoutes = (): Route[] => [
  route({ method: "POST", path: "/members/{id}/stored-cards", can: "stored-value.top-up", summary: "Give a member a printed card", status: 201, params: idParams, body: cardNumber, reply: storedCard, run: async (scope, { params, body }) => getStoredCard(scope, await issueNamedCard(scope, params.id, body.cardNo)) }),
  route({ method: "GET", path: "/stored-cards", can: "till.use", summary: "Find a printed card by its number", query: z.object({ cardNo: z.string().max(32) }), reply: storedCardPage, run: async (scope, { query }) => ({ items: await listStoredCards(scope, query), nextCursor: null }) }),
  route({
    method: "POST", path: "/stored-cards", can: "stored-value.top-up", summary: "Sell a card without a name", idempotent: true, body: unnamedBody, reply: storedCard,
    run: async (scope, { body }) => {
      await demandStoreHere(scope, body.storeId);
      return getStoredCard(scope, await sellUnnamedCard(scope, body));
    },
  }),
  route({
    method: "POST", path: "/stored-cards/{id}:report-loss", can: GIVE_BACK, summary: "A named card is lost: it ends, and the value is frozen", params: idParams, body: thawBody, reply: storedCard,
    run: (scope, { params, body }) => reportLoss(scope, params.id, body.reason).then(() => getStoredCard(scope, params.id)),
  }),
  route({ method: "POST", path: "/stored-cards/{id}:replace", can: GIVE_BACK, summary: "A new card for a lost one; the value is free again", params: idParams, body: cardNumber, reply: storedCard, run: async (scope, { params, body }) => getStoredCard(scope, await replaceCard(scope, params.id, body.cardNo)) }),
  route({
    method: "POST", path: "/stored-cards/{id}:bind", can: "stored-value.top-up", summary: "Bring an unnamed card's value to a member", idempotent: true, params: idParams, body: bindBody, reply: storedCard,
    run: async (scope, { params, body }) => {
      await getStoredCard(scope, params.id);
      return bindCard(scope, params.id, body.memberId).then(() => getStoredCard(scope, params.id));
    },
  }),
  route({
    method: "POST", path: "/stored-cards/{id}:extend", can: GIVE_BACK, summary: "Lengthen an unnamed card's life, also after its end", params: idParams, body: extendBody, reply: storedCard,
    run: (scope, { params, body }) => extendCard(scope, params.id, body.expiresOn).then(() => getStoredCard(scope, params.id)),
  }),
];

export async function demandStoreHere(scope: Scope, storeId: string): Promise<void> {
  if (!(await findStore(scope, storeId))) throw fieldProblem("storeId", "unknown", "no such store");
  demandStore(scope.actor, storeId);
}

