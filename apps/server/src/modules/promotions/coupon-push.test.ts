import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { batchOfMembers, joinMember } from "../../../test/member.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { standingConditions } from "../loyalty/index.ts";
import { writePage } from "./coupon-push.page.ts";
import { pushTask } from "./coupon-push.run.ts";

const TEMPLATE = { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 } };

async function live(tenant: TestTenant, more: object = {}): Promise<string> {
  const { body } = await tenant.console.post("/coupon-templates", { ...TEMPLATE, ...more });
  expect((await tenant.console.post(`/coupon-templates/${body.id}:publish`)).status).toBe(200);
  return body.id;
}

const push = (tenant: TestTenant, id: string, body: object) => tenant.console.post(`/coupon-templates/${id}:push`, { name: "国庆", ...body }, { key: randomUUID() });
const get = async (tenant: TestTenant, id: string) => (await tenant.console.get(`/coupon-pushes/${id}`)).body;
const issuedTo = (tenant: TestTenant, pushId: string) => tenant.inScope((scope) => scope.tx.rows<{ member_id: string; state: string }>(
  "select member_id, state from promotions.coupon where tenant_id = $1 and push_id = $2", [scope.tenantId, pushId]));

test("a push reaches everybody of its audience once, and says how far it is", async () => {
  const tenant = await freshTenant();
  const crowd = await batchOfMembers(tenant, 120);
  const id = await live(tenant, { perMember: 1 });
  const { status, body } = await push(tenant, id, { audience: {} });
  expect([status, body]).toMatchObject([202, { state: "running", total: 120, looked: 0, kind: "audience", templateName: "满100减20" }]);
  await tenant.drain();
  expect(await get(tenant, body.id)).toMatchObject({ state: "done", total: 120, looked: 120, issued: 120, refused: 0 });
  expect(new Set((await issuedTo(tenant, body.id)).map((row) => row.member_id))).toEqual(new Set(crowd));
  const { body: again } = await push(tenant, id, { audience: {} });
  await tenant.drain();
  expect(await get(tenant, again.id)).toMatchObject({ state: "done", looked: 120, issued: 0, refused: 120 });
  expect((await tenant.console.get(`/coupon-templates/${id}`)).body.issued).toBe(120);
});

test("an audience is by tag, store, last order and joining, and its size is told before", async () => {
  const tenant = await freshTenant();
  const [a, b, c] = [await joinMember(tenant), await joinMember(tenant), await joinMember(tenant)];
  await tenant.console.post(`/members/${a.memberId}/tags`, { tag: "常客" });
  await tenant.inScope((scope) => scope.tx.rows(
    "insert into loyalty.standing (tenant_id, member_id, orders, last_order_at) values ($1, $2, 3, $3)", [scope.tenantId, b.memberId, new Date("2026-01-15T04:00:00Z")]));
  const count = async (audience: object) => (await tenant.console.post("/coupon-audience:count", { audience })).body.members;
  expect(await Promise.all([{}, { tags: ["常客"] }, { hasOrdered: true }, { hasOrdered: false }, { lastOrderUntil: "2026-01-15" }, { lastOrderUntil: "2026-01-14" },
    { storeIds: [tenant.storeId] }, { storeIds: [tenant.regionId] }, { joinedUntil: "2020-01-01" }, { tierIds: [randomUUID()] }].map(count)))
    .toEqual([3, 1, 1, 2, 1, 0, 3, 0, 0, 0]);
  const { body } = await push(tenant, await live(tenant), { audience: { tags: ["常客"] } });
  await tenant.drain();
  expect((await issuedTo(tenant, body.id)).map((row) => row.member_id)).toEqual([a.memberId]);
  expect((await c.get("/me/coupons")).body.items).toEqual([]);
});

test("a list of phones and member numbers names the lines that are nobody", async () => {
  const tenant = await freshTenant();
  const { body: member } = await tenant.console.post("/members:quick-register", { phone: "13712345670", name: "王小明", storeId: tenant.storeId });
  const { memberNo } = (await tenant.console.get(`/members/${member.id}`)).body;
  const other = await joinMember(tenant);
  const otherNo = (await other.get("/me")).body.memberNo;
  const { body } = await push(tenant, await live(tenant), { lines: ["137 1234 5670", memberNo, otherNo, "19900000001", "王"] });
  expect(body).toMatchObject({ kind: "list", total: 2, unknown: ["19900000001", "王"] });
  await tenant.drain();
  expect(await get(tenant, body.id)).toMatchObject({ state: "done", issued: 2 });
  expect((await push(tenant, await live(tenant), {})).body.errors).toMatchObject([{ field: "audience" }]);
});

test("two runners of one push, and one that is killed in the middle, leave nobody out and give nobody two", async () => {
  const tenant = await freshTenant();
  await batchOfMembers(tenant, 200);
  const { body } = await push(tenant, await live(tenant, { stock: 200, perMember: 1 }), { audience: {} });
  await expect(tenant.inScope(async (scope) => {
    await writePage(scope, standingConditions, body.id);
    throw new Error("killed");
  })).rejects.toThrow("killed");
  expect(await get(tenant, body.id)).toMatchObject({ state: "running", looked: 0 });
  await Promise.all(Array.from({ length: 4 }, () => tenant.inScope((scope) => writePage(scope, standingConditions, body.id))));
  clock.advance(60_000);
  await tenant.runSchedule("promotions.resume-pushes");
  await tenant.drain();
  expect(await get(tenant, body.id)).toMatchObject({ looked: 200, issued: 200 });
  expect(new Set((await issuedTo(tenant, body.id)).map((row) => row.member_id)).size).toBe(200);
});

test("a push that two workers run takes what the stock has left and says that it ran out; claims at the same time stay exact, one a member", async () => {
  const tenant = await freshTenant();
  await batchOfMembers(tenant, 100);
  const claimers = await Promise.all(Array.from({ length: 10 }, () => joinMember(tenant)));
  const id = await live(tenant, { stock: 60, perMember: 1 });
  const { body } = await push(tenant, id, { audience: {} });
  const worker = () => pushTask(standingConditions).run({ tenantId: tenant.tenantId, pushId: body.id }, tenant.server.installation.database);
  const claims = [...claimers, ...claimers].map((member) => member.post(`/coupon-templates/${id}:claim`, {}, { key: randomUUID() }));
  await Promise.all([...claims, worker(), worker()]);
  await tenant.drain();
  const after = await get(tenant, body.id);
  expect(after).toMatchObject({ state: "failed", reason: "out-of-stock" });
  expect((await tenant.console.get(`/coupon-templates/${id}`)).body.issued).toBe(60);
  const [found] = await tenant.inScope((scope) => scope.tx.rows("select count(*)::int as coupons, count(distinct member_id)::int as members from promotions.coupon where tenant_id = $1 and template_id = $2", [scope.tenantId, id]));
  expect(found).toEqual({ coupons: 60, members: 60 });
});

test("a push is cancelled, and revoked with a reason; used coupons stay, and who did it is on record", async () => {
  const tenant = await freshTenant();
  await batchOfMembers(tenant, 30);
  const { body: stopped } = await push(tenant, await live(tenant), { audience: {} });
  expect((await tenant.console.post(`/coupon-pushes/${stopped.id}:cancel`)).body.state).toBe("cancelled");
  expect((await tenant.console.post(`/coupon-pushes/${stopped.id}:cancel`)).body.code).toBe("promotions/push-over");
  await tenant.drain();
  expect(await get(tenant, stopped.id)).toMatchObject({ state: "cancelled", issued: 0 });
  const { body } = await push(tenant, await live(tenant), { audience: {} });
  await tenant.drain();
  const [one] = await tenant.inScope((scope) => scope.tx.rows<{ code: string }>("select code from promotions.coupon where tenant_id = $1 and push_id = $2 limit 1", [scope.tenantId, body.id]));
  const partner = await tenant.open(["coupons:write"]);
  expect((await partner.post("/coupons:redeem", { code: one?.code, reference: "o-1" }, { key: randomUUID() })).status).toBe(200);
  expect((await tenant.console.post(`/coupon-pushes/${body.id}:revoke`, { reason: "发错人群" })).body.state).toBe("revoking");
  await tenant.drain();
  expect(await get(tenant, body.id)).toMatchObject({ state: "revoked", revoked: 29, redeemed: 1, reason: "发错人群" });
  const states = Map.groupBy(await issuedTo(tenant, body.id), (row) => row.state);
  expect([states.get("void")?.length, states.get("redeemed")?.length]).toEqual([29, 1]);
  const { body: audit } = await tenant.console.get(`/audit-entries?subject=${body.id}`);
  expect(audit.items.map((entry: { action: string }) => entry.action)).toContain("coupon-push.revoke");
});

test("a pool of codes: made or taken over, each used once, by whoever types it, in whatever case", async () => {
  const tenant = await freshTenant();
  const id = await live(tenant, { stock: 25 });
  const { body: pool } = await tenant.console.post(`/coupon-templates/${id}:generate-codes`, { name: "传单", count: 20 }, { key: randomUUID() });
  await tenant.drain();
  expect(await get(tenant, pool.id)).toMatchObject({ kind: "codes", state: "done", issued: 20 });
  const { body: codes } = await tenant.console.get(`/coupon-pushes/${pool.id}/codes?limit=15`);
  const { body: rest } = await tenant.console.get(`/coupon-pushes/${pool.id}/codes?limit=15&cursor=${codes.nextCursor}`);
  expect(new Set([...codes.items, ...rest.items].map((one: { code: string }) => one.code)).size).toBe(20);
  const take = (list: string[]) => tenant.console.post(`/coupon-templates/${id}:import-codes`, { name: "印刷厂", codes: list }, { key: randomUUID() });
  const { status, body: taken } = await take(["spring-0001", " SPRING 0002 ", "ｓｐｒｉｎｇ０００３", "spring 0001", "no", codes.items[0].code]);
  expect([status, taken]).toMatchObject([201, { issued: 3, refused: 2, taken: expect.arrayContaining(["no", codes.items[0].code]) }]);
  const till = await tenant.as("cashier");
  expect((await till.post("/coupons:lookup", { code: "spring 0003" })).body).toMatchObject({ memberId: null, state: "usable", isUsable: true });
  expect((await take(["aaaa1", "aaaa2", "aaaa3"])).body).toMatchObject({ code: "promotions/out-of-stock" });
});
