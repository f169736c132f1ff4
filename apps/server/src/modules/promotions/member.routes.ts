import { directRoute, route, type Route } from "../../kernel/http/route.ts";
import type { Database } from "../../kernel/db/database.ts";
import { idParams, pageQuery } from "../../kernel/http/wire.ts";
import { memberOf, type Caller, type Scope } from "../../kernel/scope.ts";
import { acceptGift, getGift, offerGift, takeBackGift } from "./coupon-gift.ts";
import { brandTokenParams, gift, giftBody, share, tokenParams } from "./coupon-gift.schema.ts";
import { keepCode } from "./coupon-keep.ts";
import { claimShare, getShare, openShare } from "./coupon-share.ts";
import { claimablePage } from "./coupon-template.schema.ts";
import { listClaimable } from "./coupon-template.view.ts";
import { claimCoupon } from "./issue.ts";
import { couponLookup, walletCoupon, walletPage, walletQuery } from "./wallet.schema.ts";
import { getCoupon, listCoupons } from "./wallet.view.ts";

/** Codes and links are tried by guessing: twelve letters leave no hope, and a minute few tries. */
const GUESSES = 30;
/** From one address: a whole shopping mall may share one. */
const LINKS_OPENED = 120;

export const memberRoutes = ({ database }: { database: Database }): Route[] => [
  ...linkRoutes(database),
  route({ method: "GET", path: "/me/coupons", can: "signed-in", summary: "My coupons; those that cannot be used say why", query: walletQuery, reply: walletPage, run: (scope, { query }) => listCoupons(scope, memberOf(scope), query) }),
  route({ method: "GET", path: "/coupon-center", can: "signed-in", summary: "Coupons to take", query: pageQuery, reply: claimablePage, run: (scope, { query }) => listClaimable(scope, memberOf(scope), query) }),
  route({
    method: "POST", path: "/coupon-templates/{id}:claim", can: "signed-in", summary: "Take a coupon", status: 201, idempotent: true, params: idParams, reply: walletCoupon,
    run: async (scope, { params }) => getCoupon(scope, await claimCoupon(scope, params.id, memberOf(scope))),
  }),
  route({
    method: "POST", path: "/me/coupons:add", can: "signed-in", summary: "Keep a code as my coupon", status: 201, perMinute: GUESSES, body: couponLookup, reply: walletCoupon,
    run: async (scope, { body }) => getCoupon(scope, await keepCode(scope, memberOf(scope), body.code)),
  }),
  route({ method: "POST", path: "/me/coupons/{id}:give", can: "signed-in", summary: "Give a coupon to whoever opens the link", status: 201, params: idParams, body: giftBody, reply: gift, run: (scope, { params, body }) => offerGift(scope, memberOf(scope), params.id, body.message) }),
  route({ method: "GET", path: "/coupon-gifts/{token}", can: "signed-in", summary: "A coupon that somebody gives away", perMinute: GUESSES, params: tokenParams, reply: gift, run: (scope, { params }) => getGift(scope, memberOf(scope), params.token) }),
  route({
    method: "POST", path: "/coupon-gifts/{token}:accept", can: "signed-in", summary: "Accept a gift", perMinute: GUESSES, params: tokenParams, reply: walletCoupon,
    run: async (scope, { params }) => getCoupon(scope, await acceptGift(scope, memberOf(scope), params.token)),
  }),
  route({ method: "POST", path: "/coupon-gifts/{token}:take-back", can: "signed-in", summary: "Take my gift back", params: tokenParams, reply: gift, run: (scope, { params }) => takeBackGift(scope, memberOf(scope), params.token) }),
  route({ method: "POST", path: "/coupon-templates/{id}:share", can: "signed-in", summary: "My link to a coupon for friends", params: idParams, reply: share, run: (scope, { params }) => openShare(scope, memberOf(scope), params.id) }),
  route({ method: "GET", path: "/coupon-shares/{token}", can: "signed-in", summary: "A friend's link", perMinute: GUESSES, params: tokenParams, reply: share, run: (scope, { params }) => getShare(scope, memberOf(scope), params.token) }),
  route({
    method: "POST", path: "/coupon-shares/{token}:claim", can: "signed-in", summary: "Take a coupon by a friend's link", status: 201, idempotent: true, params: tokenParams, reply: walletCoupon,
    run: async (scope, { params }) => getCoupon(scope, await claimShare(scope, memberOf(scope), params.token)),
  }),
];

/** What a link gives, before one has joined. */
function linkRoutes(database: Database): Route[] {
  const atBrand = async <Reply>(caller: Caller, code: string, read: (scope: Scope) => Promise<Reply>): Promise<Reply> =>
    database.inScope({ ...caller, tenantId: (await database.tenants.byCode(code)).id }, read);
  const shared = { method: "GET", can: "public", perMinute: LINKS_OPENED, params: brandTokenParams } as const;
  return [
    directRoute({
      ...shared, path: "/brands/{code}/coupon-gifts/{token}", summary: "A coupon that somebody gives away, to a guest", reply: gift,
      handle: (caller, { params: { code, token } }) => atBrand(caller, code, (scope) => getGift(scope, null, token)),
    }),
    directRoute({
      ...shared, path: "/brands/{code}/coupon-shares/{token}", summary: "A friend's link, to a guest", reply: share,
      handle: (caller, { params: { code, token } }) => atBrand(caller, code, (scope) => getShare(scope, null, token)),
    }),
  ];
}
