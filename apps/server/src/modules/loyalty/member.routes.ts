import { route, type Route } from "../../kernel/http/route.ts";
import { pageQuery } from "../../kernel/http/wire.ts";
import { memberOf } from "../../kernel/scope.ts";
import { member360 } from "./member360.schema.ts";
import { getMember360 } from "./member360.view.ts";
import { pointsEntries } from "./points.schema.ts";
import { listPointsEntries } from "./points.view.ts";

export const memberRoutes = (_parts: object): Route[] => [
  route({ method: "GET", path: "/me", can: "signed-in", summary: "My profile, balances, tier and what is missing for the next", reply: member360, run: (scope) => getMember360(scope, memberOf(scope)) }),
  route({ method: "GET", path: "/me/points-entries", can: "signed-in", summary: "My points statement", query: pageQuery, reply: pointsEntries, run: (scope, { query }) => listPointsEntries(scope, memberOf(scope), query) }),
];
