import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../../test/member.ts";
import { clock } from "../../../../test/server.ts";
import type { TestStaff } from "../../../../test/tenant.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../../test/till.ts";

const HOUR_MS = 3_600_000;

type Step = Record<string, unknown>;
const step = (who: object, more: Step = {}): Step => ({ name: "审批", who, mode: "any", when: {}, ...more });
const roles = (...roleIds: string[]) => ({ kind: "roles", roleIds });
const staff = (...people: TestStaff[]) => ({ kind: "staff", staffIds: people.map((one) => one.staffId) });

/** A shop whose points follow a chain, with somebody who asks. */
async function shop(...steps: Step[]) {
  const tenant = await tillTenant();
  const chain = async (of: Step[], kind = "points") => expect((await tenant.console.put(`/approval-chains/${kind}`, { steps: of })).status).toBe(200);
  if (steps.length > 0) await chain(steps);
  const asker = await tenant.as("store-manager");
  const { memberId } = await joinMember(tenant);
  const ask = (points = 100, who: TestStaff = asker) => who.post(`/members/${memberId}/points:adjust`, { points, reason: "补偿" }, { key: randomUUID() });
  const active = async () => (await tenant.console.get(`/members/${memberId}`)).body.points.active as number;
  return { tenant, asker, chain, ask, active };
}

const approve = (who: Pick<TestStaff, "post">, id: string) => who.post(`/approvals/${id}:approve`, {});
const reject = (who: Pick<TestStaff, "post">, id: string) => who.post(`/approvals/${id}:reject`, { comment: "没有依据" });
const waiting = async (who: Pick<TestStaff, "get">) => ((await who.get("/approvals?view=mine")).body.items as { id: string }[]).map((one) => one.id);

/** An order of 100 yuan a piece. */
async function sell(tenant: TillTenant, quantity = 3): Promise<string> {
  const id = orderId();
  const lines = [{ lineId: "1", sku: "S1", name: "毛肚", quantity, unitPriceFen: 10_000 }];
  const sold = await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant), lines, tenders: [{ kind: "cash" }] }, { key: id });
  expect(sold.status, JSON.stringify(sold.body)).toBe(200);
  return id;
}

test("where nothing was set up, nobody is asked", async () => {
  const { tenant, asker, ask } = await shop();
  expect(await ask(100_000)).toMatchObject({ status: 200, body: { state: "done" } });
  const id = await sell(tenant);
  expect((await asker.post(`/orders/${id}:return`, { whole: true, reason: "退" }, { key: randomUUID() })).status).toBe(200);
  expect((await tenant.console.get("/approvals?view=all")).body.items).toEqual([]);
});

test("small amounts need nobody, larger ones one step, the largest more", async () => {
  const { tenant, chain, ask, active } = await shop();
  const [leader, boss] = [await tenant.as("regional-manager", tenant.regionId), await tenant.as("service")];
  await chain([step({ kind: "leader", roleId: tenant.roleIds["regional-manager"], level: "region" }, { name: "大区", when: { from: 1_000 } }), step(staff(boss), { name: "客服", when: { from: 5_000 } })]);
  expect((await ask(999)).status).toBe(200);
  const middle = await ask(1_000);
  expect(middle).toMatchObject({ status: 202, body: { state: "waiting", stepName: "大区", deciders: ["小周"] } });
  expect(await waiting(leader)).toEqual([middle.body.requestId]);
  expect(await approve(leader, middle.body.requestId)).toMatchObject({ status: 200, body: { state: "approved" } });
  expect(await active()).toBe(1_999);
  const large = (await ask(5_000)).body.requestId as string;
  expect(await approve(leader, large)).toMatchObject({ status: 200, body: { state: "waiting", stepNo: 1, stepName: "客服" } });
  expect(await active()).toBe(1_999);
  expect(await approve(boss, large)).toMatchObject({ body: { state: "approved", chain: [{ state: "done" }, { state: "done" }] } });
  expect(await active()).toBe(6_999);
});

test("a step may be for those who ask from some levels only", async () => {
  const { tenant, chain, ask } = await shop();
  await chain([step(roles(tenant.roleIds.admin), { when: { levels: ["store"] } })]);
  expect((await ask(10)).status).toBe(202);
  expect((await ask(10, await tenant.as("regional-manager", tenant.regionId))).status).toBe(200);
});

test("what one has decided waits for none of the others: their bells and lists are answered, their deputies' too, and whoever agreed is not rung for it", async () => {
  const { tenant, chain, ask } = await shop();
  const [one, other, deputy, last] = [await tenant.as("service"), await tenant.as("service"), await tenant.as("service"), await tenant.as("service")];
  await chain([step(staff(one, other)), step(staff(last, one), { mode: "all" })]);
  const now = clock.now().getTime();
  await other.post("/deputies", { deputyId: deputy.staffId, from: new Date(now).toISOString(), until: new Date(now + HOUR_MS).toISOString() });
  clock.advance(1);
  const unread = () => Promise.all([one, other, deputy, last].map(async (who) => (await who.get("/notification-counts")).body.total as number));
  const id = (await ask()).body.requestId as string;
  expect(await unread()).toEqual([1, 1, 1, 0]);
  await approve(one, id);
  expect(await unread()).toEqual([1, 0, 0, 1]);
  await approve(one, id);
  expect(await unread()).toEqual([0, 0, 0, 1]);
  await approve(last, id);
  expect(await unread()).toEqual([0, 0, 0, 0]);
  const second = (await ask()).body.requestId as string;
  await one.post(`/approvals/${second}:delegate`, { staffId: last.staffId });
  expect(await unread()).toEqual([0, 1, 1, 1]);
  await reject(last, second);
  expect(await unread()).toEqual([0, 0, 0, 0]);
});

test("a chain tells the names of those in it, also of somebody who has left", async () => {
  const { tenant, chain } = await shop();
  const [one, leaver] = [await tenant.as("service"), await tenant.as("service")];
  await chain([step(staff(one, leaver), { timeoutHours: 1, escalateTo: staff(leaver) })]);
  expect((await tenant.console.post(`/staff/${leaver.staffId}:deactivate`)).status).toBeLessThan(300);
  const chains = (await tenant.console.get("/approval-chains")).body.items as { kind: string; people: object[] }[];
  expect(chains.find(({ kind }) => kind === "points")?.people).toEqual([one, leaver].map((person) => ({ id: person.staffId, name: "小周" })));
  expect(chains.find(({ kind }) => kind === "refund")?.people).toEqual([]);
});

test("a colleague to hand something to is found by name, pinyin, initials and account", async () => {
  const { tenant, asker } = await shop();
  await tenant.inScope((scope) => scope.tx.rows("update org.staff set name = '单雄信' where tenant_id = $1 and id = $2", [scope.tenantId, asker.staffId]));
  for (const q of ["单雄", "shanxiong", "SXX"]) expect((await asker.get(`/colleagues?q=${encodeURIComponent(q)}`)).body.items, q).toMatchObject([{ id: asker.staffId, name: "单雄信" }]);
  expect((await asker.get("/colleagues?q=zzz")).body.items).toEqual([]);
  expect((await asker.get("/colleagues")).body.items).toHaveLength(2);
});

test("all of them have to agree, each once, and one refusal ends it", async () => {
  const { tenant, chain, ask, active } = await shop();
  const [one, other] = [await tenant.as("service"), await tenant.as("service")];
  await chain([step(staff(one, other), { mode: "all" })]);
  const first = (await ask()).body.requestId as string;
  expect(await approve(one, first)).toMatchObject({ status: 200, body: { state: "waiting", can: [] } });
  expect(await approve(one, first)).toMatchObject({ status: 409, body: { code: "platform/already-decided" } });
  expect(await approve(other, first)).toMatchObject({ body: { state: "approved" } });
  const second = (await ask()).body.requestId as string;
  expect(await reject(other, second)).toMatchObject({ body: { state: "rejected" } });
  expect((await approve(one, second)).status).toBe(409);
  expect(await active()).toBe(100);
});

test("in a row each waits for the one before", async () => {
  const { tenant, chain, ask } = await shop();
  const [one, other] = [await tenant.as("service"), await tenant.as("service")];
  await chain([step(staff(one, other), { mode: "serial" })]);
  const id = (await ask()).body.requestId as string;
  expect(await waiting(other)).toEqual([]);
  expect(await approve(other, id)).toMatchObject({ status: 403, body: { code: "platform/not-your-decision" } });
  expect((await approve(one, id)).body.state).toBe("waiting");
  expect(await waiting(other)).toEqual([id]);
  expect((await approve(other, id)).body.state).toBe("approved");
});

test("nobody decides on their own, not even as somebody's deputy, and strangers see nothing", async () => {
  const { tenant, asker, chain, ask } = await shop();
  const leader = await tenant.as("service");
  await chain([step(staff(leader, asker))]);
  const id = (await ask()).body.requestId as string;
  const day = { from: new Date(clock.now().getTime() - 1_000).toISOString(), until: new Date(clock.now().getTime() + HOUR_MS).toISOString() };
  expect((await leader.post("/deputies", { deputyId: asker.staffId, ...day })).status).toBe(201);
  expect(await waiting(asker)).toEqual([]);
  expect(await approve(asker, id)).toMatchObject({ status: 409, body: { code: "platform/own-request" } });
  const cashier = await tenant.as("cashier");
  expect((await approve(cashier, id)).status).toBe(403);
  expect((await cashier.get(`/approvals/${id}`)).status).toBe(404);
  expect((await cashier.get("/approvals?view=all")).status).toBe(403);
});

test("fifty who decide at once decide once, and the points move once", async () => {
  const { tenant, chain, ask, active } = await shop();
  const people = await Promise.all(Array.from({ length: 10 }, () => tenant.as("service")));
  await chain([step(roles(tenant.roleIds.service))]);
  const id = (await ask()).body.requestId as string;
  const replies = await Promise.all(Array.from({ length: 50 }, (_, at) => approve(people[at % 10] as TestStaff, id)));
  expect(replies.map((reply) => reply.status).toSorted()).toEqual([200, ...Array.from({ length: 49 }, () => 409)]);
  expect(await active()).toBe(100);
});

test("a decision can be handed to a colleague, who decides in one's place", async () => {
  const { tenant, asker, chain, ask } = await shop();
  const [leader, colleague] = [await tenant.as("service"), await tenant.as("cashier")];
  await chain([step(staff(leader))]);
  const id = (await ask()).body.requestId as string;
  const hand = (to: TestStaff) => leader.post(`/approvals/${id}:delegate`, { staffId: to.staffId, comment: "我在路上" });
  expect((await hand(asker)).status).toBe(422);
  expect(await hand(colleague)).toMatchObject({ status: 200, body: { can: [], waitsFor: ["小周"] } });
  expect((await approve(leader, id)).status).toBe(403);
  expect(await approve(colleague, id)).toMatchObject({ status: 200, body: { state: "approved" } });
  expect((await leader.get(`/approvals/${id}`)).body.history.map((one: { what: string }) => one.what)).toEqual(["asked", "delegated", "approved", "carried-out"]);
});

test("while somebody is away their deputy decides, before and after not", async () => {
  const { tenant, chain, ask } = await shop();
  const [leader, deputy] = [await tenant.as("service"), await tenant.as("cashier")];
  await chain([step(staff(leader))]);
  const now = clock.now().getTime();
  await leader.post("/deputies", { deputyId: deputy.staffId, from: new Date(now + HOUR_MS).toISOString(), until: new Date(now + 3 * HOUR_MS).toISOString(), note: "年假" });
  const [first, second] = [(await ask()).body.requestId as string, (await ask()).body.requestId as string];
  expect((await approve(deputy, first)).status).toBe(403);
  clock.advance(2 * HOUR_MS);
  expect(await waiting(deputy)).toEqual([second, first]);
  expect(await approve(deputy, first)).toMatchObject({ status: 200, body: { state: "approved", chain: [{ seats: [{ person: { id: leader.staffId }, decidedBy: "小周" }] }] } });
  clock.advance(2 * HOUR_MS);
  expect((await approve(deputy, second)).status).toBe(403);
  expect((await approve(leader, second)).status).toBe(200);
});

test("whoever asked may take it back while it waits, nobody else, and then nobody decides", async () => {
  const { tenant, asker, chain, ask, active } = await shop();
  const leader = await tenant.as("service");
  await chain([step(staff(leader))]);
  const id = (await ask()).body.requestId as string;
  expect((await leader.post(`/approvals/${id}:withdraw`, {})).status).toBe(403);
  expect(await asker.post(`/approvals/${id}:withdraw`, { comment: "算错了" })).toMatchObject({ status: 200, body: { state: "withdrawn" } });
  expect((await approve(leader, id)).status).toBe(409);
  expect([await active(), await waiting(leader)]).toEqual([0, []]);
});

test("what nobody decides in time goes a level up, then to the administrators", async () => {
  const { tenant, chain, ask } = await shop();
  const role = tenant.roleIds["regional-manager"];
  const [inCity, inRegion] = [await tenant.as("regional-manager", tenant.cityId), await tenant.as("regional-manager", tenant.regionId)];
  await chain([step({ kind: "leader", roleId: role, level: "city" }, { timeoutHours: 4, escalateTo: { kind: "next-level" } })]);
  const id = (await ask()).body.requestId as string;
  const later = async (hours: number) => {
    clock.advance(hours * HOUR_MS);
    await tenant.runSchedule("platform.approvals-due");
  };
  await later(3);
  expect([await waiting(inCity), await waiting(inRegion)]).toEqual([[id], []]);
  await later(2);
  expect([await waiting(inCity), await waiting(inRegion)]).toEqual([[], [id]]);
  expect((await approve(inCity, id)).status).toBe(403);
  await later(5);
  expect(await waiting(tenant.console)).toEqual([id]);
  expect(await approve(tenant.console, id)).toMatchObject({ status: 200, body: { state: "approved" } });
});

test("a step that nobody holds is refused when it is set up, and goes to the administrators when it comes to be so", async () => {
  const { tenant, chain, ask } = await shop();
  const put = (steps: Step[]) => tenant.console.put("/approval-chains/points", { steps });
  expect(await put([step(roles(tenant.roleIds.auditor))])).toMatchObject({ status: 422, body: { errors: [{ field: "steps.0.who", code: "nobody" }] } });
  const leader = await tenant.as("service");
  await chain([step(staff(leader))]);
  const first = (await ask()).body.requestId as string;
  expect((await tenant.console.post(`/staff/${leader.staffId}:deactivate`)).status).toBeLessThan(300);
  const second = await ask();
  expect(second.body.deciders).toEqual(["林掌柜"]);
  await tenant.runSchedule("platform.approvals-due");
  expect(await waiting(tenant.console)).toEqual([second.body.requestId, first]);
  const fallen = (await tenant.console.get("/audit-entries?action=approval.fall-back")).body.items as object[];
  expect(fallen).toHaveLength(2);
  expect((await ask(10, Object.assign(tenant.console, { staffId: tenant.adminId }) as TestStaff)).body).toMatchObject({ code: "platform/nobody-decides" });
});

test("what cannot be carried out goes on waiting with the reason, and can be done later", async () => {
  const { tenant, asker, chain, ask, active } = await shop();
  const leader = await tenant.as("service");
  await chain([step(staff(leader), { when: { from: 50 } })]);
  const id = (await ask(-100)).body.requestId as string;
  expect(await approve(leader, id)).toMatchObject({ status: 409, body: { code: "platform/not-carried-out", cause: { code: "loyalty/insufficient-points", missing: { points: 100 } } } });
  const still = (await asker.get(`/approvals/${id}`)).body;
  expect(still).toMatchObject({ state: "waiting", hasFailed: true, problem: { code: "loyalty/insufficient-points" }, waitsFor: ["小周"] });
  expect(still.history.map((one: { what: string }) => one.what)).toEqual(["asked", "not-carried-out"]);
  for (let more = 0; more < 3; more++) await ask(49);
  expect(await approve(leader, id)).toMatchObject({ status: 200, body: { state: "approved", hasFailed: false } });
  expect(await active()).toBe(47);
});

test("a refund above an amount waits, is done exactly once, and asks again what an order can give back", async () => {
  const { tenant, asker, chain } = await shop();
  await chain([step(roles(tenant.roleIds.admin), { when: { from: 20_000 } })], "refund");
  const id = await sell(tenant);
  const back = (body: object, key = randomUUID()) => asker.post(`/orders/${id}:return`, { reason: "投诉", ...body }, { key });
  expect((await back({ amountFen: 5_000 })).status).toBe(200);
  // Small ones add up: what has been given back before counts.
  const key = randomUUID();
  const asked = await back({ amountFen: 15_000 }, key);
  expect(asked).toMatchObject({ status: 202, body: { state: "waiting", deciders: ["林掌柜"] } });
  expect(await back({ amountFen: 15_000 }, key)).toMatchObject({ status: 202, body: { requestId: asked.body.requestId } });
  const whole = (await back({ whole: true })).body.requestId as string;
  const order = async () => (await tenant.console.get(`/orders/${id}`)).body;
  expect(await order()).toMatchObject({ refundedFen: 5_000, returns: [{}], waitingRefunds: [{ requestId: asked.body.requestId, deciders: ["林掌柜"] }, { requestId: whole }] });
  expect((await tenant.console.get(`/approvals/${whole}`)).body).toMatchObject({ unit: "fen", amount: 30_000, facts: expect.arrayContaining([expect.objectContaining({ unit: "fen", before: 5_000, value: 30_000 })]) });
  const both = await Promise.all([approve(tenant.console, whole), approve(tenant.console, whole)]);
  expect(both.map((reply) => reply.status).toSorted()).toEqual([200, 409]);
  expect(await order()).toMatchObject({ status: "refunded", refundedFen: 30_000, waitingRefunds: [{ requestId: asked.body.requestId }] });
  expect(await approve(tenant.console, asked.body.requestId)).toMatchObject({ status: 409, body: { code: "platform/not-carried-out", cause: { code: "commerce/refund-too-high" } } });
  expect(await order()).toMatchObject({ refundedFen: 30_000 });
});

test("keys are not asked: whoever gave one out decided on it", async () => {
  const { tenant, chain } = await shop();
  await chain([step(roles(tenant.roleIds.admin))], "refund");
  const id = await sell(tenant);
  expect((await tenant.till.post(`/orders/${id}:return`, { whole: true, reason: "退" }, { key: randomUUID() })).status).toBe(200);
});

test("a pack waits like the rest, and is applied by whoever agrees", async () => {
  const { tenant, chain } = await shop();
  const designer = await tenant.as("admin");
  await chain([step({ kind: "able" })], "pack");
  const file = "pack: club\nversion: 1\nname: 俱乐部\nobjects: [{ key: court, name: 场地 }]\n";
  const asked = await designer.post("/packs:apply", { file, reason: "开新业务" });
  expect(asked).toMatchObject({ status: 202, body: { kind: "pack" } });
  expect((await tenant.console.get("/objects")).body.items.map((one: { key: string }) => one.key)).not.toContain("court");
  expect(await approve(tenant.console, asked.body.requestId)).toMatchObject({ status: 200, body: { state: "approved" } });
  expect((await tenant.console.get("/objects")).body.items.map((one: { key: string }) => one.key)).toContain("court");
});

test("the try-out names who would decide, and why a step is left out", async () => {
  const { tenant, asker, chain } = await shop();
  const leader = await tenant.as("regional-manager", tenant.regionId);
  await chain([step({ kind: "leader", roleId: tenant.roleIds["regional-manager"], level: "region" }, { when: { from: 1_000 } }), step(roles(tenant.roleIds.admin), { when: { from: 5_000 } })]);
  const tried = await tenant.console.post("/approval-chains/points:try", { staffId: asker.staffId, amount: 2_000 });
  expect(tried.body).toMatchObject({ isAsked: true, steps: [{ applies: true, people: [{ id: leader.staffId }] }, { applies: false, leftOut: "amount", people: [] }] });
  expect((await tenant.console.post("/approval-chains/points:try", { staffId: asker.staffId, amount: 999 })).body.isAsked).toBe(false);
  expect((await tenant.console.post("/approval-chains/nothing:try", { staffId: asker.staffId, amount: 1 })).status).toBe(404);
});
