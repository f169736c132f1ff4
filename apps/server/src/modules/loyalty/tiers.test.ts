import { expect, test } from "vitest";
import { joinMember, batchOfMembers } from "../../../test/member.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { lockMembers } from "../customers/index.ts";
import { currentProgram, type Program } from "./program.ts";
import { earnedTier, missingFor, qualifying, tierOf, windowAt } from "./qualifying.ts";
import { heldColumn, Parameters, rankColumn, sumsOf } from "./reach.ts";
import { addGrowth, addToStanding, readStandings, upgrade, writeStandings } from "./standing.ts";

const DAY_MS = 86_400_000;
const ZONE = "Asia/Shanghai";

async function withTiers(tenant: TestTenant, tiers: object[] = [{ name: "普卡" }, { name: "银卡", spendFen: 100_000 }, { name: "金卡", spendFen: 500_000 }]): Promise<string[]> {
  const ids: string[] = [];
  for (const [rank, tier] of tiers.entries()) {
    const reply = await tenant.console.post("/tiers", { rank, ...tier });
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    ids.push(reply.body.id as string);
  }
  return ids;
}

const spend = (tenant: TestTenant, memberId: string, fen: number, growth = 0) => tenant.inScope(async (scope) => {
  await lockMembers(scope, [memberId]);
  const [standings, program] = [await readStandings(scope, [memberId]), await currentProgram(scope)];
  const standing = standings.get(memberId);
  if (!standing) throw new Error("no standing");
  addToStanding(standing, scope.now, scope.zone, fen, 1);
  if (growth > 0) addGrowth(standing, scope.now, scope.zone, growth);
  const change = upgrade(standing, program, scope.now, scope.zone);
  writeStandings(scope, [standing], change ? [change] : []);
});

async function night(tenant: TestTenant): Promise<void> {
  await tenant.runSchedule("loyalty.tiers-nightly");
  await tenant.drain();
}

const of = async (tenant: TestTenant, memberId: string) => (await tenant.console.get(`/members/${memberId}`)).body.tier;
const set = async (tenant: TestTenant, body: object) => expect((await tenant.console.put("/tier-program", body)).status).toBe(200);

test("windows: the months that count, by the calendar, rolling, and from the month of the first order", () => {
  const program = (tierWindowKind: Program["tierWindowKind"]) => ({ tierWindowKind, tierWindowMonths: 12 }) as Program;
  const window = (kind: Program["tierWindowKind"], at: string, first = "2025-05-20T04:00:00Z") => {
    const { first: from, last } = windowAt({ firstOrderAt: new Date(first) }, program(kind), new Date(at), ZONE);
    return `${from}/${last}`;
  };
  expect(window("rolling", "2026-11-21T04:00:00Z")).toBe("2025-12/2026-11");
  expect(window("calendar-year", "2026-12-31T17:00:00Z")).toBe("2027-01/2027-12");
  expect(window("calendar-quarter", "2026-11-21T04:00:00Z")).toBe("2026-10/2026-12");
  expect(window("anniversary", "2026-04-30T04:00:00Z")).toBe("2025-05/2026-04");
  expect(window("anniversary", "2026-05-01T04:00:00Z")).toBe("2026-05/2027-04");
});

test("growth value counts amounts, visits and what sources gave; all conditions or any of them", async () => {
  const tenant = await freshTenant();
  await withTiers(tenant, [{ name: "普卡" }, { name: "银卡", growth: 1_000 }, { name: "金卡", growth: 2_000, visits: 3, condition: "all" }]);
  await set(tenant, { growth: { points: 1, perFen: 100, perVisit: 100 } });
  const { memberId } = await joinMember(tenant);
  await spend(tenant, memberId, 80_000);
  expect(await of(tenant, memberId)).toMatchObject({ name: "普卡", counted: { growth: 900 }, next: { name: "银卡", missing: { growth: 100 } } });
  await spend(tenant, memberId, 0, 5_000);
  expect(await of(tenant, memberId)).toMatchObject({ name: "银卡", next: { name: "金卡", condition: "all", missing: { growth: 0, visits: 1 } } });
  await spend(tenant, memberId, 100);
  expect((await of(tenant, memberId)).name).toBe("金卡");
});

test("a member is told before the term ends what would follow and what is missing; grace is kept, then it is one step or all", async () => {
  const tenant = await freshTenant();
  await withTiers(tenant);
  await set(tenant, { graceDays: 10, noticeDays: 30, downgrade: "balance-based" });
  // Not on the first of a month, whose spend would still count at the term's end.
  clock.toMidMonth(ZONE);
  const member = await joinMember(tenant);
  await spend(tenant, member.memberId, 600_000);
  const term = Date.parse((await of(tenant, member.memberId)).until as string) - clock.now().getTime();
  clock.advance(term - 15 * DAY_MS);
  expect((await of(tenant, member.memberId)).projected).toMatchObject({ name: "普卡", isKept: false, missing: { spendFen: 500_000 } });
  await night(tenant);
  await night(tenant);
  const { body } = await tenant.console.get(`/members/${member.memberId}/timeline`);
  expect(body.items.filter((entry: { kind: string }) => entry.kind === "loyalty.tier-ending")).toMatchObject([{ tier: "金卡", to: "普卡", missing: { spendFen: 500_000 } }]);
  clock.advance(20 * DAY_MS);
  await night(tenant);
  expect((await of(tenant, member.memberId)).name).toBe("金卡");
  clock.advance(6 * DAY_MS);
  await night(tenant);
  expect((await of(tenant, member.memberId)).name).toBe("普卡");
});

test("a tier given by hand holds whatever was earned, ends on its day with what was earned, and can be taken back", async () => {
  const tenant = await freshTenant();
  const [, silver, gold] = await withTiers(tenant);
  const { memberId } = await joinMember(tenant);
  const until = new Date(clock.now().getTime() + 20 * DAY_MS).toISOString().slice(0, 10);
  const grant = (tierId: string | undefined, day = until) => tenant.console.post(`/members/${memberId}/tier:grant`, { tierId, until: day, reason: "异业合作" });
  expect(await grant(gold, "2020-01-01")).toMatchObject({ status: 422 });
  expect(await grant(gold)).toMatchObject({ status: 200, body: { tierName: "金卡", until, by: "林掌柜" } });
  expect(await of(tenant, memberId)).toMatchObject({ name: "金卡", isGranted: true });
  await night(tenant);
  expect((await of(tenant, memberId)).name).toBe("金卡");
  clock.advance(22 * DAY_MS);
  await night(tenant);
  expect(await of(tenant, memberId)).toMatchObject({ name: "普卡", isGranted: false });
  await spend(tenant, memberId, 600_000);
  expect((await of(tenant, memberId)).name).toBe("金卡");
  await grant(silver, new Date(clock.now().getTime() + 20 * DAY_MS).toISOString().slice(0, 10));
  await spend(tenant, memberId, 600_000);
  await night(tenant);
  expect(await of(tenant, memberId)).toMatchObject({ name: "银卡", isGranted: true });
  expect((await tenant.console.post(`/members/${memberId}/tier:revoke`, { reason: "申诉成立" })).status).toBe(200);
  expect(await of(tenant, memberId)).toMatchObject({ name: "金卡", isGranted: false });
  expect(await tenant.console.post(`/members/${memberId}/tier:revoke`, { reason: "x" })).toMatchObject({ status: 409, body: { code: "loyalty/no-grant" } });
  expect((await tenant.console.get(`/members/${memberId}/tier-grants`)).body.items).toHaveLength(2);
});

test("changed rules lift members by night without another order; terms of those who keep their tier are renewed as a set", async () => {
  const tenant = await freshTenant();
  const [, , gold] = await withTiers(tenant);
  const ids = await batchOfMembers(tenant, 12);
  for (const [at, id] of ids.entries()) await spend(tenant, id, at < 6 ? 300_000 : 600_000);
  expect((await tenant.console.patch(`/tiers/${gold ?? ""}`, { spendFen: 250_000 })).status).toBe(200);
  await night(tenant);
  expect((await tenant.console.get("/tiers")).body.items.map((tier: { members: number }) => tier.members)).toEqual([0, 0, 12]);
  await set(tenant, { windowMonths: 36 });
  clock.advance(380 * DAY_MS);
  await night(tenant);
  const [row] = await tenant.inScope((scope) => scope.tx.rows<{ ends: number; soonest: Date }>(
    "select count(distinct tier_until)::int as ends, min(tier_until) as soonest from loyalty.standing where tenant_id = $1", [scope.tenantId]));
  expect(row?.ends).toBe(1);
  expect(row?.soonest.getTime()).toBeGreaterThan(clock.now().getTime() + 1_000 * DAY_MS);
});

test("the base tier finds and counts whoever never ordered", async () => {
  const tenant = await freshTenant();
  const [base, silver] = await withTiers(tenant);
  const ids = await batchOfMembers(tenant, 3);
  await spend(tenant, ids[0] ?? "", 200_000);
  const found = async (tierId: string | undefined) => ((await tenant.console.get(`/members?tierId=${tierId ?? ""}`)).body as { items: { id: string }[] }).items.map((row) => row.id).toSorted();
  expect(await found(base)).toEqual(ids.slice(1).toSorted());
  expect(await found(silver)).toEqual([ids[0]]);
  expect((await tenant.console.get("/tiers")).body.items.map((tier: { members: number }) => tier.members)).toEqual([2, 1, 0]);
});

test("the simulation says who would move, by way of the same rules as the till, and moves nobody", async () => {
  const tenant = await freshTenant();
  const tierIds = await withTiers(tenant);
  await tenant.console.put("/points-program", { earn: { points: 1, perFen: 100 }, spend: { points: 100, fen: 100 } });
  const ids = await batchOfMembers(tenant, 10);
  for (const [at, fen] of [0, 50_000, 120_000, 150_000, 300_000, 600_000, 700_000].entries()) if (fen > 0) await spend(tenant, ids[at] ?? "", fen);
  const draft = (silver: number, gold: number, pointsPercent = 100) => tenant.console.post("/tiers:simulate", { tiers: [
    { id: tierIds[0], name: "普卡", rank: 0, spendFen: null, visits: null, growth: null, condition: "any", pointsPercent: 100 },
    { id: tierIds[1], name: "银卡", rank: 1, spendFen: silver, visits: null, growth: null, condition: "any", pointsPercent: 100 },
    { id: tierIds[2], name: "金卡", rank: 2, spendFen: gold, visits: null, growth: null, condition: "any", pointsPercent },
  ] });
  expect((await draft(100_000, 500_000)).body).toMatchObject({ members: 10, up: 0, down: 0, stay: 10, cost: { pointsPerYear: 0 } });
  const { body } = await draft(140_000, 250_000, 150);
  expect(body).toMatchObject({ members: 10, up: 1, down: 1, stay: 8, cost: { pointsPerYear: 8_000, fenPerYear: 8_000 } });
  const cell = (from: string, to: string) => body.cells.find((one: { from: { name: string }; to: { name: string } }) => one.from.name === from && one.to.name === to);
  expect(cell("银卡", "金卡")).toMatchObject({ members: 1, direction: "up", movesAnyway: 0, netFenLastYear: 300_000, samples: [{ id: ids[4] }] });
  expect(cell("银卡", "普卡")).toMatchObject({ members: 1, direction: "down", samples: [{ id: ids[2] }] });
  expect(cell("普卡", "普卡")).toMatchObject({ members: 5 });
  expect((await tenant.console.get("/tiers")).body.items.map((tier: { members: number }) => tier.members)).toEqual([5, 3, 2]);
});

test("a whole base counted by one statement is what each member counted alone is, for every window", async () => {
  const tenant = await freshTenant();
  await withTiers(tenant, [{ name: "普卡" }, { name: "银卡", spendFen: 100_000, visits: 3, condition: "any" }, { name: "金卡", spendFen: 300_000, growth: 900, condition: "all" }]);
  const ids = await batchOfMembers(tenant, 20);
  for (let round = 0; round < 5; round++) {
    for (const [at, id] of ids.entries()) if ((at + round) % 3 !== 0) await spend(tenant, id, ((at * 37 + round * 11) % 13) * 20_000, at % 4 === 0 ? 70 : 0);
    clock.advance(100 * DAY_MS);
  }
  for (const [windowKind, windowMonths] of [["rolling", 5], ["rolling", 12], ["calendar-year", 5], ["calendar-quarter", 5], ["anniversary", 5]]) {
    await set(tenant, { windowKind, windowMonths, growth: { points: 3, perFen: 700, perVisit: 20 } });
    await tenant.inScope(async (scope) => {
      const program = await currentProgram(scope);
      const parameters = new Parameters(scope.tenantId);
      const sums = sumsOf(program, scope.now, scope.zone, parameters.bind);
      const rows = await scope.tx.rows<{ member_id: string; spend: number; visits: number; growth: number; rank: number; held: number }>(
        `select s.member_id, w.spend, w.visits, g.growth, ${rankColumn(program, sums, parameters.bind)} as rank, ${heldColumn(program, parameters.bind)} as held
           from loyalty.standing s ${sums.join} where s.tenant_id = $1`, parameters.values);
      const standings = await readStandings(scope, ids);
      expect(rows.length).toBeGreaterThan(15);
      for (const row of rows) {
        const standing = standings.get(row.member_id);
        if (!standing) throw new Error("no standing");
        const sum = qualifying(standing, program, scope.now, scope.zone);
        expect([row.spend, row.visits, row.growth, row.rank, row.held]).toEqual(
          [sum.spendFen, sum.visits, sum.growth, earnedTier(program, sum)?.rank ?? -1, tierOf(program, standing.tierId)?.rank ?? -1]);
        for (const tier of program.tiers) {
          const rest = Object.values(missingFor(tier, sum));
          const isReached = rest.length === 0 || (tier.condition === "any" ? rest.some((one) => one === 0) : rest.every((one) => one === 0));
          expect(isReached).toBe(tier.rank <= row.rank && (isReached || tier.rank < row.rank));
        }
      }
    });
  }
});
