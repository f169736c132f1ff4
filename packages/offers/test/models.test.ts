import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { couponAfter } from "../cases/coupon-state.ts";
import type { CouponEvent, CouponStanding } from "../cases/coupon-state.ts";
import { isMatchable, resolveIdentity } from "../cases/identity.ts";
import { burnLots, monthEndExpiry, pointsBalance, takeBack, withBurns } from "../cases/lots.ts";
import type { Lot } from "../cases/lots.ts";
import { mayFollow } from "../cases/order-state.ts";
import { lunarBirthdayOn, lunarMonths, lunarOf } from "../src/index.ts";

const lot = (id: string, remaining: number, activeFrom: number, expiresAt: number | null): Lot => ({ id, remaining, earnedAt: activeFrom, activeFrom, expiresAt });

describe("lots of points", () => {
  it("burn by the nearest expiry, then the oldest, never-expiring last; what is not active does not burn", () => {
    const lots = [lot("never", 50, 0, null), lot("late", 50, 0, 900), lot("soon", 50, 5, 100), lot("older", 50, 1, 100), lot("tomorrow", 50, 99, 100), lot("gone", 50, 0, 10)];
    expect(burnLots(lots, 160, 10)).toEqual([{ lotId: "older", points: 50 }, { lotId: "soon", points: 50 }, { lotId: "late", points: 50 }, { lotId: "never", points: 10 }]);
    expect(burnLots(lots, 201, 10)).toBeNull();
  });

  it("a return takes the order's own lot first, then pending ones, and owes the rest", () => {
    const lots = [lot("a", 30, 0, null), lot("own", 20, 0, null), lot("p", 10, 99, null)];
    expect(takeBack(lots, 70, "own", 1)).toEqual({ burns: [{ lotId: "own", points: 20 }, { lotId: "p", points: 10 }, { lotId: "a", points: 30 }], owed: 10 });
  });

  it("never burn more than a lot has, and what is burned is what the balance loses", () => {
    const lots = fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 20 }), fc.option(fc.integer({ min: 0, max: 40 }))), { maxLength: 8 })
      .map((list) => list.map(([remaining, from, until], i) => lot(String(i), remaining, from, until)));
    fc.assert(fc.property(lots, fc.integer({ min: 0, max: 300 }), (held, points) => {
      const before = pointsBalance(held, 0, 10).active;
      const burns = burnLots(held, points, 10);
      expect(burns === null).toBe(before < points);
      if (!burns) return;
      const after = withBurns(held, burns);
      expect(Math.min(0, ...after.map((one) => one.remaining))).toBe(0);
      expect(pointsBalance(after, 0, 10).active).toBe(before - points);
    }));
  });

  it.each([["2020-07-06T10:00:00+08:00", 12, "2021-07-31T16:00:00.000Z"], ["2026-01-31T23:59:59+08:00", 1, "2026-02-28T16:00:00.000Z"], ["2026-12-31T16:00:00Z", 0, "2027-01-31T16:00:00.000Z"]])(
    "earned %s, %i months on to the month's end in Shanghai: %s", (earned, months, at) => {
      expect(new Date(monthEndExpiry(Date.parse(earned), months, "Asia/Shanghai")).toISOString()).toBe(at);
    });
});

describe("a coupon", () => {
  it("serves one order at a time, whatever happens to it", () => {
    const orders = fc.constantFrom("a", "b");
    const event = fc.oneof(fc.constantFrom<CouponEvent>({ kind: "activate" }, { kind: "expire" }, { kind: "void" }),
      fc.record({ kind: fc.constantFrom("hold" as const, "release" as const, "redeem" as const, "revert" as const), orderId: orders }));
    fc.assert(fc.property(fc.array(event, { maxLength: 20 }), (events) => {
      let coupon: CouponStanding = { state: "pending", orderId: null };
      for (const one of events) {
        const after = couponAfter(coupon, one);
        if (!after) continue;
        const taken = coupon.state === "held" || coupon.state === "redeemed";
        // Whoever has it decides: nobody else takes it, gives it back or ends it.
        if (taken) expect("orderId" in one ? one.orderId : null).toBe(coupon.orderId);
        expect(after.orderId !== null).toBe(after.state === "held" || after.state === "redeemed");
        coupon = after;
      }
    }));
  });

  it("that is void or has expired does not come back", () => {
    for (const state of ["void", "expired"] as const) {
      for (const kind of ["hold", "release", "redeem", "revert"] as const) expect(couponAfter({ state, orderId: null }, { kind, orderId: "a" })).toBeNull();
    }
  });
});

describe("the lunar calendar", () => {
  it.each(Array.from({ length: 120 }, (_, i) => [1950 + i] as const))("%i has 12 or 13 months of 29 or 30 days that follow each other", (year) => {
    const months = lunarMonths(year);
    expect([12, 13]).toContain(months.length);
    expect(months.filter((one) => one.leap).length).toBe(months.length - 12);
    for (const { month, leap, firstOn, days } of months) {
      expect([29, 30]).toContain(days);
      expect(lunarOf(firstOn)).toEqual({ year, month, leap, day: 1 });
    }
  });

  it.each([[{ month: 12, day: 30 }, 2024, {}, "2025-01-28"], [{ month: 12, day: 30 }, 2024, { shortMonth: "next-day" }, "2025-01-29"], [{ month: 6, day: 1, leap: true }, 2025, {}, "2025-07-25"],
    [{ month: 6, day: 1, leap: true }, 2026, {}, "2026-07-14"], [{ month: 6, day: 1, leap: true }, 2026, { missingLeap: "none" }, null], [{ month: 6, day: 1 }, 2025, {}, "2025-06-25"]] as const)(
    "%j in lunar %i with %j is celebrated on %s", (birthday, year, habits, on) => {
      expect(lunarBirthdayOn(birthday, year, habits)).toBe(on);
    });
});

describe("who somebody is", () => {
  const rules = [{ id: "union", limit: 1, priority: 1 }, { id: "phone", limit: 1, priority: 2 }, { id: "device", limit: 9, priority: 3 }];

  it("brings profiles together that share what fits in one", () => {
    expect(resolveIdentity(rules, [{ union: "u1" }, { phone: "13600000001" }], { union: "u1", phone: "13600000001" })).toMatchObject({ result: "merged", profiles: [0, 1] });
  });

  it("lets the least trusted identifier go when they would be two people", () => {
    const found = resolveIdentity(rules, [{ union: "u1", phone: "13600000001" }, { phone: "13600000002", device: "ipad" }], { union: "u1", device: "ipad" });
    expect(found).toEqual({ result: "matched", profiles: [0], identifiers: { union: "u1" }, dropped: [{ id: "device", value: "ipad", staysWith: 1 }] });
  });

  it.each(["", "000-000", "-1", "NULL", "anonymous", "13800138000", "11111111111"])("does not match by %j", (value) => {
    expect(isMatchable(value)).toBe(false);
  });

  it("nor by the shop's own phone", () => {
    expect([isMatchable("13600000009", ["13600000009"]), isMatchable("13600000009")]).toEqual([false, true]);
  });
});

it("a bill ends when it is cancelled", () => {
  expect(["open", "closed", "partially_returned", "cancelled", "lost"].map((to) => mayFollow("cancelled", to))).toEqual([false, false, false, false, false]);
  expect([mayFollow("closed", "open"), mayFollow("closed", "open", { reopening: false }), mayFollow("partially_returned", "open"), mayFollow("open", "partially_returned"), mayFollow("lost", "open")]).toEqual([true, false, false, false, false]);
});
