import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { replayBody, replayPage, replayQuery, replayReply } from "./replay.schema.ts";
import { cancelReplay, getReplay, listReplays, startReplay } from "./replay.ts";

export const replayRoutes = (): Route[] => [
  route({ method: "GET", path: "/replays", can: "promotions.manage", summary: "Draft rules that were run over past orders, newest first", query: replayQuery, reply: replayPage, run: (scope, { query }) => listReplays(scope, query) }),
  route({ method: "POST", path: "/replays", can: "promotions.manage", summary: "Run a draft rule or a coupon over the orders of the last days", status: 202, body: replayBody, reply: replayReply, run: (scope, { body }) => startReplay(scope, body) }),
  route({ method: "GET", path: "/replays/{id}", can: "promotions.manage", summary: "A replay: how far it is, and what came out", params: idParams, reply: replayReply, run: (scope, { params }) => getReplay(scope, params.id) }),
  route({ method: "POST", path: "/replays/{id}:cancel", can: "promotions.manage", summary: "Stop a replay", params: idParams, reply: replayReply, run: (scope, { params }) => cancelReplay(scope, params.id) }),
];
