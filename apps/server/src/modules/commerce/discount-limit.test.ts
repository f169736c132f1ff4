import { expect, test } from "vitest";
import { orderId, tillTenant } from "../../../test/till.ts";

const lines = (manualDiscountFen = 0) => [
  { lineId: "a", sku: "S1", name: "毛肚", quantity: 1, unitPriceFen: 6_000, ...(manualDiscountFen > 0 ? { manualDiscountFen } : {}) },
  { lineId: "b", sku: "S2", name: "鸭血", quantity: 2, unitPriceFen: 2_000 },
];

test("staff give by hand what their role allows, on lines and order together; a fen more is refused, and the limit named", async () => {
  const tenant = await tillTenant();
  const cart = (line: number, order: number) => ({ storeId: tenant.storeId, channel: "till", lines: lines(line), manualDiscountFen: order });
  const cashier = await tenant.as("cashier");
  const allowed = await cashier.put(`/quotes/${orderId()}`, cart(600, 400));
  expect(allowed.body).toMatchObject({ netFen: 9_000, discountLimit: { percent: 10, limitFen: 1_000 } });
  const refused = await cashier.put(`/quotes/${orderId()}`, cart(600, 401));
  expect([refused.status, refused.body]).toMatchObject([403, { code: "commerce/discount-limit", detail: "Up to 10 %, here ¥10.00; asked for ¥10.01", limitPercent: 10, limitFen: 1_000, givenFen: 1_001 }]);
  const id = orderId();
  const paid = await cashier.post(`/quotes/${id}:commit`, { ...cart(0, 1_001), tenders: [{ kind: "cash" }] }, { key: id });
  expect([paid.status, paid.body.code]).toEqual([403, "commerce/discount-limit"]);
  expect((await (await tenant.as("store-manager")).put(`/quotes/${orderId()}`, cart(2_000, 1_000))).body).toMatchObject({ netFen: 7_000, discountLimit: { percent: 30, limitFen: 3_000 } });
  expect((await tenant.console.put(`/quotes/${orderId()}`, cart(6_000, 4_000))).body).toMatchObject({ netFen: 0, discountLimit: { percent: 100 } });
});

test("a cart that a manager discounted and parked is not settled with a cashier's rights", async () => {
  const tenant = await tillTenant();
  const id = orderId();
  await (await tenant.as("store-manager")).put(`/quotes/${id}`, { storeId: tenant.storeId, channel: "till", lines: lines(), manualDiscountFen: 3_000 });
  const pay = async (role: "cashier" | "store-manager") => (await tenant.as(role)).post(`/quotes/${id}:commit`, { tenders: [{ kind: "cash" }] }, { key: `${id}-${role}` });
  expect((await pay("cashier")).body.code).toBe("commerce/discount-limit");
  expect((await pay("store-manager")).body).toMatchObject({ netFen: 7_000 });
});

test("an API key gives by hand only with the scope for it, and the order's proof holds with discounts on lines", async () => {
  const tenant = await tillTenant();
  const body = { storeId: tenant.storeId, channel: "pos", lines: lines(500), manualDiscountFen: 100, tenders: [{ kind: "cash" }] };
  const bare = await tenant.open(["orders:write"]);
  const refused = await bare.post(`/quotes/${orderId()}:commit`, body, { key: orderId() });
  expect([refused.status, refused.body]).toMatchObject([403, { code: "commerce/discount-limit", limitPercent: 0, givenFen: 600 }]);
  const id = orderId();
  const paid = await tenant.till.post(`/quotes/${id}:commit`, body, { key: id });
  expect(paid.body).toMatchObject({ netFen: 9_400, discountFen: 600 });
  expect((await tenant.console.post(`/orders/${id}:verify`)).body).toMatchObject({ ok: true, differences: [] });
});
