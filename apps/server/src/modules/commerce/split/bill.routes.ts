import type { Caller } from "../../../kernel/scope.ts";
import { directRoute, route, type Exchange, type Route } from "../../../kernel/http/route.ts";
import { orderReply } from "../order.schema.ts";
import type { Settled } from "../settlement/ticket.ts";
import { returnBillOrAsk } from "../refund.approval.ts";
import { mayWait, settled, type TillAccess, type TillParts } from "../till.routes.ts";
import { assignShare, divideBill, voidBill } from "./bill.ts";
import { returnBill } from "./bill.return.ts";
import { assignBody, billBody, billPage, billParams, billQuery, billReply, billReturnBody, payBody, payerQuery, shareCandidates, shareParams } from "./bill.schema.ts";
import { getBill, getShareCandidates, listOpenBills } from "./bill.view.ts";
import { payShare } from "./share.ts";

/** Sends what the desk answered, with the mark of a repetition. */
export async function answer(settled: Promise<Settled>, { reply }: Exchange): Promise<void> {
  const { body, replayed } = await settled;
  if (replayed) reply.header("idempotency-hit", "true");
  reply.type("application/json; charset=utf-8").send(body);
}

/** AA 制: a table's bill, the same for staff and for integrators' tills. */
export function billRoutes(parts: TillParts, access: TillAccess): Route[] {
  return [
    route({
      method: "GET", path: "/bills", can: access.till, summary: "Divided bills that are not paid yet, the latest first",
      query: billQuery, reply: billPage, run: (scope, { query }) => listOpenBills(scope, query),
    }),
    route({
      method: "PUT", path: "/bills/{billId}", can: access.till, summary: "Price a table's cart once and divide it; again until the first share is paid",
      params: billParams, body: billBody, reply: billReply, run: (scope, { params, body }) => divideBill(scope, params.billId, body),
    }),
    route({
      method: "GET", path: "/bills/{billId}", can: access.till, summary: "A divided bill with its shares",
      params: billParams, reply: billReply, run: (scope, { params }) => getBill(scope, params.billId),
    }),
    route({
      method: "POST", path: "/bills/{billId}:void", can: access.till, summary: "Give a bill up of which nothing has been paid",
      params: billParams, reply: billReply, run: (scope, { params }) => voidBill(scope, params.billId),
    }),
    route({
      method: "POST", path: "/bills/{billId}:return", can: access.refund, summary: "Refund the bill or dishes of it; every payer gets back their part", idempotent: true,
      params: billParams, body: billReturnBody, reply: billReply, ...mayWait(parts),
      run: async (scope, { params, body }) => settled(parts.approvals ? await returnBillOrAsk(scope, parts.approvals, params.billId, body) : await returnBill(scope, params.billId, body)),
    }),
    route({
      method: "POST", path: "/bills/{billId}/shares/{no}:assign", can: access.till, summary: "Keep an open share for a member, or for whoever comes",
      params: shareParams, body: assignBody, reply: billReply, run: (scope, { params, body }) => assignShare(scope, params.billId, params.no, body.memberId),
    }),
    route({
      method: "GET", path: "/bills/{billId}/shares/{no}/candidates", can: access.till, summary: "What of a share a member could pay with points and stored value, and why not",
      params: shareParams, query: payerQuery, reply: shareCandidates, run: (scope, { params, query }) => getShareCandidates(scope, params, query.memberId),
    }),
    directRoute({
      method: "POST", path: "/bills/{billId}/shares/{no}:pay", can: access.till, summary: "Pay a share: it becomes an order of whoever pays", idempotent: true,
      params: shareParams, body: payBody, reply: orderReply,
      handle: (caller: Caller, { params, body }, exchange) => answer(payShare(parts, caller, params, body, exchange), exchange),
    }),
  ];
}
