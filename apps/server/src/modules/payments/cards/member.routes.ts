import { directRoute, route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { unauthenticated } from "../../../kernel/problem.ts";
import { memberOf } from "../../../kernel/scope.ts";
import { once } from "../kept-answer.ts";
import { payClient } from "../merchant-account.ts";
import { notifyUrl, type PaymentsParts, type WithdrawalParts } from "../parts.ts";
import { preparePayment } from "../payment.opening.ts";
import { memberCardWithdrawBody, cardQuoteBody, withdrawalQuoteReply, withdrawalReply } from "../prepaid/prepaid.schema.ts";
import { getWithdrawal } from "../prepaid/withdrawal.view.ts";
import { buyBody, buyReply, card, cardPage, productPage, renewBody, renewReply, usePage } from "./card.schema.ts";
import { getCard, listCards, listUses } from "./card.view.ts";
import { pauseCard, resumeCard } from "./card-pause.ts";
import { listProducts } from "./card-product.ts";
import { quoteCard, refundCard } from "./card.refund.ts";
import { sellCard } from "./card-sale.ts";
import { endRenewal } from "./renewal.state.ts";
import { beginRenewal } from "./renewal.ts";

export const cardMemberRoutes = (parts: PaymentsParts & WithdrawalParts): Route[] => [...buyingRoutes(parts), ...holdingRoutes(parts), ...renewalRoutes(parts)];

const buyingRoutes = (parts: PaymentsParts): Route[] => [
  route({ method: "GET", path: "/card-products", can: "signed-in", summary: "Cards on offer, with what would go back", reply: productPage, run: async (scope) => ({ items: await listProducts(scope, { onOffer: true }), nextCursor: null }) }),
  route({ method: "GET", path: "/me/cards", can: "signed-in", summary: "My cards", reply: cardPage, run: async (scope) => ({ items: await listCards(scope, memberOf(scope)), nextCursor: null }) }),
  directRoute({
    method: "POST", path: "/me/cards", can: "signed-in", summary: "Buy a card: answers what WeChat Pay is called with", idempotent: true, status: 201, body: buyBody, reply: buyReply,
    handle: async (caller, { body }, exchange) => {
      const { actor } = caller;
      if (actor.kind !== "member") throw unauthenticated();
      const sold = await once(parts, caller, exchange, (scope) => sellCard(scope, { memberId: actor.memberId, productId: body.productId, method: "wechat", storeId: null }));
      const isReplay = exchange.reply.hasHeader("idempotency-hit");
      const guest = sold.paymentId && body.wechatCode && !isReplay ? await parts.outside.wechat.exchangeCode(body.wechatCode) : undefined;
      const pay = sold.paymentId ? await preparePayment(parts, caller, sold.paymentId, guest?.openid) : null;
      const view = await parts.database.inScope(caller, (scope) => getCard(scope, sold.cardId, actor.memberId));
      return { card: view, saleId: sold.saleId, paymentId: sold.paymentId, pay: { ...pay } };
    },
  }),
];

const holdingRoutes = ({ approvals }: WithdrawalParts): Route[] => [
  route({ method: "GET", path: "/me/cards/{id}", can: "signed-in", summary: "A card of mine", params: idParams, reply: card, run: (scope, { params }) => getCard(scope, params.id, memberOf(scope)) }),
  route({ method: "GET", path: "/me/cards/{id}/uses", can: "signed-in", summary: "What I used of a card", params: idParams, reply: usePage, run: async (scope, { params }) => ({ items: await listUses(scope, params.id, memberOf(scope)), nextCursor: null }) }),
  route({
    method: "POST", path: "/me/cards/{id}:pause", can: "signed-in", summary: "Stop a period card of mine for a while", params: idParams, reply: card,
    run: async (scope, { params }) => {
      await pauseCard(scope, params.id, memberOf(scope));
      return getCard(scope, params.id, memberOf(scope));
    },
  }),
  route({
    method: "POST", path: "/me/cards/{id}:resume", can: "signed-in", summary: "Let my card run again", params: idParams, reply: card,
    run: async (scope, { params }) => {
      await resumeCard(scope, params.id, memberOf(scope));
      return getCard(scope, params.id, memberOf(scope));
    },
  }),
  route({ method: "POST", path: "/me/cards/{id}:quote-refund", can: "signed-in", summary: "What I get back for a card, step by step", params: idParams, body: cardQuoteBody, reply: withdrawalQuoteReply, run: (scope, { params, body }) => quoteCard(scope, approvals, { cardId: params.id, ownerId: memberOf(scope), ...body }) }),
  route({
    method: "POST", path: "/me/cards/{id}:refund", can: "signed-in", summary: "Ask for a card's money back; the shop agrees first", idempotent: true, params: idParams, body: memberCardWithdrawBody, reply: withdrawalReply,
    run: async (scope, { params, body }) => {
      await getCard(scope, params.id, memberOf(scope));
      const wish = { ...body, cardId: params.id, ownerId: memberOf(scope), method: "original" as const, reason: "会员本人申请", storeId: null };
      return getWithdrawal(scope, await refundCard(scope, approvals, wish));
    },
  }),
];

const renewalRoutes = (parts: PaymentsParts): Route[] => [
  directRoute({
    method: "POST", path: "/me/cards/{id}:begin-renewal", can: "signed-in", summary: "Agree that a card renews itself: answers where to agree in WeChat", params: idParams, body: renewBody, reply: renewReply,
    handle: async (caller, { params, body }) => {
      const { actor } = caller;
      if (actor.kind !== "member") throw unauthenticated();
      const begun = await parts.database.inScope(caller, (scope) => beginRenewal(scope, params.id, actor.memberId));
      const view = await parts.database.inScope(caller, (scope) => getCard(scope, params.id, actor.memberId));
      const guest = body.wechatCode ? await parts.outside.wechat.exchangeCode(body.wechatCode) : undefined;
      const tenant = await parts.database.tenants.get(caller.tenantId);
      const pay = await payClient(parts.outside, parts.database, caller.tenantId, begun.merchantId);
      const { signUrl, miniProgram } = await pay.openContract({
        contractCode: begun.contractCode, displayAccount: view.name, firstOn: begun.dueOn, amountFen: begun.priceFen, notifyUrl: notifyUrl(parts.outside, tenant.code), ...(guest && { openid: guest.openid }),
      });
      return { card: view, signUrl, miniProgram };
    },
  }),
  route({
    method: "POST", path: "/me/cards/{id}:end-renewal", can: "signed-in", summary: "End a card's automatic renewal", params: idParams, reply: card,
    run: async (scope, { params }) => {
      await getCard(scope, params.id, memberOf(scope));
      await endRenewal(scope, params.id, "by-member");
      return getCard(scope, params.id, memberOf(scope));
    },
  }),
];
