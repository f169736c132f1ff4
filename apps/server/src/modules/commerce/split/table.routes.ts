import { z } from "zod";
import { directRoute, route, type Route } from "../../../kernel/http/route.ts";
import { fen, id, text } from "../../../kernel/http/wire.ts";
import type { PaymentsParts } from "../../payments/index.ts";
import { orderReply } from "../order.schema.ts";
import type { TillParts } from "../till.routes.ts";
import { tableReply } from "./bill.schema.ts";
import { answer } from "./bill.routes.ts";
import { getTable } from "./bill.view.ts";
import { claimShare, openTablePayment, payOwnShare, tablePaymentState, tableTender } from "./table.ts";

const table = z.object({ token: z.string().regex(/^[0-9a-f]{24}$/) });
const seat = table.extend({ no: z.coerce.number().int().min(1).max(20) });
const MAX_TENDERS = 3;

/** At the table: who scans the bill's code sees it, takes a share and pays it. */
export const tableRoutes = (parts: TillParts & PaymentsParts): Route[] => [
  route({ method: "GET", path: "/tables/{token}", can: "signed-in", summary: "The divided bill behind a table's QR code", params: table, reply: tableReply, run: (scope, { params }) => getTable(scope, params.token) }),
  route({ method: "POST", path: "/tables/{token}/shares/{no}:claim", can: "signed-in", summary: "This share is mine; for a while no other guest can pay it", params: seat, reply: tableReply, run: (scope, { params }) => claimShare(scope, params.token, params.no) }),
  directRoute({
    method: "POST", path: "/tables/{token}/shares/{no}:pay", can: "signed-in", summary: "Pay a share with points, stored value and a WeChat payment", idempotent: true,
    params: seat, body: z.object({ revision: z.int().optional(), tenders: z.array(tableTender).max(MAX_TENDERS) }), reply: orderReply,
    handle: (caller, { params, body }, exchange) => answer(payOwnShare(parts, caller, { ...params, ...body }, exchange), exchange),
  }),
  directRoute({
    method: "POST", path: "/tables/{token}/shares/{no}/payments", can: "signed-in", summary: "What WeChat Pay is called with for a share", idempotent: true, status: 201,
    params: seat, body: z.object({ amountFen: fen.min(1), wechatCode: text(128).optional() }),
    reply: z.object({ paymentId: id, pay: z.record(z.string(), z.string()) }),
    handle: (caller, { params, body }, exchange) => openTablePayment(parts, caller, { ...params, ...body }, exchange),
  }),
  route({
    method: "GET", path: "/tables/{token}/shares/{no}/payments/{id}", can: "signed-in", summary: "Whether a share's WeChat payment has arrived",
    params: seat.extend({ id }), reply: z.object({ paymentId: id, state: z.enum(["created", "succeeded", "closed"]) }),
    run: (scope, { params }) => tablePaymentState(scope, params, params.id),
  }),
];
