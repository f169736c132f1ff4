import { expect, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";
import { bumpProgram, currentProgram } from "./program.ts";

const PROGRAM = { earn: { points: 1, perFen: 100 }, expiryMonths: 12, spend: { points: 100, fen: 100, maxPercent: 50 } };

test("a tenant without a program sees what would apply, and sets its own", async () => {
  const { console: door } = await freshTenant();
  expect((await door.get("/points-program")).body).toMatchObject({ earn: { points: 0 }, expiry: "never", expiryMonths: null, rules: [], version: 0 });
  const set = await door.put("/points-program", PROGRAM);
  expect(set).toMatchObject({ status: 200, body: { ...PROGRAM, expiry: "months", spend: { ...PROGRAM.spend, step: 100 }, negativePolicy: "show", tierWindowMonths: 12 } });
  expect((await door.get("/points-program")).body).toEqual(set.body);
  expect((await door.put("/points-program", { ...PROGRAM, expiryMonths: null })).body).toMatchObject({ expiry: "never", expiryMonths: null });
});

test("a program that contradicts itself is refused with every wrong field", async () => {
  const { console: door } = await freshTenant();
  const { status, body } = await door.put("/points-program", { earn: { points: -1, perFen: 0 }, spend: { points: 0, fen: 1, maxPercent: 101 } });
  expect([status, body.errors.map((one: { field: string }) => one.field)]).toEqual([422, ["earn.points", "earn.perFen", "spend.points", "spend.maxPercent"]]);
  expect((await door.put("/points-program", { ...PROGRAM, expiry: "never" })).body.errors[0].field).toBe("expiryMonths");
});

test("an earn rule is added, changed and switched off; the program shows it and its version moves on", async () => {
  const { console: door } = await freshTenant();
  await door.put("/points-program", PROGRAM);
  const { status, body: rule } = await door.post("/earn-rules", { name: "周二双倍", multiplierPercent: 200, weekdays: [2], from: "2026-11-01", until: "2026-11-30" });
  expect([status, rule.isActive, rule.tierIds]).toEqual([201, true, []]);
  const before = (await door.get("/points-program")).body.version;
  expect((await door.patch(`/earn-rules/${rule.id}`, { isActive: false, until: null })).body).toMatchObject({ name: "周二双倍", isActive: false, from: "2026-11-01", until: null });
  const { body: program } = await door.get("/points-program");
  expect([program.version, program.rules[0].isActive]).toEqual([before + 1, false]);
  expect((await door.patch(`/earn-rules/${rule.id}`, { until: "2026-10-01" })).body.errors).toMatchObject([{ field: "until" }]);
});

test("a program that was rolled back is nobody's: the next change has the same version", async () => {
  const tenant = await freshTenant();
  await tenant.console.put("/points-program", PROGRAM);
  const rolledBack = tenant.inScope(async (scope) => {
    await bumpProgram(scope);
    await scope.tx.rows("update loyalty.program set earn_points = 99 where tenant_id = $1", [scope.tenantId]);
    expect((await currentProgram(scope)).earnPoints).toBe(99);
    throw new Error("rolled back");
  });
  await expect(rolledBack).rejects.toThrow("rolled back");
  await tenant.console.put("/points-program", { ...PROGRAM, earn: { points: 2, perFen: 100 } });
  expect(await tenant.inScope(async (scope) => (await currentProgram(scope)).earnPoints)).toBe(2);
});

test("tiers stand by rank; a rank is one tier's, and a higher tier asks for more", async () => {
  const { console: door } = await freshTenant();
  expect((await door.post("/tiers", { name: "银卡", rank: 1, spendFen: 100_000, pointsPercent: 120, benefits: ["生日礼"] })).status).toBe(201);
  const { body: gold } = await door.post("/tiers", { name: "金卡", rank: 2, spendFen: 500_000, visits: 30 });
  expect((await door.get("/tiers")).body.items).toMatchObject([{ name: "银卡", visits: null, windowMonths: 12, members: 0 }, { name: "金卡", spendFen: 500_000, visits: 30 }]);
  expect((await door.post("/tiers", { name: "铂金", rank: 2 })).body.errors).toMatchObject([{ field: "rank", code: "taken" }]);
  expect((await door.patch(`/tiers/${gold.id}`, { spendFen: 50_000 })).body.errors).toMatchObject([{ field: "spendFen", code: "out-of-order" }]);
  expect((await door.patch(`/tiers/${gold.id}`, { name: "黑金", color: "#101010" })).body).toMatchObject({ name: "黑金", color: "#101010", spendFen: 500_000 });
});
