import { expect, test } from "vitest";
import { clock } from "../../../../test/server.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../../test/till.ts";
import { runReplay } from "./replay.run.ts";

const TEN = { kind: "percent-off", trigger: "auto", level: "order", percentOff: 10 };

/** Pays a cart of 100 yuan, and answers with what it came to. */
async function pay(tenant: TillTenant, memberId?: string, more: object = {}): Promise<number> {
  const id = orderId();
  const { status, body } = await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, memberId), tenders: [{ kind: "cash" }], ...more }, { key: `${id}-key` });
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body.netFen as number;
}

async function replay(tenant: TillTenant, body: object) {
  const started = await tenant.console.post("/replays", { days: 7, ...body });
  expect([started.status, started.body.state]).toEqual([202, "queued"]);
  await tenant.drain();
  return (await tenant.console.get(`/replays/${started.body.id}`)).body;
}

const definition = (rule: object, more: object = {}) => ({ subject: { kind: "definition", name: "试", definition: { ...TEN, ...rule }, ...more } });

test("a draft is run over the orders that were really paid: what it costs, who gains, in which store, at which hour", async () => {
  const tenant = await tillTenant();
  const other = await tenant.guest();
  for (const memberId of [tenant.memberId, tenant.memberId, other, undefined]) await pay(tenant, memberId);
  const { state, ordersDone, ordersTotal, result } = await replay(tenant, definition({}));
  expect([state, ordersDone, ordersTotal]).toEqual(["done", 4, 4]);
  expect(result).toMatchObject({ orders: 4, memberOrders: 3, hits: 4, netFen: 40_000, costFen: 4_000, draftFen: 4_000, displacedFen: 0, drifted: 0, members: { gained: 2, averageFen: 1_500 } });
  expect(result.byStore).toEqual([{ storeId: tenant.storeId, orders: 4, hits: 4, costFen: 4_000 }]);
  expect([result.byTier.find((one: { isGuest: boolean }) => one.isGuest), result.byHour.length, result.byDay[0].hits]).toMatchObject([{ orders: 1, hits: 1, costFen: 1_000, members: 0 }, 1, 4]);
});

test("orders keep the rules and coupons of their moment: a draft that takes the place of an offer costs the difference, and what overlaps is named", async () => {
  const tenant = await tillTenant();
  const { body: offer } = await tenant.console.post("/offers", { name: "九折", state: "live", definition: TEN });
  expect(await pay(tenant, tenant.memberId, { couponIds: [await tenant.coupon()] })).toBe(7_200);
  expect(await pay(tenant)).toBe(9_000);
  await tenant.console.patch(`/offers/${offer.id}`, { isActive: false });
  expect(await pay(tenant)).toBe(10_000);
  const onTop = (await replay(tenant, definition({ percentOff: 5 }))).result;
  expect([onTop.orders, onTop.hits, onTop.drifted]).toEqual([3, 3, 0]);
  expect(onTop.overlaps.map((one: { name: string; orders: number }) => [one.name, one.orders]).sort()).toEqual([["九折", 2], ["满100减20", 1]]);
  expect(onTop.costFen).toBe((7_200 + 9_000 + 10_000) * 0.05);
  const swapped = (await replay(tenant, definition({ percentOff: 20 }, { replaces: offer.id }))).result;
  expect(swapped.costFen).toBe(7_200 + 9_000 + 10_000 - (10_000 - 2_000) * 0.8 - 8_000 - 8_000);
  const today = (await replay(tenant, { ...definition({}), against: "today" })).result;
  expect([today.hits, today.netFen, today.costFen]).toEqual([3, 28_000, 2_800]);
});

test("what was given by hand on lines and orders stays given, and the draft meets what it left", async () => {
  const tenant = await tillTenant();
  const lines = cart(tenant).lines.map((line, at) => (at === 0 ? { ...line, manualDiscountFen: 500 } : line));
  expect(await pay(tenant, undefined, { lines, manualDiscountFen: 300 })).toBe(9_200);
  expect((await replay(tenant, definition({}))).result).toMatchObject({ drifted: 0, netFen: 9_200, costFen: 950 });
});

test("limits for a member and in all hold over the whole period, and a budget names the hour in which it is gone", async () => {
  const tenant = await tillTenant();
  const other = await tenant.guest();
  for (const memberId of [tenant.memberId, tenant.memberId, tenant.memberId, other]) await pay(tenant, memberId);
  const once = (await replay(tenant, definition({ limits: { perMember: 1 } }))).result;
  expect([once.hits, once.costFen, once.members.gained]).toEqual([2, 2_000, 2]);
  const poor = (await replay(tenant, { ...definition({}), budgetFen: 2_500 })).result;
  expect([poor.costFen, poor.budget.costFen, poor.budget.hits, poor.budget.missedHits, typeof poor.budget.runsOutAt]).toEqual([4_000, 2_500, 2, 2, "string"]);
  const rich = (await replay(tenant, { ...definition({ limits: { total: 100 } }) })).result;
  expect(rich.budget).toMatchObject({ uses: 100, runsOutAt: null, hits: 4, missedHits: 0 });
});

test("a coupon is tried as if every member held it, and orders of other systems take part with what they said", async () => {
  const tenant = await tillTenant();
  const { body: template } = await tenant.console.post("/coupon-templates", { name: "满50减10", kind: "amount-off", amountFen: 1_000, thresholdFen: 5_000, perMember: 1, validity: { kind: "days", days: 30 } });
  for (const memberId of [tenant.memberId, tenant.memberId, undefined]) await pay(tenant, memberId);
  const orderedAt = new Date(clock.now().getTime() - 3_600_000).toISOString();
  const ingested = await tenant.till.post("/orders:ingest", { orders: [{ orderId: orderId(), kind: "sale", storeCode: tenant.storeCode, channel: "pos", orderedAt, lines: [{ sku: "S1", name: "毛肚", quantity: 1, unitPriceFen: 8_000 }] }] });
  expect(ingested.body.outcomes?.[0]?.outcome).toBe("recorded");
  const coupon = (await replay(tenant, { subject: { kind: "template", id: template.id } })).result;
  expect([coupon.orders, coupon.hits, coupon.costFen]).toEqual([4, 1, 1_000]);
  const everyone = (await replay(tenant, definition({}))).result;
  expect([everyone.orders, everyone.hits, everyone.costFen, everyone.drifted]).toEqual([4, 4, 3_800, 0]);
});

test("a replay is cancelled, refused when it contradicts itself, hidden from other tenants, and forbidden to a cashier", async () => {
  const [tenant, other] = [await tillTenant(), await tillTenant()];
  await pay(tenant);
  const { body } = await tenant.console.post("/replays", definition({}));
  expect((await tenant.console.post(`/replays/${body.id}:cancel`, {})).body.state).toBe("cancelled");
  await tenant.drain();
  expect((await tenant.console.get(`/replays/${body.id}`)).body).toMatchObject({ state: "cancelled", result: null });
  expect((await tenant.console.post(`/replays/${body.id}:cancel`, {})).status).toBe(409);
  expect((await other.console.get(`/replays/${body.id}`)).status).toBe(404);
  expect((await (await tenant.as("cashier")).post("/replays", definition({}))).status).toBe(403);
  const wrong = await tenant.console.post("/replays", definition({ limits: { perMember: 3, total: 2 } }));
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, "definition.limits.perMember"]);
});

test("a replay whose process is gone goes on where it was, and is run by one at a time", async () => {
  const tenant = await tillTenant();
  for (let at = 0; at < 3; at++) await pay(tenant, tenant.memberId);
  const { body: { id } } = await tenant.console.post("/replays", { days: 7, ...definition({ limits: { perMember: 2 } }) });
  const { database } = tenant.server.installation;
  const touch = (heartbeat: string) => tenant.inScope((scope) => scope.tx.rows(
    "update commerce.replay set state = 'running', runner = id, heartbeat_at = $3::timestamptz where tenant_id = $1 and id = $2", [scope.tenantId, id, heartbeat]));
  await touch(clock.now().toISOString());
  await runReplay(database, tenant.tenantId, id);
  expect((await tenant.console.get(`/replays/${id}`)).body.state).toBe("running");
  await touch("2020-01-01T00:00:00Z");
  await tenant.runSchedule("commerce.stopped-replays");
  await tenant.drain();
  expect((await tenant.console.get(`/replays/${id}`)).body).toMatchObject({ state: "done", result: { orders: 3, hits: 2, costFen: 2_000 } });
});
