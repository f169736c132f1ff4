import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { wrongFields } from "../../../test/objects.ts";
import { joinMember } from "../../../test/member.ts";
import { cart, orderId, tillTenant } from "../../../test/till.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";

async function addFields(tenant: TestTenant, noun: string, ...fields: object[]): Promise<void> {
  for (const field of fields) {
    const added = await tenant.console.post(`/objects/${noun}/fields`, { name: "字段", ...field });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
  }
}
const listed = async (tenant: TestTenant, path: string, ...filter: object[]) => (await tenant.console.get(`${path}?filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.items;

test("products take own fields: written one by one and in batches, shown, filtered, each value once, audited", async () => {
  const tenant = await freshTenant();
  await addFields(tenant, "product", { key: "origin", kind: "text", isFilterable: true }, { key: "spicy", kind: "number", isFilterable: true }, { key: "code", kind: "text", isUnique: true }, { key: "twice", kind: "formula", settings: { expression: "spicy * 2" } });
  const beef = (await tenant.console.post("/products", { sku: "B1", name: "毛肚", unitPriceFen: 5_800, custom: { origin: "云南", spicy: 2 } })).body;
  expect(beef.custom).toEqual({ origin: "云南", spicy: 2, code: null, twice: 4 });
  const api = await tenant.open(["products:write"]);
  const lines = [{ sku: "B1", name: "毛肚", unitPriceFen: 5_800, custom: { code: "X1" } }, { sku: "B2", name: "鸭血", unitPriceFen: 1_800, custom: { origin: "四川" } }, { sku: "B3", name: "米饭", unitPriceFen: 300 }];
  expect((await api.post("/products:batch", { products: lines })).body.outcomes.map((one: { outcome: string }) => one.outcome)).toEqual(["updated", "created", "created"]);
  expect((await api.post("/products:batch", { products: lines })).body.outcomes.map((one: { outcome: string }) => one.outcome)).toEqual(["unchanged", "unchanged", "unchanged"]);
  expect(await listed(tenant, "/products", { field: "origin", op: "eq", value: "云南" })).toMatchObject([{ sku: "B1", custom: { code: "X1", spicy: 2 } }]);
  expect(await listed(tenant, "/products", { field: "spicy", op: "filled", value: false })).toMatchObject([{ sku: "B2" }, { sku: "B3" }]);
  const refused = await api.post("/products:batch", { products: [{ ...lines[1], custom: { code: "X1", spicy: "很" } }, { ...lines[2], name: "大米饭" }] });
  expect([refused.status, wrongFields(refused)]).toEqual([422, { "products.0.custom.spicy": "invalid_type" }]);
  expect(wrongFields(await tenant.console.patch(`/products/${beef.id}`, { custom: { origin: 3 } }))).toEqual({ "custom.origin": "invalid_type" });
  expect((await tenant.console.get("/products?q=B3")).body.items[0].name).toBe("米饭");
  expect(wrongFields(await api.post("/products:batch", { products: [{ ...lines[1], custom: { code: "X1" } }] }))).toEqual({ "products.0.custom.code": "duplicate" });
  const [entry] = (await tenant.console.get(`/audit-entries?action=product.update&subject=${beef.id}`)).body.items;
  expect(entry).toMatchObject({ before: { code: null }, after: { code: "X1" } });
});

test("a paid order takes own fields from staff and integrators, shown to them, filtered, and not to the guest", async () => {
  const tenant = await tillTenant();
  await addFields(tenant, "order", { key: "table", kind: "text", isFilterable: true }, { key: "source", kind: "choice", isFilterable: true, settings: { options: [{ key: "app", name: "小程序" }, { key: "walk", name: "到店" }] } });
  const [paid, plain] = [orderId(), orderId()];
  for (const id of [paid, plain]) await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, tenant.memberId), tenders: [{ kind: "cash" }] }, { key: randomUUID() });
  expect((await tenant.console.get(`/orders/${paid}`)).body.custom).toEqual({});
  const written = await tenant.console.patch(`/orders/${paid}`, { custom: { table: "A8" } });
  expect([written.status, written.body.custom]).toEqual([200, { table: "A8", source: null }]);
  expect((await tenant.till.patch(`/orders/${paid}`, { custom: { source: "app" } })).body.custom).toEqual({ table: "A8", source: "app" });
  expect(await listed(tenant, "/orders", { field: "table", op: "prefix", value: "A" })).toMatchObject([{ id: paid, custom: { table: "A8", source: "app" } }]);
  expect(await listed(tenant, "/orders", { field: "table", op: "filled", value: false }, { field: "source", op: "filled", value: false })).toMatchObject([{ id: plain }]);
  expect(wrongFields(await tenant.console.patch(`/orders/${paid}`, { custom: { source: "bus" } }))).toEqual({ "custom.source": "invalid_value" });
  expect((await (await tenant.as("cashier")).patch(`/orders/${paid}`, { custom: { table: "B1" } })).status).toBe(403);
  expect((await (await tenant.as("store-manager", await tenant.addStore())).patch(`/orders/${paid}`, { custom: { table: "B1" } })).status).toBe(404);
  expect((await tenant.console.get(`/audit-entries?action=order.update&subject=${paid}`)).body.items).toHaveLength(2);
});

test("orders of another system bring own fields along; a wrong one is named and the order is recorded without it", async () => {
  const tenant = await freshTenant();
  await addFields(tenant, "order", { key: "table", kind: "text", isFilterable: true });
  const api = await tenant.open(["orders:write", "orders:read"]);
  const sale = (id: string, custom?: object) => ({ orderId: id, kind: "sale", storeCode: tenant.storeCode, channel: "pos", orderedAt: "2025-03-05T02:00:00Z", lines: [{ sku: "A", name: "面", quantity: 1, unitPriceFen: 1_800 }], ...(custom ? { custom } : {}) });
  const { body } = await api.post("/orders:ingest", { orders: [sale("P-1", { table: "C3" }), sale("P-2", { table: 4 }), sale("P-3")] });
  expect(body.outcomes.map((one: { outcome: string }) => one.outcome)).toEqual(["recorded", "recorded", "recorded"]);
  expect(body.outcomes.map((one: { errors?: { field: string }[] }) => one.errors?.map((error) => error.field))).toEqual([undefined, ["orders.1.custom.table"], undefined]);
  expect((await api.get("/orders/P-1")).body.custom).toEqual({ table: "C3" });
  expect(await listed(tenant, "/orders", { field: "table", op: "filled" })).toMatchObject([{ id: "P-1" }]);
});

test("nothing refers to an order, and what an order's own fields tell of a member goes with them", async () => {
  const tenant = await tillTenant();
  await tenant.console.post("/objects", { key: "visit", name: "拜访" });
  expect(wrongFields(await tenant.console.post("/objects/visit/fields", { key: "order", name: "订单", kind: "reference", settings: { target: "order" } }))).toEqual({ "settings.target": "not-here" });
  await addFields(tenant, "order", { key: "note", kind: "text", isFilterable: true, isUnique: true }, { key: "people", kind: "number" });
  const member = await joinMember(tenant);
  const id = orderId();
  await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, member.memberId), tenders: [{ kind: "cash" }] }, { key: randomUUID() });
  await tenant.console.patch(`/orders/${id}`, { custom: { note: "独一无二的客人", people: 4 } });
  expect(JSON.stringify([(await member.get(`/me/orders/${id}`)).body, (await member.get("/me/orders")).body])).not.toContain("独一无二");
  await member.post("/me/deletion");
  await tenant.inScope((scope) => scope.tx.rows("update customers.deletion set purge_at = asked_at where tenant_id = $1", [scope.tenantId]));
  await tenant.runSchedule("customers.start-purges");
  await tenant.drain();
  expect((await tenant.console.get(`/orders/${id}`)).body.custom).toEqual({ note: null, people: 4 });
  const [left] = await tenant.inScope((scope) => scope.tx.rows<{ text: string }>(
    "select (select coalesce(string_agg(u::text, ''), '') from objects.unique_value u where u.tenant_id = $1) || (select string_agg(c::text, '') from commerce.order_custom c where c.tenant_id = $1) as text", [scope.tenantId]));
  expect(left?.text).not.toContain("独一无二");
});

test("an order brings own fields along when it is paid: once, in the name of the till, and a wrong one refuses the order before it is paid", async () => {
  const tenant = await tillTenant();
  await addFields(tenant, "order", { key: "table", kind: "text", isFilterable: true }, { key: "slip", kind: "text", isUnique: true }, { key: "line", kind: "phone" });
  const commit = (id: string, custom: object | undefined, key: string = randomUUID()) => tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, tenant.memberId), tenders: [{ kind: "cash" }], ...(custom ? { custom } : {}) }, { key });
  const [first, key] = [orderId(), randomUUID()];
  const custom = { table: "A8", slip: "1", line: "13711112222" };
  const shown = { table: "A8", slip: "1", line: "137****2222" };
  const [paid, repeated] = [await commit(first, custom, key), await commit(first, custom, key)];
  expect([paid.status, paid.body.custom, paid.body.customReferences, repeated.headers["idempotency-hit"], repeated.body]).toEqual([200, shown, {}, "true", paid.body]);
  const twice = orderId();
  const together = await Promise.all(["key-twice", "key-twice"].map((same) => commit(twice, { table: "C1" }, `${twice}-${same}`)));
  expect(together.map((answer) => [answer.status, answer.body.custom?.table])).toEqual([[200, "C1"], [200, "C1"]]);
  expect((await commit(orderId(), undefined)).body).not.toHaveProperty("custom");
  expect((await tenant.console.get(`/orders/${first}`)).body.custom).toEqual(shown);
  expect((await tenant.console.get(`/audit-entries?action=order.update&subject=${first}`)).body.items).toMatchObject([{ actor: { kind: "key" }, after: { table: "A8" } }]);
  const wrong = orderId();
  expect(wrongFields(await commit(wrong, { table: 8, nothing: 1 }))).toEqual({ "custom.table": "invalid_type", "custom.nothing": "unknown-field" });
  expect(wrongFields(await commit(wrong, { slip: "1" }))).toEqual({ "custom.slip": "duplicate" });
  expect((await tenant.console.get(`/orders/${wrong}`)).status).toBe(404);
  const quoted = orderId();
  await tenant.till.put(`/quotes/${quoted}`, cart(tenant));
  expect((await tenant.till.post(`/quotes/${quoted}:commit`, { tenders: [{ kind: "cash" }], custom: { table: "B2" } }, { key: randomUUID() })).status).toBe(200);
  expect((await tenant.console.get(`/orders/${quoted}`)).body.custom).toMatchObject({ table: "B2" });
});

test("of orders that are paid at once with a value that may stand once, one has it, the others are refused, and their neighbours are paid", async () => {
  const tenant = await tillTenant();
  await addFields(tenant, "order", { key: "slip", kind: "text", isUnique: true });
  // More than once: how they fall into batches is chance.
  for (const slip of ["1", "2", "3", "4", "5", "6"]) {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, at) =>
      tenant.till.post(`/quotes/${orderId()}:commit`, { ...cart(tenant), tenders: [{ kind: "cash" }], ...(at % 2 === 0 ? { custom: { slip } } : {}) }, { key: randomUUID() })));
    const [contested = [], plain = []] = [0, 1].map((rest) => answers.filter((_answer, at) => at % 2 === rest));
    expect(plain.map((answer) => answer.status)).toEqual(plain.map(() => 200));
    expect(contested.map((answer) => answer.status).toSorted((one, other) => one - other)).toEqual([200, 422, 422, 422, 422, 422]);
    expect(contested.filter((answer) => answer.status === 422).map(wrongFields)).toEqual(Array.from({ length: 5 }, () => ({ "custom.slip": "duplicate" })));
  }
});
