import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { getMember } from "../../customers/index.ts";
import { changeBenefit, createBenefit } from "./benefit.ts";
import { getBenefit, listBenefits } from "./benefit.view.ts";
import {
  benefitBody, benefitPage, benefitPatch, benefitQuery, benefitReply, codesBody, codesReply, grantList, handGrantBody, undoBody, useBody, useList, useParams, useReply, usesQuery,
} from "./benefits.schema.ts";
import { addCodes } from "./code-pool.ts";
import { grantByHand } from "./grant.ts";
import { getUse, listGrants, listUses } from "./grant.view.ts";
import { undoUse, useBenefit } from "./use.ts";

export const benefitConsoleRoutes: Route[] = [
  route({ method: "GET", path: "/benefits", can: "members.read", summary: "Benefits, by position", query: benefitQuery, reply: benefitPage, run: async (scope, { query }) => ({ items: await listBenefits(scope, query), nextCursor: null }) }),
  route({ method: "GET", path: "/benefits/{id}", can: "members.read", summary: "One benefit", params: idParams, reply: benefitReply, run: (scope, { params }) => getBenefit(scope, params.id) }),
  route({ method: "POST", path: "/benefits", can: "loyalty.manage", summary: "Define a benefit", status: 201, body: benefitBody, reply: benefitReply, run: (scope, { body }) => createBenefit(scope, body) }),
  route({ method: "PATCH", path: "/benefits/{id}", can: "loyalty.manage", summary: "Change a benefit; what was granted stays as it is", params: idParams, body: benefitPatch, reply: benefitReply, run: (scope, { params, body }) => changeBenefit(scope, params.id, body) }),
  route({ method: "POST", path: "/benefits/{id}/codes", can: "loyalty.manage", summary: "Take over a partner's codes; those known already are left alone", params: idParams, body: codesBody, reply: codesReply, run: (scope, { params, body }) => addCodes(scope, params.id, body) }),
  route({ method: "GET", path: "/members/{id}/benefits", can: "members.read", summary: "What a member has a right to now", params: idParams, reply: grantList, run: async (scope, { params }) => {
    await getMember(scope, params.id);
    return listGrants(scope, params.id);
  } }),
  route({ method: "GET", path: "/members/{id}/benefit-uses", can: "members.read", summary: "What a member has used, newest first", params: idParams, query: usesQuery, reply: useList, run: async (scope, { params, query }) => {
    await getMember(scope, params.id);
    return listUses(scope, params.id, query);
  } }),
  route({
    method: "POST", path: "/members/{id}/benefits:grant", can: "points.adjust", summary: "Give a member a benefit, for a reason", status: 201, idempotent: true, params: idParams, body: handGrantBody, reply: grantList,
    run: async (scope, { params, body }) => {
      await grantByHand(scope, { memberId: params.id, ...body });
      return listGrants(scope, params.id);
    },
  }),
  route({
    method: "POST", path: "/members/{id}/benefits:use", can: "till.use", summary: "Note at a counter that a member uses a benefit", idempotent: true, params: idParams, body: useBody, reply: useReply,
    run: async (scope, { params, body }) => getUse(scope, params.id, await useBenefit(scope, { memberId: params.id, ...body })),
  }),
  route({
    method: "POST", path: "/members/{id}/benefit-uses/{useId}:undo", can: "orders.refund", summary: "Undo a use, with what it gave", idempotent: true, params: useParams, body: undoBody, reply: useReply,
    run: async (scope, { params, body }) => {
      await undoUse(scope, { memberId: params.id, useId: params.useId, reason: body.reason });
      return getUse(scope, params.id, params.useId);
    },
  }),
];
