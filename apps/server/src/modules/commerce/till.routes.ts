import { z } from "zod";
import { approvalWaiting, type Approvals, type ApprovalWaiting } from "../../kernel/approval.ts";
import { Accepted, directRoute, route, type Route } from "../../kernel/http/route.ts";
import { instant, orderId, orderParams } from "../../kernel/http/wire.ts";
import type { Database } from "../../kernel/db/database.ts";
import { cart, commitBody, holdBody, parkedPage, parkedQuery, quoteReply, takenUp } from "./cart.schema.ts";
import { commitOrder } from "./commit.ts";
import { orderReply, returnBody } from "./order.schema.ts";
import { holdQuote, releaseQuote, takeUpCart } from "./hold.ts";
import { listParked } from "./parked.view.ts";
import { putQuote } from "./quote.ts";
import { getOrder } from "./order.view.ts";
import { orderWithWaiting, returnOrAsk } from "./refund.approval.ts";
import { returnOrder } from "./return.ts";
import type { SettlementDesk } from "./settlement/desk.ts";

export interface TillParts {
  database: Database;
  desk: SettlementDesk;
  /** Where people may have to be asked before something is done: at the console. */
  approvals?: Approvals;
}

/** Which permissions the doors ask for: staff have permissions, API keys have scopes. */
export interface TillAccess {
  till: string;
  read: string;
  refund: string;
}

const held = z.object({ orderId, heldUntil: instant });

/** The till's calls, the same for staff and for integrators' tills. */
export function tillRoutes(parts: TillParts, access: TillAccess): Route[] {
  return [
    route({
      method: "PUT", path: "/quotes/{orderId}", can: access.till, summary: "Price a cart; nothing is taken",
      params: orderParams, body: cart, reply: quoteReply, run: (scope, { params, body }) => putQuote(scope, params.orderId, body),
    }),
    route({
      method: "POST", path: "/quotes/{orderId}:hold", can: access.till, summary: "Set coupons, points and stored value aside", idempotent: true,
      params: orderParams, body: holdBody, reply: held, run: (scope, { params, body }) => holdQuote(scope, params.orderId, body),
    }),
    route({
      method: "POST", path: "/quotes/{orderId}:release", can: access.till, summary: "Give back what a hold set aside",
      params: orderParams, reply: z.object({ orderId }), run: (scope, { params }) => releaseQuote(scope, params.orderId),
    }),
    route({
      method: "GET", path: "/quotes", can: access.till, summary: "Parked carts, the latest first, also those whose hold has run out",
      query: parkedQuery, reply: parkedPage, run: (scope, { query }) => listParked(scope, query),
    }),
    route({
      method: "POST", path: "/quotes/{orderId}:take-up", can: access.till, summary: "Take a parked cart up again; what it held is given back",
      params: orderParams, reply: takenUp, run: (scope, { params }) => takeUpCart(scope, params.orderId),
    }),
    directRoute({
      method: "POST", path: "/quotes/{orderId}:commit", can: access.till, summary: "Pay: the order, its value and its points in one step",
      params: orderParams, body: commitBody, reply: orderReply, idempotent: true, hot: true,
      handle: async (caller, { params, body }, exchange) => {
        const settled = await commitOrder(parts, caller, params.orderId, body, exchange);
        if (settled.replayed) exchange.reply.header("idempotency-hit", "true");
        exchange.reply.type("application/json; charset=utf-8").send(settled.body);
      },
    }),
    route({
      method: "GET", path: "/orders/{orderId}", can: access.read, summary: "An order with its returns",
      params: orderParams, reply: orderReply, run: (scope, { params }) => (parts.approvals ? orderWithWaiting(scope, parts.approvals, params.orderId) : getOrder(scope, params.orderId)),
    }),
    route({
      method: "POST", path: "/orders/{orderId}:return", can: access.refund, summary: "Refund the whole order, lines of it, or an amount", idempotent: true,
      params: orderParams, body: returnBody, reply: orderReply, ...mayWait(parts),
      run: async (scope, { params, body }) => settled(parts.approvals ? await returnOrAsk(scope, parts.approvals, params.orderId, body) : await returnOrder(scope, params.orderId, body)),
    }),
  ];
}

/** Of routes at which people may have to be asked first. */
export const mayWait = ({ approvals }: TillParts): { accepted?: typeof approvalWaiting } => (approvals ? { accepted: approvalWaiting } : {});
export const settled = <Done extends object>(done: Done | { waiting: ApprovalWaiting }): Done | Accepted => ("waiting" in done ? new Accepted(done.waiting) : done);
