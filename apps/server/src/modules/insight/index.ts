export { consoleRoutes } from "./console.routes.ts";
export { addJoinings, subscribers } from "./subscribers.ts";
export { addToStoreHours, HourSums } from "./store-hour.ts";
