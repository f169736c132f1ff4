import type { Installation } from "../installation.ts";
import { dayOf, startOfDay, type Day } from "../kernel/days.ts";
import { seededRandom } from "../kernel/entropy.ts";
import { Outbox, type DomainEvent, type Subscriber } from "../kernel/events.ts";
import { notFound } from "../kernel/problem.ts";
import type { Scope } from "../kernel/scope.ts";
import { createTenant } from "../modules/org/index.ts";
import { work } from "../worker.ts";
import { seedOf } from "./dice.ts";

export const ZONE = "Asia/Shanghai";
const DAY_MS = 86_400_000;
const EVENTS = 1_000;

/** What a step of the story begins it finishes: no task is left for a worker. */
class StoryOutbox extends Outbox {
  override async enqueue(): Promise<void> {}
}

/** Who is founded, and how many days before the story is told. */
export interface Founding {
  code: string;
  name: string;
  theme: { primary: string; logoText: string };
  admin: { account: string; name: string };
  days: number;
}

/** A story in steps that are told once each: a telling that was killed goes on where it was. */
export class Steps {
  readonly #installation: Installation;
  readonly #code: string;
  readonly #tenantId: string;
  readonly #told: ReadonlySet<string>;
  readonly #subscribers: readonly Subscriber[];
  readonly #outbox: Outbox;
  /** The day of founding, for good. */
  readonly firstDay: Day;

  private constructor(parts: { installation: Installation; code: string; tenantId: string; firstDay: Day; told: ReadonlySet<string> }) {
    this.#installation = parts.installation;
    this.#code = parts.code;
    this.#tenantId = parts.tenantId;
    this.#told = parts.told;
    this.firstDay = parts.firstDay;
    this.#subscribers = work(parts.installation).subscribers;
    // Without subscribers: forty thousand jobs for the worker to run one day after the other would be no first start. Each
    // step hands its events over itself, as sets.
    this.#outbox = new StoryOutbox(parts.installation.jobs, []);
  }

  /** Founds the tenant, or finds what an earlier telling founded. */
  static async open(installation: Installation, { code, name, theme, admin, days }: Founding, passwordHash: string): Promise<Steps> {
    const { database } = installation;
    const begun = await database.tenants.byCode(code).catch((error: unknown) => {
      if (notFound.is(error)) return undefined;
      throw error;
    });
    const firstDay = dayOf(new Date(database.clock().getTime() - days * DAY_MS), ZONE);
    const tenantId = begun?.id ?? (await createTenant(database, {
      code, name, timeZone: ZONE, theme, admin: { ...admin, passwordHash }, now: startOfDay(firstDay, ZONE), random: seededRandom(seedOf(`${code} founding`)),
    })).tenantId;
    const { rows: [tenant] } = await database.pool.query<{ created_at: Date }>("select created_at from org.tenant where id = $1", [tenantId]);
    const { rows } = await database.pool.query<{ name: string }>("select name from kernel.milestone where name like $1", [`story/${code}/%`]);
    return new Steps({ installation, code, tenantId, firstDay: dayOf(tenant?.created_at ?? database.clock(), ZONE), told: new Set(rows.map((row) => row.name)) });
  }

  get clock(): Date {
    return this.#installation.database.clock();
  }

  wasTold(name: string): boolean {
    return this.#told.has(`story/${this.#code}/${name}`);
  }

  /**
   * One transaction: what happens, what the others make of it, and the note that it was told. While the tables grow, plans are
   * made anew now and then: those that were made for empty tables, also of foreign keys, take any index that begins with the
   * tenant and read all of the tenant's rows (11 ms for the lines of one order instead of 0.3).
   */
  async step(name: string, at: Date, run: (scope: Scope) => Promise<void>, isGrowing = true): Promise<void> {
    if (this.wasTold(name)) return;
    const milestone = `story/${this.#code}/${name}`;
    await this.scope(at, async (scope) => {
      if (isGrowing) await scope.tx.rows("discard plans", []);
      await run(scope);
      await this.#handOver(scope, at);
      scope.tx.write("insert into kernel.milestone (name, at) values ($1, $2)", [milestone, this.clock]);
    }, milestone);
  }

  async #handOver(scope: Scope, from: Date): Promise<void> {
    // Ids begin with the time, so the step's events are those from its beginning on.
    const hex = from.getTime().toString(16).padStart(12, "0");
    const events = (await scope.tx.rows<Omit<DomainEvent, "subjectId"> & { subject_id: string | null }>(
      "select id, type, at, subject_id, payload from kernel.event where tenant_id = $1 and id >= $2 order by id",
      [scope.tenantId, `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`])).map(({ subject_id, ...event }) => ({ ...event, subjectId: subject_id }));
    for (const subscriber of this.#subscribers) {
      const wanted = events.filter((event) => subscriber.on.includes(event.type));
      for (let at = 0; at < wanted.length; at += EVENTS) {
        const some = wanted.slice(at, at + EVENTS);
        // After what they are told of, not at the step's beginning.
        await subscriber.handle({ ...scope, now: new Date(Math.max(...some.map((event) => event.at.getTime()))) }, some);
      }
    }
  }

  scope<T>(now: Date, run: (scope: Scope) => Promise<T>, seed = "reading"): Promise<T> {
    const entry = { tenantId: this.#tenantId, actor: { kind: "system", name: "story" } as const, now, random: seededRandom(seedOf(seed)) };
    return this.#installation.database.inScope(entry, (scope) => run({ ...scope, outbox: this.#outbox }));
  }
}
