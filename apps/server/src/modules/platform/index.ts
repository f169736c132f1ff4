import { eventTypes } from "../../events/catalogue.ts";
import type { Subscriber } from "../../kernel/events.ts";
import type { Task } from "../../kernel/jobs.ts";
import { writeDeliveries } from "./delivery.ts";
import { sendTask } from "./dispatch.ts";
import { endedPushes } from "./notification/ended-push.ts";
import type { WebhookSender } from "./webhook-sender.ts";

export { audit, auditAll, type AuditEntry } from "../../kernel/audit.ts";
export { consoleRoutes } from "./console.routes.ts";
export { auditExporter } from "./export/audit.exporter.ts";
export { exportTask } from "./export/export.run.ts";
export { exportRoutes } from "./export/routes.ts";
export { liveRoute, notificationTeller, type Teller } from "./live.ts";
export { notify, type Addressees, type Notice } from "./notification/notification.ts";
export { privacyStep } from "./privacy.ts";
export { searchRoutes } from "./search.routes.ts";
export type { Searcher } from "./search.ts";
export type { SearchHit } from "./search.schema.ts";
export { schedules } from "./schedules.ts";
export { createWebhookSender, type WebhookSender } from "./webhook-sender.ts";

export const subscribers: readonly Subscriber[] = [{ name: "platform.webhooks", on: eventTypes, handle: writeDeliveries }, endedPushes];
export const tasks = ({ webhooks }: { webhooks: WebhookSender }): readonly Task[] => [sendTask(webhooks)];
