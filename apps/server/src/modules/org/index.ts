export { Access } from "./access.ts";
export { keyAuthentication, staffAuthentication, type Doorkeeper } from "./authentication.ts";
export { builtInRoleNames, type BuiltInRole } from "./built-in-role.ts";
export { consoleRoutes } from "./console.routes.ts";
export { hashPassword } from "./password.ts";
export { schedules } from "./schedules.ts";
export { staffNames } from "./staff.view.ts";
export { createTenant, type FoundedTenant, type NewTenant } from "./tenant.ts";
export { findStore, knownStore, type Store } from "./store.ts";
