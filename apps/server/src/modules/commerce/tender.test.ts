import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { orderId, tillTenant, type TillTenant } from "../../../test/till.ts";
import { acceptTransaction } from "../payments/payment.settling.ts";

const soup = (tenant: TillTenant, unitPriceFen: number) => ({
  storeId: tenant.storeId, channel: "pos", memberId: tenant.memberId, lines: [{ lineId: "1", sku: "S", name: "汤", quantity: 1, unitPriceFen }],
});

const commit = (tenant: TillTenant, id: string, priceFen: number, tenders: object[]) =>
  tenant.till.post(`/quotes/${id}:commit`, { ...soup(tenant, priceFen), tenders }, { key: `${id}-key` });

/** A WeChat payment for an order that has arrived. */
async function paidPayment(tenant: TillTenant, id: string, amountFen: number): Promise<string> {
  const { id: paymentId } = (await tenant.console.post("/payments", { kind: "wechat", orderId: id, amountFen }, { key: randomUUID() })).body;
  await tenant.inScope((scope) => acceptTransaction(scope, {
    outTradeNo: paymentId.replaceAll("-", ""), amountFen, state: "SUCCESS", transactionId: randomUUID(), tradeType: "NATIVE", payerFen: amountFen, openid: null,
    paidAt: scope.now, attach: null,
  }));
  return paymentId;
}

test("one payment pays once, also when an order names it twice, for its own order and no other amount", async () => {
  const tenant = await tillTenant();
  const id = orderId();
  const paymentId = await paidPayment(tenant, id, 1_000);
  const twice = await commit(tenant, id, 2_000, [{ kind: "wechat", amountFen: 1_000, paymentId }, { kind: "wechat", amountFen: 1_000, paymentId }]);
  expect(twice).toMatchObject({ status: 409, body: { code: "payments/payment-unusable", detail: "used" } });
  for (const [order, amountFen] of [[orderId(), 1_000], [id, 900]] as const) {
    expect(await commit(tenant, order, 1_500, [{ kind: "wechat", amountFen, paymentId }, { kind: "cash" }])).toMatchObject({ status: 409, body: { code: "payments/payment-unusable" } });
  }
  const paid = await commit(tenant, id, 1_500, [{ kind: "wechat", amountFen: 1_000, paymentId }, { kind: "cash" }]);
  expect(paid).toMatchObject({ status: 200, body: { tenders: [{ kind: "wechat", paymentId }, { kind: "cash", amountFen: 500 }] } });
});

test("what belongs to another kind of tender is refused field by field: cash takes no payment and no points", async () => {
  const tenant = await tillTenant();
  const [id, other] = [orderId(), orderId()];
  const paymentId = await paidPayment(tenant, other, 1_000);
  const refused = await commit(tenant, id, 1_000, [{ kind: "cash", amountFen: 500, paymentId }, { kind: "card", amountFen: 500, points: 300 }]);
  expect(refused).toMatchObject({ status: 422, body: { errors: [
    { field: "tenders.0.paymentId", code: "not-allowed" }, { field: "tenders.1.points", code: "not-allowed" }] } });
  expect((await commit(tenant, other, 1_000, [{ kind: "wechat", amountFen: 1_000, paymentId }])).status).toBe(200);
});

test("points pay no more than their share of an order, in however many tenders", async () => {
  const tenant = await tillTenant();
  await tenant.inScope((scope) => scope.tx.rows("update loyalty.program set max_order_share_percent = 50, version = version + 1 where tenant_id = $1 returning 1", [scope.tenantId]));
  const tooMany = await commit(tenant, orderId(), 1_000, [{ kind: "points", points: 500 }, { kind: "points", points: 100 }, { kind: "cash" }]);
  expect(tooMany).toMatchObject({ status: 422, body: { errors: [{ field: "tenders.1.points", code: "too-many" }] } });
  expect((await commit(tenant, orderId(), 1_000, [{ kind: "points", points: 300 }, { kind: "points", points: 200 }, { kind: "cash" }])).status).toBe(200);
});
