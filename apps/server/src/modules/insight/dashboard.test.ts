import { expect, test } from "vitest";
import { clock } from "../../../test/server.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../test/till.ts";
import { deliver } from "../../kernel/events.ts";
import { addDays, dayOf, startOfDay, wallClock } from "../../kernel/days.ts";
import { subscribers } from "./subscribers.ts";

const ZONE = "Asia/Shanghai";
/** What `cart` costs. */
const TOTAL_FEN = 10_000;

async function sell(tenant: TillTenant, overrides: object = {}): Promise<string> {
  const id = orderId();
  const reply = await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant), tenders: [{ kind: "cash" }], ...overrides }, { key: `key-${id}` });
  expect(reply.status).toBe(200);
  return id;
}

test("a sale and its refund move the figures of their store, day and hour", async () => {
  const tenant = await tillTenant();
  const other = await tenant.addStore();
  const id = await sell(tenant, { memberId: tenant.memberId });
  await sell(tenant, { storeId: other });
  await tenant.console.post(`/orders/${id}:return`, { lines: [{ lineId: "a", quantity: 1 }], reason: "点错了" }, { key: `return-${id}` });
  await tenant.drain();
  const { day, hour } = wallClock(clock.now(), ZONE);
  const all = (await tenant.console.get("/dashboard")).body;
  expect(all).toMatchObject({ on: day, today: { orders: 2, netFen: 2 * TOTAL_FEN, refundedFen: 5_000, memberOrders: 1, memberNetFen: TOTAL_FEN, newMembers: 1 } });
  expect(all.hours).toHaveLength(24);
  expect(all.hours.reduce((sum: number, one: { orders: number }) => sum + one.orders, 0)).toBe(2);
  expect(all.hours.filter((one: { orders: number }) => one.orders > 0).every((one: { hour: number }) => one.hour >= hour - 1 && one.hour <= hour)).toBe(true);
  expect(all.topStores).toEqual([tenant.storeId, other].toSorted().map((storeId) => expect.objectContaining({ storeId, orders: 1, netFen: TOTAL_FEN })));
  const one = (await tenant.console.get(`/dashboard?storeId=${other}`)).body;
  expect(one.today).toEqual({ orders: 1, netFen: TOTAL_FEN, refundedFen: 0, newMembers: 0, memberOrders: 0, memberNetFen: 0 });
});

test("the day before stands beside the day, and 30 days are there whether anything was sold or not", async () => {
  const tenant = await tillTenant();
  await sell(tenant);
  await tenant.drain();
  clock.advance(86_400_000);
  await sell(tenant);
  await sell(tenant);
  await tenant.drain();
  const today = dayOf(clock.now(), ZONE);
  const { body } = await tenant.console.get(`/dashboard?on=${today}`);
  expect([body.yesterday.orders, body.today.orders]).toEqual([1, 2]);
  expect(body.days).toHaveLength(30);
  expect(body.days.at(-1)).toMatchObject({ on: today, orders: 2, netFen: 2 * TOTAL_FEN });
  expect(body.days[0].orders).toBe(0);
});

test("an event that is delivered twice counts once", async () => {
  const tenant = await tillTenant();
  await sell(tenant);
  await tenant.drain();
  const [subscriber] = subscribers;
  if (!subscriber) throw new Error("insight has no subscriber");
  await tenant.inScope(async (scope) => {
    const events = await scope.tx.rows<{ id: string }>("select id from kernel.event where tenant_id = $1 and type = 'commerce.order-paid'", [scope.tenantId]);
    await deliver(scope, subscriber, events.map((event) => event.id));
  });
  expect((await tenant.console.get("/dashboard")).body.today.orders).toBe(1);
});

test("whoever sees one store sees that store's figures, and is told so when asking for another's", async () => {
  const tenant = await tillTenant();
  const other = await tenant.addStore();
  const manager = await tenant.as("store-manager", other);
  await sell(tenant);
  await sell(tenant, { storeId: other });
  await sell(tenant, { storeId: other });
  await tenant.drain();
  const { body } = await manager.get("/dashboard");
  expect(body.today).toMatchObject({ orders: 2, newMembers: 0 });
  expect(body.topStores.map((one: { storeId: string }) => one.storeId)).toEqual([other]);
  expect((await manager.get(`/dashboard?storeId=${tenant.storeId}`)).status).toBe(403);
  expect((await manager.get("/dashboard?storeId=01900000-0000-7000-8000-000000000000")).status).toBe(404);
  expect((await manager.get("/dashboard?on=yesterday")).body.errors).toEqual([expect.objectContaining({ field: "on" })]);
  expect((await (await tenant.as("cashier")).get("/dashboard")).status).toBe(403);
});

test("guests are counted where they joined; those without a store only for whoever sees everything", async () => {
  const tenant = await tillTenant();
  const manager = await tenant.as("store-manager");
  await tenant.till.post("/members:batch", { members: [{ externalId: "a", storeId: tenant.storeId }, { externalId: "b" }] });
  await tenant.drain();
  expect((await tenant.console.get("/dashboard")).body.today.newMembers).toBe(3);
  expect((await manager.get("/dashboard")).body.today.newMembers).toBe(2);
});

test("today so far is compared with yesterday until the same minute", async () => {
  const tenant = await tillTenant();
  const other = await tenant.addStore();
  // In the middle of a day, so that minutes before and after are of the same one.
  clock.advance(startOfDay(addDays(dayOf(clock.now(), ZONE), 1), ZONE).getTime() + 10.5 * 3_600_000 - clock.now().getTime());
  const soldAt = clock.now();
  await tenant.console.post("/members:quick-register", { phone: "13912340055", storeId: tenant.storeId });
  const id = await sell(tenant, { memberId: tenant.memberId });
  await tenant.console.post(`/orders/${id}:return`, { lines: [{ lineId: "a", quantity: 1 }], reason: "点错了" }, { key: `return-${id}` });
  await sell(tenant, { storeId: other });
  await tenant.drain();
  const nextDayAt = (minutes: number) => clock.advance(soldAt.getTime() + 86_400_000 + minutes * 60_000 - clock.now().getTime());
  nextDayAt(-2);
  expect((await tenant.console.get("/dashboard")).body).toMatchObject({ untilSameMinute: { orders: 0, netFen: 0, newMembers: 0 }, yesterday: { orders: 2 } });
  nextDayAt(3);
  const { body } = await tenant.console.get("/dashboard");
  expect(body.untilSameMinute).toEqual(body.yesterday);
  expect(body.untilSameMinute).toEqual({ orders: 2, netFen: 2 * TOTAL_FEN, refundedFen: 5_000, newMembers: 1, memberOrders: 1, memberNetFen: TOTAL_FEN });
  expect((await tenant.console.get(`/dashboard?storeId=${other}`)).body.untilSameMinute).toMatchObject({ orders: 1, newMembers: 0 });
  nextDayAt(90);
  expect((await tenant.console.get("/dashboard")).body.untilSameMinute).toEqual(body.yesterday);
  expect((await tenant.console.get(`/dashboard?on=${dayOf(soldAt, ZONE)}`)).body.untilSameMinute).toBeNull();
});
