import type { z } from "zod";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { deliveryReply, webhookReply } from "./webhook.schema.ts";

type Webhook = z.input<typeof webhookReply>;
type Delivery = z.input<typeof deliveryReply>;

interface Asked {
  limit: number;
  cursor?: string | undefined;
}

const webhookColumns = ["id", "url", "event_types", "state", "created_at"] as const;

export async function listWebhooks(scope: Scope, { limit, cursor }: Asked): Promise<Page<Webhook>> {
  const [before] = decodeCursor(cursor, 1) ?? [];
  const rows = await scope.tx.db.selectFrom("platform.webhook").select(webhookColumns)
    .$if(before !== undefined, (query) => query.where("id", "<", String(before))).orderBy("id", "desc").limit(limit + 1).execute();
  return pageFrom(rows, limit, toWebhook, (row) => [row.id]);
}

export async function getWebhook(scope: Scope, webhookId: string): Promise<Webhook> {
  const row = await scope.tx.db.selectFrom("platform.webhook").select(webhookColumns).where("id", "=", webhookId).executeTakeFirst();
  if (!row) throw notFound();
  return toWebhook(row);
}

export async function listDeliveries(scope: Scope, webhookId: string, { limit, cursor }: Asked): Promise<Page<Delivery>> {
  await getWebhook(scope, webhookId);
  const [before] = decodeCursor(cursor, 1) ?? [];
  const rows = await scope.tx.db.selectFrom("platform.webhook_delivery").selectAll().where("webhook_id", "=", webhookId)
    .$if(before !== undefined, (query) => query.where("id", "<", String(before))).orderBy("id", "desc").limit(limit + 1).execute();
  return pageFrom(rows, limit, toDelivery, (row) => [row.id]);
}

export async function getDelivery(scope: Scope, deliveryId: string): Promise<Delivery> {
  const row = await scope.tx.db.selectFrom("platform.webhook_delivery").selectAll().where("id", "=", deliveryId).executeTakeFirst();
  if (!row) throw notFound();
  return toDelivery(row);
}

function toWebhook(row: { id: string; url: string; event_types: string[]; state: string; created_at: Date }): Webhook {
  const state = row.state as Webhook["state"];
  return { id: row.id, url: row.url, events: row.event_types, isActive: state === "active", state, createdAt: row.created_at.toISOString() };
}

interface DeliveryRow {
  id: string;
  webhook_id: string;
  event_id: string;
  event_type: string;
  subject_id: string | null;
  state: string;
  attempts: number;
  last_status: number | null;
  last_error: string | null;
  created_at: Date;
  next_attempt_at: Date | null;
  delivered_at: Date | null;
}

function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id, webhookId: row.webhook_id, eventId: row.event_id, event: row.event_type, subjectId: row.subject_id,
    state: row.state === "waiting" ? "pending" : (row.state as "delivered" | "failed"), attempts: row.attempts,
    responseStatus: row.last_status, lastError: row.last_error, createdAt: row.created_at.toISOString(),
    nextAttemptAt: row.state === "waiting" ? (row.next_attempt_at?.toISOString() ?? null) : null, deliveredAt: row.delivered_at?.toISOString() ?? null,
  };
}
