/** A calendar day in some zone, "2026-11-21". A day is not a Date. */
export type Day = string;

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
    });
    formats.set(zone, format);
  }
  return format;
}

export interface Wall {
  day: Day;
  /** 0–23 */ hour: number;
  /** minutes since midnight */ minute: number;
  /** 0 = Sunday */ weekday: number;
}

const HOUR_MS = 3_600_000;
const MAX_OFFSETS = 20_000;
/** Offset of a zone in an hour. Asking Intl takes 3 µs, which every order would pay several times; clocks change on the hour. */
const offsets = new Map<string, number>();

function offsetInHour(at: Date, zone: string): number {
  const key = `${zone}/${Math.floor(at.getTime() / HOUR_MS)}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    if (offsets.size >= MAX_OFFSETS) offsets.clear();
    offset = offsetMs(at, zone);
    offsets.set(key, offset);
  }
  return offset;
}

const wallOf = (at: Date, zone: string): Date => new Date(at.getTime() + offsetInHour(at, zone));

/** "2026-11-22 18:05:09" by the clock of a zone: sorts as text, and every spreadsheet reads it. */
export const clockText = (at: Date, zone: string): string => wallOf(at, zone).toISOString().slice(0, 19).replace("T", " ");

/** What the clock on the wall of a shop in `zone` shows at an instant. */
export function wallClock(at: Date, zone: string): Wall {
  const wall = wallOf(at, zone);
  const hour = wall.getUTCHours();
  return { day: wall.toISOString().slice(0, 10), hour, minute: hour * 60 + wall.getUTCMinutes(), weekday: wall.getUTCDay() };
}

export const dayOf = (at: Date, zone: string): Day => wallClock(at, zone).day;
export const monthOf = (day: Day): string => day.slice(0, 7);
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay();

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Same day n months on, or the month's last day where that month is shorter. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/**
 * The first instant of a day in a zone. The offset is asked for twice because the first guess can lie across a change of
 * clocks (China kept summer time from 1986 to 1991). Where the clocks jump over midnight itself, as in São Paulo in 2003, the
 * second guess falls into the day before, and the first is right.
 */
export function startOfDay(day: Day, zone: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const first = utc - offsetMs(new Date(utc), zone);
  const second = new Date(utc - offsetMs(new Date(first), zone));
  return dayOf(second, zone) === day ? second : new Date(first);
}

export const endOfDay = (day: Day, zone: string): Date => startOfDay(addDays(day, 1), zone);

/** When the clock on a wall in `zone` shows "2026-11-21T10:30:00". */
export function instantOf(wall: string, zone: string): Date {
  const utc = Date.parse(`${wall}Z`);
  const guess = new Date(utc - offsetInHour(new Date(utc), zone));
  return new Date(utc - offsetInHour(guess, zone));
}

function offsetMs(at: Date, zone: string): number {
  const parts: Record<string, number> = {};
  for (const part of formatOf(zone).formatToParts(at)) parts[part.type] = Number(part.value);
  const wall = Date.UTC(
    parts["year"] ?? 0, (parts["month"] ?? 1) - 1, parts["day"] ?? 1,
    parts["hour"] ?? 0, parts["minute"] ?? 0, parts["second"] ?? 0,
  );
  return wall - Math.floor(at.getTime() / 1000) * 1000;
}

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}
