import { directRoute, route, type Route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/wire.ts";
import { unauthenticated } from "../../kernel/problem.ts";
import { memberOf } from "../../kernel/scope.ts";
import { cardMemberRoutes } from "./cards/member.routes.ts";
import { once } from "./kept-answer.ts";
import type { PaymentsParts, WithdrawalParts } from "./parts.ts";
import { preparePayment } from "./payment.opening.ts";
import { memberTopUp, memberTopUpReply, planPage, statementQuery, storedValueEntries, topUpReply } from "./payments.schema.ts";
import { getTopUp, listStoredValueEntries } from "./payments.view.ts";
import { prepaidMemberRoutes } from "./prepaid/member.routes.ts";
import { listPlans } from "./top-up-plan.ts";
import { openTopUp } from "./top-up.ts";

export const memberRoutes = (parts: PaymentsParts & WithdrawalParts): Route[] => [
  ...prepaidMemberRoutes(parts), ...cardMemberRoutes(parts),
  route({ method: "GET", path: "/top-up-plans", can: "signed-in", summary: "Top-up plans on offer", reply: planPage, run: async (scope) => ({ items: await listPlans(scope, { onOffer: true }), nextCursor: null }) }),
  route({ method: "GET", path: "/me/stored-value-entries", can: "signed-in", summary: "My stored value statement", query: statementQuery, reply: storedValueEntries, run: (scope, { query }) => listStoredValueEntries(scope, memberOf(scope), query) }),
  route({ method: "GET", path: "/me/top-ups/{id}", can: "signed-in", summary: "How a top-up of mine stands", params: idParams, reply: topUpReply, run: (scope, { params }) => getTopUp(scope, memberOf(scope), params.id) }),
  directRoute({
    method: "POST", path: "/me/top-ups", can: "signed-in", summary: "Begin a top-up: answers what WeChat Pay is called with", idempotent: true, status: 201,
    body: memberTopUp, reply: memberTopUpReply,
    handle: async (caller, { body }, exchange) => {
      const { actor } = caller;
      if (actor.kind !== "member") throw unauthenticated();
      const { topUpId, paymentId } = await once(parts, caller, exchange, (scope) =>
        openTopUp(scope, { memberId: actor.memberId, planId: body.planId, method: "wechat", storeId: null }));
      if (!paymentId) throw new Error("A top-up by WeChat has a payment");
      // A code of wx.login() is good once, so a replay must not need it: the payment has kept what it led to.
      const isReplay = exchange.reply.hasHeader("idempotency-hit");
      const guest = body.wechatCode && !isReplay ? await parts.outside.wechat.exchangeCode(body.wechatCode) : undefined;
      const pay = await preparePayment(parts, caller, paymentId, guest?.openid);
      return { topUpId, paymentId, pay: { ...pay } };
    },
  }),
];
