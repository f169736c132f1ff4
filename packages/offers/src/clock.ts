import type { Instant } from "./cart.ts";
import type { TimeSlot } from "./offer.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const QUARTER = 15 * MINUTE;

/** Zones without daylight saving for decades: no Intl needed, which mini programs lack. */
const FIXED: Readonly<Record<string, number>> = {
  "UTC": 0, "Asia/Shanghai": 480, "Asia/Chongqing": 480, "Asia/Urumqi": 360, "Asia/Hong_Kong": 480, "Asia/Macau": 480,
  "Asia/Taipei": 480, "Asia/Singapore": 480, "Asia/Tokyo": 540, "Asia/Bangkok": 420,
};

/** Offsets change on quarter hours only, so one per quarter is looked up once. Bounded: cleared when full. */
const offsets = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();
const MAX_OFFSETS = 4096;

/** The wall clock of a zone at an instant. */
export interface LocalTime {
  /** Days since 1970-01-01 of the local calendar. */
  day: number;
  /** Minutes since local midnight. */
  minute: number;
  /** Monday = 1 … Sunday = 7. */
  weekday: number;
}

/** Throws RangeError for an unknown zone. */
export function localTime(now: Instant, zone: string): LocalTime {
  const local = now + offsetMinutes(now, zone) * MINUTE;
  const day = Math.floor(local / DAY);
  return { day, minute: Math.floor((local - day * DAY) / MINUTE), weekday: weekdayOf(day) };
}

export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The first instant of a local day. */
export function startOfDay(day: number, zone: string): Instant {
  const guess = day * DAY - offsetMinutes(day * DAY, zone) * MINUTE;
  return day * DAY - offsetMinutes(guess, zone) * MINUTE;
}

function offsetMinutes(now: Instant, zone: string): number {
  const fixed = FIXED[zone];
  if (fixed !== undefined) return fixed;
  const quarter = Math.floor(now / QUARTER);
  const key = `${zone} ${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = offsetFromIntl(quarter * QUARTER, zone);
    if (offsets.size >= MAX_OFFSETS) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

function offsetFromIntl(now: Instant, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
    formats.set(zone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(now)) part[type] = Number(value);
  return (Date.UTC(part["year"]!, part["month"]! - 1, part["day"]!, part["hour"]!, part["minute"]!) - now) / MINUTE;
}

/** One end of a window: a whole local day, or an instant. */
export type Edge = { day: number } | { at: Instant };

const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** Throws RangeError when `text` is neither a day nor an RFC 3339 instant. */
export function edgeOf(text: string): Edge {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new RangeError(`neither a day nor an instant: ${text}`);
  return DAY_ONLY.test(text) ? { day: Math.floor(at / DAY) } : { at };
}

export interface Slot {
  from: number;
  until: number;
}

/** Throws RangeError for anything but "HH:MM" (24:00 allowed as an end). */
export function slotOf(slot: TimeSlot): Slot {
  return { from: minuteOf(slot.from), until: minuteOf(slot.until) };
}

function minuteOf(text: string): number {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
  if (!match || minute > 1440) throw new RangeError(`no time of day: ${text}`);
  return minute;
}

/** Whether a weekday mask (bit n = ISO weekday n) and slots allow this moment; a slot past midnight belongs to the day it began. */
export function allows(weekdays: number, slots: readonly Slot[] | null, time: LocalTime): boolean {
  const today = (weekdays >> time.weekday & 1) === 1;
  if (slots === null) return today;
  const yesterday = (weekdays >> (time.weekday === 1 ? 7 : time.weekday - 1) & 1) === 1;
  for (const { from, until } of slots) {
    if (from < until) {
      if (today && time.minute >= from && time.minute < until) return true;
    } else if ((today && time.minute >= from) || (yesterday && time.minute < until)) return true;
  }
  return false;
}
