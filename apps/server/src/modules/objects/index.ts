import type { Route } from "../../kernel/http/route.ts";
import { definitionRoutes, designRoutes } from "./console.routes.ts";
import { recordRoutes, revealRoute, viewRoutes } from "./record.routes.ts";

export { schedules, tasks } from "./fill.ts";
export { customFilter, customOf, type Custom } from "./noun.ts";
export { filterText, values as customValues } from "./record.schema.ts";
export { saveRecord } from "./save.ts";

export const consoleRoutes = (): Route[] => [...definitionRoutes({ read: "signed-in" }), ...designRoutes(), ...recordRoutes({ read: "records.read", write: "records.write" }), revealRoute(), ...viewRoutes()];
export const openRoutes = (): Route[] => [...definitionRoutes({ read: "records:read" }), ...recordRoutes({ read: "records:read", write: "records:write" })];
