import { randomBytes } from "node:crypto";
import { audit } from "../../kernel/audit.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { enqueueDue } from "./delivery.ts";
import { doneTodo } from "./todo/todo.ts";
import { getWebhook } from "./webhook.view.ts";

const SECRET_BYTES = 32;
export const secretContext = (webhookId: string): string => `webhook/${webhookId}/secret`;

export async function addWebhook(scope: Scope, { url, events }: { url: string; events: readonly string[] }) {
  const id = newId<"webhook">(scope);
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString("base64url")}`;
  await scope.tx.db.insertInto("platform.webhook").values({
    id, url, event_types: [...new Set(events)], secret_sealed: scope.vault.seal(secret, secretContext(id)), created_at: scope.now,
  }).execute();
  const after = await getWebhook(scope, id);
  audit(scope, { action: "webhook.add", subjectKind: "webhook", subjectId: id, after });
  return { ...after, secret };
}

export interface WebhookChange {
  url?: string | undefined;
  events?: readonly string[] | undefined;
  isActive?: boolean | undefined;
}

/** Switching one on again also forgives a broken one and sends what waited meanwhile. */
export async function changeWebhook(scope: Scope, webhookId: string, { url, events, isActive }: WebhookChange) {
  const before = await getWebhook(scope, webhookId);
  await scope.tx.db.updateTable("platform.webhook").set({
    url: url ?? before.url, event_types: [...new Set(events ?? before.events)],
    ...(isActive === undefined ? {} : { state: isActive ? "active" : "paused", given_up: 0 }),
  }).where("id", "=", webhookId).execute();
  const after = await getWebhook(scope, webhookId);
  audit(scope, { action: "webhook.change", subjectKind: "webhook", subjectId: webhookId, before, after });
  if (isActive !== undefined) await doneTodo(scope, "webhook", webhookId);
  if (after.isActive && !before.isActive) await enqueueDue(scope);
  return after;
}
