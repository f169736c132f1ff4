import { route, type Route } from "../../kernel/http/route.ts";
import { idParams, pageQuery } from "../../kernel/http/wire.ts";
import { rule, ruleBody, rulePage, rulePatch } from "./coupon-rule.schema.ts";
import { changeRule, createRule, listRules } from "./coupon-rule.ts";
import { statistics } from "./coupon-statistics.schema.ts";
import { templateStatistics } from "./coupon-statistics.view.ts";
import { listTemplateVersions } from "./coupon-template.version.ts";
import { countAudience, type StandingConditions } from "./coupon-audience.ts";
import { importCodes } from "./coupon-import.ts";
import {
  audienceBody, audienceReply, codesImported, generateBody, importBody, LIST_BYTES, poolCodePage, poolCodeQuery, push, pushBody, pushPage, pushQuery, pushStarted, revokeBody,
} from "./coupon-push.schema.ts";
import { cancelPush, generateCodes, revokePush, startPush } from "./coupon-push.ts";
import { getPush, listPoolCodes, listPushes } from "./coupon-push.view.ts";
import { ruleVersionPage } from "./offer.schema.ts";

const can = "promotions.manage";

/** Coupons in bulk: pushes to members and pools of codes. */
export const couponRoutes = ({ standings }: { standings: StandingConditions }): Route[] => [
  route({ method: "POST", path: "/coupon-audience:count", can, summary: "How many members an audience has", body: audienceBody, reply: audienceReply, run: async (scope, { body }) => ({ members: await countAudience(scope, standings, body.audience) }) }),
  route({ method: "POST", path: "/coupon-templates/{id}:push", can, summary: "Issue to an audience or a list of members, in the background", status: 202, idempotent: true, maxBodyBytes: LIST_BYTES, params: idParams, body: pushBody, reply: pushStarted, run: (scope, { params, body }) => startPush(scope, standings, params.id, body) }),
  route({ method: "POST", path: "/coupon-templates/{id}:generate-codes", can, summary: "Make a pool of codes, in the background", status: 202, idempotent: true, params: idParams, body: generateBody, reply: push, run: (scope, { params, body }) => generateCodes(scope, params.id, body) }),
  route({ method: "POST", path: "/coupon-templates/{id}:import-codes", can, summary: "Take over a pool of codes that somebody else made", status: 201, idempotent: true, maxBodyBytes: LIST_BYTES, params: idParams, body: importBody, reply: codesImported, run: (scope, { params, body }) => importCodes(scope, params.id, body) }),
  route({ method: "GET", path: "/coupon-pushes", can, summary: "Pushes and pools of codes, newest first", query: pushQuery, reply: pushPage, run: (scope, { query }) => listPushes(scope, query) }),
  route({ method: "GET", path: "/coupon-pushes/{id}", can, summary: "A push and how far it is", params: idParams, reply: push, run: (scope, { params }) => getPush(scope, params.id) }),
  route({ method: "GET", path: "/coupon-pushes/{id}/codes", can, summary: "The codes of a pool", params: idParams, query: poolCodeQuery, reply: poolCodePage, run: (scope, { params, query }) => listPoolCodes(scope, params.id, query) }),
  route({ method: "POST", path: "/coupon-pushes/{id}:cancel", can, summary: "Stop a push; what was issued stays", params: idParams, reply: push, run: (scope, { params }) => cancelPush(scope, params.id) }),
  route({ method: "POST", path: "/coupon-pushes/{id}:revoke", can, summary: "Take back what a push issued and nobody used", params: idParams, body: revokeBody, reply: push, run: (scope, { params, body }) => revokePush(scope, params.id, body.reason) }),
  route({ method: "GET", path: "/coupon-templates/{id}/statistics", can, summary: "What became of a template's coupons", params: idParams, reply: statistics, run: (scope, { params }) => templateStatistics(scope, params.id) }),
  route({ method: "GET", path: "/coupon-templates/{id}/versions", can, summary: "What a coupon template has been, the latest first; issued coupons keep theirs", params: idParams, query: pageQuery, reply: ruleVersionPage, run: (scope, { params, query }) => listTemplateVersions(scope, params.id, query) }),
  route({ method: "GET", path: "/coupon-rules", can, summary: "What issues coupons by itself, newest first", reply: rulePage, run: (scope) => listRules(scope) }),
  route({ method: "POST", path: "/coupon-rules", can, summary: "Issue coupons for orders or to new members", status: 201, body: ruleBody, reply: rule, run: (scope, { body }) => createRule(scope, body) }),
  route({ method: "PATCH", path: "/coupon-rules/{id}", can, summary: "Change a coupon rule; what it issued stays", params: idParams, body: rulePatch, reply: rule, run: (scope, { params, body }) => changeRule(scope, params.id, body) }),
];
