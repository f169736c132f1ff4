import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { memberOf } from "../../../kernel/scope.ts";
import type { WithdrawalParts } from "../parts.ts";
import { quoteNow } from "./console.routes.ts";
import { freezeStoredValue } from "./freeze.ts";
import { memberWithdrawBody, prepaidView, quoteBody, thawBody, withdrawalPage, withdrawalQuoteReply, withdrawalReply, withdrawalsQuery } from "./prepaid.schema.ts";
import { readPrepaid } from "./prepaid.view.ts";
import { withdrawStoredValue } from "./withdrawal.ts";
import { getWithdrawal, listWithdrawals } from "./withdrawal.view.ts";

export const prepaidMemberRoutes = (parts: WithdrawalParts): Route[] => [
  route({ method: "GET", path: "/me/prepaid", can: "signed-in", summary: "What I have prepaid, top-up by top-up", reply: prepaidView, run: (scope) => readPrepaid(scope, memberOf(scope)) }),
  route({ method: "POST", path: "/me/stored-value:quote-withdrawal", can: "signed-in", summary: "What I get back, step by step", body: quoteBody, reply: withdrawalQuoteReply, run: (scope, { body }) => quoteNow(scope, parts, { memberId: memberOf(scope), ...body }) }),
  route({
    method: "POST", path: "/me/stored-value:withdraw", can: "signed-in", summary: "Ask for my stored value back; the shop agrees first", idempotent: true, body: memberWithdrawBody, reply: withdrawalReply,
    run: async (scope, { body }) => {
      const wish = { ...body, memberId: memberOf(scope), method: "original" as const, reason: "会员本人申请", storeId: null };
      return getWithdrawal(scope, await withdrawStoredValue(scope, parts, wish));
    },
  }),
  route({ method: "GET", path: "/me/withdrawals", can: "signed-in", summary: "My withdrawals", query: withdrawalsQuery.omit({ memberId: true }), reply: withdrawalPage, run: (scope, { query }) => listWithdrawals(scope, { ...query, memberId: memberOf(scope) }) }),
  route({
    method: "POST", path: "/me/withdrawals/{id}:take-back", can: "signed-in", summary: "Take back what I asked for, while the shop has not decided", params: idParams, reply: withdrawalReply,
    run: async (scope, { params }) => {
      await getWithdrawal(scope, params.id, memberOf(scope));
      await parts.approvals.takeBack(scope, params.id);
      return getWithdrawal(scope, params.id);
    },
  }),
  route({
    method: "POST", path: "/me/stored-value:report-loss", can: "signed-in", summary: "Freeze my stored value: my phone or card is lost", body: thawBody, reply: prepaidView,
    run: async (scope, { body }) => {
      await freezeStoredValue(scope, memberOf(scope), { kind: "loss", reason: body.reason });
      return readPrepaid(scope, memberOf(scope));
    },
  }),
];
