import { z } from "zod";
import { eventTypes } from "../../events/catalogue.ts";
import { id, instant, pageOf } from "../../kernel/http/wire.ts";

const MAX_URL = 500;
const known = new Set(eventTypes);

export const everything = "*";
const url = z.url({ protocol: /^https?$/ }).max(MAX_URL).refine((text) => !URL.canParse(text) || !new URL(text).username, "must not carry a user name");
const events = z.array(z.string().refine((type) => type === everything || known.has(type), "is no event type")).min(1).max(known.size + 1);

export const webhookReply = z.object({
  id, url: z.string(), events: z.array(z.string()), isActive: z.boolean(), state: z.enum(["active", "paused", "broken"]), createdAt: instant,
}).meta({ id: "Webhook" });
export const webhookPage = pageOf(webhookReply);
export const addWebhookBody = z.object({ url, events });
/** `secret` signs the deliveries; it is shown this once. */
export const addWebhookReply = webhookReply.extend({ secret: z.string() });
export const changeWebhookBody = z.object({ url: url.optional(), events: events.optional(), isActive: z.boolean().optional() });

export const deliveryReply = z.object({
  id, webhookId: id, eventId: id, event: z.string(), subjectId: z.string().nullable(), state: z.enum(["pending", "delivered", "failed"]), attempts: z.int(),
  responseStatus: z.int().nullable(), lastError: z.string().nullable(), createdAt: instant, nextAttemptAt: instant.nullable(), deliveredAt: instant.nullable(),
}).meta({ id: "WebhookDelivery" });
export const deliveryPage = pageOf(deliveryReply);
