import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import type { MergeParts } from "../merge/routes.ts";
import { mergeReply } from "../merge/schema.ts";
import { getMerge } from "../merge/view.ts";
import { decideDuplicate, mergeDuplicate } from "./decide.ts";
import { cancelRun, startRun } from "./run.ts";
import { decideBody, duplicate, duplicatePage, duplicatesQuery, mergeAllBody, mergeDuplicateBody, runList } from "./schema.ts";
import { listDuplicates, listRuns } from "./view.ts";

const CAN = "members.merge";

export const duplicateRoutes = ({ mergeSteps }: MergeParts): Route[] => [
  route({ method: "GET", path: "/duplicates", can: CAN, summary: "Pairs of members who may be one person, the likeliest first", query: duplicatesQuery, reply: duplicatePage, run: (scope, { query }) => listDuplicates(scope, query) }),
  route({ method: "POST", path: "/duplicates/{id}:decide", can: CAN, summary: "Not the same person, later, or open again", params: idParams, body: decideBody, reply: duplicate, run: (scope, { params, body }) => decideDuplicate(scope, params.id, body.state) }),
  route({
    method: "POST", path: "/duplicates/{id}:merge", can: CAN, summary: "Merge the two of a pair", idempotent: true, params: idParams, body: mergeDuplicateBody, reply: mergeReply,
    run: async (scope, { params, body }) => getMerge(scope, await mergeDuplicate(scope, mergeSteps, params.id, body)),
  }),
  route({
    method: "POST", path: "/duplicates:find", can: CAN, summary: "Look for duplicates among all members, in the background", reply: runList,
    run: async (scope) => ({ items: await listRuns(scope, await startRun(scope, { kind: "find" })) }),
  }),
  route({
    method: "POST", path: "/duplicates:merge-all", can: CAN, summary: "Merge all open pairs from a score on, in the background; the older membership stays", body: mergeAllBody, reply: runList,
    run: async (scope, { body }) => ({ items: await listRuns(scope, await startRun(scope, { kind: "merge", minScore: body.minScore })) }),
  }),
  route({ method: "GET", path: "/duplicate-runs", can: CAN, summary: "What looks for or merges duplicates, and how far it is", reply: runList, run: async (scope) => ({ items: await listRuns(scope) }) }),
  route({
    method: "POST", path: "/duplicate-runs/{id}:cancel", can: CAN, summary: "Stop a run; what it found or merged stays", params: idParams, reply: runList,
    run: async (scope, { params }) => {
      await cancelRun(scope, params.id);
      return { items: await listRuns(scope, params.id) };
    },
  }),
];
