import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { batchOfMembers, joinMember } from "../../../test/member.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { subscribers } from "./index.ts";

const DAY_MS = 86_400_000;
const TEMPLATE = { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 } };

async function live(tenant: TestTenant, more: object = {}): Promise<string> {
  const { body } = await tenant.console.post("/coupon-templates", { ...TEMPLATE, ...more });
  expect((await tenant.console.post(`/coupon-templates/${body.id}:publish`)).status).toBe(200);
  return body.id;
}

const issue = (tenant: TestTenant, id: string, memberIds: readonly string[]) => tenant.console.post(`/coupon-templates/${id}:issue`, { memberIds }, { key: randomUUID() });
const claim = (member: { post: TestTenant["console"]["post"] }, id: string) => member.post(`/coupon-templates/${id}:claim`, {}, { key: randomUUID() });
const template = async (tenant: TestTenant, id: string) => (await tenant.console.get(`/coupon-templates/${id}`)).body;

test("staff issue a coupon to members; it lies in the wallet with its code and its last day", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const id = await live(tenant);
  const { status, body } = await issue(tenant, id, [member.memberId]);
  expect([status, body.refused]).toEqual([200, []]);
  expect(body.issued[0].code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
  const { body: wallet } = await member.get("/me/coupons?state=usable");
  expect(wallet.items).toMatchObject([{ id: body.issued[0].couponId, name: "满100减20", kind: "amount-off", amountFen: 2_000, state: "usable", isUsable: true, reasons: [] }]);
  expect(wallet.items[0].sentence).toContain("满100减20");
  expect((await member.get("/me")).body.couponsUsable).toBe(1);
  expect((await template(tenant, id)).issued).toBe(1);
});

test("a till finds a coupon by its code, in whatever case and with whatever blanks", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const { body: { issued: [{ code, couponId }] } } = await issue(tenant, await live(tenant), [memberId]);
  const till = await tenant.as("cashier");
  expect((await till.post("/coupons:lookup", { code: ` ${code.toLowerCase().replaceAll("-", " ")} ` })).body).toMatchObject({ id: couponId, memberId });
  expect((await till.post("/coupons:lookup", { code: "AAAA-BBBB-CCCC" })).body.code).toBe("promotions/coupon-unknown");
  const marketer = await tenant.as("marketer");
  expect((await marketer.get(`/coupons?code=${encodeURIComponent(code.toLowerCase())}`)).body.items).toMatchObject([{ id: couponId, memberId }]);
  expect((await marketer.get("/coupons?code=AAAA-BBBB-CCCC")).body.items).toEqual([]);
  expect([(await till.get(`/coupons?code=${code}`)).status, (await marketer.post("/coupons:lookup", { code })).status], "tills redeem codes, managers look them up").toEqual([403, 403]);
});

test("fifty members claim ten coupons at once: ten get one, forty are told that they are used up", async () => {
  const tenant = await freshTenant();
  const id = await live(tenant, { stock: 10 });
  const members = await Promise.all(Array.from({ length: 50 }, () => joinMember(tenant)));
  const replies = await Promise.all(members.map((member) => claim(member, id)));
  expect(replies.filter((reply) => reply.status === 201)).toHaveLength(10);
  expect(replies.filter((reply) => reply.body.code === "promotions/out-of-stock")).toHaveLength(40);
  expect(await template(tenant, id)).toMatchObject({ issued: 10, stock: 10 });
  const allowances = await tenant.inScope((scope) => scope.tx.rows<{ taken: number }>("select sum(taken)::int as taken from promotions.coupon_allowance where tenant_id = $1", [scope.tenantId]));
  expect(allowances).toEqual([{ taken: 10 }]);
});

test("one member who taps twenty times gets as many as one may have", async () => {
  const tenant = await freshTenant();
  const id = await live(tenant, { perMember: 2 });
  const member = await joinMember(tenant);
  const replies = await Promise.all(Array.from({ length: 20 }, () => claim(member, id)));
  expect(replies.filter((reply) => reply.status === 201)).toHaveLength(2);
  expect(replies.filter((reply) => reply.body.code === "promotions/per-member-limit")).toHaveLength(18);
  expect((await member.get("/me/coupons")).body.items).toHaveLength(2);
  expect((await member.get("/coupon-center")).body.items).toMatchObject([{ id, claimed: 2, claimable: false, reasons: [{ code: "used-by-member" }] }]);
});

test("batches that overlap never give a member more than one may have, and stock is all or nothing", async () => {
  const tenant = await freshTenant();
  const id = await live(tenant, { perMember: 1, stock: 60 });
  const crowd = await batchOfMembers(tenant, 60);
  const replies = await Promise.all(Array.from({ length: 6 }, (_, at) => issue(tenant, id, at % 2 ? crowd : crowd.toReversed())));
  expect(replies.map((reply) => reply.status)).toEqual(replies.map(() => 200));
  expect(replies.reduce((sum, { body }) => sum + body.issued.length, 0)).toBe(60);
  expect(await template(tenant, id)).toMatchObject({ issued: 60 });
  const late = await live(tenant, { stock: 5 });
  expect(await issue(tenant, late, crowd.slice(0, 6))).toMatchObject({ status: 409, body: { code: "promotions/out-of-stock", missing: { coupons: 1 } } });
  expect((await template(tenant, late)).issued).toBe(0);
});

test("who is no member here is named, and the others get theirs", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const [{ memberId }, stranger] = [await joinMember(tenant), await joinMember(other)];
  const { body } = await issue(tenant, await live(tenant), [memberId, stranger.memberId]);
  expect(body.issued).toHaveLength(1);
  expect(body.refused).toMatchObject([{ memberId: stranger.memberId, code: "unknown-member" }]);
});

test("a draft, an ended template and another tenant's cannot be issued or claimed", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const member = await joinMember(tenant);
  const { body: draft } = await tenant.console.post("/coupon-templates", TEMPLATE);
  expect((await issue(tenant, draft.id, [member.memberId])).body.code).toBe("promotions/not-issuable");
  expect((await claim(member, draft.id)).status).toBe(404);
  const id = await live(tenant);
  await tenant.console.patch(`/coupon-templates/${id}`, { state: "ended" });
  expect((await issue(tenant, id, [member.memberId])).status).toBe(409);
  expect((await issue(other, await live(tenant), [(await joinMember(other)).memberId])).status).toBe(404);
  expect((await member.get("/me/coupons")).body.items).toEqual([]);
});

test("coupons whose days are over expire as a set, and say so", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const id = await live(tenant, { validity: { kind: "days", days: 1 } });
  await claim(member, id);
  clock.advance(DAY_MS);
  expect((await member.get("/me/coupons?state=usable")).body.items).toEqual([]);
  expect((await member.get("/me/coupons?state=expired")).body.items).toMatchObject([{ state: "expired", isUsable: false, reasons: [{ code: "expired" }] }]);
  await tenant.runSchedule("promotions.expire");
  await tenant.drain();
  const states = await tenant.inScope((scope) => scope.tx.rows("select state from promotions.coupon where tenant_id = $1", [scope.tenantId]));
  expect(states).toEqual([{ state: "expired" }]);
});

test("a coupon is taken away for a reason, once", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const { body: { id } } = await claim(member, await live(tenant));
  expect((await tenant.console.post(`/coupons/${id}:void`, {})).body.errors).toMatchObject([{ field: "reason" }]);
  expect((await tenant.console.post(`/coupons/${id}:void`, { reason: "发错了" })).body).toMatchObject({ state: "void", endedReason: "发错了" });
  expect((await tenant.console.post(`/coupons/${id}:void`, { reason: "再来" })).body.code).toBe("promotions/coupon-unusable");
  expect((await member.get("/me")).body.couponsUsable).toBe(0);
});

test("redeemed coupons are counted when orders are paid, and taken off when they come back", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const id = await live(tenant);
  const { body: coupon } = await claim(member, id);
  const tell = (type: string) => tenant.inScope((scope) => scope.outbox.publishAll(scope, [{ type, payload: { couponIds: [coupon.id], storeId: tenant.storeId, memberId: null } }]));
  const countAfter = async (type: string) => {
    await tell(type);
    await tenant.inScope(async (scope) => {
      const [event] = await scope.tx.rows<{ id: string; type: string; payload: object }>("select id, type, payload from kernel.event where tenant_id = $1 and type = $2", [scope.tenantId, type]);
      if (event) await subscribers[0]?.handle(scope, [{ id: event.id, type: event.type, at: scope.now, subjectId: null, payload: event.payload as Record<string, unknown> }]);
    });
    return (await template(tenant, id)).redeemed;
  };
  expect(await countAfter("commerce.order-paid")).toBe(1);
  expect(await countAfter("commerce.order-returned")).toBe(0);
});
