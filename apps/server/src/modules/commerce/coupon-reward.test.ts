import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../test/till.ts";

async function live(tenant: TillTenant, more: object = {}): Promise<string> {
  const { body } = await tenant.console.post("/coupon-templates", { name: "下次立减10", kind: "amount-off", amountFen: 1_000, validity: { kind: "days", days: 30 }, ...more });
  await tenant.console.post(`/coupon-templates/${body.id}:publish`);
  return body.id;
}

async function pay(tenant: TillTenant, couponIds: string[] = []): Promise<string> {
  const id = orderId();
  const reply = await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, tenant.memberId), couponIds, tenders: [{ kind: "cash" }] }, { key: id });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  await tenant.drain();
  return id;
}

const giveBack = async (tenant: TillTenant, id: string, body: object) => {
  expect((await tenant.console.post(`/orders/${id}:return`, { reason: "退", ...body }, { key: randomUUID() })).status).toBe(200);
  await tenant.drain();
};
const coupons = (tenant: TillTenant, templateId: string) => tenant.inScope((scope) => scope.tx.rows<{ id: string; state: string; source: string; source_id: string }>(
  "select id, state, source, source_id from promotions.coupon where tenant_id = $1 and template_id = $2 order by id", [scope.tenantId, templateId]));

test("a paid order brings coupons by rule and by offer; one that falls below the minimum loses those that were not used", async () => {
  const tenant = await tillTenant();
  const [byRule, byOffer] = [await live(tenant), await live(tenant, { stock: 1 })];
  const { body: rule } = await tenant.console.post("/coupon-rules", { name: "满80送券", trigger: "order-paid", templateId: byRule, count: 2, minimumFen: 8_000, channels: ["pos"] });
  await tenant.console.post("/offers", { name: "下单返券", isActive: true, definition: { kind: "next-order-coupon", level: "order", templateId: byOffer } });
  const first = await pay(tenant);
  expect(await coupons(tenant, byRule)).toMatchObject([{ state: "issued", source: "order", source_id: first }, { state: "issued", source: "order", source_id: first }]);
  expect(await coupons(tenant, byOffer)).toMatchObject([{ state: "issued", source_id: first }]);
  const [used] = await coupons(tenant, byRule);
  await tenant.console.patch(`/coupon-rules/${rule.id}`, { state: "paused" });
  await pay(tenant, [used?.id ?? ""]);
  expect(await coupons(tenant, byOffer)).toHaveLength(1);
  await giveBack(tenant, first, { lines: [{ lineId: "b", quantity: 1 }] });
  expect((await coupons(tenant, byRule)).map((one) => one.state)).toEqual(["redeemed", "issued"]);
  await giveBack(tenant, first, { lines: [{ lineId: "c", quantity: 1 }] });
  expect((await coupons(tenant, byRule)).map((one) => one.state)).toEqual(["redeemed", "void"]);
  expect((await coupons(tenant, byOffer)).map((one) => one.state)).toEqual(["issued"]);
  await giveBack(tenant, first, { whole: true });
  expect((await coupons(tenant, byOffer)).map((one) => one.state)).toEqual(["void"]);
});

test("a template's cost and sales follow its coupons through orders and returns", async () => {
  const tenant = await tillTenant();
  const id = await live(tenant, { amountFen: 1_500 });
  const { body } = await tenant.console.post(`/coupon-templates/${id}:issue`, { memberIds: [tenant.memberId] }, { key: randomUUID() });
  const order = await pay(tenant, [body.issued[0].couponId]);
  expect((await tenant.console.get(`/coupon-templates/${id}`)).body).toMatchObject({ redeemed: 1, costFen: 1_500, salesFen: 8_500 });
  await giveBack(tenant, order, { whole: true });
  expect((await tenant.console.get(`/coupon-templates/${id}`)).body).toMatchObject({ redeemed: 0, costFen: 0, salesFen: 0 });
});

test("who joins at a till is welcomed with a coupon; who came with a file is not", async () => {
  const tenant = await tillTenant();
  const id = await live(tenant, { perMember: 1 });
  await tenant.console.post("/coupon-rules", { name: "新会员礼", trigger: "member-joined", templateId: id });
  const member = await joinMember(tenant);
  const door = await tenant.open(["members:write"]);
  await door.post("/members:batch", { members: [{ externalId: "x1", name: "老客" }] }, { key: randomUUID() });
  await tenant.drain();
  expect((await member.get("/me/coupons")).body.items).toMatchObject([{ templateId: id, source: "joined" }]);
  expect(await coupons(tenant, id)).toHaveLength(1);
  expect((await tenant.console.post("/coupon-rules", { name: "x", trigger: "member-joined", templateId: id, minimumFen: 5 })).body.errors).toMatchObject([{ field: "minimumFen" }]);
  expect((await tenant.console.post("/coupon-rules", { name: "x", trigger: "order-paid", templateId: randomUUID() })).body.errors).toMatchObject([{ field: "templateId" }]);
});
