import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { clock } from "../../../test/server.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../test/till.ts";

const DAY_MS = 86_400_000;

/** A coupon of a template with this policy in the guest's hand. */
async function couponOf(tenant: TillTenant, template: object): Promise<string> {
  const { body } = await tenant.console.post("/coupon-templates", { name: "饮品立减5", kind: "amount-off", amountFen: 500, categories: ["饮品"], validity: { kind: "days", days: 2 }, ...template });
  await tenant.console.post(`/coupon-templates/${body.id}:publish`);
  const issued = await tenant.console.post(`/coupon-templates/${body.id}:issue`, { memberIds: [tenant.memberId] }, { key: randomUUID() });
  return issued.body.issued[0].couponId;
}

async function paid(tenant: TillTenant, couponId: string): Promise<string> {
  const id = orderId();
  const reply = await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, tenant.memberId), couponIds: [couponId], tenders: [{ kind: "cash" }] }, { key: id });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return id;
}

const giveBack = (tenant: TillTenant, id: string, body: object) => tenant.console.post(`/orders/${id}:return`, { reason: "不合口味", ...body }, { key: randomUUID() });
const stateOf = async (tenant: TillTenant, couponId: string) => {
  const [row] = await tenant.inScope((scope) => scope.tx.rows<{ state: string; valid_until: Date }>(
    "select state, valid_until from promotions.coupon where tenant_id = $1 and id = $2", [scope.tenantId, couponId]));
  return row;
};

test("returning the line that a coupon discounted gives the coupon back; it can be used again, and the first order may still come back", async () => {
  const tenant = await tillTenant();
  const couponId = await couponOf(tenant, {});
  const first = await paid(tenant, couponId);
  await giveBack(tenant, first, { lines: [{ lineId: "a", quantity: 1 }] });
  expect(await stateOf(tenant, couponId)).toMatchObject({ state: "redeemed" });
  await giveBack(tenant, first, { lines: [{ lineId: "c", quantity: 1 }] });
  expect(await stateOf(tenant, couponId)).toMatchObject({ state: "issued" });
  const second = await paid(tenant, couponId);
  expect((await giveBack(tenant, first, { whole: true })).status).toBe(200);
  expect(await stateOf(tenant, couponId)).toMatchObject({ state: "redeemed" });
  const proof = await tenant.inScope((scope) => scope.tx.rows<{ order_id: string }>("select order_id from promotions.coupon_return where tenant_id = $1", [scope.tenantId]));
  expect(proof).toEqual([{ order_id: first }]);
  expect(second).not.toBe(first);
});

test("a coupon that discounted several lines comes back with the last unit of the last of them", async () => {
  const tenant = await tillTenant();
  const couponId = await couponOf(tenant, { categories: [] });
  const id = await paid(tenant, couponId);
  for (const [lineId, state] of [["a", "redeemed"], ["b", "redeemed"], ["c", "redeemed"], ["b", "issued"]]) {
    await giveBack(tenant, id, { lines: [{ lineId, quantity: 1 }] });
    expect(await stateOf(tenant, couponId), lineId).toMatchObject({ state });
  }
});

test("a coupon for the whole order, and one that never comes back, keep to their policy", async () => {
  const tenant = await tillTenant();
  const [whole, never] = [await couponOf(tenant, { returnPolicy: "whole" }), await couponOf(tenant, { returnPolicy: "never" })];
  const first = await paid(tenant, whole);
  await giveBack(tenant, first, { lines: [{ lineId: "c", quantity: 1 }] });
  expect(await stateOf(tenant, whole)).toMatchObject({ state: "redeemed" });
  await giveBack(tenant, first, { whole: true });
  expect(await stateOf(tenant, whole)).toMatchObject({ state: "issued" });
  await giveBack(tenant, await paid(tenant, never), { whole: true });
  expect(await stateOf(tenant, never)).toMatchObject({ state: "redeemed" });
});

test("one that has ended meanwhile comes back for the template's days of grace", async () => {
  const tenant = await tillTenant();
  const couponId = await couponOf(tenant, { graceDays: 7 });
  const first = await paid(tenant, couponId);
  clock.advance(10 * DAY_MS);
  await giveBack(tenant, first, { whole: true });
  const after = await stateOf(tenant, couponId);
  expect(after?.state).toBe("issued");
  expect(Math.round(((after?.valid_until.getTime() ?? 0) - clock.now().getTime()) / DAY_MS)).toBe(7);
});
