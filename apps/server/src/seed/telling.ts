import type { Installation } from "../installation.ts";
import { endOfDay, startOfDay, type Day } from "../kernel/days.ts";
import type { Scope } from "../kernel/scope.ts";
import { upsertMembers } from "../modules/customers/index.ts";
import { LAST_DAY, type BrandPlan } from "./brand.ts";
import { holdCards } from "./cards.ts";
import { runCounters } from "./counters.ts";
import { passCoupons } from "./coupons.ts";
import { dayAt, playDay } from "./day.ts";
import { decide } from "./decisions.ts";
import { Dice } from "./dice.ts";
import { foundBrand } from "./founding.ts";
import { guestsOf, type Guest } from "./guests.ts";
import { meetNamesakes } from "./namesakes.ts";
import { openMall } from "./mall.ts";
import { readPlaces, type Places } from "./places.ts";
import { Steps, ZONE } from "./steps.ts";
import { talk } from "./talk.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST_DAYS = 4;
const WEEK = 7;

/** One brand on its way through the story, in steps that are told once each: a telling that was killed goes on where it was. */
export class Telling {
  readonly #brand: BrandPlan;
  readonly #steps: Steps;
  readonly #firstDay: Day;
  readonly #guests: readonly Guest[];

  private constructor(brand: BrandPlan, steps: Steps) {
    this.#brand = brand;
    this.#steps = steps;
    this.#firstDay = steps.firstDay;
    this.#guests = guestsOf(brand, dayAt(steps.firstDay, LAST_DAY));
  }

  /** Founds the brand, or finds what an earlier telling founded; the day of founding is day 0 for good. */
  static open = async (installation: Installation, brand: BrandPlan, passwordHash: string): Promise<Telling> =>
    new Telling(brand, await Steps.open(installation, { ...brand, days: LAST_DAY }, passwordHash));

  async tell(passwordHash: string): Promise<void> {
    // Each step has a time of its own: by it its events are told from those of the step before.
    const morning = startOfDay(this.#firstDay, ZONE);
    const [eve, dawn] = [new Date(morning.getTime() - 2 * HOUR_MS), new Date(morning.getTime() - HOUR_MS)];
    await this.#steps.step("founding", eve, (scope) => foundBrand(scope, { brand: this.#brand, firstDay: this.#firstDay, passwordHash }));
    await this.#steps.step("regulars", dawn, (scope) => this.#welcomeRegulars(scope));
    const places = await this.#steps.scope(dawn, (scope) => readPlaces(scope, this.#brand, this.#guests));
    // Before the first day only: events are told by their time, and a story that has begun has told those of its days.
    if (!this.#steps.wasTold("day-00")) {
      await this.#steps.step("cards", new Date(morning.getTime() - HOUR_MS / 2), (scope) => holdCards(scope, { brand: this.#brand, guests: this.#guests, places }));
    }
    for (let number = 0; number <= LAST_DAY; number++) await this.#tellDay(places, number);
    await this.#steps.step("decisions", this.#steps.clock, (scope) => decide(scope, { brand: this.#brand, guests: this.#guests, places }));
    await this.#steps.step("namesakes", this.#steps.clock, (scope) => meetNamesakes(scope, { brand: this.#brand, guests: this.#guests, places }));
    await this.#steps.step("mall", this.#steps.clock, (scope) => openMall(scope, { brand: this.#brand, guests: this.#guests, places }));
    await this.#steps.step("coupons", this.#steps.clock, (scope) => passCoupons(scope, { brand: this.#brand, guests: this.#guests, places }));
    await this.#steps.step("talk", this.#steps.clock, (scope) => talk(scope, { brand: this.#brand, guests: this.#guests, places }));
    await this.#steps.step("counters", this.#steps.clock, (scope) => runCounters(scope, { brand: this.#brand, guests: this.#guests, places }));
  }

  async #tellDay(places: Places, number: number): Promise<void> {
    const day = dayAt(this.#firstDay, number);
    const until = new Date(Math.min(endOfDay(day, ZONE).getTime(), this.#steps.clock.getTime()));
    const plan = { brand: this.#brand, guests: this.#guests, places, number, day, dice: new Dice(`${this.#brand.code} day ${number}`) };
    await this.#steps.step(`day-${String(number).padStart(2, "0")}`, startOfDay(day, ZONE), (scope) => playDay(scope, plan, until), number < FIRST_DAYS || number % WEEK === 0);
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
}
