export { consoleRoutes } from "./console.routes.ts";
export { liabilityExporter, settlementExporter } from "./exporters.ts";
export { figuresTeller } from "./live.ts";
export { schedules } from "./schedules.ts";
export { addJoinings, subscribers } from "./subscribers.ts";
export { addToStoreHours, HourSums } from "./store-hour.ts";
