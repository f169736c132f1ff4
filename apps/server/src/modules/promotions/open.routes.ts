import { route, type Route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/wire.ts";
import { getMember } from "../customers/index.ts";
import { issueBody, issueReply, templatePage, templateQuery } from "./coupon-template.schema.ts";
import { listTemplates } from "./coupon-template.view.ts";
import { issueCoupons } from "./issue.ts";
import { redeemOutside, revertOutside } from "./coupon-redemption.ts";
import { simulationBody, simulationReply } from "./simulation.schema.ts";
import { simulate } from "./simulation.ts";
import { couponLookup, redeemBody, walletCoupon, walletPage, walletQuery } from "./wallet.schema.ts";
import { getCoupon, getCouponByCode, listCoupons } from "./wallet.view.ts";

export const openRoutes = (_parts: object): Route[] => [
  route({ method: "GET", path: "/coupon-templates", can: "coupons:write", summary: "Coupon templates, newest first", query: templateQuery, reply: templatePage, run: (scope, { query }) => listTemplates(scope, query) }),
  route({ method: "POST", path: "/coupon-templates/{id}:issue", can: "coupons:write", summary: "Issue a coupon to each member", idempotent: true, params: idParams, body: issueBody, reply: issueReply, run: (scope, { params, body }) => issueCoupons(scope, params.id, body.memberIds) }),
  route({ method: "GET", path: "/members/{id}/coupons", can: "members:read", summary: "A member's coupons", params: idParams, query: walletQuery, reply: walletPage, run: async (scope, { params, query }) => {
    await getMember(scope, params.id);
    return listCoupons(scope, params.id, query);
  } }),
  route({ method: "POST", path: "/coupons:lookup", can: "orders:write", summary: "A coupon by its printed or scanned code", body: couponLookup, reply: walletCoupon, run: (scope, { body }) => getCouponByCode(scope, body.code) }),
  route({ method: "POST", path: "/offers:simulate", can: "orders:write", summary: "Price a made-up cart with every reason, with and without a draft rule; takes nothing", body: simulationBody, reply: simulationReply, run: (scope, { body }) => simulate(scope, body) }),
  route({
    method: "POST", path: "/coupons:redeem", can: "coupons:write", summary: "Use a coupon outside of our orders, by its code", idempotent: true, body: redeemBody, reply: walletCoupon,
    run: async (scope, { body }) => getCoupon(scope, await redeemOutside(scope, body.code, body.reference)),
  }),
  route({
    method: "POST", path: "/coupons:revert", can: "coupons:write", summary: "Undo that: the coupon can be used again", idempotent: true, body: redeemBody, reply: walletCoupon,
    run: async (scope, { body }) => getCoupon(scope, await revertOutside(scope, body.code, body.reference)),
  }),
];
