import type { Route } from "../../kernel/http/route.ts";
import { orderConsoleRoutes, orderMemberRoutes } from "./order.routes.ts";
import { tillRoutes, type TillParts } from "./till.routes.ts";

export { SettlementDesk } from "./settlement/desk.ts";
export { schedules } from "./schedules.ts";

export const consoleRoutes = (parts: TillParts): Route[] => [
  ...tillRoutes(parts, { till: "till.use", read: "orders.read", refund: "orders.refund" }), ...orderConsoleRoutes(),
];
export const memberRoutes = (_parts: TillParts): Route[] => orderMemberRoutes();
export const openRoutes = (parts: TillParts): Route[] => tillRoutes(parts, { till: "orders:write", read: "orders:read", refund: "orders:write" });
