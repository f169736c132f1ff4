import { route, type Route } from "../../kernel/http/route.ts";
import { dashboardQuery, dashboardReply } from "./dashboard.schema.ts";
import { readDashboard } from "./dashboard.view.ts";
import { holdersQuery, holdersReply, liabilityQuery, liabilityReply, settlementQuery, settlementReply } from "./liability.schema.ts";
import { countLiability } from "./liability.count.ts";
import { readHolders, readLiability } from "./liability.view.ts";
import { readSettlement } from "./settlement.view.ts";

export const consoleRoutes = (): Route[] => [
  route({
    method: "GET", path: "/dashboard", can: "dashboard.read", summary: "A day's figures, the day before, the last 30 days, hours and best stores",
    query: dashboardQuery, reply: dashboardReply, run: (scope, { query }) => readDashboard(scope, query),
  }),
  route({
    method: "GET", path: "/liability", can: "finance.read", summary: "What the brand owes its members now: points, stored value, cards, coupons", query: liabilityQuery, reply: liabilityReply,
    run: (scope, { query }) => readLiability(scope, query),
  }),
  route({
    method: "POST", path: "/liability:recount", can: "finance.read", summary: "Count again now instead of at night", reply: liabilityReply,
    run: async (scope) => {
      await countLiability(scope);
      return readLiability(scope, {});
    },
  }),
  route({ method: "GET", path: "/liability/holders", can: "finance.read", summary: "Who holds most of it", query: holdersQuery, reply: holdersReply, run: (scope, { query }) => readHolders(scope, query.kind) }),
  route({
    method: "GET", path: "/settlements", can: "finance.read", summary: "Which store sold the prepaid value that was used at which, and what they owe each other", query: settlementQuery,
    reply: settlementReply, run: (scope, { query }) => readSettlement(scope, query),
  }),
];
