import type { Approvals } from "../../kernel/approval.ts";
import type { Route } from "../../kernel/http/route.ts";
import type { Schedule } from "../../kernel/jobs.ts";
import { brandRoute } from "./brand.ts";
import { ingestRoutes } from "./ingest/routes.ts";
import { schedules as waitingReturns } from "./ingest/waiting.ts";
import { orderConsoleRoutes, orderCustomRoute, orderMemberRoutes } from "./order.routes.ts";
import { productConsoleRoutes, productOpenRoutes } from "./product.routes.ts";
import { replayRoutes } from "./replay/routes.ts";
import { schedules as stoppedReplays } from "./replay/tasks.ts";
import { schedules as staleQuotes } from "./schedules.ts";
import { billRoutes } from "./split/bill.routes.ts";
import { schedules as offlineEscrows } from "./offline/code.ts";
import { offlineConsoleRoutes, offlineMemberRoutes } from "./offline/offline.routes.ts";
import { schedules as overdueBills } from "./split/overdue.ts";
import { tableRoutes } from "./split/table.routes.ts";
import { tillRoutes, type TillAccess, type TillParts } from "./till.routes.ts";
import type { PaymentsParts } from "../payments/index.ts";

export { mergeStep } from "./merge.ts";
export { privacyStep } from "./privacy.ts";
export { tasks } from "./replay/tasks.ts";
export { orderSubject } from "./comment-subject.ts";
export { orderExporter } from "./exporter.ts";
export { orderMeasures, orderReach } from "./order.view.ts";
export { productMeasures } from "./product.view.ts";
export { productReference } from "./import/reference.ts";
export { productTarget } from "./import/target.ts";
export { refundApproval } from "./refund.approval.ts";
export { orderSearcher, productSearcher } from "./searcher.ts";
export { listPrices } from "./order.prices.ts";
export { SettlementDesk } from "./settlement/desk.ts";
export { settlementMetrics } from "./settlement/metrics.ts";
export const schedules: readonly Schedule[] = [...staleQuotes, ...overdueBills, ...offlineEscrows, ...waitingReturns, ...stoppedReplays];

const STAFF: TillAccess = { till: "till.use", read: "orders.read", refund: "orders.refund" };
const KEYS: TillAccess = { till: "orders:write", read: "orders:read", refund: "orders:write" };

export const consoleRoutes = (parts: TillParts): Route[] => [
  ...tillRoutes(parts, STAFF), ...billRoutes(parts, STAFF), ...offlineConsoleRoutes(parts), ...orderConsoleRoutes(),
  ...productConsoleRoutes(), ...replayRoutes(),
];
export const memberRoutes = (parts: TillParts & PaymentsParts & { approvals: Approvals }): Route[] => [brandRoute(parts), ...orderMemberRoutes(parts), ...tableRoutes(parts), ...offlineMemberRoutes()];
export const openRoutes = (parts: TillParts): Route[] => [
  ...tillRoutes(parts, KEYS), ...billRoutes(parts, KEYS), orderCustomRoute("orders:write"), ...productOpenRoutes(), ...ingestRoutes(parts),
];
