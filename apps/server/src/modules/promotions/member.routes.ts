import { route, type Route } from "../../kernel/http/route.ts";
import { idParams, pageQuery } from "../../kernel/http/wire.ts";
import { memberOf } from "../../kernel/scope.ts";
import { claimablePage } from "./coupon-template.schema.ts";
import { listClaimable } from "./coupon-template.view.ts";
import { claimCoupon } from "./issue.ts";
import { walletCoupon, walletPage, walletQuery } from "./wallet.schema.ts";
import { getCoupon, listCoupons } from "./wallet.view.ts";

export const memberRoutes = (_parts: object): Route[] => [
  route({ method: "GET", path: "/me/coupons", can: "signed-in", summary: "My coupons; those that cannot be used say why", query: walletQuery, reply: walletPage, run: (scope, { query }) => listCoupons(scope, memberOf(scope), query) }),
  route({ method: "GET", path: "/coupon-center", can: "signed-in", summary: "Coupons to take", query: pageQuery, reply: claimablePage, run: (scope, { query }) => listClaimable(scope, memberOf(scope), query) }),
  route({
    method: "POST", path: "/coupon-templates/{id}:claim", can: "signed-in", summary: "Take a coupon", status: 201, idempotent: true, params: idParams, reply: walletCoupon,
    run: async (scope, { params }) => getCoupon(scope, await claimCoupon(scope, params.id, memberOf(scope))),
  }),
];
