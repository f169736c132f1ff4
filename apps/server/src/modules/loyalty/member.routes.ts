import { route, type Route } from "../../kernel/http/route.ts";
import { memberOf } from "../../kernel/scope.ts";
import type { PaymentsParts } from "../payments/index.ts";
import { benefitMemberRoutes } from "./benefits/member.routes.ts";
import { checkIn, checkInToday } from "./earning.ts";
import { mallMemberRoutes } from "./mall/member.routes.ts";
import { ownMember } from "./member360.schema.ts";
import { getMember360 } from "./member360.view.ts";
import { checkInReply, earnReply, entriesQuery, ownTransferBody, ownTransferReply, pointsEntries, pointsMonths, recipientBody, recipientReply, transferTermsReply } from "./points.schema.ts";
import { listPointsEntries, listPointsMonths } from "./points.view.ts";
import { nameRecipient, recipientOf, transferPoints, transferTerms } from "./transfer.ts";

export const memberRoutes = (parts: PaymentsParts): Route[] => [
  ...benefitMemberRoutes,
  ...mallMemberRoutes(parts),
  route({ method: "GET", path: "/me", can: "signed-in", summary: "My profile, balances, tier and what is missing for the next", reply: ownMember, run: (scope) => getMember360(scope, memberOf(scope)) }),
  route({ method: "GET", path: "/me/points-entries", can: "signed-in", summary: "My points statement", query: entriesQuery, reply: pointsEntries, run: (scope, { query }) => listPointsEntries(scope, memberOf(scope), query) }),
  route({ method: "GET", path: "/me/points-months", can: "signed-in", summary: "My points, month by month", reply: pointsMonths, run: (scope) => listPointsMonths(scope, memberOf(scope)) }),
  route({ method: "GET", path: "/me/check-in", can: "signed-in", summary: "Whether checking in brings something, and whether I have today", reply: checkInReply, run: (scope) => checkInToday(scope, memberOf(scope)) }),
  route({ method: "POST", path: "/me/check-in", can: "signed-in", summary: "Check in: earns by its rules, once a day", reply: earnReply, run: (scope) => checkIn(scope, memberOf(scope)) }),
  route({ method: "GET", path: "/me/points-transfer", can: "signed-in", summary: "How many points I may pass on today", reply: transferTermsReply, run: (scope) => transferTerms(scope, memberOf(scope)) }),
  route({
    method: "POST", path: "/me/points-transfer:recipient", can: "signed-in", summary: "Whom a number or phone belongs to, the name masked, before points are passed on", perMinute: 10,
    body: recipientBody, reply: recipientReply, run: (scope, { body }) => nameRecipient(scope, body),
  }),
  route({
    method: "POST", path: "/me/points:transfer", can: "signed-in", summary: "Pass points on to another member, where the brand allows it", idempotent: true, perMinute: 10,
    body: ownTransferBody, reply: ownTransferReply, run: async (scope, { body }) => {
      const { id, points, balance } = await transferPoints(scope, { fromId: memberOf(scope), toId: await recipientOf(scope, body), points: body.points, reason: body.note ?? null });
      return { id, points, balance };
    },
  }),
];
