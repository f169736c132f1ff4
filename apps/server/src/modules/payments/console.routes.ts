import { directRoute, route, type Route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/wire.ts";
import { getMember } from "../customers/index.ts";
import { cardConsoleRoutes } from "./cards/console.routes.ts";
import { dropMerchantAccount, findMerchantAccount, setMerchantAccount } from "./merchant-account.ts";
import { merchantAccountBody, merchantAccountReply } from "./merchant-account.schema.ts";
import { once } from "./kept-answer.ts";
import type { PaymentsParts, WithdrawalParts } from "./parts.ts";
import { openOrderPayment, preparePayment } from "./payment.opening.ts";
import {
  paymentBody, paymentReply, plan, planBody, planPage, planPatch, statementQuery, storedValueEntries, tillTopUp, tillTopUpReply,
} from "./payments.schema.ts";
import { getPayment, listStoredValueEntries, paymentOfTopUp } from "./payments.view.ts";
import { demandStoreHere, prepaidConsoleRoutes } from "./prepaid/console.routes.ts";
import { changePlan, createPlan, listPlans } from "./top-up-plan.ts";
import { openTopUp } from "./top-up.ts";

export const consoleRoutes = (parts: PaymentsParts & WithdrawalParts): Route[] => [
  ...prepaidConsoleRoutes(parts), ...cardConsoleRoutes(parts),
  route({ method: "GET", path: "/merchant-account", can: "org.manage", summary: "The brand's own WeChat Pay merchant account, without its secrets", reply: merchantAccountReply, run: async (scope) => ({ account: await findMerchantAccount(scope) }) }),
  route({ method: "PUT", path: "/merchant-account", can: "org.manage", summary: "Let new payments go to this merchant account", body: merchantAccountBody, reply: merchantAccountReply, run: async (scope, { body }) => ({ account: await setMerchantAccount(scope, body) }) }),
  route({ method: "POST", path: "/merchant-account:drop", can: "org.manage", summary: "Let new payments go to the installation's merchant account again", status: 204, run: dropMerchantAccount }),
  route({ method: "GET", path: "/top-up-plans", can: "signed-in", summary: "Top-up plans", reply: planPage, run: async (scope) => ({ items: await listPlans(scope, { onOffer: false }), nextCursor: null }) }),
  route({ method: "POST", path: "/top-up-plans", can: "loyalty.manage", summary: "Add a top-up plan", status: 201, body: planBody, reply: plan, run: (scope, { body }) => createPlan(scope, body) }),
  route({ method: "PATCH", path: "/top-up-plans/{id}", can: "loyalty.manage", summary: "Change a top-up plan", params: idParams, body: planPatch, reply: plan, run: (scope, { params, body }) => changePlan(scope, params.id, body) }),
  route({ method: "GET", path: "/members/{id}/stored-value-entries", can: "members.read", summary: "A member's stored value statement", params: idParams, query: statementQuery, reply: storedValueEntries, run: async (scope, { params, query }) => {
    await getMember(scope, params.id);
    return listStoredValueEntries(scope, params.id, query);
  } }),
  route({ method: "GET", path: "/payments/{id}", can: "till.use", summary: "A payment and its refunds", params: idParams, reply: paymentReply, run: (scope, { params }) => getPayment(scope, params.id) }),
  directRoute({
    method: "POST", path: "/members/{id}/stored-value:top-up", can: "stored-value.top-up", summary: "Top up at the till; WeChat's waits for the guest to scan",
    idempotent: true, params: idParams, body: tillTopUp, reply: tillTopUpReply,
    handle: async (caller, { params, body }, exchange) => {
      const opened = await once(parts, caller, exchange, async (scope) => {
        await demandStoreHere(scope, body.storeId);
        return openTopUp(scope, { memberId: params.id, planId: body.planId, method: body.payment, storeId: body.storeId });
      });
      const pay = opened.paymentId ? await preparePayment(parts, caller, opened.paymentId) : null;
      return { ...opened, codeUrl: pay?.["codeUrl"] ?? null };
    },
  }),
  directRoute({
    method: "POST", path: "/payments", can: "till.use", summary: "A WeChat code for an order or a top-up that waits", idempotent: true, body: paymentBody, reply: paymentReply,
    handle: async (caller, { body }, exchange) => {
      const { paymentId } = await once(parts, caller, exchange, async (scope) => ({
        paymentId: body.topUpId === undefined
          ? await openOrderPayment(scope, body.orderId ?? "", body.amountFen ?? 0, body.memberId ?? null) : await paymentOfTopUp(scope, body.topUpId),
      }));
      await preparePayment(parts, caller, paymentId);
      return parts.database.inScope(caller, (scope) => getPayment(scope, paymentId));
    },
  }),
];
