import { describe, expect, it } from "vitest";
import { cart, orderId, tillTenant } from "../../../test/till.ts";

interface Order {
  id: string;
  status: string;
  netFen: number;
  refundedFen: number;
  pointsEarned: number;
  lines: { lineId: string; netFen: number; pointsEarned: number }[];
  tenders: { kind: string; amountFen: number; refundedFen: number; principalFen: number | null }[];
  balances?: { points: number; storedValueFen: number };
}

describe("settling an order", () => {
  it("records the order, earns and spends points, debits stored value, redeems the coupon and moves the tier in one step", async () => {
    const tenant = await tillTenant();
    const couponId = await tenant.coupon();
    const id = orderId();
    const reply = await tenant.till.post(`/quotes/${id}:commit`, {
      ...cart(tenant, tenant.memberId), couponIds: [couponId], tenders: [{ kind: "points", points: 100 }, { kind: "stored-value" }],
    }, { key: `${id}-key` });
    expect(reply.status).toBe(200);
    const order = reply.body as Order;
    expect(order).toMatchObject({ id, status: "paid", netFen: 8_000, pointsEarned: 80, balances: { points: 980, storedValueFen: 4_100 } });
    expect(order.lines.map((line) => line.netFen)).toEqual([4_000, 2_400, 1_600]);
    expect(order.tenders).toMatchObject([{ kind: "points", amountFen: 100 }, { kind: "stored-value", amountFen: 7_900, principalFen: 6_583 }]);
    expect(await tenant.balances()).toEqual({ points: 980, principal: 3_417, bonus: 683 });
    const again = await tenant.till.get(`/orders/${id}`);
    expect(again.body).toMatchObject({ id, netFen: 8_000, memberName: "王小明" });
  });

  it("answers a repeated request also when the first one took the quote away, for the same body only", async () => {
    const tenant = await tillTenant();
    const id = orderId();
    const quote = await tenant.till.put(`/quotes/${id}`, cart(tenant, tenant.memberId));
    const body = { quoteHash: quote.body.quoteHash, tenders: [{ kind: "stored-value" }] };
    const first = await tenant.till.post(`/quotes/${id}:commit`, body, { key: `${id}-key` });
    const second = await tenant.till.post(`/quotes/${id}:commit`, body, { key: `${id}-key` });
    expect(first.status).toBe(200);
    expect(second).toMatchObject({ status: 200, body: first.body });
    expect(second.headers["idempotency-hit"]).toBe("true");
    const other = await tenant.till.post(`/quotes/${id}:commit`, { ...body, tenders: [{ kind: "cash" }] }, { key: `${id}-key` });
    expect(other).toMatchObject({ status: 409, body: { code: "idempotency/body-mismatch" } });
    expect((await tenant.till.post(`/quotes/${id}:commit`, body, { key: `${id}-new` })).body.code).toBe("commerce/quote-missing");
  });

  it("answers a repeated request with the first answer, and refuses its key for another body", async () => {
    const tenant = await tillTenant();
    const id = orderId();
    const body = { ...cart(tenant, tenant.memberId), tenders: [{ kind: "stored-value" }] };
    const first = await tenant.till.post(`/quotes/${id}:commit`, body, { key: `${id}-key` });
    const second = await tenant.till.post(`/quotes/${id}:commit`, body, { key: `${id}-key` });
    expect(second.status).toBe(200);
    expect(second.headers["idempotency-hit"]).toBe("true");
    expect(second.body).toEqual(first.body);
    const other = await tenant.till.post(`/quotes/${id}:commit`, { ...body, manualDiscountFen: 1 }, { key: `${id}-key` });
    expect(other).toMatchObject({ status: 409, body: { code: "idempotency/body-mismatch" } });
    const anew = await tenant.till.post(`/quotes/${id}:commit`, body, { key: `${id}-other-key` });
    expect(anew).toMatchObject({ status: 409, body: { code: "commerce/order-exists" } });
    expect(await tenant.balances()).toMatchObject({ points: 1_100 });
  });

  it("refuses an order that the balance does not cover and changes nothing", async () => {
    const tenant = await tillTenant();
    const id = orderId();
    const reply = await tenant.till.post(`/quotes/${id}:commit`, {
      ...cart(tenant, tenant.memberId), tenders: [{ kind: "points", points: 5_000 }, { kind: "cash" }],
    }, { key: `${id}-key` });
    expect(reply).toMatchObject({ status: 409, body: { code: "ledger/insufficient-balance", available: 1_000, missing: { points: 4_000 } } });
    expect(await tenant.balances()).toEqual({ points: 1_000, principal: 10_000, bonus: 2_000 });
    expect((await tenant.till.get(`/orders/${id}`)).status).toBe(404);
  });

  it("lets one of two tills have a coupon that both want at the same moment", async () => {
    const tenant = await tillTenant();
    const couponId = await tenant.coupon();
    const replies = await Promise.all(Array.from({ length: 12 }, () => orderId()).map((id) =>
      tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, tenant.memberId), couponIds: [couponId], tenders: [{ kind: "cash" }] }, { key: `${id}-key` })));
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    const refused = replies.filter((reply) => reply.status !== 200);
    expect(new Set(refused.map((reply) => (reply.body as { code: string }).code))).toEqual(new Set(["promotions/coupon-unusable"]));
    expect(JSON.stringify(refused[0]?.body)).toContain("redeemed");
  });

  it("never spends more than there is, however many orders come at once", async () => {
    const tenant = await tillTenant();
    const replies = await Promise.all(Array.from({ length: 40 }, () => orderId()).map((id) =>
      tenant.till.post(`/quotes/${id}:commit`, {
        storeId: tenant.storeId, channel: "pos", memberId: tenant.memberId, lines: [{ lineId: "1", sku: "X", name: "套餐", quantity: 1, unitPriceFen: 1_000 }],
        tenders: [{ kind: "stored-value", amountFen: 1_000 }],
      }, { key: `${id}-key` })));
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(12);
    expect(await tenant.balances()).toEqual({ points: 1_120, principal: 0, bonus: 0 });
  });

  it("refuses a price that is no longer the quoted one", async () => {
    const tenant = await tillTenant();
    const id = orderId();
    const quote = await tenant.till.put(`/quotes/${id}`, cart(tenant, tenant.memberId));
    expect(quote).toMatchObject({ status: 200, body: { dueFen: 10_000, pointsEarned: 100 } });
    const reply = await tenant.till.post(`/quotes/${id}:commit`, { quoteHash: "0000000000000000", tenders: [{ kind: "cash" }] }, { key: `${id}-key` });
    expect(reply).toMatchObject({ status: 409, body: { code: "commerce/price-changed", netFen: 10_000 } });
    const good = await tenant.till.post(`/quotes/${id}:commit`, {
      quoteHash: (quote.body as { quoteHash: string }).quoteHash, tenders: [{ kind: "cash", amountFen: 10_000 }],
    }, { key: `${id}-key-2` });
    expect(good.status).toBe(200);
  });

  it("names every wrong field of a bad cart", async () => {
    const tenant = await tillTenant();
    const id = orderId();
    const reply = await tenant.till.post(`/quotes/${id}:commit`, {
      storeId: tenant.storeId, channel: "pigeon", lines: [{ lineId: "1", sku: "", name: "x", quantity: 0, unitPriceFen: -5 }], tenders: [{ kind: "gold" }],
    }, { key: `${id}-key` });
    expect(reply.status).toBe(422);
    const fields = (reply.body as { errors: { field: string }[] }).errors.map((error) => error.field);
    expect(fields).toEqual(expect.arrayContaining(["channel", "lines.0.sku", "lines.0.quantity", "lines.0.unitPriceFen", "tenders.0.kind"]));
  });

  it("moves the member up the moment the order reaches the next tier", async () => {
    const tenant = await tillTenant();
    const id = orderId();
    const reply = await tenant.till.post(`/quotes/${id}:commit`, {
      storeId: tenant.storeId, channel: "pos", memberId: tenant.memberId, lines: [{ lineId: "1", sku: "X", name: "宴席", quantity: 2, unitPriceFen: 10_000 }],
      tenders: [{ kind: "cash" }],
    }, { key: `${id}-key` });
    expect(reply.body).toMatchObject({ tierUpgrade: { name: "银卡" } });
    const next = orderId();
    const better = await tenant.till.post(`/quotes/${next}:commit`, { ...cart(tenant, tenant.memberId), tenders: [{ kind: "cash" }] }, { key: `${next}-key` });
    expect(better.body).toMatchObject({ pointsEarned: 150 });
  });
});

describe("a quote that is held", () => {
  it("keeps its value from other orders until it is committed or released", async () => {
    const tenant = await tillTenant();
    const couponId = await tenant.coupon();
    const [held, other] = [orderId(), orderId()];
    await tenant.till.put(`/quotes/${held}`, { ...cart(tenant, tenant.memberId), couponIds: [couponId] });
    const hold = await tenant.till.post(`/quotes/${held}:hold`, { pointsToHold: 900, storedValueFenToHold: 8_000 }, { key: `${held}-hold-key` });
    expect(hold.status).toBe(200);
    const greedy = await tenant.till.post(`/quotes/${other}:commit`, { ...cart(tenant, tenant.memberId), tenders: [{ kind: "points", points: 200 }, { kind: "cash" }] }, { key: `${other}-key` });
    expect(greedy).toMatchObject({ status: 409, body: { code: "ledger/insufficient-balance", available: 100 } });
    const couponTaken = await tenant.till.post(`/quotes/${other}:commit`, { ...cart(tenant, tenant.memberId), couponIds: [couponId], tenders: [{ kind: "cash" }] }, { key: `${other}-key-2` });
    expect(couponTaken).toMatchObject({ status: 409, body: { code: "promotions/coupon-unusable" } });
    const commit = await tenant.till.post(`/quotes/${held}:commit`, { tenders: [{ kind: "points", points: 900 }, { kind: "stored-value" }] }, { key: `${held}-key` });
    expect(commit).toMatchObject({ status: 200, body: { netFen: 8_000, balances: { points: 180, storedValueFen: 4_900 } } });
  });

  it("is not committed for another member than the one whose value it holds", async () => {
    const tenant = await tillTenant();
    const stranger = await tenant.guest();
    const id = orderId();
    await tenant.till.put(`/quotes/${id}`, cart(tenant, tenant.memberId));
    await tenant.till.post(`/quotes/${id}:hold`, { pointsToHold: 500 }, { key: `${id}-hold-key` });
    const other = await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, stranger), tenders: [{ kind: "cash" }] }, { key: `${id}-key` });
    expect(other).toMatchObject({ status: 409, body: { code: "commerce/quote-held" } });
    expect((await tenant.till.post(`/quotes/${id}:commit`, { tenders: [{ kind: "cash" }] }, { key: `${id}-key-2` })).status).toBe(200);
  });

  it("gives everything back when it is released", async () => {
    const tenant = await tillTenant();
    const couponId = await tenant.coupon();
    const id = orderId();
    await tenant.till.put(`/quotes/${id}`, { ...cart(tenant, tenant.memberId), couponIds: [couponId] });
    await tenant.till.post(`/quotes/${id}:hold`, { pointsToHold: 1_000 }, { key: `${id}-hold-key` });
    expect((await tenant.till.post(`/quotes/${id}:release`, {})).status).toBe(200);
    const other = orderId();
    const commit = await tenant.till.post(`/quotes/${other}:commit`, {
      ...cart(tenant, tenant.memberId), couponIds: [couponId], tenders: [{ kind: "points", points: 1_000 }, { kind: "cash" }],
    }, { key: `${other}-key` });
    expect(commit.status).toBe(200);
  });
});
