import { directRoute, route, type Route } from "../../kernel/http/route.ts";
import type { LiveHub } from "../../kernel/live.ts";
import { dashboardQuery, dashboardReply } from "./dashboard.schema.ts";
import { readDashboard } from "./dashboard.view.ts";
import { streamFigures } from "./live.ts";

export const consoleRoutes = ({ hub }: { hub: LiveHub }): Route[] => [
  route({
    method: "GET", path: "/dashboard", can: "dashboard.read", summary: "A day's figures, the day before, the last 30 days, hours and best stores",
    query: dashboardQuery, reply: dashboardReply, run: (scope, { query }) => readDashboard(scope, query),
  }),
  directRoute({
    method: "GET", path: "/live", can: "dashboard.read", summary: "Server-sent events: `orders` and `members` when the dashboard's figures moved",
    handle: async (caller, _input, { reply }) => streamFigures(hub, caller, reply),
  }),
];
