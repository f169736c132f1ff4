import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";

const adjust = (tenant: TestTenant, memberId: string, points: number, key = randomUUID() as string) =>
  tenant.console.post(`/members/${memberId}/points:adjust`, { points, reason: "周年庆补偿" }, { key });

test("points given by hand can be spent at once, stand in the statement and in the audit log", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  expect(await adjust(tenant, member.memberId, 120)).toMatchObject({ status: 200, body: { points: 120, balance: { active: 120, owed: 0 } } });
  expect(await adjust(tenant, member.memberId, -20)).toMatchObject({ status: 200, body: { balance: { active: 100 } } });
  const { body } = await member.get("/me/points-entries");
  expect(body.items).toMatchObject([
    { kind: "adjust", points: -20, balanceAfter: 100, reason: "周年庆补偿", orderId: null }, { kind: "adjust", points: 120, balanceAfter: 120 },
  ]);
  const entries = await tenant.inScope((scope) => scope.tx.rows("select reason from kernel.audit_entry where tenant_id = $1 and action = 'points.adjust'", [scope.tenantId]));
  expect(entries).toEqual([{ reason: "周年庆补偿" }, { reason: "周年庆补偿" }]);
});

test("more than there is cannot be taken, and the answer says how much is missing", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  await adjust(tenant, memberId, 30);
  expect(await adjust(tenant, memberId, -50)).toMatchObject({ status: 409, body: { code: "loyalty/insufficient-points", available: 30, missing: { points: 20 } } });
  expect((await tenant.console.get(`/members/${memberId}`)).body.points.active).toBe(30);
});

test("the same key adjusts once; with another body it is refused", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const first = await adjust(tenant, memberId, 10, "same-key-1");
  const again = await adjust(tenant, memberId, 10, "same-key-1");
  expect([again.body, again.headers["idempotency-hit"]]).toEqual([first.body, "true"]);
  expect(await adjust(tenant, memberId, 11, "same-key-1")).toMatchObject({ status: 409, body: { code: "idempotency/body-mismatch" } });
  expect((await tenant.console.get(`/members/${memberId}`)).body.points.active).toBe(10);
});

test("an adjustment without a reason, of nothing, or without a key is refused with the field's name", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const { body } = await tenant.console.post(`/members/${memberId}/points:adjust`, { points: 0, reason: " " }, { key: "some-key-1" });
  expect(body.errors.map((one: { field: string }) => one.field)).toEqual(["points", "reason"]);
  expect((await tenant.console.post(`/members/${memberId}/points:adjust`, { points: 1, reason: "x" })).body.errors[0].field).toBe("Idempotency-Key");
});

test("a cashier may not adjust, and another tenant's member is nobody", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const { memberId } = await joinMember(tenant);
  const cashier = await tenant.as("cashier");
  expect((await cashier.post(`/members/${memberId}/points:adjust`, { points: 1, reason: "x" }, { key: "cashier-1" })).status).toBe(403);
  expect((await adjust(other, memberId, 5)).status).toBe(404);
  expect((await tenant.console.get(`/members/${memberId}`)).body.points.active).toBe(0);
});

test("fifty adjustments at once all count, and none is lost", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const replies = await Promise.all(Array.from({ length: 50 }, (_, at) => adjust(tenant, memberId, at + 1)));
  expect(replies.map((reply) => reply.status)).toEqual(replies.map(() => 200));
  expect((await tenant.console.get(`/members/${memberId}`)).body.points.active).toBe(1_275);
  const taken = await Promise.all(Array.from({ length: 50 }, () => adjust(tenant, memberId, -50)));
  expect(taken.filter((reply) => reply.status === 200)).toHaveLength(25);
  expect((await tenant.console.get(`/members/${memberId}`)).body.points).toMatchObject({ active: 25, owed: 0 });
});

test("a statement of many movements is paged without a gap or a repeat", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  for (let at = 1; at <= 7; at++) await adjust(tenant, member.memberId, at);
  await adjust(tenant, member.memberId, -28);
  const seen: number[] = [];
  for (let cursor = ""; ;) {
    const { body } = await member.get(`/me/points-entries?limit=3${cursor && `&cursor=${cursor}`}`);
    seen.push(...body.items.map((entry: { points: number }) => entry.points));
    if (!body.nextCursor) break;
    cursor = body.nextCursor;
  }
  expect(seen).toEqual([-28, 7, 6, 5, 4, 3, 2, 1]);
});
