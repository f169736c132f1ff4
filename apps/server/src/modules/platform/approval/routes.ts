import { directRoute, route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import type { Database } from "../../../kernel/db/database.ts";
import type { ApprovalDesk } from "./approvals.ts";
import { kindOf, setChain } from "./chain.ts";
import { listChains, listColleagues, tryChain } from "./chain.view.ts";
import { decide, delegate, withdraw } from "./decision.ts";
import { addDeputy, endDeputy, listDeputies } from "./deputy.ts";
import { getApproval, listApprovals } from "./request.view.ts";
import {
  approvalPage, approvalQuery, approvalReply, chainBody, chainList, chainParams, colleagueList, colleagueQuery, decideBody, delegateBody, deputyBody, deputyList, rejectBody, tryBody, tryReply,
} from "./schema.ts";

const MANAGE = "approvals.manage";

/** Deciding needs no permission but a seat: the chain gave it. */
export function approvalRoutes({ approvals: { kinds }, database }: { approvals: ApprovalDesk; database: Database }): Route[] {
  return [
    route({ method: "GET", path: "/approvals", can: "signed-in", summary: "Requests: waiting for the caller, asked or decided by them, or all", query: approvalQuery, reply: approvalPage, run: (scope, { query }) => listApprovals(scope, kinds, query) }),
    route({ method: "GET", path: "/approvals/{id}", can: "signed-in", summary: "A request in plain words, with its chain and history", params: idParams, reply: approvalReply, run: (scope, { params }) => getApproval(scope, kinds, params.id) }),
    directRoute({
      method: "POST", path: "/approvals/{id}:approve", can: "signed-in", summary: "Agree; the last one who has to carries it out", params: idParams, body: decideBody, reply: approvalReply,
      handle: async (caller, { params, body }) => {
        await decide(database, caller, kinds, { id: params.id, verdict: "approved", comment: body.comment ?? null });
        return database.inScope(caller, (scope) => getApproval(scope, kinds, params.id));
      },
    }),
    directRoute({
      method: "POST", path: "/approvals/{id}:reject", can: "signed-in", summary: "Refuse; that ends the request", params: idParams, body: rejectBody, reply: approvalReply,
      handle: async (caller, { params, body }) => {
        await decide(database, caller, kinds, { id: params.id, verdict: "rejected", comment: body.comment });
        return database.inScope(caller, (scope) => getApproval(scope, kinds, params.id));
      },
    }),
    route({
      method: "POST", path: "/approvals/{id}:delegate", can: "signed-in", summary: "Hand the caller's decision to a colleague", params: idParams, body: delegateBody, reply: approvalReply,
      run: async (scope, { params, body }) => {
        await delegate(scope, params.id, body.staffId, body.comment ?? null);
        return getApproval(scope, kinds, params.id);
      },
    }),
    route({
      method: "POST", path: "/approvals/{id}:withdraw", can: "signed-in", summary: "Take one's own request back", params: idParams, body: decideBody, reply: approvalReply,
      run: async (scope, { params, body }) => {
        await withdraw(scope, kinds, params.id, body.comment ?? null);
        return getApproval(scope, kinds, params.id);
      },
    }),
    route({ method: "GET", path: "/approval-chains", can: MANAGE, summary: "Who has to agree, by kind of request", reply: chainList, run: (scope) => listChains(scope, kinds) }),
    route({
      method: "PUT", path: "/approval-chains/{kind}", can: MANAGE, summary: "Set a kind's steps; requests that wait keep theirs", params: chainParams, body: chainBody, reply: chainList,
      run: async (scope, { params, body }) => {
        await setChain(scope, kindOf(kinds, params.kind), body.steps);
        return listChains(scope, kinds);
      },
    }),
    route({
      method: "POST", path: "/approval-chains/{kind}:try", can: MANAGE, summary: "Who would decide if somebody asked for this much? Changes nothing", params: chainParams, body: tryBody, reply: tryReply,
      run: (scope, { params, body }) => tryChain(scope, kindOf(kinds, params.kind), body),
    }),
    route({ method: "GET", path: "/colleagues", can: "signed-in", summary: "Who works here, by name, to hand something to", query: colleagueQuery, reply: colleagueList, run: (scope, { query }) => listColleagues(scope, query.q) }),
    route({ method: "GET", path: "/deputies", can: "signed-in", summary: "Who decides for the caller while they are away, and for whom the caller does", reply: deputyList, run: (scope) => listDeputies(scope) }),
    route({ method: "POST", path: "/deputies", can: "signed-in", summary: "Let a colleague decide for the caller from one moment until another", body: deputyBody, reply: deputyList, status: 201, run: (scope, { body }) => addDeputy(scope, body) }),
    route({ method: "POST", path: "/deputies/{id}:end", can: "signed-in", summary: "The caller is back", params: idParams, reply: deputyList, run: (scope, { params }) => endDeputy(scope, params.id) }),
  ];
}
