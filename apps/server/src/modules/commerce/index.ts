import type { Route } from "../../kernel/http/route.ts";
import type { Schedule } from "../../kernel/jobs.ts";
import { brandRoute } from "./brand.ts";
import { ingestRoutes } from "./ingest/routes.ts";
import { schedules as waitingReturns } from "./ingest/waiting.ts";
import { orderConsoleRoutes, orderMemberRoutes } from "./order.routes.ts";
import { productConsoleRoutes, productOpenRoutes } from "./product.routes.ts";
import { schedules as staleQuotes } from "./schedules.ts";
import { tillRoutes, type TillParts } from "./till.routes.ts";

export { listPrices } from "./order.prices.ts";
export { SettlementDesk } from "./settlement/desk.ts";
export { settlementMetrics } from "./settlement/metrics.ts";
export const schedules: readonly Schedule[] = [...staleQuotes, ...waitingReturns];

export const consoleRoutes = (parts: TillParts): Route[] => [
  ...tillRoutes(parts, { till: "till.use", read: "orders.read", refund: "orders.refund" }), ...orderConsoleRoutes(),
  ...productConsoleRoutes(),
];
export const memberRoutes = (parts: TillParts): Route[] => [brandRoute(parts), ...orderMemberRoutes()];
export const openRoutes = (parts: TillParts): Route[] => [
  ...tillRoutes(parts, { till: "orders:write", read: "orders:read", refund: "orders:write" }), ...productOpenRoutes(), ...ingestRoutes(parts),
];
