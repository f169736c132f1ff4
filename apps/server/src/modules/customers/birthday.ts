import { lunarBirthdayOn, lunarMonths, lunarOf } from "@shuke/offers";
import type { Day } from "../../kernel/days.ts";
import { problem, type FieldError } from "../../kernel/problem.ts";

export const birthdayLocked = problem("customers/birthday-locked", 409, "A birthday can be changed once a year");

export interface Birthday {
  calendar: "solar" | "lunar";
  year?: number | undefined;
  month: number;
  day: number;
  /** The leap month of the lunar year (闰月). */
  leap?: boolean | undefined;
}

/** When those born on 29 February celebrate in other years. */
export type LeapDayHabit = "feb-28" | "mar-1";

const EARLIEST_YEAR = 1900;
const LONGEST_SOLAR = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a birthday; every wrong field, none when it can be one. */
export function birthdayErrors(birthday: Birthday, today: Day, field = "birthday"): FieldError[] {
  const errors: FieldError[] = [];
  const refuse = (name: string, code: string, message: string) => errors.push({ field: `${field}.${name}`, code, message });
  const { calendar, year, month, day, leap } = birthday;
  if (year !== undefined && (year < EARLIEST_YEAR || year > Number(today.slice(0, 4)))) refuse("year", "out-of-range", `between ${EARLIEST_YEAR} and this year`);
  if (leap && calendar === "solar") refuse("leap", "lunar-only", "only the lunar calendar has leap months");
  if (errors.length > 0) return errors;
  const longest = calendar === "solar" ? longestSolar(year, month) : longestLunar(year, month, leap === true);
  if (longest === 0) refuse("leap", "no-such-month", `the lunar year ${year} has no leap month ${month}`);
  else if (day > longest) refuse("day", "no-such-day", `that month has ${longest} days`);
  else if (year !== undefined && calendar === "solar" && solar(year, month, day) > today) refuse("year", "in-the-future", "is in the future");
  return errors;
}

function longestSolar(year: number | undefined, month: number): number {
  if (month === 2 && year !== undefined && !isLeapYear(year)) return 28;
  return LONGEST_SOLAR[month - 1] ?? 0;
}

function longestLunar(year: number | undefined, month: number, leap: boolean): number {
  if (year === undefined) return 30;
  return lunarMonths(year).find((one) => one.month === month && one.leap === leap)?.days ?? 0;
}

/** The next day on which the birthday is celebrated; `from` itself counts. */
export function nextBirthdayOn(birthday: Birthday, from: Day, habit: LeapDayHabit = "feb-28"): Day {
  const first = birthday.calendar === "solar" ? Number(from.slice(0, 4)) : lunarOf(from).year;
  const inYear = birthday.calendar === "solar" ? (year: number) => solarBirthday(birthday, year, habit) : (year: number) => lunarBirthday(birthday, year);
  const on = inYear(first);
  return on >= from ? on : inYear(first + 1);
}

function solarBirthday({ month, day }: Birthday, year: number, habit: LeapDayHabit): Day {
  if (month === 2 && day === 29 && !isLeapYear(year)) return habit === "feb-28" ? solar(year, 2, 28) : solar(year, 3, 1);
  return solar(year, month, day);
}

/** The day in a lunar year: a leap month that the year does not have falls back to the ordinary one, day 30 of a short month to its last. */
export function lunarBirthday(birthday: Birthday, year: number): Day {
  return lunarBirthdayOn(birthday, year) ?? lunarMonths(year)[0]!.firstOn;
}

const solar = (year: number, month: number, day: number): Day =>
  `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** From when on a member may change the birthday again; nothing when at once. */
export function birthdayEditableOn(editedAt: Date | null, now: Date): Date | undefined {
  if (!editedAt) return undefined;
  const next = new Date(editedAt);
  next.setUTCFullYear(next.getUTCFullYear() + 1);
  return next > now ? next : undefined;
}
