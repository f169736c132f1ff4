import { directRoute, route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { memberOf } from "../../../kernel/scope.ts";
import type { TillParts } from "../till.routes.ts";
import { findOfflineCode, issueOfflineCode } from "./code.ts";
import { codeOrNone, codeReply, codeWish, exceptionItem, exceptionPage, exceptionQuery, resolveBody, settleBody, settleReply, tillPack, tillPackQuery } from "./offline.schema.ts";
import { getTillPack, listExceptions, resolveException } from "./offline.view.ts";
import { settleOffline } from "./settle.ts";

const MAX_BODY_BYTES = 4_000_000;

export const offlineConsoleRoutes = (parts: TillParts): Route[] => [
  route({ method: "GET", path: "/till-pack", can: "till.use", summary: "Rules, products and keys for a till that must go on without network", query: tillPackQuery, reply: tillPack, run: (scope, { query }) => getTillPack(scope, query.storeId) }),
  directRoute({
    method: "POST", path: "/orders:settle-offline", can: "till.use", summary: "Settle what a till sold without network; each order once, however often it is sent",
    body: settleBody, reply: settleReply, maxBodyBytes: MAX_BODY_BYTES, handle: (caller, { body }) => settleOffline(parts, caller, body.orders),
  }),
  route({ method: "GET", path: "/offline-exceptions", can: "orders.refund", summary: "What tills without network left for a manager", query: exceptionQuery, reply: exceptionPage, run: (scope, { query }) => listExceptions(scope, query) }),
  route({ method: "POST", path: "/offline-exceptions/{id}:resolve", can: "orders.refund", summary: "Close an exception with what was done", params: idParams, body: resolveBody, reply: exceptionItem, run: (scope, { params, body }) => resolveException(scope, params.id, body.resolution) }),
];

export const offlineMemberRoutes = (): Route[] => [
  route({ method: "GET", path: "/me/offline-code", can: "signed-in", summary: "My code for a till without network, while it is good", reply: codeOrNone, run: async (scope) => ({ code: await findOfflineCode(scope, memberOf(scope)) }) }),
  route({
    method: "POST", path: "/me/offline-code", can: "signed-in", summary: "Set stored value aside for a till without network", idempotent: true, body: codeWish, reply: codeReply,
    run: (scope, { body }) => issueOfflineCode(scope, memberOf(scope), body.allowanceFen),
  }),
];
