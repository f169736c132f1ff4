import { PgBoss } from "pg-boss";
import type pg from "pg";
import type { Database } from "./db/database.ts";
import type { Tx } from "./db/tx.ts";
import { deliver, type Subscriber } from "./events.ts";
import type { Listener } from "./listener.ts";
import type { Log } from "./log.ts";
import type { Scope } from "./scope.ts";

/** Work that the clock starts; runs once a tenant, in the tenant's scope. */
export interface Schedule {
  name: string;
  /** Five fields, minute first. */
  cron: string;
  zone: string;
  run(scope: Scope): Promise<void>;
}

/** Work that code starts with `enqueue`; may call the network, so it opens its own scopes. */
export interface Task {
  name: string;
  run(data: Record<string, unknown>, database: Database): Promise<void>;
}

const SCHEMA = "pgboss";
const QUEUE = {
  retryLimit: 8, retryDelay: 1, retryBackoff: true, retryDelayMax: 3_600, expireInSeconds: 900,
  deleteAfterSeconds: 86_400, notify: true,
} as const;
const BATCH = 10;
/** Notifications wake the workers; polling finds what was put off, and all of it while nobody can listen. */
const POLL = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 3 } as const;
const STUMBLE_QUIET_MS = 5_000;

export interface JobsParts {
  subscribers: readonly Subscriber[];
  schedules: readonly Schedule[];
  tasks: readonly Task[];
}

const queueNames = ({ subscribers, schedules, tasks }: JobsParts): string[] => [
  ...subscribers.map((one) => one.name), ...tasks.map((one) => one.name),
  ...schedules.flatMap((one) => [one.name, `${one.name}.tick`]),
];

/** Installs the job tables and queues with the owner's login and lets the application's role use them. */
export async function installJobs(ownerUrl: string, role: string, parts: JobsParts, admin: pg.ClientBase): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: SCHEMA, supervise: false, schedule: false, max: 2 });
  boss.on("error", () => {});
  await boss.start();
  try {
    await boss.createQueue("dead-letters");
    const known = new Set((await boss.getQueues()).map((queue) => queue.name));
    for (const name of queueNames(parts)) {
      if (!known.has(name)) await boss.createQueue(name, { ...QUEUE, deadLetter: "dead-letters" });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  await admin.query(`grant usage, create on schema ${SCHEMA} to ${role};
    grant all on all tables in schema ${SCHEMA} to ${role};
    grant all on all sequences in schema ${SCHEMA} to ${role};
    grant execute on all functions in schema ${SCHEMA} to ${role}`);
}

/** The queue: enqueues inside transactions, and in a worker process also runs what is queued. */
export class Jobs {
  readonly #boss: PgBoss;
  readonly #log: Log;
  #quietUntil = 0;

  constructor(pool: pg.Pool, listener: Listener, log: Log) {
    this.#log = log;
    this.#boss = new PgBoss({
      schema: SCHEMA, migrate: false, createSchema: false, useListenNotify: true,
      db: {
        executeSql: async (text: string, values?: unknown[]) => pool.query(text, values as unknown[]),
        listen: (channel, heard, reconnected) => listener.listen(channel, heard, reconnected),
      },
    });
    this.#boss.on("error", (error) => this.#stumbled(error));
  }

  /** While the database is away every queue says so twice a second: one line in five seconds is enough. */
  #stumbled(error: unknown): void {
    if (performance.now() < this.#quietUntil) return;
    this.#quietUntil = performance.now() + STUMBLE_QUIET_MS;
    this.#log.warn({ err: error }, "the job queue stumbled");
  }

  /** Starts the client; with `supervise` also the upkeep and the cron of this installation. */
  async start(): Promise<void> {
    await this.#boss.start();
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 10_000 });
  }

  /** One job, in the caller's transaction; sent without waiting, the commit waits. */
  async enqueue(tx: Tx, name: string, data: object, startAfter?: Date): Promise<void> {
    await this.#boss.insert(name, [{ data, ...(startAfter ? { startAfter } : {}) }], {
      db: { executeSql: async (text: string, values?: unknown[]) => (tx.write(text, values ?? []), { rows: [] }) },
    });
  }

  /** Runs what is queued, in this process. */
  async work(database: Database, parts: JobsParts): Promise<void> {
    for (const subscriber of parts.subscribers) {
      await this.#consume<{ tenantId: string; eventIds: string[] }>(subscriber.name, async ({ tenantId, eventIds }) =>
        database.inScope({ tenantId, actor: { kind: "system", name: subscriber.name } }, (scope) => deliver(scope, subscriber, eventIds)));
    }
    for (const task of parts.tasks) {
      await this.#consume<Record<string, unknown>>(task.name, (data) => task.run(data, database));
    }
    for (const schedule of parts.schedules) await this.#keep(database, schedule);
  }

  async #keep(database: Database, schedule: Schedule): Promise<void> {
    await this.#consume(`${schedule.name}.tick`, async () => {
      for (const tenant of await database.tenants.all()) await this.#boss.send(schedule.name, { tenantId: tenant.id });
    });
    await this.#consume<{ tenantId: string }>(schedule.name, ({ tenantId }) =>
      database.inScope({ tenantId, actor: { kind: "system", name: schedule.name } }, (scope) => schedule.run(scope)));
    await this.#boss.schedule(`${schedule.name}.tick`, schedule.cron, null, { tz: schedule.zone });
  }

  async #consume<Data>(name: string, run: (data: Data) => Promise<void>): Promise<void> {
    await this.#boss.work<Data>(name, { batchSize: BATCH, ...POLL, burstWhenBatchFull: true }, async (jobs) => {
      for (const job of jobs) {
        try {
          await run(job.data);
        } catch (error) {
          this.#log.error({ err: error, job: name, jobId: job.id }, "a job failed and will be tried again");
          throw error;
        }
      }
    });
  }
}
