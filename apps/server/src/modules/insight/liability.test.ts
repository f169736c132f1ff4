import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { cart, orderId, tillTenant, type TillTenant } from "../../../test/till.ts";
import { clock } from "../../../test/server.ts";
import { dayOf } from "../../kernel/days.ts";
import { estimateBreakage } from "./breakage.ts";

const kinds = (body: { kinds: { kind: string; amount: number; valueFen: number }[] }) => Object.fromEntries(body.kinds.map((one) => [one.kind, [one.amount, one.valueFen]]));

async function pay(tenant: TillTenant, storeId: string, memberId: string): Promise<string> {
  const id = orderId();
  const reply = await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, memberId), storeId, tenders: [{ kind: "stored-value" }] }, { key: id });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return id;
}

async function topUp(tenant: TillTenant, memberId: string, storeId: string, principalFen: number, bonusFen: number): Promise<void> {
  const planId = (await tenant.console.post("/top-up-plans", { name: "充值", principalFen, bonusFen })).body.id;
  expect((await tenant.console.post(`/members/${memberId}/stored-value:top-up`, { planId, payment: "cash", storeId }, { key: randomUUID() })).status).toBe(200);
}

test("what is owed is the night's count with what has moved since; a new count says the same", async () => {
  const tenant = await tillTenant();
  await tenant.coupon();
  expect(kinds((await tenant.console.get("/liability")).body)).toEqual({ points: [1_000, 1_000], principal: [10_000, 10_000], bonus: [2_000, 2_000], card: [0, 0], coupon: [1, 2_000] });
  clock.advance(1_000);
  await topUp(tenant, tenant.memberId, tenant.storeId, 30_000, 6_000);
  await pay(tenant, tenant.storeId, tenant.memberId);
  const productId = (await tenant.console.post("/card-products", { kind: "count", name: "十次卡", priceFen: 10_000, units: 10 })).body.id;
  const { card } = (await tenant.console.post(`/members/${tenant.memberId}/cards`, { productId, payment: "cash", storeId: tenant.storeId }, { key: randomUUID() })).body;
  await tenant.console.post(`/cards/${card.id}:use`, { uses: 3, storeId: tenant.storeId }, { key: randomUUID() });
  const now = (await tenant.console.get("/liability")).body;
  expect(kinds(now)).toMatchObject({ principal: [31_667, 31_667], bonus: [6_333, 6_333], card: [7, 7_000] });
  clock.advance(61_000);
  await tenant.runSchedule("insight.liability-roll");
  expect(kinds((await tenant.console.get("/liability")).body)).toEqual(kinds(now));
  expect((await tenant.inScope((scope) => scope.tx.rows("select 1 from ledger.posting p join insight.liability_count c on c.tenant_id = $1 where p.tenant_id = $1 and p.at > c.as_of", [scope.tenantId]))).length).toBe(0);
  const recounted = (await tenant.console.post("/liability:recount")).body;
  expect(kinds(recounted)).toEqual(kinds(now));
  expect(recounted.things).toContainEqual({ kind: "card", subjectId: productId, name: "十次卡", amount: 7, valueFen: 7_000 });
  expect(recounted.trend.at(-1)).toMatchObject({ on: dayOf(clock.now(), "Asia/Shanghai") });
  clock.advance(40 * 86_400_000);
  const later = (await (await tenant.as("admin", tenant.headquartersId)).get("/liability")).body.trend;
  const parts = (at: number) => Object.fromEntries(later.at(at).parts.map((part: { kind: string; valueFen: number }) => [part.kind, part.valueFen]));
  expect([later.length >= 2, parts(-2)]).toMatchObject([true, { principal: 31_667, bonus: 6_333 }]);
  clock.advance(-40 * 86_400_000);
  expect((await tenant.console.get("/liability/holders?kind=principal")).body.items).toMatchObject([{ memberId: tenant.memberId, amount: 31_667 }]);
});

test("each store sees its own, and only who may see money sees any", async () => {
  const tenant = await tillTenant();
  const other = await tenant.addStore();
  await topUp(tenant, tenant.memberId, other, 5_000, 0);
  const manager = await tenant.as("store-manager", other);
  expect(kinds((await manager.get("/liability")).body)).toMatchObject({ principal: [5_000, 5_000], points: [0, 0] });
  expect((await manager.get(`/liability?storeId=${tenant.storeId}`)).status).toBe(403);
  expect((await (await tenant.as("cashier")).get("/liability")).status).toBe(403);
});

test("the store that gave the goods gets the principal from the store that sold it; returns are taken off, and all nets add up to nothing", async () => {
  const tenant = await tillTenant();
  const other = await tenant.addStore("第二门店");
  const memberId = await tenant.guest(0, 0, 0);
  await topUp(tenant, memberId, tenant.storeId, 100_000, 20_000);
  const [first] = [await pay(tenant, other, memberId), await pay(tenant, tenant.storeId, memberId)];
  await tenant.console.post(`/orders/${first}:return`, { lines: [{ lineId: "a", quantity: 1 }], reason: "退一份" }, { key: randomUUID() });
  const on = dayOf(clock.now(), "Asia/Shanghai");
  const { body } = await tenant.console.get(`/settlements?from=${on}&to=${on}`);
  const cell = (used: string) => body.cells.find((one: { soldBy: string; usedAt: string }) => one.soldBy === tenant.storeId && one.usedAt === used);
  expect(cell(other)).toMatchObject({ principalFen: 4_166, bonusFen: 834 });
  expect(cell(tenant.storeId).principalFen + cell(tenant.storeId).bonusFen).toBe(10_000);
  const balance = (id: string) => body.balances.find((one: { storeId: string }) => one.storeId === id).netFen;
  expect([balance(other), balance(tenant.storeId)]).toEqual([cell(other).principalFen, -cell(other).principalFen]);
  expect((await (await tenant.as("store-manager", other)).get(`/settlements?from=${on}&to=${on}`)).body.cells).toHaveLength(1);
  expect((await tenant.console.get(`/settlements?from=${on}&to=2020-01-01`)).body.errors).toMatchObject([{ field: "to" }]);
});

test("breakage is what ended unused last year, of what can end; principal has none", () => {
  const flows = [{ month: "2026-01", kind: "points" as const, flow: "expire", amount: -250 }, { month: "2026-02", kind: "points" as const, flow: "spend", amount: -750 }];
  const rows = [{ kind: "points" as const, month: "2027-01", value_fen: 4_000 }, { kind: "points" as const, month: "", value_fen: 9_000 }];
  expect(estimateBreakage("points", flows, rows)).toEqual({ breakagePercent: 25, breakageFen: 1_000 });
  expect(estimateBreakage("points", [], rows)).toEqual({ breakagePercent: null, breakageFen: null });
  expect(estimateBreakage("principal", flows, rows)).toEqual({ breakagePercent: 0, breakageFen: 0 });
});
