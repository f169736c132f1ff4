import type { Installation } from "../installation.ts";
import { dayOf, endOfDay, startOfDay, type Day } from "../kernel/days.ts";
import { seededRandom } from "../kernel/entropy.ts";
import { Outbox, type DomainEvent, type Subscriber } from "../kernel/events.ts";
import { notFound } from "../kernel/problem.ts";
import type { Scope } from "../kernel/scope.ts";
import { upsertMembers } from "../modules/customers/index.ts";
import { createTenant } from "../modules/org/index.ts";
import { work } from "../worker.ts";
import { LAST_DAY, type BrandPlan } from "./brand.ts";
import { holdCards } from "./cards.ts";
import { runCounters } from "./counters.ts";
import { passCoupons } from "./coupons.ts";
import { dayAt, playDay } from "./day.ts";
import { decide } from "./decisions.ts";
import { Dice, seedOf } from "./dice.ts";
import { foundBrand } from "./founding.ts";
import { guestsOf, type Guest } from "./guests.ts";
import { meetNamesakes } from "./namesakes.ts";
import { openMall } from "./mall.ts";
import { readPlaces, type Places } from "./places.ts";
import { talk } from "./talk.ts";

const ZONE = "Asia/Shanghai";
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const EVENTS = 1_000;
const FIRST_DAYS = 4;
const WEEK = 7;

/** What a step of the story begins it finishes: no task is left for a worker. */
class StoryOutbox extends Outbox {
  override async enqueue(): Promise<void> {}
}

/** One brand on its way through the story, in steps that are told once each: a telling that was killed goes on where it was. */
export class Telling {
  readonly #installation: Installation;
  readonly #brand: BrandPlan;
  readonly #tenantId: string;
  readonly #firstDay: Day;
  readonly #guests: readonly Guest[];
  readonly #told: ReadonlySet<string>;
  readonly #subscribers: readonly Subscriber[];
  readonly #outbox: Outbox;

  private constructor(parts: { installation: Installation; brand: BrandPlan; tenantId: string; firstDay: Day; told: ReadonlySet<string> }) {
    this.#installation = parts.installation;
    this.#brand = parts.brand;
    this.#tenantId = parts.tenantId;
    this.#firstDay = parts.firstDay;
    this.#told = parts.told;
    this.#guests = guestsOf(parts.brand, dayAt(parts.firstDay, LAST_DAY));
    this.#subscribers = work(parts.installation).subscribers;
    // Without subscribers: forty thousand jobs for the worker to run one day after the other would be no first start. Each
    // step hands its events over itself, as sets.
    this.#outbox = new StoryOutbox(parts.installation.jobs, []);
  }

  /** Founds the brand, or finds what an earlier telling founded; the day of founding is day 0 for good. */
  static async open(installation: Installation, brand: BrandPlan, passwordHash: string): Promise<Telling> {
    const { database } = installation;
    const begun = await database.tenants.byCode(brand.code).catch((error: unknown) => {
      if (notFound.is(error)) return undefined;
      throw error;
    });
    const firstDay = dayOf(new Date(database.clock().getTime() - LAST_DAY * DAY_MS), ZONE);
    const tenantId = begun?.id ?? (await createTenant(database, {
      code: brand.code, name: brand.name, timeZone: ZONE, theme: brand.theme, admin: { ...brand.admin, passwordHash },
      now: startOfDay(firstDay, ZONE), random: seededRandom(seedOf(`${brand.code} founding`)),
    })).tenantId;
    const { rows: [tenant] } = await database.pool.query<{ created_at: Date }>("select created_at from org.tenant where id = $1", [tenantId]);
    const { rows } = await database.pool.query<{ name: string }>("select name from kernel.milestone where name like $1", [`story/${brand.code}/%`]);
    return new Telling({ installation, brand, tenantId, firstDay: dayOf(tenant?.created_at ?? database.clock(), ZONE), told: new Set(rows.map((row) => row.name)) });
  }

  async tell(passwordHash: string): Promise<void> {
    // Each step has a time of its own: by it its events are told from those of the step before.
    const morning = startOfDay(this.#firstDay, ZONE);
    const [eve, dawn] = [new Date(morning.getTime() - 2 * HOUR_MS), new Date(morning.getTime() - HOUR_MS)];
    await this.#step("founding", eve, (scope) => foundBrand(scope, { brand: this.#brand, firstDay: this.#firstDay, passwordHash }));
    await this.#step("regulars", dawn, (scope) => this.#welcomeRegulars(scope));
    const places = await this.#scope(dawn, (scope) => readPlaces(scope, this.#brand, this.#guests));
    // Before the first day only: events are told by their time, and a story that has begun has told those of its days.
    if (!this.#told.has(`story/${this.#brand.code}/day-00`)) {
      await this.#step("cards", new Date(morning.getTime() - HOUR_MS / 2), (scope) => holdCards(scope, { brand: this.#brand, guests: this.#guests, places }));
    }
    for (let number = 0; number <= LAST_DAY; number++) await this.#tellDay(places, number);
    await this.#step("decisions", this.#installation.database.clock(), (scope) => decide(scope, { brand: this.#brand, guests: this.#guests, places }));
    await this.#step("namesakes", this.#installation.database.clock(), (scope) => meetNamesakes(scope, { brand: this.#brand, guests: this.#guests, places }));
    await this.#step("mall", this.#installation.database.clock(), (scope) => openMall(scope, { brand: this.#brand, guests: this.#guests, places }));
    await this.#step("coupons", this.#installation.database.clock(), (scope) => passCoupons(scope, { brand: this.#brand, guests: this.#guests, places }));
    await this.#step("talk", this.#installation.database.clock(), (scope) => talk(scope, { brand: this.#brand, guests: this.#guests, places }));
    await this.#step("counters", this.#installation.database.clock(), (scope) => runCounters(scope, { brand: this.#brand, guests: this.#guests, places }));
  }

  async #tellDay(places: Places, number: number): Promise<void> {
    const day = dayAt(this.#firstDay, number);
    const until = new Date(Math.min(endOfDay(day, ZONE).getTime(), this.#installation.database.clock().getTime()));
    const plan = { brand: this.#brand, guests: this.#guests, places, number, day, dice: new Dice(`${this.#brand.code} day ${number}`) };
    await this.#step(`day-${String(number).padStart(2, "0")}`, startOfDay(day, ZONE), (scope) => playDay(scope, plan, until), number < FIRST_DAYS || number % WEEK === 0);
  }

  /** Those who were members before the story, taken over from an earlier system. */
  async #welcomeRegulars(scope: Scope): Promise<void> {
    const before = this.#guests.filter((guest) => guest.joinedOn < 0);
    const outcomes = await upsertMembers(scope, before.map((guest, at) => ({
      externalId: `OLD-${String(at + 1).padStart(4, "0")}`, phone: guest.phone, name: guest.name, gender: guest.gender, birthday: guest.birthday,
      card: `${this.#brand.code.slice(0, 2).toUpperCase()}${String(880_000 + at)}`, storeCode: guest.store, tags: guest.tags,
      joinedAt: new Date(scope.now.getTime() + guest.joinedOn * DAY_MS + (11 + (at % 10)) * 3_600_000).toISOString(),
    })), "seed");
    const refused = outcomes.find((one) => one.outcome === "refused");
    if (refused) throw new Error(`The story has a guest who cannot be a member: ${JSON.stringify(refused)}`);
  }

  /**
   * One transaction: what happens, what the others make of it, and the note that it was told. While the tables grow, plans are
   * made anew now and then: those that were made for empty tables, also of foreign keys, take any index that begins with the
   * tenant and read all of the tenant's rows (11 ms for the lines of one order instead of 0.3).
   */
  async #step(name: string, at: Date, run: (scope: Scope) => Promise<void>, isGrowing = true): Promise<void> {
    const milestone = `story/${this.#brand.code}/${name}`;
    if (this.#told.has(milestone)) return;
    await this.#scope(at, async (scope) => {
      if (isGrowing) await scope.tx.rows("discard plans", []);
      await run(scope);
      await this.#handOver(scope, at);
      scope.tx.write("insert into kernel.milestone (name, at) values ($1, $2)", [milestone, this.#installation.database.clock()]);
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
      for (let at = 0; at < wanted.length; at += EVENTS) await subscriber.handle(scope, wanted.slice(at, at + EVENTS));
    }
  }

  #scope<T>(now: Date, run: (scope: Scope) => Promise<T>, seed = "reading"): Promise<T> {
    const entry = { tenantId: this.#tenantId, actor: { kind: "system", name: "story" } as const, now, random: seededRandom(seedOf(seed)) };
    return this.#installation.database.inScope(entry, (scope) => run({ ...scope, outbox: this.#outbox }));
  }
}
