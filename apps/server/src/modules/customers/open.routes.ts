import { route, type Route } from "../../kernel/http/route.ts";
import { upsertMembers } from "./batch.ts";
import { openIdentityRoutes } from "./identity.routes.ts";
import { mergeRoutes, type MergeParts } from "./merge/routes.ts";
import { batchOutcomes, memberBatch } from "./member.schema.ts";

export const openRoutes = (parts: MergeParts): Route[] => [
  ...mergeRoutes(parts, { read: "members:read", merge: "members:merge" }),
  ...openIdentityRoutes,
  route({
    method: "POST", path: "/members:batch", can: "members:write", summary: "Register or update up to 1,000 members by external id; each line has its own outcome",
    body: memberBatch, reply: batchOutcomes,
    run: async (scope, { body }) => ({ outcomes: await upsertMembers(scope, body.members, "import") }),
  }),
];
