import { directRoute, route, type Route } from "../../kernel/http/route.ts";
import { idParams, pageQuery } from "../../kernel/http/wire.ts";
import type { Caller, Scope } from "../../kernel/scope.ts";
import { addApiKeyBody, addApiKeyReply, apiKeyPage, apiKeyReply } from "./api-key.schema.ts";
import { addApiKey, revokeApiKey } from "./api-key.ts";
import { listApiKeys } from "./api-key.view.ts";
import type { Doorkeeper } from "./authentication.ts";
import { refuseLeadingNowhere, type ListedObjects } from "./menu.ts";
import { hashPassword } from "./password.ts";
import { permissions } from "./permission.ts";
import { addRoleBody, changeRoleBody, permissionPage, rolePage, roleReply } from "./role.schema.ts";
import { addRole, changeRole, removeRole } from "./role.ts";
import { listRoles } from "./role.view.ts";
import { sessionRoutes } from "./session.routes.ts";
import { addStaffBody, addStaffReply, assignmentsOf, changeStaffBody, passwordReply, staffPage, staffQuery, staffReply } from "./staff.schema.ts";
import { addStaff, changeStaff, deactivateStaff, madePassword, resetPassword } from "./staff.ts";
import { getStaff, listStaff } from "./staff.view.ts";
import { addUnitBody, changeUnitBody, unitPage, unitQuery, unitReply } from "./unit.schema.ts";
import { addUnit, changeUnit } from "./unit.ts";
import { listUnits } from "./unit.view.ts";

export function consoleRoutes(keeper: Doorkeeper & { listedObjects: ListedObjects }): Route[] {
  return [...sessionRoutes(keeper), ...staffRoutes(keeper), ...roleRoutes(keeper), ...unitRoutes(keeper), ...apiKeyRoutes(keeper)];
}

function staffRoutes({ database, access }: Doorkeeper): Route[] {
  /** Hashing takes 25 ms: outside of the scope, so that it holds no connection. */
  const withRights = <T>(caller: Caller, run: (scope: Scope) => Promise<T>): Promise<T> =>
    database.inScope(caller, (scope) => {
      access.forgetAfter(scope);
      return run(scope);
    });
  return [
    route({ method: "GET", path: "/staff", can: "staff.manage", summary: "Staff by account", query: staffQuery, reply: staffPage, run: (scope, { query }) => listStaff(scope, query) }),
    route({ method: "GET", path: "/staff/{id}", can: "staff.manage", summary: "One of the staff", params: idParams, reply: staffReply, run: (scope, { params }) => getStaff(scope, params.id) }),
    directRoute({
      method: "POST", path: "/staff", can: "staff.manage", summary: "Take somebody on; without a password one is made and answered", status: 201,
      body: addStaffBody, reply: addStaffReply,
      handle: async (caller, { body }) => {
        const password = body.password ?? madePassword();
        const passwordHash = await hashPassword(password);
        const { name, account } = body;
        const staff = await withRights(caller, (scope) => addStaff(scope, { name, account, passwordHash, assignments: assignmentsOf(body) ?? [] }));
        return { ...staff, ...(body.password ? {} : { password }) };
      },
    }),
    directRoute({
      method: "PATCH", path: "/staff/{id}", can: "staff.manage", summary: "Change name or roles, or take somebody back",
      params: idParams, body: changeStaffBody, reply: staffReply,
      handle: (caller, { params, body }) => withRights(caller, (scope) => changeStaff(scope, params.id, { ...body, assignments: assignmentsOf(body) })),
    }),
    directRoute({
      method: "POST", path: "/staff/{id}:deactivate", can: "staff.manage", summary: "End somebody's access at once", params: idParams,
      handle: (caller, { params }) => withRights(caller, (scope) => deactivateStaff(scope, params.id)),
    }),
    directRoute({
      method: "POST", path: "/staff/{id}:reset-password", can: "staff.manage", summary: "Make a new password; the second factor goes too",
      params: idParams, reply: passwordReply,
      handle: async (caller, { params }) => {
        const password = madePassword();
        const passwordHash = await hashPassword(password);
        await withRights(caller, (scope) => resetPassword(scope, params.id, passwordHash));
        return { password };
      },
    }),
  ];
}

function roleRoutes({ access, listedObjects }: Doorkeeper & { listedObjects: ListedObjects }): Route[] {
  return [
    route({
      method: "GET", path: "/permissions", can: "signed-in", summary: "What a role may grant", reply: permissionPage,
      run: async () => ({ items: permissions.map(({ id, zh, en }) => ({ id, name: { zh, en } })), nextCursor: null }),
    }),
    route({ method: "GET", path: "/roles", can: "signed-in", summary: "Roles", reply: rolePage, run: (scope) => listRoles(scope) }),
    route({
      method: "POST", path: "/roles", can: "roles.manage", summary: "Add a role", status: 201, body: addRoleBody, reply: roleReply,
      run: async (scope, { body }) => {
        await refuseLeadingNowhere(scope, body.menu ?? [], listedObjects);
        return addRole(scope, body);
      },
    }),
    route({
      method: "PATCH", path: "/roles/{id}", can: "roles.manage", summary: "Change a role", params: idParams, body: changeRoleBody, reply: roleReply,
      run: async (scope, { params, body }) => {
        access.forgetAfter(scope);
        await refuseLeadingNowhere(scope, body.menu ?? [], listedObjects);
        return changeRole(scope, params.id, body);
      },
    }),
    route({
      method: "DELETE", path: "/roles/{id}", can: "roles.manage", summary: "Remove a role that nobody has", params: idParams,
      run: (scope, { params }) => removeRole(scope, params.id),
    }),
  ];
}

function unitRoutes({ access }: Doorkeeper): Route[] {
  return [
    route({ method: "GET", path: "/org-units", can: "signed-in", summary: "The organisation's tree", query: unitQuery, reply: unitPage, run: (scope, { query }) => listUnits(scope, query) }),
    route({
      method: "POST", path: "/org-units", can: "org.manage", summary: "Add a unit or a store", status: 201, body: addUnitBody, reply: unitReply,
      run: (scope, { body }) => {
        access.forgetAfter(scope);
        return addUnit(scope, body);
      },
    }),
    route({
      method: "PATCH", path: "/org-units/{id}", can: "org.manage", summary: "Change, move or close a unit", params: idParams, body: changeUnitBody, reply: unitReply,
      run: (scope, { params, body }) => {
        access.forgetAfter(scope);
        return changeUnit(scope, params.id, body);
      },
    }),
  ];
}

function apiKeyRoutes({ access }: Doorkeeper): Route[] {
  return [
    route({ method: "GET", path: "/api-keys", can: "api-keys.manage", summary: "API keys, newest first", query: pageQuery, reply: apiKeyPage, run: (scope, { query }) => listApiKeys(scope, query) }),
    route({
      method: "POST", path: "/api-keys", can: "api-keys.manage", summary: "Make an API key; its secret is answered once", status: 201,
      body: addApiKeyBody, reply: addApiKeyReply, run: (scope, { body }) => addApiKey(scope, body),
    }),
    route({
      method: "POST", path: "/api-keys/{id}:revoke", can: "api-keys.manage", summary: "Revoke an API key", params: idParams, reply: apiKeyReply,
      run: (scope, { params }) => {
        access.forgetAfter(scope);
        return revokeApiKey(scope, params.id);
      },
    }),
  ];
}
