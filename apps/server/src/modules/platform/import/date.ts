/** Days as people type them, and as spreadsheets count them. */
const DAY_MS = 86_400_000;
/** Excel counts a 29 February 1900 that never was: from March on the numbers are right from here. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const MIN_SERIAL = 61;
const MAX_SERIAL = 2_958_465;

/** "2026-11-21", or with a time "2026-11-21T10:30:00". */
export function serialToText(serial: number, is1904 = false): string | undefined {
  if (!(serial >= (is1904 ? 0 : MIN_SERIAL) && serial <= MAX_SERIAL)) return undefined;
  const moment = new Date((is1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(serial * 86_400) * 1_000);
  const text = moment.toISOString();
  return moment.getTime() % DAY_MS === 0 ? text.slice(0, 10) : text.slice(0, 19);
}

export type DateOrder = "day-first" | "month-first" | null;
export type ReadDay = { on: string; time: string } | { code: "not-a-date" | "ambiguous-date" };

const YEAR_FIRST = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年\s?(\d{1,2})月\s?(\d{1,2})日?|(\d\d)(\d\d))(?:[T\s]+(\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:\s+(\d{1,2}:\d\d(?::\d\d)?))?$/;
const SERIAL = /^\d{2,6}(?:\.\d+)?$/;

/** Whether a text is a day that could be read day or month first. */
export const isAmbiguous = (text: string): boolean => {
  const read = readDay(text, null);
  return "code" in read && read.code === "ambiguous-date";
};

/** A day in any of the ways that it is typed: 2026-11-21, 2026/11/21, 20261121, 2026年11月21日, 21.11.2026, 11/21/2026, 46347. */
export function readDay(typed: string, order: DateOrder): ReadDay {
  const text = typed.normalize("NFKC").trim();
  const first = YEAR_FIRST.exec(text);
  if (first) return dayOf(Number(first[1]), Number(first[2] ?? first[4] ?? first[6]), Number(first[3] ?? first[5] ?? first[7]), first[8]);
  const last = YEAR_LAST.exec(text);
  if (last) return yearLast(Number(last[1]), Number(last[3]), Number(last[4]), { separator: last[2] ?? "", order, time: last[5] });
  const serial = SERIAL.test(text) ? serialToText(Number(text)) : undefined;
  if (serial) return { on: serial.slice(0, 10), time: serial.slice(11) };
  return { code: "not-a-date" };
}

interface YearLast {
  separator: string;
  order: DateOrder;
  time: string | undefined;
}

/** Dots are day first; of slashes and dashes only what cannot be the other way tells by itself. */
function yearLast(a: number, b: number, year: number, { separator, order, time }: YearLast): ReadDay {
  if (separator === ".") return dayOf(year, b, a, time);
  if (order === "month-first") return dayOf(year, a, b, time);
  if (order === "day-first") return dayOf(year, b, a, time);
  if (a > 12) return dayOf(year, b, a, time);
  if (b > 12 || a === b) return dayOf(year, a, b, time);
  return { code: "ambiguous-date" };
}

const YEARLESS = /^(?:--?)?(?:(\d{1,2})[-/](\d{1,2})|(\d{1,2})月\s?(\d{1,2})[日号]?|(\d\d)(\d\d))$/;
const DAYLESS = /^(?:18[5-9]|19\d|2[01]\d)\d(?:年|[-/.年]\d{1,2}月?)?$/;
/** Any year that has a 29 February. */
const LEAP_YEAR = 2000;

/**
 * A day that comes round each year: also without its year ("--05-01"), month first as behind a year unless days are said to come first. A
 * year alone is no birthday, and is not taken for the number that a spreadsheet counts a day by.
 */
export function readBirthday(typed: string, order: DateOrder): ReadDay | { code: "incomplete-date" } {
  const text = typed.normalize("NFKC").trim();
  const match = YEARLESS.exec(text);
  const [first, second] = [Number(match?.[1] ?? match?.[3] ?? match?.[5]), Number(match?.[2] ?? match?.[4] ?? match?.[6])];
  const isDayFirst = match?.[1] !== undefined && second <= 12 && (first > 12 || (order === "day-first" && !text.startsWith("--")));
  const read = match ? dayOf(LEAP_YEAR, isDayFirst ? second : first, isDayFirst ? first : second) : undefined;
  if (read && "on" in read) return { on: `--${read.on.slice(5)}`, time: "" };
  return DAYLESS.test(text) ? { code: "incomplete-date" } : readDay(text, order);
}

function dayOf(year: number, month: number, day: number, time = ""): ReadDay {
  const moment = new Date(Date.UTC(year, month - 1, day));
  if (moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day || year < 1850 || year > 2200) return { code: "not-a-date" };
  return { on: moment.toISOString().slice(0, 10), time };
}
