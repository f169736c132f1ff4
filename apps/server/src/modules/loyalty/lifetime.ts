import { addDays, addMonths, dayOf, startOfDay, type Day } from "../../kernel/days.ts";
import type { Program } from "./program.ts";

const DAY_MS = 86_400_000;
const MAX_KEPT = 5_000;
/** By settings and day: every order asks, and counting days in a zone is slow. */
const ends = new Map<string, Date>();

/**
 * From when points earned at an instant can be spent. After days: the same moment so many days later. After the return window:
 * midnight after the last day on which the order may come back.
 */
export function activeFromOf(program: Program, earnedAt: Date, zone: string): Date {
  if (program.pendingKind === "none" || program.pendingDays === 0) return earnedAt;
  if (program.pendingKind === "days") return new Date(earnedAt.getTime() + program.pendingDays * DAY_MS);
  return midnight(addDays(dayOf(earnedAt, zone), program.pendingDays + 1), zone);
}

/**
 * When points end, null: never.
 * - `months`: with the month that is so many months on (6 Jul 2020 + 12 → 1 Aug 2021 00:00 in the program's zone)
 * - `year-end`: with the next calendar year
 * - `fixed-date`: after the first such day of a year that is at least so many months away
 * - `activation`: so many months after the day on which they can first be spent; that day of the month is still good
 */
export function expiryOf(program: Program, earnedAt: Date, zone: string, activeFrom: Date = earnedAt): Date | null {
  if (program.expiryKind === "never") return null;
  const day = dayOf(program.expiryKind === "activation" ? activeFrom : earnedAt, zone);
  switch (program.expiryKind) {
    case "year-end": return midnight(`${Number(day.slice(0, 4)) + 2}-01-01`, zone);
    case "months": return midnight(addMonths(`${day.slice(0, 7)}-01`, program.expiryMonths + 1), zone);
    case "activation": return midnight(addDays(addMonths(day, program.expiryMonths), 1), zone);
    case "fixed-date": return midnight(addDays(fixedDay(program.expiryDay, addMonths(day, program.expiryMonths)), 1), zone);
  }
}

/** The first 31 December, say, that is not before a day. 29 February is the 28th in other years. */
function fixedDay(monthDay: string, notBefore: Day): Day {
  const year = Number(notBefore.slice(0, 4));
  const inYear = (one: number): Day => `${String(one).padStart(4, "0")}-${monthDay.slice(0, 2)}-`
    + String(Math.min(Number(monthDay.slice(3)), lastDate(one, Number(monthDay.slice(0, 2))))).padStart(2, "0");
  return inYear(year) >= notBefore ? inYear(year) : inYear(year + 1);
}

const lastDate = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function midnight(day: Day, zone: string): Date {
  const key = `${zone}/${day}`;
  let at = ends.get(key);
  if (!at) {
    if (ends.size >= MAX_KEPT) ends.clear();
    at = startOfDay(day, zone);
    ends.set(key, at);
  }
  return at;
}

/** Until when points are good that a return gives back although their lot has ended; nothing where there is no grace. */
export const graceUntil = (program: Program, now: Date): Date | undefined =>
  program.restoreGraceDays > 0 ? new Date(now.getTime() + program.restoreGraceDays * DAY_MS) : undefined;
