import { route, type Route } from "../../kernel/http/route.ts";
import { searchQuery, searchReply } from "./search.schema.ts";
import { searchEverywhere, type Searcher } from "./search.ts";

export const searchRoutes = (searchers: readonly Searcher[]): Route[] => [
  route({
    method: "GET", path: "/search", can: "signed-in", summary: "One box for everything: what the caller may see of each kind, best first", query: searchQuery, reply: searchReply,
    run: async (scope, { query }) => ({ groups: await searchEverywhere(scope, searchers, query.q) }),
  }),
];
