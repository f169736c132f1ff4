export { Access } from "./access.ts";
export { keyAuthentication, staffAuthentication } from "./authentication.ts";
export { builtInRoleNames, type BuiltInRole } from "./built-in-role.ts";
export { consoleRoutes } from "./console.routes.ts";
export { hashPassword } from "./password.ts";
export { createTenant, type FoundedTenant, type NewTenant } from "./tenant.ts";
