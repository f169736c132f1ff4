import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addMonths, dayOf, endOfDay, isZone, monthOf, startOfDay, wallClock, weekdayOf } from "./days.ts";

const SHANGHAI = "Asia/Shanghai";
const from = Date.parse("1980-01-01T00:00:00Z");
const dayBetween = (start: string, days: number) => fc.integer({ min: 0, max: days }).map((n) => addDays(start, n));

describe("a day in a zone", () => {
  test("begins at its midnight, also while China kept summer time", () => {
    expect(startOfDay("2026-11-21", SHANGHAI).toISOString()).toBe("2026-11-20T16:00:00.000Z");
    expect(startOfDay("1986-05-04", SHANGHAI).toISOString()).toBe("1986-05-03T16:00:00.000Z");
    expect(startOfDay("1986-05-05", SHANGHAI).toISOString()).toBe("1986-05-04T15:00:00.000Z");
    expect(startOfDay("1991-09-15", SHANGHAI).toISOString()).toBe("1991-09-14T15:00:00.000Z");
    expect(startOfDay("1991-09-16", SHANGHAI).toISOString()).toBe("1991-09-15T16:00:00.000Z");
  });

  test("is 23 or 25 hours long when the clocks change", () => {
    const hours = (day: string) => (endOfDay(day, SHANGHAI).getTime() - startOfDay(day, SHANGHAI).getTime()) / 3_600_000;
    expect([hours("1986-05-04"), hours("1986-09-14"), hours("2026-11-21")]).toEqual([23, 25, 24]);
  });

  test("begins after the hour that the clocks jump over, where that hour is midnight", () => {
    expect(startOfDay("2003-10-19", "America/Sao_Paulo").toISOString()).toBe("2003-10-19T03:00:00.000Z");
  });

  test("holds its first instant and not the one before, in every zone we have thought of", () => {
    const zones = fc.constantFrom(SHANGHAI, "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Kathmandu", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Auckland", "UTC");
    fc.assert(fc.property(dayBetween("1980-01-01", 20_000), zones, (day, zone) => {
      const start = startOfDay(day, zone);
      expect(dayOf(start, zone)).toBe(day);
      expect(dayOf(new Date(start.getTime() - 1), zone)).toBe(addDays(day, -1));
    }), { numRuns: 2_000 });
  });

  test("is the day whose bounds an instant lies in", () => {
    fc.assert(fc.property(fc.integer({ min: from, max: Date.parse("2040-01-01T00:00:00Z") }), (ms) => {
      const day = dayOf(new Date(ms), SHANGHAI);
      expect(startOfDay(day, SHANGHAI).getTime()).toBeLessThanOrEqual(ms);
      expect(endOfDay(day, SHANGHAI).getTime()).toBeGreaterThan(ms);
    }));
  });
});

test("a month on is the same day, or the last one of a shorter month", () => {
  expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
  expect(addMonths("2028-01-31", 1)).toBe("2028-02-29");
  expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
  expect(addMonths("2026-12-31", 2)).toBe("2027-02-28");
  expect(addMonths("2028-02-29", 12)).toBe("2029-02-28");
  expect(addMonths("2026-05-15", -17)).toBe("2024-12-15");
});

test("days are counted over months, leap days and years", () => {
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
});

test("the clock on the wall tells hour, minute and weekday of the shop's own zone", () => {
  expect(wallClock(new Date("2026-11-21T15:59:59Z"), SHANGHAI)).toEqual({ day: "2026-11-21", hour: 23, minute: 1_439, weekday: 6 });
  expect(wallClock(new Date("2026-11-21T16:00:00Z"), SHANGHAI)).toEqual({ day: "2026-11-22", hour: 0, minute: 0, weekday: 0 });
  expect([monthOf("2026-11-21"), weekdayOf("2026-11-23")]).toEqual(["2026-11", 1]);
});

test("a zone that does not exist is none", () => {
  expect([isZone(SHANGHAI), isZone("Asia/Atlantis"), isZone("'; drop")]).toEqual([true, false, false]);
});
