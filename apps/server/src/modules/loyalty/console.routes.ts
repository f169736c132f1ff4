import { approvalWaiting, type Approvals } from "../../kernel/approval.ts";
import { Accepted, route, type Route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/wire.ts";
import { getMember } from "../customers/index.ts";
import { adjustOrAsk, listLimits, setLimits } from "./approval.ts";
import { benefitConsoleRoutes } from "./benefits/console.routes.ts";
import { earnFromSource } from "./earning.ts";
import { changeEarnRule, createEarnRule, listEarnRules } from "./earn-rule.ts";
import { freezePoints, listFreezes, unfreezePoints } from "./freeze.ts";
import { lifecycleRoutes } from "./lifecycle/console.routes.ts";
import { mallConsoleRoutes } from "./mall/console.routes.ts";
import { wholeMemberRoutes } from "./member360.routes.ts";
import { memberPage, membersQuery } from "./member360.schema.ts";
import { listMemberRows } from "./member360.view.ts";
import {
  adjustBody, adjustReply, earnBody, earnReply, entriesQuery, freezeBody, freezeList, freezeParams, freezeReply, limitsBody, limitsReply, pointsEntries, pointsMonths,
  transferBody, transferReply, unfreezeBody,
} from "./points.schema.ts";
import { listPointsEntries, listPointsMonths } from "./points.view.ts";
import { earnRule, earnRuleBody, earnRulePage, earnRulePatch, programBody, programReply, tierBody, tierPage, tierPatch, tierReply, tryBody, tryReply } from "./program.schema.ts";
import { getProgram, setProgram } from "./program.settings.ts";
import { simulateTiers } from "./simulation.ts";
import { changeTier, createTier, listTiers } from "./tier.ts";
import { grantTier, listGrants, revokeTier } from "./tier.grant.ts";
import { grantBody, grantList, grantReply, revokeBody, simulationBody, simulationReply, tierProgramBody, tierProgramReply } from "./tier.schema.ts";
import { getTierProgram, setTierProgram } from "./tier.settings.ts";
import { recipientOf, transferPoints } from "./transfer.ts";
import { tryEarning } from "./trial.ts";

export const consoleRoutes = ({ approvals }: { approvals: Approvals }): Route[] => [adjustRoute(approvals), ...memberRoutes, ...limitRoutes, ...settingRoutes, ...benefitConsoleRoutes, ...mallConsoleRoutes, ...lifecycleRoutes];

const adjustRoute = (approvals: Approvals): Route => route({
  method: "POST", path: "/members/{id}/points:adjust", can: "points.adjust", summary: "Give points or take them away, for a reason; 202 while somebody has to agree first", idempotent: true,
  params: idParams, body: adjustBody, reply: adjustReply, accepted: approvalWaiting,
  run: async (scope, { params, body }) => {
    const done = await adjustOrAsk(scope, approvals, { memberId: params.id, ...body });
    return "waiting" in done ? new Accepted(done.waiting) : done;
  },
});

const memberRoutes: Route[] = [
  route({ method: "GET", path: "/members", can: "members.read", summary: "Members with balances and tier, newest first", query: membersQuery, reply: memberPage, run: (scope, { query }) => listMemberRows(scope, query) }),
  ...wholeMemberRoutes({ read: "members.read", write: "members.write" }),
  route({ method: "GET", path: "/members/{id}/points-entries", can: "members.read", summary: "A member's points statement", params: idParams, query: entriesQuery, reply: pointsEntries, run: async (scope, { params, query }) => {
    await getMember(scope, params.id);
    return listPointsEntries(scope, params.id, query);
  } }),
  route({
    method: "POST", path: "/members/{id}/points:earn", can: "points.adjust", summary: "Note that something happened that earns points by the rules of its source; once for each reference", idempotent: true,
    params: idParams, body: earnBody, reply: earnReply, run: (scope, { params, body }) => earnFromSource(scope, { memberId: params.id, ...body }),
  }),
  route({ method: "GET", path: "/members/{id}/points-months", can: "members.read", summary: "A member's points, month by month", params: idParams, reply: pointsMonths, run: async (scope, { params }) => {
    await getMember(scope, params.id);
    return listPointsMonths(scope, params.id);
  } }),
  route({ method: "GET", path: "/members/{id}/points-freezes", can: "members.read", summary: "What was frozen of a member's points", params: idParams, reply: freezeList, run: async (scope, { params }) => {
    await getMember(scope, params.id);
    return { items: await listFreezes(scope, params.id), nextCursor: null };
  } }),
  route({
    method: "POST", path: "/members/{id}/points:freeze", can: "points.adjust", summary: "Set points aside, for a reason, until somebody lets them go", idempotent: true,
    params: idParams, body: freezeBody, reply: freezeReply, run: (scope, { params, body }) => freezePoints(scope, { memberId: params.id, ...body }),
  }),
  route({
    method: "POST", path: "/members/{id}/points-freezes/{freezeId}:release", can: "points.adjust", summary: "Let frozen points go", idempotent: true,
    params: freezeParams, body: unfreezeBody, reply: freezeReply, run: (scope, { params, body }) => unfreezePoints(scope, { memberId: params.id, freezeId: params.freezeId, ...body }),
  }),
  route({
    method: "POST", path: "/members/{id}/points:transfer", can: "points.adjust", summary: "Pass points on to another member, with their dates", idempotent: true,
    params: idParams, body: transferBody, reply: transferReply,
    run: async (scope, { params, body }) => transferPoints(scope, { fromId: params.id, toId: await recipientOf(scope, body), points: body.points, reason: body.reason }),
  }),
  route({ method: "GET", path: "/members/{id}/tier-grants", can: "members.read", summary: "Tiers that were given to a member by hand", params: idParams, reply: grantList, run: async (scope, { params }) => {
    await getMember(scope, params.id);
    return { items: await listGrants(scope, params.id), nextCursor: null };
  } }),
  route({
    method: "POST", path: "/members/{id}/tier:grant", can: "loyalty.manage", summary: "Put a member into a tier until the end of a day", params: idParams, body: grantBody, reply: grantReply,
    run: (scope, { params, body }) => grantTier(scope, { memberId: params.id, ...body }),
  }),
  route({
    method: "POST", path: "/members/{id}/tier:revoke", can: "loyalty.manage", summary: "Take a tier back that was given by hand", params: idParams, body: revokeBody, reply: grantReply,
    run: (scope, { params, body }) => revokeTier(scope, params.id, body.reason),
  }),
];

const limitRoutes: Route[] = [
  route({ method: "GET", path: "/points-limits", can: "loyalty.manage", summary: "How much each role may adjust alone", reply: limitsReply, run: async (scope) => ({ items: await listLimits(scope), nextCursor: null }) }),
  route({ method: "PUT", path: "/points-limits", can: "loyalty.manage", summary: "Set how much roles may adjust alone", body: limitsBody, reply: limitsReply, run: async (scope, { body }) => ({ items: await setLimits(scope, body.limits), nextCursor: null }) }),
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
  route({ method: "GET", path: "/tier-program", can: "members.read", summary: "How tiers are counted, kept and lost", reply: tierProgramReply, run: (scope) => getTierProgram(scope) }),
  route({ method: "PUT", path: "/tier-program", can: "loyalty.manage", summary: "Set how tiers are counted, kept and lost; what is left out stays", body: tierProgramBody, reply: tierProgramReply, run: (scope, { body }) => setTierProgram(scope, body) }),
  route({ method: "POST", path: "/tiers:simulate", can: "loyalty.manage", summary: "Who would move if the tiers were like this? Changes nothing", body: simulationBody, reply: simulationReply, run: (scope, { body }) => simulateTiers(scope, body) }),
  route({ method: "POST", path: "/earn-rules:try", can: "loyalty.manage", summary: "What an amount would earn under the rules, and a draft beside them. Changes nothing", body: tryBody, reply: tryReply, run: (scope, { body }) => tryEarning(scope, body) }),
];
