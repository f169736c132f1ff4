import { createHmac } from "node:crypto";
import type { Database } from "../../kernel/db/database.ts";
import type { Task } from "../../kernel/jobs.ts";
import { claimDelivery, recordOutcome, SEND_TASK, type ClaimedDelivery, type Outcome, type Queue } from "./delivery.ts";
import { secretContext } from "./webhook.ts";
import type { WebhookSender } from "./webhook-sender.ts";

/** A queue longer than this is left to its next job, so that one endpoint does not hold a worker. */
const MAX_AT_ONCE = 100;
const actor = { kind: "system", name: "webhooks" } as const;

/** Sends a queue's deliveries one after the other. The call is made between two scopes: no connection waits for a stranger. */
export const sendTask = (sender: WebhookSender): Task => ({
  name: SEND_TASK,
  run: async (data, database) => {
    const { tenantId, webhookId, subject } = data as unknown as Queue & { tenantId: string };
    for (let count = 0; count < MAX_AT_ONCE; count++) {
      if (!(await sendNext(database, sender, tenantId, { webhookId, subject }))) return;
    }
  },
});

async function sendNext(database: Database, sender: WebhookSender, tenantId: string, queue: Queue): Promise<boolean> {
  const claimed = await database.inScope({ tenantId, actor }, async (scope) => {
    const delivery = await claimDelivery(scope, queue);
    return delivery && { delivery, secret: scope.vault.open(delivery.secret_sealed, secretContext(queue.webhookId)), now: scope.now };
  });
  if (!claimed) return false;
  const outcome = await call(sender, claimed.delivery, claimed.secret, claimed.now);
  return database.inScope({ tenantId, actor }, (scope) => recordOutcome(scope, queue, claimed.delivery, outcome));
}

async function call(sender: WebhookSender, delivery: ClaimedDelivery, secret: string, now: Date): Promise<Outcome> {
  try {
    const status = await sender.post({
      url: delivery.url, body: delivery.body,
      headers: {
        "content-type": "application/json; charset=utf-8", "user-agent": "Shuke-Webhooks/1",
        "shuke-event-id": delivery.event_id, "shuke-event-type": delivery.event_type, "shuke-delivery-id": delivery.id,
        "shuke-signature": signature(secret, now, delivery.body),
      },
    });
    return { status, error: null };
  } catch (error) {
    return { status: null, error: error instanceof Error ? error.message : String(error) };
  }
}

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`: the time is signed too, so that an old call cannot be repeated later. */
export function signature(secret: string, now: Date, body: string): string {
  const t = Math.floor(now.getTime() / 1000);
  return `t=${t},v1=${createHmac("sha256", secret).update(`${t}.${body}`).digest("hex")}`;
}
