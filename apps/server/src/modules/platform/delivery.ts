import { audit } from "../../kernel/audit.ts";
import { enqueue, type DomainEvent } from "../../kernel/events.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { everything } from "./webhook.schema.ts";
import { notify } from "./notification/notification.ts";
import { putTodo } from "./todo/todo.ts";
import { getDelivery } from "./webhook.view.ts";

export const SEND_TASK = "platform.send-webhook";
export const MAX_ATTEMPTS = 10;
/** Deliveries in a row that were given up, after which nobody is thought to listen. */
const MAX_GIVEN_UP = 3;
/** Longer than a call may take: who finds it run out knows that the process that made the call is gone. */
const LEASE_MS = 60_000;
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;
const MAX_DUE = 500;

/** One line of deliveries: an endpoint's for one subject, sent one after the other. */
export interface Queue {
  webhookId: string;
  /** "" for events about nobody. */
  subject: string;
}

/** Writes what has to be told to whom. The body is fixed here: a retry sends the same bytes. */
export async function writeDeliveries(scope: Scope, events: readonly DomainEvent[]): Promise<void> {
  const webhooks = await scope.tx.db.selectFrom("platform.webhook").select(["id", "event_types"]).where("state", "!=", "paused").execute();
  const rows = webhooks.flatMap((webhook) => events
    .filter((event) => webhook.event_types.includes(everything) || webhook.event_types.includes(event.type))
    .map((event) => ({
      id: newId<"webhook-delivery">(scope), webhook_id: webhook.id, event_id: event.id, event_type: event.type, subject_id: event.subjectId,
      body: JSON.stringify({ id: event.id, type: event.type, at: event.at.toISOString(), tenantId: scope.tenantId, subjectId: event.subjectId, data: event.payload }),
      state: "waiting", created_at: scope.now, next_attempt_at: scope.now,
    })));
  if (rows.length === 0) return;
  await scope.tx.db.insertInto("platform.webhook_delivery").values(rows).execute();
  const queues = new Map(rows.map((row) => [`${row.webhook_id}/${row.subject_id ?? ""}`, { webhookId: row.webhook_id, subject: row.subject_id ?? "" }]));
  for (const queue of queues.values()) await enqueue(scope, SEND_TASK, queue);
}

export interface ClaimedDelivery {
  id: string;
  event_id: string;
  event_type: string;
  body: string;
  attempts: number;
  url: string;
  secret_sealed: Buffer;
}

/** Takes the earliest waiting delivery of a queue, unless it rests between two tries or somebody else has it. */
export async function claimDelivery(scope: Scope, { webhookId, subject }: Queue): Promise<ClaimedDelivery | undefined> {
  const [first] = await scope.tx.rows<ClaimedDelivery & { next_attempt_at: Date }>(
    `select d.id, d.event_id, d.event_type, d.body, d.attempts, d.next_attempt_at, w.url, w.secret_sealed
       from platform.webhook_delivery d join platform.webhook w on w.tenant_id = $1 and w.id = d.webhook_id and w.state = 'active'
      where d.tenant_id = $1 and d.webhook_id = $2 and coalesce(d.subject_id, '') = $3 and d.state = 'waiting'
      order by d.id limit 1 for update of d`, [scope.tenantId, webhookId, subject]);
  if (!first || first.next_attempt_at > scope.now) return undefined;
  scope.tx.write("update platform.webhook_delivery set next_attempt_at = $3 where tenant_id = $1 and id = $2",
    [scope.tenantId, first.id, new Date(scope.now.getTime() + LEASE_MS)]);
  return first;
}

export interface Outcome {
  status: number | null;
  error: string | null;
}

/** Notes how a try went; returns whether the queue may go on with the next delivery. */
export async function recordOutcome(scope: Scope, queue: Queue, delivery: ClaimedDelivery, { status, error }: Outcome): Promise<boolean> {
  const isDelivered = status !== null && status >= 200 && status < 300;
  const attempts = delivery.attempts + 1;
  const isOver = isDelivered || attempts >= MAX_ATTEMPTS;
  const next = new Date(scope.now.getTime() + retryMs(attempts));
  await scope.tx.db.updateTable("platform.webhook_delivery").set({
    state: isDelivered ? "delivered" : isOver ? "failed" : "waiting", attempts, last_status: status, last_error: error?.slice(0, 200) ?? null,
    next_attempt_at: isOver ? null : next, delivered_at: isDelivered ? scope.now : null,
  }).where("id", "=", delivery.id).where("state", "=", "waiting").execute();
  if (isDelivered) {
    scope.tx.write("update platform.webhook set given_up = 0 where tenant_id = $1 and id = $2 and given_up > 0", [scope.tenantId, queue.webhookId]);
  } else if (isOver) {
    await countGivenUp(scope, queue.webhookId);
  } else {
    await enqueue(scope, SEND_TASK, queue, next);
  }
  return isOver;
}

const retryMs = (attempts: number): number => Math.min(FIRST_RETRY_MS * 3 ** (attempts - 1), LONGEST_RETRY_MS);

async function countGivenUp(scope: Scope, webhookId: string): Promise<void> {
  const [webhook] = await scope.tx.rows<{ state: string; url: string }>(
    `update platform.webhook set given_up = given_up + 1, state = case when given_up + 1 >= $3 then 'broken' else state end
      where tenant_id = $1 and id = $2 and state = 'active' returning state, url`, [scope.tenantId, webhookId, MAX_GIVEN_UP]);
  if (webhook?.state !== "broken") return;
  audit(scope, { action: "webhook.broken", subjectKind: "webhook", subjectId: webhookId, reason: `${MAX_GIVEN_UP} deliveries in a row were given up` });
  await notify(scope, { can: "webhooks.manage" }, { kind: "system", title: "webhook.broken", params: { host: new URL(webhook.url).host }, link: `/webhooks/${webhookId}` });
  await putTodo(scope, {
    kind: "webhook", key: webhookId, for: { permission: "webhooks.manage" }, link: `/webhooks/${webhookId}`, title: { zh: `${new URL(webhook.url).host} 的事件推送停了`, en: `Deliveries to ${new URL(webhook.url).host} have stopped` },
  });
}

/** Sends one again, whatever became of it. The receiver knows the event by its id. */
export async function replayDelivery(scope: Scope, deliveryId: string) {
  const before = await getDelivery(scope, deliveryId);
  await scope.tx.db.updateTable("platform.webhook_delivery").set({ state: "waiting", attempts: 0, next_attempt_at: scope.now, delivered_at: null })
    .where("id", "=", deliveryId).execute();
  await enqueue(scope, SEND_TASK, { webhookId: before.webhookId, subject: before.subjectId ?? "" } satisfies Queue);
  audit(scope, { action: "webhook.replay", subjectKind: "webhook-delivery", subjectId: deliveryId });
  return getDelivery(scope, deliveryId);
}

/** Wakes every queue whose next try is due, for those whose job was lost with its process. */
export async function enqueueDue(scope: Scope): Promise<void> {
  const queues = await scope.tx.rows<Queue>(
    `select distinct d.webhook_id as "webhookId", coalesce(d.subject_id, '') as subject
       from platform.webhook_delivery d join platform.webhook w on w.tenant_id = $1 and w.id = d.webhook_id and w.state = 'active'
      where d.tenant_id = $1 and d.state = 'waiting' and d.next_attempt_at <= $2 limit $3`, [scope.tenantId, scope.now, MAX_DUE]);
  for (const queue of queues) await enqueue(scope, SEND_TASK, queue);
}
