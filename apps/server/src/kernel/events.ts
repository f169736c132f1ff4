import { instants, texts, uuidList, uuids } from "./db/array.ts";
import type { Jobs } from "./jobs.ts";
import { actorRef, newId, type Scope } from "./scope.ts";

/** Something that happened, with the shape its module publishes in `events/<module>.ts`. */
export interface DomainEvent<Payload = Record<string, unknown>> {
  id: string;
  type: string;
  at: Date;
  /** Whom it is about: usually a member. */
  subjectId: string | null;
  payload: Payload;
}

/** Reacts to events of other modules. Called with a batch, once for each event, in a scope of its own. */
export interface Subscriber {
  name: string;
  on: readonly string[];
  handle(scope: Scope, events: readonly DomainEvent[]): Promise<void>;
}

/** Beyond this the oldest are read from the database again. */
const MAX_FRESH = 10_000;

type FreshEvent = Omit<DomainEvent, "payload"> & { tenantId: string; payload: string };

/** Events that this process has just written, for the jobs that it runs a moment later: what is written never changes. */
class FreshEvents {
  readonly #events = new Map<string, FreshEvent>();

  /** The payload as it was written, so that a subscriber gets what reading it back would give. */
  add(event: FreshEvent): void {
    this.#events.set(event.id, event);
    if (this.#events.size <= MAX_FRESH) return;
    const [oldest] = this.#events.keys();
    if (oldest !== undefined) this.#events.delete(oldest);
  }

  /** All of them, in the order of ids, or nothing: also where one is another tenant's. */
  find(tenantId: string, ids: readonly string[]): DomainEvent[] | undefined {
    const found = ids.flatMap((id) => this.#events.get(id) ?? []).filter((event) => event.tenantId === tenantId);
    if (found.length < ids.length) return undefined;
    return found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, type, at, subjectId, payload }) => ({ id, type, at, subjectId, payload: JSON.parse(payload) as Record<string, unknown> }));
  }
}
const fresh = new FreshEvents();

export interface NewEvent {
  type: string;
  subjectId?: string | null;
  payload: object;
  at?: Date;
}

/** Writes events and one job for each subscriber in the scope's own transaction: both happen or neither. */
export class Outbox {
  readonly #jobs: Jobs;
  readonly #subscribers: readonly Subscriber[];

  constructor(jobs: Jobs, subscribers: readonly Subscriber[]) {
    this.#jobs = jobs;
    this.#subscribers = subscribers;
  }

  get subscribers(): readonly Subscriber[] {
    return this.#subscribers;
  }

  enqueue(scope: Scope, task: string, data: object, startAfter?: Date): Promise<void> {
    return this.#jobs.enqueue(scope.tx, task, { tenantId: scope.tenantId, ...data }, startAfter);
  }

  async publishAll(scope: Scope, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const rows = events.map((event) => ({
      id: newId(scope), type: event.type, at: event.at ?? scope.now, subjectId: event.subjectId ?? null, payload: JSON.stringify(event.payload),
    }));
    scope.tx.write(
      `insert into kernel.event (tenant_id, id, type, at, actor, subject_id, payload)
       select $1, id, type, at, $2, subject_id, payload::jsonb
         from unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[]) as e(id, type, at, subject_id, payload)`,
      [scope.tenantId, actorRef(scope.actor), uuids(rows, (row) => row.id), texts(rows, (row) => row.type),
        instants(rows, (row) => row.at), texts(rows, (row) => row.subjectId), texts(rows, (row) => row.payload)],
    );
    scope.tx.afterCommit(() => {
      for (const row of rows) fresh.add({ tenantId: scope.tenantId, ...row });
    });
    for (const subscriber of this.#subscribers) {
      const eventIds = rows.filter((row) => subscriber.on.includes(row.type)).map((row) => row.id);
      if (eventIds.length > 0) await this.#jobs.enqueue(scope.tx, subscriber.name, { tenantId: scope.tenantId, eventIds });
    }
  }
}

/** Starts a task once the scope has committed: how work that calls the network is asked for from inside a transaction. */
export const enqueue = (scope: Scope, task: string, data: object, startAfter?: Date): Promise<void> =>
  scope.outbox.enqueue(scope, task, data, startAfter);

export const publish = (scope: Scope, type: string, subjectId: string | null, payload: object): Promise<void> =>
  scope.outbox.publishAll(scope, [{ type, subjectId, payload }]);

/**
 * Hands the events of one job to a subscriber. An event reaches a subscriber through exactly one job, so the receipt of the
 * job's first event stands for all of them: at-least-once delivery takes effect once, at one row a batch.
 */
export async function deliver(scope: Scope, subscriber: Subscriber, eventIds: readonly string[]): Promise<void> {
  const receipts = await scope.tx.rows(
    `insert into kernel.receipt (tenant_id, subscriber, event_id, at) values ($1, $2, $3, $4)
     on conflict do nothing returning 1`, [scope.tenantId, subscriber.name, eventIds[0], scope.now]);
  if (receipts.length === 0) return;
  await subscriber.handle(scope, fresh.find(scope.tenantId, eventIds) ?? (await readEvents(scope, eventIds)));
}

async function readEvents(scope: Scope, eventIds: readonly string[]): Promise<DomainEvent[]> {
  const events = await scope.tx.rows<DomainEvent & { subject_id: string | null }>(
    "select id, type, at, subject_id, payload from kernel.event where tenant_id = $1 and id = any($2::uuid[]) order by id",
    [scope.tenantId, uuidList(eventIds)]);
  return events.map(({ subject_id, ...event }) => ({ ...event, subjectId: subject_id }));
}
