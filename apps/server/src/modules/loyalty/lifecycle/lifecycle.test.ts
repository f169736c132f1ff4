import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { batchOfMembers } from "../../../../test/member.ts";
import { clock } from "../../../../test/server.ts";
import type { TestTenant } from "../../../../test/tenant.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../../test/till.ts";
import { DEFAULT_RULES } from "./stage.ts";

const ZONE = "Asia/Shanghai";
const DAY_MS = 86_400_000;

async function order(tenant: TillTenant, memberId: string): Promise<void> {
  const id = orderId();
  const reply = await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, memberId), tenders: [{ kind: "cash" }] }, { key: id });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  await tenant.drain();
}

async function night(tenant: TestTenant): Promise<void> {
  await tenant.runSchedule("loyalty.lifecycle-nightly");
  await tenant.drain();
}

const stageOf = async (tenant: TestTenant, memberId: string) => (await tenant.console.get(`/members/${memberId}`)).body.lifeStage.stage as string;
const movesOf = async (tenant: TestTenant, memberId: string) =>
  ((await tenant.console.get(`/members/${memberId}/life-stages`)).body.items as { from: string; to: string; reason: string; given: string[] }[]).map((one) => [one.from, one.to, one.reason, one.given.join()]);
const counts = async (tenant: TestTenant) =>
  Object.fromEntries(((await tenant.console.get("/lifecycle")).body.counts as { stage: string; members: number }[]).filter((one) => one.members > 0).map((one) => [one.stage, one.members]));
const setRules = async (tenant: TestTenant, rules: object) => {
  const reply = await tenant.console.put("/lifecycle/rules", { ...DEFAULT_RULES, ...rules });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body;
};
const liveCoupon = async (tenant: TestTenant, more: object = {}): Promise<string> => {
  const { body } = await tenant.console.post("/coupon-templates", { name: "回家券", kind: "amount-off", amountFen: 500, thresholdFen: 0, validity: { kind: "days", days: 30 }, ...more });
  expect((await tenant.console.post(`/coupon-templates/${body.id}:publish`)).status).toBe(200);
  return body.id as string;
};

test("a guest is aware, buys, comes back, is loyal, falls asleep, is lost and comes back, each with its history, in lists and in the figures", async () => {
  clock.toMidMonth(ZONE);
  const tenant = await tillTenant();
  const { memberId } = tenant;
  await tenant.drain();
  expect(await stageOf(tenant, memberId)).toBe("aware");
  await order(tenant, memberId);
  expect(await stageOf(tenant, memberId)).toBe("first");
  await order(tenant, memberId);
  expect(await stageOf(tenant, memberId)).toBe("repeat");
  for (let visit = 0; visit < 2; visit += 1) await order(tenant, memberId);
  expect(await stageOf(tenant, memberId)).toBe("loyal");
  clock.advance(DEFAULT_RULES.dormantAfterDays * DAY_MS);
  await night(tenant);
  expect(await stageOf(tenant, memberId)).toBe("dormant");
  expect((await tenant.console.get("/members?lifeStage=dormant")).body.items).toMatchObject([{ id: memberId, lifeStage: { stage: "dormant" } }]);
  expect((await tenant.console.get("/members?lifeStage=loyal")).body.items).toEqual([]);
  clock.advance((DEFAULT_RULES.lostAfterDays - DEFAULT_RULES.dormantAfterDays) * DAY_MS);
  await night(tenant);
  await night(tenant);
  expect(await counts(tenant)).toEqual({ lost: 1 });
  await order(tenant, memberId);
  expect(await movesOf(tenant, memberId)).toEqual([
    ["lost", "repeat", "order", ""], ["dormant", "lost", "time", ""], ["loyal", "dormant", "time", ""], ["repeat", "loyal", "order", ""], ["first", "repeat", "order", ""],
    ["aware", "first", "order", ""], [null, "aware", "sign", ""],
  ]);
});

test("whoever was taken over is potential until something of theirs is heard; history that is taken over places a guest and brings nothing", async () => {
  const tenant = await tillTenant();
  await setRules(tenant, { actions: { first: { tag: "新客" }, aware: { tag: "看过" } } });
  const [quiet = "", heard = "", bought = ""] = await batchOfMembers(tenant, 3);
  await tenant.drain();
  const potential = async () => ((await tenant.console.get("/members?lifeStage=potential")).body.items as { id: string }[]).map((one) => one.id).toSorted();
  expect(await potential()).toEqual([quiet, heard, bought].toSorted());
  const api = await tenant.open(["members:write", "orders:write"]);
  expect((await api.post("/track", { messageId: "m", userId: "crowd-1", event: "Product Viewed" })).status).toBe(200);
  const old = { orderId: "T-1", storeCode: tenant.storeCode, kind: "sale", channel: "pos", memberExternalId: "crowd-2", orderedAt: new Date(clock.now().getTime() - 5 * DAY_MS).toISOString(), lines: [{ sku: "S1", name: "毛肚", quantity: 1, unitPriceFen: 5_000 }] };
  expect((await api.post("/orders:ingest", { orders: [old] })).body.outcomes).toMatchObject([{ outcome: "recorded" }]);
  await tenant.drain();
  expect(await potential()).toEqual([quiet]);
  expect(await movesOf(tenant, heard)).toEqual([[null, "aware", "sign", "tag"]]);
  expect(await movesOf(tenant, bought)).toEqual([[null, "first", "recount", ""]]);
});

test("entering a stage brings its tag and its coupon, once within the rest, and as many as there are", async () => {
  clock.toMidMonth(ZONE);
  const tenant = await tillTenant();
  const [one, other] = [tenant.memberId, await tenant.guest()];
  const couponTemplateId = await liveCoupon(tenant, { stock: 1 });
  await setRules(tenant, { dormantAfterDays: 10, restDays: 60, actions: { dormant: { tag: "沉睡唤醒", couponTemplateId }, first: { tag: "新客" } } });
  await tenant.drain();
  for (const memberId of [one, other]) await order(tenant, memberId);
  clock.advance(10 * DAY_MS);
  await night(tenant);
  const given = [one, other].map(async (memberId) => (await movesOf(tenant, memberId))[0]);
  expect((await Promise.all(given)).toSorted()).toEqual([["first", "dormant", "time", "tag"], ["first", "dormant", "time", "tag,coupon"]]);
  expect((await tenant.console.get(`/members/${one}`)).body.tags.toSorted()).toEqual(["新客", "沉睡唤醒"].toSorted());
  await order(tenant, one);
  clock.advance(10 * DAY_MS);
  await night(tenant);
  expect((await movesOf(tenant, one)).slice(0, 2)).toEqual([["repeat", "dormant", "time", ""], ["dormant", "repeat", "order", ""]]);
  clock.advance(40 * DAY_MS);
  await order(tenant, one);
  clock.advance(10 * DAY_MS);
  await night(tenant);
  expect((await movesOf(tenant, one))[0]).toEqual(["repeat", "dormant", "time", "tag"]);
});

test("changed rules look at everybody anew and bring nobody anything; wrong ones are refused field by field", async () => {
  const tenant = await tillTenant();
  await order(tenant, tenant.memberId);
  await order(tenant, tenant.memberId);
  expect(await setRules(tenant, { loyalOrders: 2, actions: { loyal: { tag: "铁粉" } } })).toMatchObject({ isCounting: true, rules: { loyalOrders: 2 } });
  await tenant.drain();
  expect((await tenant.console.get("/lifecycle")).body).toMatchObject({ isCounting: false });
  expect((await movesOf(tenant, tenant.memberId))[0]).toEqual(["repeat", "loyal", "recount", ""]);
  const wrong = await tenant.console.put("/lifecycle/rules", { ...DEFAULT_RULES, loyalOrders: 1, actions: { dormant: { tag: "", couponTemplateId: "x" } } });
  expect(wrong.status).toBe(422);
  expect(wrong.body.errors.map((one: { field: string }) => one.field).toSorted()).toEqual(["actions.dormant.couponTemplateId", "actions.dormant.tag", "loyalOrders"]);
  const early = await tenant.console.put("/lifecycle/rules", { ...DEFAULT_RULES, lostAfterDays: 60 });
  expect(early.body.errors).toMatchObject([{ field: "lostAfterDays" }]);
  const unknown = await tenant.console.put("/lifecycle/rules", { ...DEFAULT_RULES, actions: { lost: { couponTemplateId: randomUUID() } } });
  expect(unknown.body.errors).toMatchObject([{ field: "actions.lost.couponTemplateId", code: "unknown" }]);
  expect((await (await tenant.as("cashier")).get("/lifecycle")).status).toBe(403);
});

test("two who become one are where both lives lead, and apart again where each one's leads", async () => {
  const tenant = await tillTenant();
  const [one, other] = [tenant.memberId, await tenant.guest()];
  for (const memberId of [one, other, other]) await order(tenant, memberId);
  const merge = await tenant.console.post(`/members/${one}:merge`, { otherId: other, reason: "同一位顾客" }, { key: randomUUID() });
  expect(merge.status, JSON.stringify(merge.body)).toBe(200);
  await tenant.drain();
  expect(await counts(tenant)).toEqual({ repeat: 1 });
  const undone = await tenant.console.post(`/merges/${merge.body.id}:undo`, { reason: "不是同一位" }, { key: randomUUID() });
  expect(undone.status, JSON.stringify(undone.body)).toBe(200);
  await tenant.drain();
  expect([await stageOf(tenant, one), await stageOf(tenant, other)]).toEqual(["first", "repeat"]);
});
