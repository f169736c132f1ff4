/** A calendar day, "2026-11-21". */
export type Day = string;

export interface LunarDay {
  /** The Gregorian year in which the lunar year begins. */
  year: number;
  month: number;
  leap: boolean;
  day: number;
}

export interface LunarMonth {
  month: number;
  leap: boolean;
  firstOn: Day;
  /** 29 or 30 */
  days: number;
}

const DAY_MS = 86_400_000;
let format: Intl.DateTimeFormat | undefined;

/** ICU's chinese calendar is astronomical and knows 2033's leap eleventh month, which tables in circulation have wrong. Made when first needed: mini programs have no Intl. */
function chinese(): Intl.DateTimeFormat {
  return format ??= new Intl.DateTimeFormat("en-u-ca-chinese", { timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });
}

/** The lunar date of a day: 2025-07-25 is the first of the leap sixth month. */
export function lunarOf(day: Day): LunarDay {
  const parts: Record<string, string> = {};
  for (const part of chinese().formatToParts(new Date(`${day}T00:00:00Z`))) parts[part.type] = part.value;
  const month = parts["month"] ?? "";
  return { year: Number(parts["relatedYear"]), month: Number.parseInt(month, 10), leap: month.endsWith("bis"), day: Number(parts["day"]) };
}

const years = new Map<number, readonly LunarMonth[]>();
const MAX_YEARS = 400;
const MAX_DAYS_OF_A_MONTH = 30;

/** The twelve or thirteen months of a lunar year, in order. */
export function lunarMonths(year: number): readonly LunarMonth[] {
  const known = years.get(year);
  if (known) return known;
  const months: LunarMonth[] = [];
  let firstOn = newYearOf(year);
  for (;;) {
    const { year: of, month, leap } = lunarOf(firstOn);
    if (of !== year) break;
    const thirtieth = lunarOf(daysOn(firstOn, MAX_DAYS_OF_A_MONTH - 1));
    const days = thirtieth.day === MAX_DAYS_OF_A_MONTH ? MAX_DAYS_OF_A_MONTH : MAX_DAYS_OF_A_MONTH - 1;
    months.push({ month, leap, firstOn, days });
    firstOn = daysOn(firstOn, days);
  }
  if (years.size >= MAX_YEARS) years.clear();
  years.set(year, months);
  return months;
}

/** Spring Festival falls on 21 January at the earliest and on 21 February at the latest. */
function newYearOf(year: number): Day {
  let day = `${String(year).padStart(4, "0")}-01-20`;
  for (let tries = 0; tries < 40; tries++) {
    const lunar = lunarOf(day);
    if (lunar.year === year && lunar.month === 1 && lunar.day === 1 && !lunar.leap) return day;
    day = daysOn(day, 1);
  }
  throw new Error(`No Spring Festival found in ${year}`);
}

/** What a merchant may decide about birthdays that a lunar year does not have. */
export interface LunarHabits {
  /** A leap month that the year does not have: the ordinary month of its number (default), or no celebration that year. */
  missingLeap?: "ordinary" | "none" | undefined;
  /** Day 30 of a month with 29 days: its last day (default), or the day after. */
  shortMonth?: "last-day" | "next-day" | undefined;
}

/**
 * The day of a lunar birthday in a lunar year; null when the habits say that there is none. A birthday in an ordinary month is
 * celebrated in that month only, not again in the leap one.
 */
export function lunarBirthdayOn({ month, day, leap }: { month: number; day: number; leap?: boolean | undefined }, year: number, habits: LunarHabits = {}): Day | null {
  const months = lunarMonths(year).filter((one) => one.month === month);
  const own = leap ? months.find((one) => one.leap) : undefined;
  if (leap && !own && habits.missingLeap === "none") return null;
  const found = own ?? months.find((one) => !one.leap);
  if (!found) throw new RangeError(`The lunar year ${year} has no month ${month}`);
  const last = habits.shortMonth === "next-day" ? found.days + 1 : found.days;
  return daysOn(found.firstOn, Math.min(day, last) - 1);
}

function daysOn(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
