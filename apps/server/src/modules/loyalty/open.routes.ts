import { route, type Route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/wire.ts";
import { getMember } from "../customers/index.ts";
import { earnFromSource } from "./earning.ts";
import { wholeMemberRoutes } from "./member360.routes.ts";
import { adjustBody, adjustReply, earnBody, earnReply, entriesQuery, pointsEntries, transferBody, transferReply } from "./points.schema.ts";
import { adjustPoints } from "./points.ts";
import { listPointsEntries } from "./points.view.ts";
import { recipientOf, transferPoints } from "./transfer.ts";

export const openRoutes = (_parts: object): Route[] => [
  ...wholeMemberRoutes({ read: "members:read", write: "members:write" }),
  route({ method: "GET", path: "/members/{id}/points-entries", can: "members:read", summary: "A member's points statement", params: idParams, query: entriesQuery, reply: pointsEntries, run: async (scope, { params, query }) => {
    await getMember(scope, params.id);
    return listPointsEntries(scope, params.id, query);
  } }),
  route({
    method: "POST", path: "/members/{id}/points:adjust", can: "points:write", summary: "Give points or take them away, for a reason", idempotent: true,
    params: idParams, body: adjustBody, reply: adjustReply, run: (scope, { params, body }) => adjustPoints(scope, { memberId: params.id, ...body }),
  }),
  route({
    method: "POST", path: "/members/{id}/points:earn", can: "points:write", summary: "Say that something happened that earns points by the rules of its source; once for each reference", idempotent: true,
    params: idParams, body: earnBody, reply: earnReply, run: (scope, { params, body }) => earnFromSource(scope, { memberId: params.id, ...body }),
  }),
  route({
    method: "POST", path: "/members/{id}/points:transfer", can: "points:write", summary: "Pass points on to another member, with their dates", idempotent: true,
    params: idParams, body: transferBody, reply: transferReply,
    run: async (scope, { params, body }) => transferPoints(scope, { fromId: params.id, toId: await recipientOf(scope, body), points: body.points, reason: body.reason }),
  }),
];
