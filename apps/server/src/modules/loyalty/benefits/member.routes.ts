import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { memberOf } from "../../../kernel/scope.ts";
import { grantList, useList, useReply, usesQuery } from "./benefits.schema.ts";
import { getUse, listGrants, listUses } from "./grant.view.ts";
import { useBenefit } from "./use.ts";

export const benefitMemberRoutes: Route[] = [
  route({ method: "GET", path: "/me/benefits", can: "signed-in", summary: "What I have a right to now", reply: grantList, run: (scope) => listGrants(scope, memberOf(scope)) }),
  route({ method: "GET", path: "/me/benefit-uses", can: "signed-in", summary: "What I have used, newest first", query: usesQuery, reply: useList, run: (scope, { query }) => listUses(scope, memberOf(scope), query) }),
  route({
    method: "POST", path: "/me/benefits/{id}:claim", can: "signed-in", summary: "Take what a benefit of mine gives: a coupon, points, a partner's code", idempotent: true, params: idParams, reply: useReply,
    run: async (scope, { params }) => getUse(scope, memberOf(scope), await useBenefit(scope, { memberId: memberOf(scope), grantId: params.id })),
  }),
];
