import { directRoute, route, type Route } from "../../../kernel/http/route.ts";
import { idParams, pageQuery } from "../../../kernel/http/wire.ts";
import { unauthenticated } from "../../../kernel/problem.ts";
import { memberOf } from "../../../kernel/scope.ts";
import { once, preparePayment, type PaymentsParts } from "../../payments/index.ts";
import { cancelOwn } from "./ending.ts";
import { getOffered, listOffered } from "./item.view.ts";
import { offeredItem, offeredPage, pictureParams, redeemBody, redeemReply, redemption, redemptionPage } from "./mall.schema.ts";
import { getPicture } from "./picture.ts";
import { redeemItem } from "./redeem.ts";
import { getOwnRedemption, listOwnRedemptions } from "./redemption.view.ts";

const A_YEAR = "public, max-age=31536000, immutable";

export const mallMemberRoutes = (parts: PaymentsParts): Route[] => [
  route({ method: "GET", path: "/mall-items", can: "signed-in", summary: "The points mall, with what speaks against each item", query: pageQuery, reply: offeredPage, run: (scope, { query }) => listOffered(scope, memberOf(scope), query) }),
  route({ method: "GET", path: "/mall-items/{id}", can: "signed-in", summary: "An item of the points mall", params: idParams, reply: offeredItem, run: (scope, { params }) => getOffered(scope, memberOf(scope), params.id) }),
  directRoute({
    method: "POST", path: "/mall-items/{id}:redeem", can: "signed-in", summary: "Redeem an item; with a cash part, answers what WeChat Pay is called with", idempotent: true, status: 201,
    params: idParams, body: redeemBody, reply: redeemReply,
    handle: async (caller, { params, body }, exchange) => {
      const { actor } = caller;
      if (actor.kind !== "member") throw unauthenticated();
      const { redemptionId, paymentId, balance } = await once(parts, caller, exchange, (scope) =>
        redeemItem(scope, { memberId: actor.memberId, itemId: params.id, quantity: body.quantity, points: body.points, cashFen: body.cashFen }));
      const isReplay = exchange.reply.hasHeader("idempotency-hit");
      const guest = paymentId && body.wechatCode && !isReplay ? await parts.outside.wechat.exchangeCode(body.wechatCode) : undefined;
      const pay = paymentId ? await preparePayment(parts, caller, paymentId, guest?.openid) : null;
      const made = await parts.database.inScope(caller, (scope) => getOwnRedemption(scope, actor.memberId, redemptionId));
      return { ...made, balance, pay: pay && { ...pay } };
    },
  }),
  route({ method: "GET", path: "/me/redemptions", can: "signed-in", summary: "What I have redeemed, newest first", query: pageQuery, reply: redemptionPage, run: (scope, { query }) => listOwnRedemptions(scope, memberOf(scope), query) }),
  route({ method: "GET", path: "/me/redemptions/{id}", can: "signed-in", summary: "A redemption of mine, with its pickup code", params: idParams, reply: redemption, run: (scope, { params }) => getOwnRedemption(scope, memberOf(scope), params.id) }),
  route({
    method: "POST", path: "/me/redemptions/{id}:cancel", can: "signed-in", summary: "Give a redemption up that I have not fetched; the points come back", params: idParams, reply: redemption,
    run: async (scope, { params }) => {
      await cancelOwn(scope, params.id, memberOf(scope));
      return getOwnRedemption(scope, memberOf(scope), params.id);
    },
  }),
  directRoute({
    method: "GET", path: "/brands/{code}/mall-pictures/{id}", can: "public", summary: "A picture of the points mall", params: pictureParams,
    handle: async (caller, { params }, { reply }) => {
      const tenant = await parts.database.tenants.byCode(params.code);
      const { mediaType, bytes } = await parts.database.inScope({ ...caller, tenantId: tenant.id }, (scope) => getPicture(scope, params.id));
      reply.header("cache-control", A_YEAR).header("content-security-policy", "default-src 'none'").type(mediaType).send(bytes);
    },
  }),
];
