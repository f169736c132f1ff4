import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { freshTenant } from "../../../test/tenant.ts";

test("a draft without tiers, of a brand that has none, moves nobody", async () => {
  const tenant = await freshTenant();
  await joinMember(tenant);
  const { status, body } = await tenant.console.post("/tiers:simulate", { tiers: [] });
  expect([status, body.up, body.down]).toEqual([200, 0, 0]);
});

test("rules that no base could reach are counted, not refused", async () => {
  const tenant = await freshTenant();
  await joinMember(tenant);
  const tier = { name: "金卡", rank: 99, spendFen: 1_000_000_000, visits: 100_000, growth: 1_000_000_000, condition: "all", pointsPercent: 1_000 };
  for (const body of [{ tiers: [tier] }, { tiers: [tier], program: { windowKind: "rolling", windowMonths: 36, growth: { points: 1_000, perFen: 1, perVisit: 1_000 } } }]) {
    const answer = await tenant.console.post("/tiers:simulate", body);
    expect([answer.status, answer.body.up], JSON.stringify(answer.body)).toEqual([200, 0]);
  }
});
