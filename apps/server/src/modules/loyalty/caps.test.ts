import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { clock } from "../../../test/server.ts";
import { orderId, tillTenant, type TillTenant } from "../../../test/till.ts";

const rule = async (tenant: TillTenant, body: object) => {
  const reply = await tenant.console.post("/earn-rules", { name: "活动", ...body });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body as { id: string };
};

const pay = async (tenant: TillTenant, memberId: string, unitPriceFen = 10_000): Promise<number> => {
  const id = orderId();
  const { status, body } = await tenant.till.post(`/quotes/${id}:commit`, {
    storeId: tenant.storeId, channel: "pos", memberId, lines: [{ lineId: "1", sku: "X", name: "火锅", category: "锅底", quantity: 1, unitPriceFen }], tenders: [{ kind: "cash" }],
  }, { key: `${id}-key` });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.pointsEarned;
};

const earnedBy = (tenant: TillTenant) => tenant.inScope(async (scope) => (await scope.tx.rows<{ points: number }>(
  "select coalesce(sum(points_earned), 0)::int as points from commerce.\"order\" where tenant_id = $1", [scope.tenantId]))[0]?.points ?? 0);

test("a budget is spent to the last point and not beyond, by sixty orders at once in both batches", async () => {
  const tenant = await tillTenant();
  const members = [tenant.memberId, ...await Promise.all(Array.from({ length: 5 }, () => tenant.guest(0, 0, 0)))];
  const { id } = await rule(tenant, { bonusPoints: 7, budget: 100 });
  await Promise.all(Array.from({ length: 60 }, (_, at) => pay(tenant, members[at % members.length] ?? "", 100)));
  expect(await earnedBy(tenant)).toBe(60 + 100);
  expect((await tenant.console.get("/earn-rules")).body.items).toMatchObject([{ id, budget: 100, budgetUsed: 100 }]);
  expect(await pay(tenant, tenant.memberId, 100)).toBe(1);
});

test("a member's cap of a day holds within a batch and opens again the next day; the cap for ever does not", async () => {
  const tenant = await tillTenant();
  await rule(tenant, { bonusPoints: 10, maxPerDay: 25, maxPerMember: 40 });
  await Promise.all(Array.from({ length: 12 }, () => pay(tenant, tenant.memberId, 100)));
  expect(await earnedBy(tenant)).toBe(12 + 25);
  clock.advance(86_400_000);
  await Promise.all(Array.from({ length: 5 }, () => pay(tenant, tenant.memberId, 100)));
  expect(await earnedBy(tenant)).toBe(17 + 40);
});

test("the program's own cap of a day bounds everything that a member earns, and the quote says so before", async () => {
  const tenant = await tillTenant();
  await tenant.console.put("/points-program", { earn: { points: 1, perFen: 100 }, spend: { points: 100, fen: 100 }, maxPerDay: 150, maxPerOrder: 120 });
  expect(await pay(tenant, tenant.memberId, 20_000)).toBe(120);
  const quote = await tenant.till.put(`/quotes/${orderId()}`, {
    storeId: tenant.storeId, channel: "pos", memberId: tenant.memberId, lines: [{ lineId: "1", sku: "X", name: "火锅", quantity: 1, unitPriceFen: 20_000 }],
  });
  expect(quote.body.pointsEarned).toBe(30);
  expect(await pay(tenant, tenant.memberId, 20_000)).toBe(30);
});

test("without a rule that counts, no counter is read or written", async () => {
  const tenant = await tillTenant();
  await rule(tenant, { multiplierPercent: 200 });
  expect(await pay(tenant, tenant.memberId)).toBe(200);
  expect(await tenant.inScope((scope) => scope.tx.rows("select 1 from loyalty.points_counter where tenant_id = $1", [scope.tenantId]))).toEqual([]);
});

test("the statement names the rules that added points, and a birthday rule counts on the day only", async () => {
  const tenant = await tillTenant();
  const today = new Date(clock.now().getTime() + 8 * 3_600_000).toISOString();
  await tenant.console.patch(`/members/${tenant.memberId}`, { birthday: { calendar: "solar", month: Number(today.slice(5, 7)), day: Number(today.slice(8, 10)) } });
  await rule(tenant, { name: "生日双倍", multiplierPercent: 200, birthday: "day" });
  expect(await pay(tenant, tenant.memberId)).toBe(200);
  const { body } = await tenant.console.get(`/members/${tenant.memberId}/points-entries`);
  expect(body.items[0]).toMatchObject({ kind: "earn", points: 200, reason: "生日双倍" });
  expect(await pay(tenant, await tenant.guest(0, 0, 0))).toBe(100);
});

test("a check-in earns once for each reference, within its cap, and never by an order", async () => {
  const tenant = await tillTenant();
  const door = await tenant.open(["points:write"]);
  const say = (reference: string, extra: object = {}) => door.post(`/members/${tenant.memberId}/points:earn`, { source: "check-in", reference, ...extra }, { key: randomUUID() });
  expect(await say("d0")).toMatchObject({ status: 200, body: { points: 0, repeated: false } });
  await rule(tenant, { name: "签到", bonusPoints: 5, sources: ["check-in"], maxPerDay: 12 });
  expect(await say("d1")).toMatchObject({ body: { points: 5, repeated: false, balance: { active: 1_005 } } });
  expect(await say("d1")).toMatchObject({ body: { points: 5, repeated: true, balance: { active: 1_005 } } });
  const rest = await Promise.all(["d2", "d3", "d4", "d2"].map((reference) => say(reference)));
  expect(rest.map((one) => one.status)).toEqual([200, 200, 200, 200]);
  expect((await tenant.console.get(`/members/${tenant.memberId}`)).body.points.active).toBe(1_012);
  expect(await pay(tenant, tenant.memberId)).toBe(100);
  const other = await joinMember(tenant);
  expect(await door.post(`/members/${other.memberId}/points:earn`, { source: "check-in", reference: "d1" }, { key: randomUUID() }))
    .toMatchObject({ status: 409, body: { code: "loyalty/other-members-event" } });
  expect((await door.post(`/members/${other.memberId}/points:earn`, { source: "order", reference: "o" }, { key: randomUUID() })).status).toBe(422);
});

test("a rule has to do something, and a draft is tried out without being kept", async () => {
  const tenant = await tillTenant();
  expect((await tenant.console.post("/earn-rules", { name: "空" })).body.errors[0].field).toBe("multiplierPercent");
  expect((await tenant.console.post("/earn-rules", { name: "空", multiplierPercent: 200, sources: ["review"] })).body.errors[0].field).toBe("bonusPoints");
  await rule(tenant, { name: "双倍", multiplierPercent: 200 });
  const tried = await tenant.console.post("/earn-rules:try", { amountFen: 10_000, draft: { name: "满百加十", bonusPoints: 10, minNetFen: 10_000 } });
  expect(tried).toMatchObject({ status: 200, body: { points: 210, base: 100 } });
  expect((await tenant.console.post("/earn-rules:try", { amountFen: 9_999, draft: { bonusPoints: 10, minNetFen: 10_000 } })).body.points).toBe(200);
  expect((await tenant.console.get("/earn-rules")).body.items).toHaveLength(1);
});

test("a top-up earns by its own rate, once, when such a rule is there", async () => {
  const tenant = await tillTenant();
  await rule(tenant, { name: "充值送积分", rate: { points: 1, perFen: 1_000 }, sources: ["top-up"] });
  const plan = await tenant.console.post("/top-up-plans", { name: "充100送10", payFen: 10_000, principalFen: 10_000, bonusFen: 1_000 });
  const done = await tenant.console.post(`/members/${tenant.memberId}/stored-value:top-up`, { planId: plan.body.id, payment: "cash", storeId: tenant.storeId }, { key: randomUUID() });
  expect(done.status, JSON.stringify([plan.body, done.body])).toBeLessThan(300);
  await tenant.drain();
  expect((await tenant.console.get(`/members/${tenant.memberId}`)).body.points.active).toBe(1_010);
  expect((await tenant.console.get(`/members/${tenant.memberId}/points-entries`)).body.items[0]).toMatchObject({ kind: "earn.top-up", points: 10, orderId: null });
});

test("staff note a review, a referral and an activity, each earning by the rule bound to its source and by no other", async () => {
  const tenant = await tillTenant();
  const bonus = { review: 3, referral: 20, activity: 50 };
  for (const [source, bonusPoints] of Object.entries(bonus)) await rule(tenant, { name: source, bonusPoints, sources: [source] });
  const note = (source: string, reference: string) => tenant.console.post(`/members/${tenant.memberId}/points:earn`, { source, reference }, { key: randomUUID() });
  for (const [source, points] of Object.entries(bonus)) expect(await note(source, `${source}-1`)).toMatchObject({ status: 200, body: { source, points, repeated: false } });
  expect((await note("review", "activity-1")).body.points).toBe(3);
  expect((await tenant.console.get(`/members/${tenant.memberId}/points-entries`)).body.items.map((one: { kind: string }) => one.kind)).toEqual(
    ["earn.review", "earn.activity", "earn.referral", "earn.review", "opening"]);
  expect((await (await tenant.as("cashier")).post(`/members/${tenant.memberId}/points:earn`, { source: "activity", reference: "x" }, { key: randomUUID() })).status).toBe(403);
});

test("a member checks in once a day, where a rule gives something for it", async () => {
  const tenant = await tillTenant();
  const member = await joinMember(tenant);
  expect((await member.get("/me/check-in")).body).toEqual({ isOpen: false, isDone: false });
  expect(await member.post("/me/check-in")).toMatchObject({ status: 409, body: { code: "loyalty/no-check-in" } });
  await rule(tenant, { name: "签到", bonusPoints: 5, sources: ["check-in"] });
  const answers = await Promise.all(Array.from({ length: 5 }, () => member.post("/me/check-in")));
  expect(answers.map(({ body }) => `${body.points}/${body.balance.active}`)).toEqual(Array(5).fill("5/5"));
  expect((await member.get("/me/check-in")).body).toEqual({ isOpen: true, isDone: true });
  clock.advance(-5_000);
  expect((await member.post("/me/check-in")).body, "by a clock that is a moment behind").toMatchObject({ points: 5, repeated: true, balance: { active: 5 } });
  clock.advance(86_405_000);
  expect((await member.post("/me/check-in")).body).toMatchObject({ points: 5, repeated: false, balance: { active: 10 } });
});
