import { route, type Route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/wire.ts";
import { moveAtDesk } from "./desk.ts";
import { moveBody, moveReply, ownership, seaPage, seaQuery } from "./ownership.schema.ts";
import { getOwnership } from "./ownership.view.ts";
import { archivePool, changePool, createPool } from "./pool.ts";
import { archiveBody, holderList, newPool, poolPatch, seaList, simulation } from "./pool.schema.ts";
import { listPeople, listSea, listSeas } from "./sea.view.ts";
import { simulate } from "./simulation.ts";

/** Who owns which record: lists of seas, one way to move records, and the rules. What moves asks for more than to read, by where it leads. */
export const consoleRoutes = (): Route[] => [
  route({ method: "GET", path: "/seas", can: "seas.read", summary: "Pools with what the caller has in each", reply: seaList, run: async (scope) => ({ items: await listSeas(scope) }) }),
  route({
    method: "POST", path: "/seas", can: "seas.manage", summary: "Make a pool; an object's first takes the records there are", status: 201, body: newPool, reply: idParams,
    run: (scope, { body }) => createPool(scope, body),
  }),
  route({ method: "PATCH", path: "/seas/{id}", can: "seas.manage", summary: "Change a pool's rules; dates of what is held are worked out again", params: idParams, body: poolPatch, run: (scope, { params, body }) => changePool(scope, params.id, body) }),
  route({ method: "POST", path: "/seas/{id}:archive", can: "seas.manage", summary: "Close a pool; another of its object takes its records", params: idParams, body: archiveBody, run: (scope, { params, body }) => archivePool(scope, params.id, body.toPoolId) }),
  route({ method: "POST", path: "/seas/{id}:simulate", can: "seas.manage", summary: "What other rules would do to what is held now", params: idParams, body: poolPatch, reply: simulation, run: (scope, { params, body }) => simulate(scope, params.id, body) }),
  route({ method: "GET", path: "/seas/{id}/records", can: "seas.read", summary: "Records of a pool: in its public sea, one's own, or everybody's", params: idParams, query: seaQuery, reply: seaPage, run: (scope, { params, query }) => listSea(scope, params.id, query) }),
  route({
    method: "GET", path: "/seas/{id}/people", can: "seas.assign", summary: "Whom records may be assigned to, with what they hold", params: idParams, reply: holderList,
    run: async (scope, { params }) => ({ items: await listPeople(scope, params.id) }),
  }),
  route({
    method: "POST", path: "/seas/{id}:move", can: "seas.read", summary: "Claim, assign, return, extend or move up to 200 records, each for itself", params: idParams, body: moveBody, reply: moveReply,
    run: async (scope, { params, body }) => ({ outcomes: await moveAtDesk(scope, params.id, body) }),
  }),
  route({ method: "GET", path: "/records/{id}/ownership", can: "records.read", summary: "Whose a record is, until when, and how that came", params: idParams, reply: ownership, run: (scope, { params }) => getOwnership(scope, params.id) }),
];
