import { describe, expect, it } from "vitest";
import { clock } from "../../../test/server.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../test/till.ts";

interface Order {
  status: string;
  refundedFen: number;
  pointsEarned: number;
  pointsReturned: number;
  tenders: { kind: string; amountFen: number; refundedFen: number }[];
  returns: { amountFen: number; pointsTakenBack: number; pointsGivenBack: number }[];
}

async function paidOrder(tenant: TillTenant, extra: object = {}): Promise<string> {
  const id = orderId();
  const reply = await tenant.till.post(`/quotes/${id}:commit`, {
    ...cart(tenant, tenant.memberId), tenders: [{ kind: "points", points: 1_000 }, { kind: "stored-value", amountFen: 6_000 }, { kind: "cash" }], ...extra,
  }, { key: `${id}-key` });
  expect(reply.status).toBe(200);
  return id;
}

let keys = 0;
const back = (tenant: TillTenant, id: string, body: object) =>
  tenant.till.post(`/orders/${id}:return`, { reason: "客人退菜", ...body }, { key: `return-${id}-${keys++}` });

describe("returning an order", () => {
  it("undoes a whole order: value, points, coupon and standing are as before", async () => {
    const tenant = await tillTenant();
    const couponId = await tenant.coupon();
    const id = await paidOrder(tenant, { couponIds: [couponId] });
    const reply = await back(tenant, id, { whole: true });
    expect(reply).toMatchObject({ status: 200, body: { status: "refunded", refundedFen: 8_000, pointsReturned: 80 } });
    expect(await tenant.balances()).toEqual({ points: 1_000, principal: 10_000, bonus: 2_000 });
    const next = orderId();
    const again = await tenant.till.post(`/quotes/${next}:commit`, { ...cart(tenant, tenant.memberId), couponIds: [couponId], tenders: [{ kind: "cash" }] }, { key: `${next}-key` });
    expect(again.status).toBe(200);
  });

  it("undoes exactly its share line by line, and the shares add up to the whole", async () => {
    const tenant = await tillTenant();
    const id = await paidOrder(tenant);
    for (const line of [{ lineId: "b", quantity: 1 }, { lineId: "a", quantity: 1 }, { lineId: "b", quantity: 1 }, { lineId: "c", quantity: 1 }]) {
      expect((await back(tenant, id, { lines: [line] })).status).toBe(200);
    }
    const order = (await tenant.till.get(`/orders/${id}`)).body as Order;
    expect(order).toMatchObject({ status: "refunded", refundedFen: 10_000, pointsReturned: 100 });
    expect(order.tenders.every((tender) => tender.refundedFen === tender.amountFen)).toBe(true);
    expect(order.returns.map((one) => one.amountFen)).toEqual([1_500, 5_000, 1_500, 2_000]);
    expect(order.returns.reduce((sum, one) => sum + one.pointsGivenBack, 0)).toBe(1_000);
    expect(await tenant.balances()).toEqual({ points: 1_000, principal: 10_000, bonus: 2_000 });
  });

  it("takes earned points back even when they are spent: the rest is owed and the next order pays it off", async () => {
    const tenant = await tillTenant();
    const first = orderId();
    await tenant.till.post(`/quotes/${first}:commit`, { ...cart(tenant, tenant.memberId), tenders: [{ kind: "cash" }] }, { key: `${first}-key` });
    const small = async (unitPriceFen: number, tenders: object[]) => {
      const id = orderId();
      return tenant.till.post(`/quotes/${id}:commit`, {
        storeId: tenant.storeId, channel: "pos", memberId: tenant.memberId, lines: [{ lineId: "1", sku: "X", name: "小菜", quantity: 1, unitPriceFen }], tenders,
      }, { key: `${id}-key` });
    };
    expect((await small(1_100, [{ kind: "points", points: 1_100 }])).body).toMatchObject({ balances: { points: 11 } });
    await back(tenant, first, { whole: true });
    expect(await tenant.balances()).toMatchObject({ points: -89 });
    expect((await small(900, [{ kind: "cash" }])).body).toMatchObject({ pointsEarned: 9, balances: { points: -80 } });
  });

  it("gives an odd fen back with the unit that has it, also after an amount, and fees with the whole order only", async () => {
    const tenant = await tillTenant();
    const three = { lines: [{ lineId: "1", sku: "X", name: "小菜", quantity: 3, unitPriceFen: 1_000 }], manualDiscountFen: 100, fees: [{ kind: "packing", amountFen: 201 }] };
    const byUnit = await paidOrder(tenant, { ...three, tenders: [{ kind: "cash" }] });
    for (let unit = 0; unit < 3; unit++) await back(tenant, byUnit, { lines: [{ lineId: "1", quantity: 1 }] });
    const order = (await tenant.till.get(`/orders/${byUnit}`)).body as Order;
    expect(order).toMatchObject({ status: "refunded", refundedFen: 2_900, returns: [{ amountFen: 967 }, { amountFen: 966 }, { amountFen: 967 }] });
    const byAmount = await paidOrder(tenant, { ...three, tenders: [{ kind: "cash" }] });
    await back(tenant, byAmount, { amountFen: 2_000 });
    for (const [quantity, amountFen] of [[1, 900], [2, 0]]) expect((await back(tenant, byAmount, { lines: [{ lineId: "1", quantity }] })).body.returns.at(-1)).toMatchObject({ amountFen });
    const whole = await paidOrder(tenant, { ...three, tenders: [{ kind: "cash" }] });
    await back(tenant, whole, { lines: [{ lineId: "1", quantity: 1 }] });
    expect((await back(tenant, whole, { whole: true })).body).toMatchObject({ status: "refunded", refundedFen: 3_101, netFen: 3_101 });
  });

  it.each([["order", [[0, 1]]], ["refund", [[10_000, 1], [-10_000, 0]]]])("takes a refund off the month of the %s where the program says so", async (month, months) => {
    const tenant = await tillTenant();
    await tenant.inScope((scope) => scope.tx.rows("update loyalty.program set tier_refund_month = $2, version = version + 1 where tenant_id = $1 returning 1", [scope.tenantId, month]));
    const id = await paidOrder(tenant);
    clock.advance(40 * 86_400_000);
    await back(tenant, id, { whole: true });
    const [standing] = await tenant.inScope((scope) => scope.tx.rows<{ months: Record<string, number[]> }>("select months from loyalty.standing where tenant_id = $1", [scope.tenantId]));
    expect(Object.entries(standing?.months ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sums]) => sums)).toEqual(months);
  });

  it("keeps the worth of points that are gone from the money, and gives back whole what was paid in points", async () => {
    const tenant = await tillTenant();
    await tenant.inScope((scope) => scope.tx.rows("update loyalty.program set negative_policy = 'claw', version = version + 1 where tenant_id = $1 returning 1", [scope.tenantId]));
    const id = await paidOrder(tenant, { tenders: [{ kind: "cash", amountFen: 9_950 }, { kind: "points", points: 50 }] });
    const lines = [{ lineId: "1", sku: "X", name: "小菜", quantity: 1, unitPriceFen: 1_050 }];
    await paidOrder(tenant, { lines, tenders: [{ kind: "points", points: 1_050 }] });
    const { body } = await back(tenant, id, { whole: true });
    expect(body).toMatchObject({ status: "refunded", refundedFen: 9_961, tenders: [{ kind: "cash", refundedFen: 9_911 }, { kind: "points", refundedFen: 50 }] });
    expect(body.returns).toMatchObject([{ pointsGivenBack: 50, pointsTakenBack: 61, pointsClawed: 39, clawedFen: 39 }]);
    expect(await tenant.balances()).toMatchObject({ points: 0 });
  });

  it("refuses more than is left, and names the line", async () => {
    const tenant = await tillTenant();
    const id = await paidOrder(tenant);
    await back(tenant, id, { lines: [{ lineId: "b", quantity: 2 }] });
    const reply = await back(tenant, id, { lines: [{ lineId: "b", quantity: 1 }, { lineId: "z", quantity: 1 }] });
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ field: "lines.0.quantity" }, { field: "lines.1.lineId" }] } });
    expect(await back(tenant, id, { amountFen: 7_001 })).toMatchObject({ status: 409, body: { code: "commerce/refund-too-high", refundableFen: 7_000 } });
    expect((await back(tenant, id, { amountFen: 7_000 })).status).toBe(200);
    expect(await back(tenant, id, { whole: true })).toMatchObject({ status: 409 });
  });

  it("returns an order once when two clerks press the button at the same moment", async () => {
    const tenant = await tillTenant();
    const id = await paidOrder(tenant);
    const replies = await Promise.all(Array.from({ length: 6 }, () => back(tenant, id, { whole: true })));
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(await tenant.balances()).toEqual({ points: 1_000, principal: 10_000, bonus: 2_000 });
  });

  it("re-derives the price of an order from the rules of its day", async () => {
    const tenant = await tillTenant();
    const couponId = await tenant.coupon();
    const id = await paidOrder(tenant, { couponIds: [couponId] });
    const reply = await tenant.console.post(`/orders/${id}:verify`, {});
    expect(reply).toMatchObject({ status: 200, body: { ok: true, differences: [] } });
    await tenant.inScope((scope) => scope.tx.rows("update commerce.order_line set net_fen = net_fen - 1, discount_fen = discount_fen + 1 where tenant_id = $1 and order_id = $2 and no = 0", [scope.tenantId, id]));
    expect((await tenant.console.post(`/orders/${id}:verify`, {})).body).toMatchObject({ ok: false });
  });
});
