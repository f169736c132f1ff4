import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant } from "../../../test/tenant.ts";

const DAY_MS = 86_400_000;

test("more than a role may adjust alone waits for somebody else, who carries it out or refuses it, once", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const [asker, other] = [await tenant.as("service"), await tenant.as("service")];
  const { items } = (await tenant.console.get("/points-limits")).body as { items: { roleId: string; roleName: string }[] };
  const serviceId = items.find((role) => role.roleName === "客服")?.roleId;
  expect((await tenant.console.put("/points-limits", { limits: [{ roleId: serviceId, maxPoints: 100 }] })).status).toBe(200);
  const ask = (points: number) => asker.post(`/members/${memberId}/points:adjust`, { points, reason: "投诉补偿" }, { key: randomUUID() });
  const active = async () => (await tenant.console.get(`/members/${memberId}`)).body.points.active as number;
  expect(await ask(100)).toMatchObject({ status: 200, body: { state: "done" } });
  const waiting = await ask(101);
  expect(waiting).toMatchObject({ status: 200, body: { state: "waiting", balance: { active: 100 } } });
  expect(await active()).toBe(100);
  const decide = (who: typeof asker, what: string, body: object = {}) => who.post(`/points-requests/${waiting.body.id}:${what}`, body);
  expect(await decide(asker, "approve")).toMatchObject({ status: 409, body: { code: "loyalty/own-request" } });
  expect(await decide(other, "approve")).toMatchObject({ status: 409, body: { code: "loyalty/above-limit", limit: 100 } });
  const cashier = await tenant.as("cashier");
  expect((await decide(cashier, "approve")).status).toBe(403);
  const both = await Promise.all([decide(tenant.console as typeof asker, "approve"), decide(tenant.console as typeof asker, "approve")]);
  expect(both.map((reply) => reply.status).toSorted()).toEqual([200, 409]);
  expect(await active()).toBe(201);
  const second = await ask(-150);
  expect(await tenant.console.post(`/points-requests/${second.body.id}:reject`, { reason: "没有依据" })).toMatchObject({ status: 200, body: { state: "rejected", decidedBy: "林掌柜", decisionReason: "没有依据" } });
  expect(await active()).toBe(201);
  expect((await tenant.console.get("/points-requests?state=waiting")).body.items).toEqual([]);
  expect((await tenant.console.get("/points-requests")).body.items).toMatchObject([{ state: "rejected", points: -150 }, { state: "approved", points: 101, memberName: "李小花", isMine: false }]);
});

test("months of a statement carry their balance on, and a month's entries are its own", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const adjust = (points: number) => tenant.console.post(`/members/${member.memberId}/points:adjust`, { points, reason: "活动" }, { key: randomUUID() });
  await adjust(100);
  clock.advance(40 * DAY_MS);
  await adjust(-30);
  const { items } = (await tenant.console.get(`/members/${member.memberId}/points-months`)).body as { items: { month: string; opening: number; closing: number; other: number }[] };
  expect(items).toMatchObject([{ opening: 100, closing: 70, other: -30 }, { opening: 0, closing: 100, other: 100 }]);
  const of = async (month: string | undefined) => (await tenant.console.get(`/members/${member.memberId}/points-entries?month=${month ?? ""}`)).body.items.map((entry: { points: number }) => entry.points);
  expect([await of(items[0]?.month), await of(items[1]?.month)]).toEqual([[-30], [100]]);
  expect((await tenant.console.get(`/members/${member.memberId}/points-entries?month=2026-13`)).status).toBe(422);
});

test("members are told thirty and seven days before points end, once each, and see it with their balance", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  await tenant.console.put("/points-program", { earn: { points: 1, perFen: 100 }, spend: { points: 100, fen: 100 }, expiry: "activation", expiryMonths: 2 });
  await tenant.console.post(`/members/${member.memberId}/points:adjust`, { points: 80, reason: "活动" }, { key: randomUUID() });
  const told = async () => {
    await tenant.runSchedule("loyalty.warn-expiring");
    await tenant.drain();
    const { body } = await tenant.console.get(`/members/${member.memberId}/timeline`);
    return (body.items as { kind: string; points: number; days: number }[]).filter((entry) => entry.kind === "loyalty.points-expiring").map((entry) => [entry.points, entry.days]);
  };
  expect(await told()).toEqual([]);
  expect((await member.get("/me")).body.points.expiringSoon).toBeNull();
  clock.advance(40 * DAY_MS);
  expect(await told()).toEqual([[80, 30]]);
  expect(await told()).toEqual([[80, 30]]);
  expect((await tenant.console.get(`/members/${member.memberId}`)).body.points.expiringSoon).toMatchObject({ points: 80 });
  clock.advance(16 * DAY_MS);
  expect(await told()).toEqual([[80, 7], [80, 30]]);
});
