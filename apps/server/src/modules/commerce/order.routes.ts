import type { Approvals } from "../../kernel/approval.ts";
import { route, type Permission, type Route } from "../../kernel/http/route.ts";
import { orderParams } from "../../kernel/http/wire.ts";
import { demand, memberOf } from "../../kernel/scope.ts";
import { customRevealRoute } from "../objects/index.ts";
import { changeOrder } from "./order.custom.ts";
import { customPatch, orderPage, orderQuery, orderReply } from "./order.schema.ts";
import { listOrders, readOrder, type OrderQuery } from "./order.view.ts";
import { orderWithWaiting } from "./refund.approval.ts";
import { proofReply, verifyOrder } from "./proof.ts";

/** Own fields, which are written after an order was paid. */
export const orderCustomRoute = (can: Permission): Route => route({
  method: "PATCH", path: "/orders/{orderId}", can, summary: "Write own fields of an order; what is left out stays, null empties",
  params: orderParams, body: customPatch, reply: orderReply, run: (scope, { params, body }) => changeOrder(scope, params.orderId, body.custom),
});

export const orderConsoleRoutes = (): Route[] => [
  orderCustomRoute("orders.write"),
  route({
    method: "GET", path: "/orders", can: "orders.read", summary: "Orders, newest first",
    query: orderQuery, reply: orderPage, run: (scope, { query }) => listOrders(scope, { ...query, until: query.until ?? query.to } as OrderQuery),
  }),
  customRevealRoute("order", "/orders/{orderId}", orderParams, async (scope, { orderId }) => {
    demand(scope.actor, "orders.read");
    return (await readOrder(scope, orderId)).id;
  }),
  route({
    method: "POST", path: "/orders/{orderId}:verify", can: "orders.read", summary: "Derive the order's price again from the rules of its day",
    params: orderParams, reply: proofReply, run: (scope, { params }) => verifyOrder(scope, params.orderId),
  }),
];

export const orderMemberRoutes = ({ approvals }: { approvals: Approvals }): Route[] => [
  route({
    method: "GET", path: "/me/orders", can: "signed-in", summary: "My orders, newest first",
    query: orderQuery, reply: orderPage, run: (scope, { query }) => listOrders(scope, { ...query, memberId: memberOf(scope) }),
  }),
  route({
    method: "GET", path: "/me/orders/{orderId}", can: "signed-in", summary: "One of my orders",
    params: orderParams, reply: orderReply, run: (scope, { params }) => orderWithWaiting(scope, approvals, params.orderId),
  }),
];
