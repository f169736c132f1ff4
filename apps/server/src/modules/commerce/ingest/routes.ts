import type { Database } from "../../../kernel/db/database.ts";
import { directRoute, route, type Route } from "../../../kernel/http/route.ts";
import { ingestBody, ingestReply, MAX_INGEST_BYTES } from "./ingest.schema.ts";
import { ingestOrders } from "./ingest.ts";
import { totalsQuery, totalsReply } from "./totals.schema.ts";
import { orderTotals } from "./totals.view.ts";

export const ingestRoutes = ({ database }: { database: Database }): Route[] => [
  directRoute({
    method: "POST", path: "/orders:ingest", can: "orders:write", summary: "Record up to 1,000 sales and returns of another system, also late and out of order",
    body: ingestBody, reply: ingestReply, maxBodyBytes: MAX_INGEST_BYTES,
    handle: async (caller, { body }) => ({ outcomes: await ingestOrders(database, caller, body.orders) }),
  }),
  route({
    method: "GET", path: "/orders:totals", can: "orders:read", summary: "What the books hold for some days, for reconciling",
    query: totalsQuery, reply: totalsReply, run: (scope, { query }) => orderTotals(scope, query),
  }),
];
