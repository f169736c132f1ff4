import { route, type Route } from "../../kernel/http/route.ts";
import { memberOf } from "../../kernel/scope.ts";
import type { PaymentsParts } from "../payments/index.ts";
import { benefitMemberRoutes } from "./benefits/member.routes.ts";
import { mallMemberRoutes } from "./mall/member.routes.ts";
import { member360 } from "./member360.schema.ts";
import { getMember360 } from "./member360.view.ts";
import { entriesQuery, ownTransferBody, ownTransferReply, pointsEntries, pointsMonths } from "./points.schema.ts";
import { listPointsEntries, listPointsMonths } from "./points.view.ts";
import { recipientOf, transferPoints } from "./transfer.ts";

export const memberRoutes = (parts: PaymentsParts): Route[] => [
  ...benefitMemberRoutes,
  ...mallMemberRoutes(parts),
  route({ method: "GET", path: "/me", can: "signed-in", summary: "My profile, balances, tier and what is missing for the next", reply: member360, run: (scope) => getMember360(scope, memberOf(scope)) }),
  route({ method: "GET", path: "/me/points-entries", can: "signed-in", summary: "My points statement", query: entriesQuery, reply: pointsEntries, run: (scope, { query }) => listPointsEntries(scope, memberOf(scope), query) }),
  route({ method: "GET", path: "/me/points-months", can: "signed-in", summary: "My points, month by month", reply: pointsMonths, run: (scope) => listPointsMonths(scope, memberOf(scope)) }),
  route({
    method: "POST", path: "/me/points:transfer", can: "signed-in", summary: "Pass points on to another member, where the brand allows it", idempotent: true, perMinute: 10,
    body: ownTransferBody, reply: ownTransferReply, run: async (scope, { body }) => {
      const { id, points, balance } = await transferPoints(scope, { fromId: memberOf(scope), toId: await recipientOf(scope, body), points: body.points, reason: body.note ?? null });
      return { id, points, balance };
    },
  }),
];
