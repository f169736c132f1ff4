import { addDays, startOfDay, weekdayOf, type Day } from "../kernel/days.ts";
import type { Scope } from "../kernel/scope.ts";
import { nextBirthdayOn } from "../modules/customers/birthday.ts";
import { expireCoupons } from "../modules/promotions/coupon-ending.ts";
import { placeOverdue } from "../modules/loyalty/lifecycle/recount.ts";
import { changeTemplate } from "../modules/promotions/coupon-template.ts";
import { fillBasket } from "./basket.ts";
import { LAST_DAY, type Moment } from "./brand.ts";
import type { Guest } from "./guests.ts";
import { issue, join, marked, memberOf, playMoment, storeOf, takeBack, topUp, type Stage } from "./moments.ts";
import { settleVisits, type Visit } from "./visit.ts";

export interface DayPlan extends Stage {
  guests: readonly Guest[];
  /** 0 … LAST_DAY */
  number: number;
  day: Day;
}

interface Happening {
  /** minutes since midnight */
  minute: number;
  run(scope: Scope): Promise<void>;
}

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const OPENING_MINUTE = 10 * HOUR_MINUTES;
const CLOSING_MINUTE = 23 * HOUR_MINUTES;
const CAST_MINUTE = 12 * HOUR_MINUTES + 20;
const MEMBER_SHARE = 0.62;
const RETURN_SHARE = 0.012;
const GROWTH = 0.25;
const REASONS = ["菜品有异物", "点错了", "等太久未上菜", "口味不满意", "打包漏了一份"];
const FRIDAY = 5;

/**
 * Everything that happens to a brand on one day, each thing at its own time: in the morning coupons and new guests, then the
 * orders as one set, the script of the cast, and at last returns and top-ups. On the last day nothing happens after `until`;
 * what the script has for the cast then happens just before.
 */
export async function playDay(scope: Scope, plan: DayPlan, until: Date): Promise<void> {
  const midnight = startOfDay(plan.day, scope.zone).getTime();
  const latest = Math.max(0, Math.floor((until.getTime() - midnight) / MINUTE_MS) - 1);
  const instant = (minute: number, second = 0): Date => new Date(midnight + minute * MINUTE_MS + second * 1_000);
  const run = async (happenings: readonly Happening[]): Promise<void> => {
    const due = happenings.filter(({ minute }) => minute <= latest).sort((a, b) => a.minute - b.minute);
    // The seconds keep two things of one minute apart.
    for (const [at, happening] of due.entries()) await happening.run({ ...scope, now: instant(happening.minute, at % 60) });
  };
  const { visits, returns } = orders(plan);
  await run([...routine(plan), ...joiners(plan, latest)]);
  const due = visits.filter(({ minute }) => minute <= latest).sort((a, b) => a.minute - b.minute);
  await settleVisits({ ...scope, now: instant(due[0]?.minute ?? 0) }, plan.dice, due.map((one, at) => visitOf(plan, one, instant(one.minute, at % 60))));
  await run(castOn(plan).map((one) => ({ ...one, minute: Math.min(one.minute, latest) })));
  await run([...returns, ...topUps(plan)]);
}

/** In the night coupons end; in the morning there are new ones for birthdays, on Fridays for some of the others. */
function routine({ brand, places, guests, number, day, ...stage }: DayPlan): Happening[] {
  const joined = guests.filter((guest) => guest.joinedOn < number);
  const here = { brand, places, ...stage };
  const festival = brand.coupons.find(({ validity }) => validity && "untilDay" in validity)?.validity;
  const [from, until] = festival && "untilDay" in festival ? [festival.fromDay, festival.untilDay] : [-1, -1];
  return [
    { minute: 20, run: expireCoupons }, { minute: 50, run: placeOverdue },
    ...(number === until + 1 ? [{ minute: 30, run: async (scope: Scope) => void (await changeTemplate(scope, places.templateIds.get("festival") ?? "", { state: "ended" })) }] : []),
    { minute: OPENING_MINUTE - 90, run: (scope) => issue(scope, here, "birthday", joined.filter((one) => !one.cast && one.birthday && nextBirthdayOn(one.birthday, day) === day)) },
    ...(number === from ? [{ minute: OPENING_MINUTE - 60, run: (scope: Scope) => issue(scope, here, "festival", stage.dice.shuffled(joined.filter((one) => !one.cast)).slice(0, 30)) }] : []),
    ...(weekdayOf(day) === FRIDAY ? [{ minute: OPENING_MINUTE - 30, run: (scope: Scope) => issue(scope, here, "spend", joined.filter((one) => !one.cast && stage.dice.chance(0.12))) }] : []),
  ];
}

/** Visits by habit and what the script says; moments of one day follow each other by twenty minutes. */
function castOn(plan: DayPlan): Happening[] {
  const { brand, guests, number } = plan;
  return guests.flatMap((guest, index) => {
    const { cast } = guest;
    if (!cast || (guest.joinedOn > number)) return [];
    const byHabit: Moment[] = cast.every && (number + index) % cast.every.days === 0 && number > guest.joinedOn && number < LAST_DAY
      ? [{ kind: "visit", day: number, party: cast.every.party }] : [];
    return [...byHabit, ...cast.moments.filter((moment) => moment.day === number)].map((moment, at): Happening => ({
      minute: CAST_MINUTE + index * 7 + at * 20,
      run: (scope) => playMoment(scope, plan, guest, moment, "mark" in moment && moment.mark ? marked(brand, moment.mark) : orderIdOf(plan, guest.store, `V${index}${at}`)),
    }));
  });
}

/** The cast join before anything else is said of them that day. */
function joiners(plan: DayPlan, latest: number): Happening[] {
  return plan.guests.filter((guest) => guest.joinedOn === plan.number && !plan.places.memberIds.has(guest.phone)).map((guest) => ({
    minute: guest.cast ? Math.max(0, Math.min(OPENING_MINUTE, latest) - 1) : hourOf(plan) * HOUR_MINUTES + plan.dice.between(0, 20),
    run: (scope) => join(scope, plan, guest),
  }));
}

/** At closing time, so that what was loaded is not spent before. */
function topUps(plan: DayPlan): Happening[] {
  const regulars = plan.guests.filter((guest) => !guest.cast && guest.joinedOn < plan.number);
  if (regulars.length === 0 || !plan.dice.chance(0.8)) return [];
  const guest = plan.dice.weighted(regulars, (one) => one.weight);
  return [{ minute: CLOSING_MINUTE + plan.dice.between(0, 20), run: (scope) => topUp(scope, plan, guest, plan.dice.between(0, plan.places.planIds.length - 1)) }];
}

interface Order {
  minute: number;
  guest: Guest | undefined;
  store: string;
  orderId: string;
  party: number;
}

/** The day's ordinary orders, and now and then a return of one. */
function orders(plan: DayPlan): { visits: Order[]; returns: Happening[] } {
  const { brand, dice, number, day, guests } = plan;
  const trend = 1 - GROWTH / 2 + (GROWTH * number) / LAST_DAY;
  const count = Math.round(brand.ordersADay * (brand.weekdays[weekdayOf(day)] ?? 1) * trend * (0.92 + dice.next() * 0.16));
  const regulars = guests.filter((guest) => !guest.cast && guest.joinedOn < number);
  const visits = Array.from({ length: count }, (_, at): Order => {
    const guest = regulars.length > 0 && dice.chance(MEMBER_SHARE) ? dice.weighted(regulars, (one) => one.weight) : undefined;
    const store = guest && dice.chance(0.8) ? guest.store : dice.weighted(brand.stores, (one) => one.weight).code;
    return {
      guest, store, minute: hourOf(plan) * HOUR_MINUTES + dice.between(0, HOUR_MINUTES - 1), orderId: orderIdOf(plan, store, String(at + 1).padStart(3, "0")),
      party: dice.weighted(brand.parties.map((weight, more) => ({ weight, size: more + 1 })), (one) => one.weight).size,
    };
  });
  const returns = visits.filter(() => dice.chance(RETURN_SHARE)).map(({ minute, store, orderId }): Happening => {
    const back = { store, lines: dice.chance(0.4) ? "all" as const : 1 as const, reason: dice.pick(REASONS) };
    return { minute: minute + 35, run: (scope) => takeBack(scope, plan, orderId, back) };
  });
  return { visits, returns };
}

function visitOf(plan: DayPlan, { guest, store, orderId, party }: Order, at: Date): Visit {
  const { brand, dice, places } = plan;
  const cashier = places.cashiers.get(store);
  if (!cashier) throw new Error(`Nobody is at the till of ${store}`);
  return {
    at, orderId, storeId: storeOf(plan, store), cashier, memberId: guest ? memberOf(plan, guest) : null, basket: fillBasket(dice, brand, party),
    usesCoupon: dice.chance(0.3),
  };
}

const hourOf = ({ brand, dice }: DayPlan): number => dice.weighted(brand.hours.map((weight, hour) => ({ weight, hour })), (one) => one.weight).hour;
const orderIdOf = ({ day }: DayPlan, store: string, number: string): string => `${store}-${day.replaceAll("-", "")}-${number}`;

/** The days of a story that began on a given one. */
export const dayAt = (firstDay: Day, number: number): Day => addDays(firstDay, number);
