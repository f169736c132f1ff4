import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember, type TestMember } from "../../../test/member.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";

const plan = async (tenant: TestTenant, principalFen = 100_000, bonusFen = 20_000): Promise<string> =>
  (await tenant.console.post("/top-up-plans", { name: "充1000送200", principalFen, bonusFen })).body.id;
const topUp = (tenant: TestTenant, { memberId }: Pick<TestMember, "memberId">, planId: string, more: object = {}, key = randomUUID() as string) =>
  tenant.console.post(`/members/${memberId}/stored-value:top-up`, { planId, payment: "cash", storeId: tenant.storeId, ...more }, { key });

test("cash at the till is stored value at once, principal and bonus apart, without an end", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const { status, body } = await topUp(tenant, member, await plan(tenant));
  expect([status, body.status, body.paymentId, body.storedValue]).toEqual([200, "paid", null, { principalFen: 100_000, bonusFen: 20_000 }]);
  expect((await member.get("/me")).body.storedValue).toEqual({ principalFen: 100_000, bonusFen: 20_000, frozenFen: 0 });
  expect((await member.get("/me/stored-value-entries")).body.items).toMatchObject([
    { kind: "top-up", principalFen: 100_000, bonusFen: 20_000, balanceAfterFen: 120_000, topUpId: body.topUpId, orderId: null },
  ]);
  const lots = await tenant.inScope((scope) => scope.tx.rows("select origin_kind, origin_id, expires_at from ledger.lot where tenant_id = $1", [scope.tenantId]));
  expect(lots).toEqual([1, 2].map(() => ({ origin_kind: "top-up", origin_id: body.topUpId, expires_at: null })));
});

test("the same key tops up once; ten keys at once top up ten times", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const planId = await plan(tenant, 10_000, 1_000);
  const first = await topUp(tenant, member, planId, {}, "till-key-1");
  const again = await topUp(tenant, member, planId, {}, "till-key-1");
  expect([again.body, again.headers["idempotency-hit"]]).toEqual([first.body, "true"]);
  expect((await topUp(tenant, member, planId, { payment: "card" }, "till-key-1")).body.code).toBe("idempotency/body-mismatch");
  await Promise.all(Array.from({ length: 10 }, () => topUp(tenant, member, planId)));
  expect((await member.get("/me")).body.storedValue).toMatchObject({ principalFen: 110_000, bonusFen: 11_000 });
});

test("a named card holds 5,000 yuan at most, also when two tills load it at once", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const planId = await plan(tenant, 250_000, 50_000);
  const replies = await Promise.all([topUp(tenant, member, planId), topUp(tenant, member, planId)]);
  expect(replies.map((reply) => reply.status).toSorted()).toEqual([200, 409]);
  expect(replies.find((reply) => reply.status === 409)?.body).toMatchObject({ code: "payments/over-card-limit", limitFen: 500_000, overFen: 100_000 });
  expect((await tenant.console.post("/top-up-plans", { name: "太多", principalFen: 450_000, bonusFen: 60_000 })).body.errors).toMatchObject([{ field: "bonusFen" }]);
});

test("plans are changed and taken off; members see those on offer, and top-ups keep what they gave", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const planId = await plan(tenant);
  await topUp(tenant, member, planId);
  expect((await tenant.console.patch(`/top-up-plans/${planId}`, { bonusFen: 0 })).body).toMatchObject({ principalFen: 100_000, bonusFen: 0, isActive: true });
  expect((await member.get("/top-up-plans")).body.items).toMatchObject([{ id: planId, bonusFen: 0 }]);
  await tenant.console.patch(`/top-up-plans/${planId}`, { isActive: false });
  expect((await member.get("/top-up-plans")).body.items).toEqual([]);
  expect((await topUp(tenant, member, planId)).body.errors).toMatchObject([{ field: "planId", code: "unknown" }]);
  expect((await member.get("/me")).body.storedValue).toMatchObject({ bonusFen: 20_000 });
});

test("a wrong store, another tenant's member or plan, and a role without the right change nothing", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const [member, stranger] = [await joinMember(tenant), await joinMember(other)];
  const planId = await plan(tenant);
  expect((await topUp(tenant, member, planId, { storeId: other.storeId })).body.errors).toMatchObject([{ field: "storeId" }]);
  expect((await topUp(tenant, stranger, planId)).status).toBe(404);
  expect((await topUp(tenant, member, await plan(other))).body.errors).toMatchObject([{ field: "planId" }]);
  const store = await tenant.addStore();
  const cashier = await tenant.as("cashier");
  expect((await cashier.post(`/members/${member.memberId}/stored-value:top-up`, { planId, payment: "cash", storeId: store }, { key: randomUUID() })).status).toBe(403);
  expect((await member.get("/me")).body.storedValue).toEqual({ principalFen: 0, bonusFen: 0, frozenFen: 0 });
});
