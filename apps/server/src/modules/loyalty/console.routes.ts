import { route, type Route } from "../../kernel/http/route.ts";
import { idParams, pageQuery } from "../../kernel/http/wire.ts";
import { getMember } from "../customers/index.ts";
import { changeEarnRule, createEarnRule, listEarnRules } from "./earn-rule.ts";
import { member360, memberPage, membersQuery } from "./member360.schema.ts";
import { getMember360, listMemberRows } from "./member360.view.ts";
import { adjustBody, adjustReply, pointsEntries } from "./points.schema.ts";
import { adjustPoints } from "./points.ts";
import { listPointsEntries } from "./points.view.ts";
import { earnRule, earnRuleBody, earnRulePage, earnRulePatch, programBody, programReply, tierBody, tierPage, tierPatch, tierReply } from "./program.schema.ts";
import { getProgram, setProgram } from "./program.settings.ts";
import { changeTier, createTier, listTiers } from "./tier.ts";

export const consoleRoutes = (_parts: object): Route[] => [...memberRoutes, ...settingRoutes];

const memberRoutes: Route[] = [
  route({ method: "GET", path: "/members", can: "members.read", summary: "Members with balances and tier, newest first", query: membersQuery, reply: memberPage, run: (scope, { query }) => listMemberRows(scope, query) }),
  route({ method: "GET", path: "/members/{id}", can: "members.read", summary: "Everything about a member", params: idParams, reply: member360, run: (scope, { params }) => getMember360(scope, params.id) }),
  route({ method: "GET", path: "/members/{id}/points-entries", can: "members.read", summary: "A member's points statement", params: idParams, query: pageQuery, reply: pointsEntries, run: async (scope, { params, query }) => {
    await getMember(scope, params.id);
    return listPointsEntries(scope, params.id, query);
  } }),
  route({
    method: "POST", path: "/members/{id}/points:adjust", can: "points.adjust", summary: "Give points or take them away, for a reason", idempotent: true,
    params: idParams, body: adjustBody, reply: adjustReply, run: (scope, { params, body }) => adjustPoints(scope, { memberId: params.id, ...body }),
  }),
];

/** Tiers are named everywhere, so whoever sees members sees them. */
const settingRoutes: Route[] = [
  route({ method: "GET", path: "/points-program", can: "loyalty.manage", summary: "How points are earned, spent and lost", reply: programReply, run: (scope) => getProgram(scope) }),
  route({ method: "PUT", path: "/points-program", can: "loyalty.manage", summary: "Set how points are earned, spent and lost", body: programBody, reply: programReply, run: (scope, { body }) => setProgram(scope, body) }),
  route({ method: "GET", path: "/earn-rules", can: "loyalty.manage", summary: "What multiplies points", reply: earnRulePage, run: async (scope) => ({ items: await listEarnRules(scope), nextCursor: null }) }),
  route({ method: "POST", path: "/earn-rules", can: "loyalty.manage", summary: "Add an earn rule", status: 201, body: earnRuleBody, reply: earnRule, run: (scope, { body }) => createEarnRule(scope, body) }),
  route({ method: "PATCH", path: "/earn-rules/{id}", can: "loyalty.manage", summary: "Change an earn rule", params: idParams, body: earnRulePatch, reply: earnRule, run: (scope, { params, body }) => changeEarnRule(scope, params.id, body) }),
  route({ method: "GET", path: "/tiers", can: "members.read", summary: "Tiers, lowest first", reply: tierPage, run: async (scope) => ({ items: await listTiers(scope), nextCursor: null }) }),
  route({ method: "POST", path: "/tiers", can: "loyalty.manage", summary: "Add a tier", status: 201, body: tierBody, reply: tierReply, run: (scope, { body }) => createTier(scope, body) }),
  route({ method: "PATCH", path: "/tiers/{id}", can: "loyalty.manage", summary: "Change a tier", params: idParams, body: tierPatch, reply: tierReply, run: (scope, { params, body }) => changeTier(scope, params.id, body) }),
];
