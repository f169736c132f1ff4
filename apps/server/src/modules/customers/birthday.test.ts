import { lunarMonths, lunarOf } from "@shuke/offers";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { birthdayEditableOn, birthdayErrors, lunarBirthday, nextBirthdayOn, type Birthday } from "./birthday.ts";

const TODAY = "2026-11-21";
const wrong = (birthday: Birthday) => birthdayErrors(birthday, TODAY).map((error) => error.field);

describe("the lunar calendar", () => {
  it("knows leap months, also that of 2033 behind the eleventh", () => {
    expect(lunarOf("2025-07-25")).toEqual({ year: 2025, month: 6, leap: true, day: 1 });
    expect(lunarOf("2033-12-22")).toEqual({ year: 2033, month: 11, leap: true, day: 1 });
  });

  it("gives every year twelve or thirteen months that follow each other without a gap", () => {
    for (let year = 1901; year <= 2099; year++) {
      const months = lunarMonths(year);
      expect([12, 13]).toContain(months.length);
      expect(months.filter((one) => one.leap)).toHaveLength(months.length - 12);
      for (const one of months) expect([29, 30]).toContain(one.days);
    }
  });
});

describe("a solar birthday", () => {
  it("is celebrated today when it is today, else next year", () => {
    expect(nextBirthdayOn({ calendar: "solar", month: 11, day: 21 }, TODAY)).toBe("2026-11-21");
    expect(nextBirthdayOn({ calendar: "solar", month: 11, day: 20 }, TODAY)).toBe("2027-11-20");
  });

  it("on 29 February moves as the brand has set it, and stays in leap years", () => {
    const leapDay: Birthday = { calendar: "solar", month: 2, day: 29 };
    expect(nextBirthdayOn(leapDay, "2027-01-01")).toBe("2027-02-28");
    expect(nextBirthdayOn(leapDay, "2027-01-01", "mar-1")).toBe("2027-03-01");
    expect(nextBirthdayOn(leapDay, "2028-01-01")).toBe("2028-02-29");
    expect(nextBirthdayOn(leapDay, "2027-03-01")).toBe("2028-02-29");
  });
});

describe("a lunar birthday", () => {
  it("around New Year is found in the lunar year that is still running", () => {
    expect(nextBirthdayOn({ calendar: "lunar", month: 12, day: 29 }, "2026-02-01")).toBe("2026-02-16");
    expect(nextBirthdayOn({ calendar: "lunar", month: 1, day: 1 }, "2026-02-16")).toBe("2026-02-17");
  });

  it("on day 30 is celebrated on the last day of a month with 29", () => {
    expect(lunarBirthday({ calendar: "lunar", month: 12, day: 30 }, 2024)).toBe("2025-01-28");
    expect(lunarBirthday({ calendar: "lunar", month: 12, day: 30 }, 2033)).toBe("2034-02-18");
  });

  it("in a leap month is celebrated in it, or in the ordinary month of years without it", () => {
    const birthday: Birthday = { calendar: "lunar", month: 6, day: 1, leap: true };
    expect(lunarBirthday(birthday, 2025)).toBe("2025-07-25");
    expect(lunarOf(lunarBirthday(birthday, 2026))).toEqual({ year: 2026, month: 6, leap: false, day: 1 });
  });

  it("in an ordinary month comes once in a year that has the month twice", () => {
    const birthday: Birthday = { calendar: "lunar", month: 6, day: 1 };
    const first = nextBirthdayOn(birthday, "2025-06-01");
    expect(first).toBe("2025-06-25");
    expect(lunarOf(nextBirthdayOn(birthday, "2025-06-26")).year).toBe(2026);
  });
});

describe("a birthday that cannot be", () => {
  it("names the field that is wrong", () => {
    expect(wrong({ calendar: "solar", month: 2, day: 30 })).toEqual(["birthday.day"]);
    expect(wrong({ calendar: "solar", year: 2025, month: 2, day: 29 })).toEqual(["birthday.day"]);
    expect(wrong({ calendar: "solar", year: 2026, month: 12, day: 1 })).toEqual(["birthday.year"]);
    expect(wrong({ calendar: "solar", year: 1600, month: 1, day: 1, leap: true })).toEqual(["birthday.year", "birthday.leap"]);
    expect(wrong({ calendar: "lunar", month: 6, day: 31 })).toEqual(["birthday.day"]);
    expect(wrong({ calendar: "lunar", year: 2026, month: 6, day: 1, leap: true })).toEqual(["birthday.leap"]);
    expect(wrong({ calendar: "lunar", year: 2024, month: 12, day: 30 })).toEqual(["birthday.day"]);
  });

  it("is told from one that can", () => {
    expect(wrong({ calendar: "solar", month: 2, day: 29 })).toEqual([]);
    expect(wrong({ calendar: "lunar", year: 2025, month: 6, day: 1, leap: true })).toEqual([]);
  });
});

it("changes once a year: a second change waits for the anniversary of the first", () => {
  const edited = new Date("2026-03-01T00:00:00Z");
  expect(birthdayEditableOn(edited, new Date("2026-11-21T00:00:00Z"))?.toISOString()).toBe("2027-03-01T00:00:00.000Z");
  expect(birthdayEditableOn(edited, new Date("2027-03-01T00:00:00Z"))).toBeUndefined();
  expect(birthdayEditableOn(null, edited)).toBeUndefined();
});

interface LunarCase {
  id: string;
  kind: string;
  given: { gregorian?: string; birthday?: string; lunar_year?: number };
  expect: { lunar?: string; celebrated_on?: string };
}

const CASES = process.env["VALUE_CASES"] ?? join(import.meta.dirname, "../../../../../../shared/cases/value-cases.json");
const cases: LunarCase[] = existsSync(CASES)
  ? (JSON.parse(readFileSync(CASES, "utf8")) as { cases: LunarCase[] }).cases.filter(({ kind }) => kind.startsWith("lunar"))
  : [];

describe.skipIf(cases.length === 0)(`the published lunar cases${cases.length === 0 ? ` (skipped: set VALUE_CASES to the file of cases)` : ""}`, () => {
  it.each(cases.filter(({ given }) => given.gregorian))("$id: $given.gregorian is $expect.lunar", ({ given, expect: expected }) => {
    const { month, leap, day } = lunarOf(given.gregorian ?? "");
    expect(`${leap ? "闰" : ""}${month}月${day}`).toBe(expected.lunar?.split(" ")[0]);
  });

  it.each(cases.filter(({ given }) => given.lunar_year))("$id: $given.birthday in $given.lunar_year is $expect.celebrated_on", ({ given, expect: expected }) => {
    const [, leap = "", month = "", day = ""] = /^(闰?)(\d+)月(\d+)$/.exec(given.birthday ?? "") ?? [];
    const on = lunarBirthday({ calendar: "lunar", month: Number(month), day: Number(day), leap: leap !== "" }, given.lunar_year ?? 0);
    const celebrated = lunarOf(on);
    expect(`${celebrated.leap ? "闰" : ""}${celebrated.month}月${celebrated.day} of lunar ${celebrated.year}`).toBe(expected.celebrated_on);
  });
});
