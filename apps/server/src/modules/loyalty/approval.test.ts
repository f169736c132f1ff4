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
  expect(waiting).toMatchObject({ status: 202, body: { state: "waiting", kind: "points", deciders: ["林掌柜"] } });
  expect(await active()).toBe(100);
  const decide = (who: typeof asker, id: string, what: string, body: object = {}) => who.post(`/approvals/${id}:${what}`, body);
  const first = waiting.body.requestId as string;
  expect(await decide(asker, first, "approve")).toMatchObject({ status: 409, body: { code: "platform/own-request" } });
  // Above the other's own limit too: it is not theirs to decide.
  expect(await decide(other, first, "approve")).toMatchObject({ status: 403, body: { code: "platform/not-your-decision", deciders: ["林掌柜"] } });
  const cashier = await tenant.as("cashier");
  expect((await decide(cashier, first, "approve")).status).toBe(403);
  const both = await Promise.all([decide(tenant.console as typeof asker, first, "approve"), decide(tenant.console as typeof asker, first, "approve")]);
  expect(both.map((reply) => reply.status).toSorted()).toEqual([200, 409]);
  expect(await active()).toBe(201);
  const second = (await ask(-150)).body.requestId as string;
  expect(await tenant.console.post(`/approvals/${second}:reject`, { comment: "没有依据" })).toMatchObject({ status: 200, body: { state: "rejected", chain: [{ seats: [{ decidedBy: "林掌柜", comment: "没有依据" }] }] } });
  expect(await active()).toBe(201);
  expect((await tenant.console.get("/approvals?view=all&state=waiting")).body.items).toEqual([]);
  expect((await tenant.console.get("/approvals?view=all")).body.items).toMatchObject([{ state: "rejected", amount: 150 }, { state: "approved", amount: 101, title: { zh: "给李小花增加 101 积分" } }]);
});

test("a limit asks also where the tenant's own chain would not", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const asker = await tenant.as("service");
  await tenant.console.put("/points-limits", { limits: [{ roleId: tenant.roleIds.service, maxPoints: 100 }] });
  await tenant.console.put("/approval-chains/points", { steps: [{ name: "总部", who: { kind: "roles", roleIds: [tenant.roleIds.admin] }, mode: "any", when: { from: 5_000 } }] });
  const ask = (points: number) => asker.post(`/members/${memberId}/points:adjust`, { points, reason: "投诉补偿" }, { key: randomUUID() });
  expect((await ask(100)).status).toBe(200);
  expect(await ask(101)).toMatchObject({ status: 202, body: { stepName: "above-limit" } });
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
