import { expect, test } from "vitest";
import { clock } from "../../../test/server.ts";
import { joinMember } from "../../../test/member.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { lockMembers } from "../customers/index.ts";
import { currentProgram } from "./index.ts";
import { addToStanding, readStandings, upgrade, writeStandings } from "./standing.ts";

const DAY_MS = 86_400_000;

async function withTiers(tenant: TestTenant): Promise<void> {
  for (const [rank, name, spendFen] of [[0, "普卡", null], [1, "银卡", 100_000], [2, "金卡", 500_000]] as const) {
    expect((await tenant.console.post("/tiers", { name, rank, spendFen })).status).toBe(201);
  }
}

const spend = (tenant: TestTenant, memberId: string, fen: number) => tenant.inScope(async (scope) => {
  await lockMembers(scope, [memberId]);
  const [standings, program] = [await readStandings(scope, [memberId]), await currentProgram(scope)];
  const standing = standings.get(memberId);
  if (!standing) throw new Error("no standing");
  addToStanding(standing, scope.now, scope.zone, fen, 1);
  const change = upgrade(standing, program, scope.now, scope.zone);
  writeStandings(scope, [standing], change ? [change] : []);
});

async function night(tenant: TestTenant): Promise<void> {
  await tenant.runSchedule("loyalty.tiers-nightly");
  await tenant.drain();
}

const tierOf = async (tenant: TestTenant, memberId: string) => (await tenant.console.get(`/members/${memberId}`)).body.tier?.name;

test("nobody goes down inside the term; after it one step, and never below what was earned", async () => {
  const tenant = await freshTenant();
  await withTiers(tenant);
  // Whoever reaches a tier on the first of a month has that month's spend inside the last twelve of the term, too.
  clock.toMidMonth("Asia/Shanghai");
  const { memberId } = await joinMember(tenant);
  await spend(tenant, memberId, 600_000);
  expect(await tierOf(tenant, memberId)).toBe("金卡");
  clock.advance(200 * DAY_MS);
  await night(tenant);
  expect(await tierOf(tenant, memberId)).toBe("金卡");
  clock.advance(200 * DAY_MS);
  await night(tenant);
  expect(await tierOf(tenant, memberId)).toBe("银卡");
  clock.advance(400 * DAY_MS);
  await night(tenant);
  expect(await tierOf(tenant, memberId)).toBe("普卡");
  const { body } = await tenant.console.get(`/members/${memberId}/timeline`);
  expect(body.items.filter((entry: { kind: string }) => entry.kind.includes("tier"))).toHaveLength(2);
});

test("who still meets the conditions keeps the tier for another term", async () => {
  const tenant = await freshTenant();
  await withTiers(tenant);
  const { memberId } = await joinMember(tenant);
  await spend(tenant, memberId, 600_000);
  clock.advance(300 * DAY_MS);
  await spend(tenant, memberId, 500_000);
  clock.advance(70 * DAY_MS);
  await night(tenant);
  const { body: { tier } } = await tenant.console.get(`/members/${memberId}`);
  expect(tier.name).toBe("金卡");
  expect(Date.parse(tier.until)).toBeGreaterThan(clock.now().getTime() + 300 * DAY_MS);
});

test("a night without anything due changes nothing", async () => {
  const tenant = await freshTenant();
  await withTiers(tenant);
  const { memberId } = await joinMember(tenant);
  await spend(tenant, memberId, 600_000);
  await night(tenant);
  const changes = await tenant.inScope((scope) => scope.tx.rows("select reason from loyalty.tier_change where tenant_id = $1", [scope.tenantId]));
  expect(changes).toEqual([{ reason: "upgrade" }]);
});
