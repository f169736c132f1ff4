import { route, type Route } from "../../kernel/http/route.ts";
import { idParams, pageQuery } from "../../kernel/http/wire.ts";
import { auditPage, auditQuery } from "./audit.schema.ts";
import { announcementRoutes } from "./announcement/routes.ts";
import { listAuditEntries, type AuditVeil } from "./audit.view.ts";
import { replayDelivery } from "./delivery.ts";
import { notificationRoutes } from "./notification/routes.ts";
import { addWebhookBody, addWebhookReply, changeWebhookBody, deliveryPage, deliveryReply, webhookPage, webhookReply } from "./webhook.schema.ts";
import { addWebhook, changeWebhook } from "./webhook.ts";
import { listDeliveries, listWebhooks } from "./webhook.view.ts";

export function consoleRoutes({ auditVeil }: { auditVeil: AuditVeil }): Route[] {
  return [
    route({
      method: "GET", path: "/audit-entries", can: "audit.read", summary: "Who did and saw what, latest first", query: auditQuery, reply: auditPage,
      run: (scope, { query }) => listAuditEntries(scope, auditVeil, query),
    }),
    route({ method: "GET", path: "/webhooks", can: "webhooks.manage", summary: "Endpoints, newest first", query: pageQuery, reply: webhookPage, run: (scope, { query }) => listWebhooks(scope, query) }),
    route({
      method: "POST", path: "/webhooks", can: "webhooks.manage", summary: "Add an endpoint; its signing secret is answered once", status: 201,
      body: addWebhookBody, reply: addWebhookReply, run: (scope, { body }) => addWebhook(scope, body),
    }),
    route({
      method: "PATCH", path: "/webhooks/{id}", can: "webhooks.manage", summary: "Change, pause or revive an endpoint", params: idParams,
      body: changeWebhookBody, reply: webhookReply, run: (scope, { params, body }) => changeWebhook(scope, params.id, body),
    }),
    route({
      method: "GET", path: "/webhooks/{id}/deliveries", can: "webhooks.manage", summary: "What was sent, latest first", params: idParams, query: pageQuery,
      reply: deliveryPage, run: (scope, { params, query }) => listDeliveries(scope, params.id, query),
    }),
    route({
      method: "POST", path: "/webhook-deliveries/{id}:replay", can: "webhooks.manage", summary: "Send one again", params: idParams, reply: deliveryReply,
      run: (scope, { params }) => replayDelivery(scope, params.id),
    }),
    ...notificationRoutes(),
    ...announcementRoutes(),
  ];
}
