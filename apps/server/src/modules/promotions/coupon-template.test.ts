import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { freshTenant } from "../../../test/tenant.ts";

const TEMPLATE = { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 } };

test("a template of each kind says what it gives in one sentence", async () => {
  const { console: door } = await freshTenant();
  const say = async (body: object) => (await door.post("/coupon-templates", { thresholdFen: 0, validity: { kind: "days", days: 7 }, ...body })).body;
  expect((await say(TEMPLATE)).sentence).toContain("满100减20");
  const fold = await say({ name: "八折", kind: "percent-off", percentOff: 20, capFen: 5_000, validity: { kind: "fixed", from: "2026-12-01", until: "2026-12-31" } });
  expect(fold).toMatchObject({ kind: "percent-off", percentOff: 20, capFen: 5_000, amountFen: null, state: "draft", version: 1, issued: 0 });
  expect(fold.sentence).toMatch(/8折.*最多减50元.*2026-12-01至2026-12-31有效/);
  expect((await say({ name: "换酸梅汤", kind: "exchange", exchange: { sku: "S3" } })).sentence).toContain("兑换");
  expect((await say({ name: "立减50", kind: "amount-off", amountFen: 5_000 })).warnings).toMatchObject([{ field: "thresholdFen" }]);
});

test("a sentence names the tiers and the products that it speaks of", async () => {
  const { console: door } = await freshTenant();
  const { body: tier } = await door.post("/tiers", { name: "金卡", rank: 1, spendFen: 100_000 });
  await door.post("/products", { sku: "S3", name: "酸梅汤", unitPriceFen: 800 });
  const definition = { kind: "exchange", level: "line", get: { skus: ["S3"] }, priceFen: 0, scope: { tiers: [tier.id] } };
  const { body } = await door.post("/coupon-templates", { name: "金卡换酸梅汤", validity: TEMPLATE.validity, definition });
  expect(body.sentence).toMatch(/酸梅汤.*限金卡会员/);
  expect(body.sentence).not.toContain("S3");
});

test("a template that contradicts itself is refused with every wrong field", async () => {
  const { console: door } = await freshTenant();
  const wrong = async (body: object) => (await door.post("/coupon-templates", { ...TEMPLATE, ...body })).body.errors.map((one: { field: string }) => one.field);
  expect(await wrong({ amountFen: null, percentOff: 20, capFen: 100, validity: { kind: "fixed", from: "2026-12-02", until: "2026-12-01" }, stock: 2, perMember: 3 }))
    .toEqual(["amountFen", "percentOff", "capFen", "validity.until", "perMember"]);
  expect(await wrong({ kind: "percent-off", percentOff: 101, amountFen: undefined })).toEqual(["percentOff"]);
  expect(await wrong({ name: " ", thresholdFen: -1, validity: { kind: "days", days: 0 } })).toEqual(["name", "thresholdFen", "validity.days"]);
});

test("changing a live template makes a new version; coupons issued before keep theirs", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const { body: { id } } = await tenant.console.post("/coupon-templates", TEMPLATE);
  await tenant.console.patch(`/coupon-templates/${id}`, { amountFen: 2_500, name: "满100减25" });
  await tenant.console.post(`/coupon-templates/${id}:publish`);
  await tenant.console.post(`/coupon-templates/${id}:issue`, { memberIds: [member.memberId] }, { key: randomUUID() });
  expect((await tenant.console.patch(`/coupon-templates/${id}`, { amountFen: 500, name: "满100减5" })).body).toMatchObject({ version: 2, amountFen: 500 });
  expect((await tenant.console.patch(`/coupon-templates/${id}`, { stock: 100 })).body).toMatchObject({ version: 2, stock: 100 });
  await tenant.console.post(`/coupon-templates/${id}:issue`, { memberIds: [member.memberId] }, { key: randomUUID() });
  const { body } = await member.get("/me/coupons");
  expect(body.items.map((one: { name: string; amountFen: number }) => [one.name, one.amountFen])).toEqual([["满100减5", 500], ["满100减25", 2_500]]);
});

test("a template changes its kind with the fields of the new kind, and stock does not fall below what is issued", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const { body: { id } } = await tenant.console.post("/coupon-templates", TEMPLATE);
  expect((await tenant.console.patch(`/coupon-templates/${id}`, { kind: "percent-off" })).body.errors).toMatchObject([{ field: "percentOff" }]);
  expect((await tenant.console.patch(`/coupon-templates/${id}`, { kind: "percent-off", percentOff: 12.5 })).body).toMatchObject({ percentOff: 12.5, amountFen: null });
  await tenant.console.post(`/coupon-templates/${id}:publish`);
  for (let at = 0; at < 2; at++) await tenant.console.post(`/coupon-templates/${id}:issue`, { memberIds: [member.memberId] }, { key: randomUUID() });
  expect((await tenant.console.patch(`/coupon-templates/${id}`, { stock: 1 })).body.errors).toMatchObject([{ field: "stock", code: "below-issued" }]);
  expect((await tenant.console.post(`/coupon-templates/${id}:publish`)).body.code).toBe("promotions/template-state");
});

test("what a template has been is told, the latest first, with who changed what", async () => {
  const tenant = await freshTenant();
  const { body: { id } } = await tenant.console.post("/coupon-templates", TEMPLATE);
  expect((await tenant.console.get(`/coupon-templates/${id}/versions`)).body.items).toEqual([]);
  await tenant.console.post(`/coupon-templates/${id}:publish`);
  await tenant.console.patch(`/coupon-templates/${id}`, { name: "改过的券", graceDays: 9, thresholdFen: 12_300 });
  const { body: { items: [now, first, ...more], nextCursor } } = await tenant.console.get(`/coupon-templates/${id}/versions`);
  expect([now.version, first.version, more, nextCursor]).toEqual([2, 1, [], null]);
  expect(now.changes).toEqual([
    { field: "name", before: TEMPLATE.name, after: "改过的券" }, { field: "graceDays", before: 3, after: 9 }, { field: "threshold.amountFen", before: expect.any(Number), after: 12_300 },
  ]);
  expect([first.changes, first.byName, first.by]).toEqual([[], now.byName, `staff:${tenant.adminId}`]);
  expect((await tenant.console.get(`/coupon-templates/${id}/versions?limit=1`)).body).toMatchObject({ items: [{ version: 2, changes: now.changes }], nextCursor: expect.any(String) });
});

test("a template whose days are over is not published, and another tenant's does not exist", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const { body: { id } } = await tenant.console.post("/coupon-templates", { ...TEMPLATE, validity: { kind: "fixed", from: "2020-01-01", until: "2020-01-31" } });
  expect((await tenant.console.post(`/coupon-templates/${id}:publish`)).body.code).toBe("promotions/template-over");
  for (const reply of [await other.console.get(`/coupon-templates/${id}`), await other.console.patch(`/coupon-templates/${id}`, { name: "x" }), await other.console.post(`/coupon-templates/${id}:publish`)]) {
    expect(reply.status).toBe(404);
  }
  expect((await (await tenant.as("cashier")).post("/coupon-templates", TEMPLATE)).status).toBe(403);
});

test("names hold quotes, script, emoji and rare characters as they are", async () => {
  const { console: door } = await freshTenant();
  const name = "'; drop table--<script>🍲𠮷";
  const { body } = await door.post("/coupon-templates", { ...TEMPLATE, name, categories: ["荤菜'\"%_"] });
  expect(body).toMatchObject({ name, categories: ["荤菜'\"%_"] });
  expect((await door.get(`/coupon-templates?q=${encodeURIComponent("--<script>")}`)).body.items).toHaveLength(1);
  expect((await door.get("/coupon-templates?q=%25")).body.items).toHaveLength(0);
});
