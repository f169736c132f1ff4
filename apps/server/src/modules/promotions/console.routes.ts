import { route, type Route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/wire.ts";
import { getMember } from "../customers/index.ts";
import { voidCoupon } from "./coupon-ending.ts";
import { issueBody, issueReply, template, templateBody, templatePage, templatePatch, templateQuery } from "./coupon-template.schema.ts";
import { changeTemplate, createTemplate, publishTemplate } from "./coupon-template.ts";
import { getTemplate, listTemplates } from "./coupon-template.view.ts";
import { issueCoupons } from "./issue.ts";
import { offerRoutes } from "./offer.routes.ts";
import { offerBody, offerChanged, offerPage, offerPatch, offerQuery, offerReply } from "./offer.schema.ts";
import { changeOffer, createOffer } from "./offer.ts";
import { getOffer, listOffers } from "./offer.view.ts";
import { couponLookup, voidBody, walletCoupon, walletPage, walletQuery } from "./wallet.schema.ts";
import { findCoupons, getCouponByCode, listCoupons } from "./wallet.view.ts";

export const consoleRoutes = (_parts: object): Route[] => [
  route({ method: "GET", path: "/coupon-templates", can: "promotions.manage", summary: "Coupon templates, newest first", query: templateQuery, reply: templatePage, run: (scope, { query }) => listTemplates(scope, query) }),
  route({ method: "POST", path: "/coupon-templates", can: "promotions.manage", summary: "Draft a coupon template", status: 201, body: templateBody, reply: template, run: (scope, { body }) => createTemplate(scope, body) }),
  route({ method: "GET", path: "/coupon-templates/{id}", can: "promotions.manage", summary: "A coupon template", params: idParams, reply: template, run: (scope, { params }) => getTemplate(scope, params.id) }),
  route({ method: "PATCH", path: "/coupon-templates/{id}", can: "promotions.manage", summary: "Change a coupon template; issued coupons keep theirs", params: idParams, body: templatePatch, reply: template, run: (scope, { params, body }) => changeTemplate(scope, params.id, body) }),
  route({ method: "POST", path: "/coupon-templates/{id}:publish", can: "promotions.manage", summary: "Make a draft live", params: idParams, reply: template, run: (scope, { params }) => publishTemplate(scope, params.id) }),
  route({ method: "POST", path: "/coupon-templates/{id}:issue", can: "promotions.manage", summary: "Issue a coupon to each member", idempotent: true, params: idParams, body: issueBody, reply: issueReply, run: (scope, { params, body }) => issueCoupons(scope, params.id, body.memberIds) }),
  route({ method: "GET", path: "/members/{id}/coupons", can: "members.read", summary: "A member's coupons", params: idParams, query: walletQuery, reply: walletPage, run: async (scope, { params, query }) => {
    await getMember(scope, params.id);
    return listCoupons(scope, params.id, query);
  } }),
  route({ method: "GET", path: "/coupons", can: "promotions.manage", summary: "Coupons of a code: where each came from, who has it, what became of it", query: couponLookup, reply: walletPage, run: async (scope, { query }) => ({ items: await findCoupons(scope, query.code), nextCursor: null }) }),
  route({ method: "POST", path: "/coupons:lookup", can: "till.use", summary: "A coupon by its printed or scanned code", body: couponLookup, reply: walletCoupon, run: (scope, { body }) => getCouponByCode(scope, body.code) }),
  route({ method: "POST", path: "/coupons/{id}:void", can: "promotions.manage", summary: "Take a coupon away", params: idParams, body: voidBody, reply: walletCoupon, run: (scope, { params, body }) => voidCoupon(scope, params.id, body.reason) }),
  route({ method: "GET", path: "/offers", can: "promotions.manage", summary: "Automatic discounts, newest first", query: offerQuery, reply: offerPage, run: (scope, { query }) => listOffers(scope, query) }),
  route({ method: "POST", path: "/offers", can: "promotions.manage", summary: "Make an automatic discount", status: 201, body: offerBody, reply: offerChanged, run: (scope, { body }) => createOffer(scope, body) }),
  ...offerRoutes(),
  route({ method: "GET", path: "/offers/{id}", can: "promotions.manage", summary: "An automatic discount", params: idParams, reply: offerReply, run: (scope, { params }) => getOffer(scope, params.id) }),
  route({ method: "PATCH", path: "/offers/{id}", can: "promotions.manage", summary: "Change an automatic discount", params: idParams, body: offerPatch, reply: offerChanged, run: (scope, { params, body }) => changeOffer(scope, params.id, body) }),
];
