import { expect, test } from "vitest";
import { asOwner } from "../../../test/owner.ts";
import { freshTenant } from "../../../test/tenant.ts";

const noodles = { sku: "N1", name: "重庆小面", unitPriceFen: 1800, barcode: "6901234567892", category: "面" };

test("a product is added, changed and found by name, pinyin, initials, SKU and barcode", async () => {
  const { console } = await freshTenant();
  const added = await console.post("/products", noodles);
  expect(added).toMatchObject({ status: 201, body: { ...noodles, isActive: true } });
  await console.post("/products", { sku: "X100%", name: "Cola 100%", unitPriceFen: 600 });
  for (const q of ["小面", "chongqing", "cqxm", "n1", "6901234567892"]) {
    expect((await console.get(`/products?q=${encodeURIComponent(q)}`)).body.items).toMatchObject([{ sku: "N1" }]);
  }
  expect((await console.get("/products?q=100%25")).body.items).toMatchObject([{ sku: "X100%" }]);
  expect((await console.get("/products?barcode=6901234567892")).body.items).toHaveLength(1);
  const changed = await console.patch(`/products/${added.body.id}`, { unitPriceFen: 2000, barcode: null, isActive: false });
  expect(changed.body).toMatchObject({ sku: "N1", name: "重庆小面", category: "面", unitPriceFen: 2000, barcode: null, isActive: false });
});

test("a rare text is found through the index over parts, behind the fence, and finds what reading every product would", async () => {
  const tenant = await freshTenant();
  await tenant.inScope((scope) => scope.tx.rows(
    `insert into commerce.product (tenant_id, id, sku, name, name_pinyin, name_initials, price_fen, updated_at)
     select $1, gen_random_uuid(), 'SKU-' || to_char(n, 'FM00000'), '小面' || n, 'xiaomian' || n, 'xm' || n, 100, $2 from generate_series(1, 6000) n`, [scope.tenantId, scope.now]));
  await tenant.console.post("/products", { sku: "HG-77", name: "Ｑ弹 毛肚王", unitPriceFen: 5_000, barcode: "6901234567892" });
  await asOwner("vacuum analyze commerce.product");
  const found = async (q: string) => (await tenant.console.get(`/products?limit=3&q=${encodeURIComponent(q)}`)).body.items.map((one: { sku: string }) => one.sku);
  for (const q of ["毛肚", "肚", "毛肚王", "maoduw", "qtm", "hg-7", "HG", "6901234567892", "弹 毛", "q", "ｈｇ－７", "g-77", "mdw"]) expect([q, await found(q)]).toEqual([q, ["HG-77"]]);
  expect(await found("小面")).toEqual(["SKU-00001", "SKU-00002", "SKU-00003"]);
  expect(await found("5999")).toEqual(["SKU-05999"]);
  for (const q of ["肚毛", "毛王", "mdww", "7", "m", "%", "690123456789"]) expect([q, await found(q)]).toEqual([q, []]);
  for (const text of ["毛肚王", "\u0001h"]) {
    const plan = await tenant.inScope((scope) => scope.tx.rows<{ "QUERY PLAN": string }>(
      "explain select id from commerce.product_gram where tenant_id = $1 and grams @> (select commerce.grams($2, true)) limit 5001", [scope.tenantId, text]));
    expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toContain("Bitmap Index Scan on product_grams");
  }
});

test("a single letter or digit finds what begins with it, in the list and in the box, however it is spelled", async () => {
  const { console } = await freshTenant();
  for (const [sku, name] of [["B-1", "7 喜"], ["B-2", "Cola"], ["C-3", "鱼香肉丝 7 两"], ["K7", "可乐"]]) await console.post("/products", { sku, name, unitPriceFen: 600 });
  for (const [q, skus] of [["7", ["B-1"]], ["c", ["B-2", "C-3"]], ["Ｃ", ["B-2", "C-3"]], ["k", ["K7"]], ["喜", ["B-1"]], ["z", []]] as const) {
    const [list, box] = await Promise.all([console.get(`/products?q=${encodeURIComponent(q)}`), console.get(`/search?q=${encodeURIComponent(q)}`)]);
    expect([q, list.body.items.map((one: { sku: string }) => one.sku)]).toEqual([q, skus]);
    expect([q, (box.body.groups.find((one: { kind: string }) => one.kind === "product")?.hits ?? []).map((hit: { id: string }) => hit.id)]).toEqual([q, skus]);
  }
});

test("pages of products go on where the last one ended", async () => {
  const { console, open } = await freshTenant();
  const api = await open(["products:write"]);
  await api.post("/products:batch", { products: Array.from({ length: 7 }, (_, at) => ({ sku: `S${at}`, name: `菜 ${at}`, unitPriceFen: at })) });
  const first = await console.get("/products?limit=5");
  const second = await console.get(`/products?limit=5&cursor=${first.body.nextCursor}`);
  expect([...first.body.items, ...second.body.items].map((one) => one.sku)).toEqual(["S0", "S1", "S2", "S3", "S4", "S5", "S6"]);
  expect(second.body.nextCursor).toBeNull();
});

test("an SKU belongs to one product, also when two people add it at once", async () => {
  const { console } = await freshTenant();
  const tries = await Promise.all(Array.from({ length: 4 }, () => console.post("/products", noodles)));
  expect(tries.map((one) => one.status).toSorted()).toEqual([201, 409, 409, 409]);
  expect(tries.find((one) => one.status === 409)?.body).toMatchObject({ code: "commerce/sku-taken", errors: [{ field: "sku" }] });
});

test("a batch adds, changes and leaves alone, and the second time changes nothing", async () => {
  const tenant = await freshTenant();
  const api = await tenant.open(["products:write"]);
  const batch = { products: [noodles, { sku: "N2", name: "牛肉面", unitPriceFen: 2800 }] };
  await api.post("/products:batch", { products: [{ ...noodles, unitPriceFen: 1 }] });
  const first = await api.post("/products:batch", batch);
  expect(first.body.outcomes.map((one: { outcome: string }) => one.outcome)).toEqual(["updated", "created"]);
  const second = await api.post("/products:batch", batch);
  expect(second.body.outcomes.map((one: { outcome: string }) => one.outcome)).toEqual(["unchanged", "unchanged"]);
});

test("a batch with wrong lines names every wrong field and changes nothing", async () => {
  const { open, console } = await freshTenant();
  const api = await open(["products:write"]);
  const wrong = await api.post("/products:batch", { products: [{ sku: "", name: "x", unitPriceFen: -1 }, noodles] });
  expect(wrong.status).toBe(422);
  expect(wrong.body.errors.map((one: { field: string }) => one.field)).toEqual(expect.arrayContaining(["products.0.sku", "products.0.unitPriceFen"]));
  const repeated = await api.post("/products:batch", { products: [noodles, noodles] });
  expect(repeated.body.errors).toMatchObject([{ field: "products.1.sku", code: "repeated" }]);
  expect((await console.get("/products")).body.items).toEqual([]);
});

test("SKUs are resolved a thousand at a time; what is not there is left out", async () => {
  const tenant = await freshTenant();
  await tenant.console.post("/products", { sku: "R1", name: "拿铁", unitPriceFen: 2_800 });
  const { status, body } = await tenant.console.post("/products:resolve", { skus: ["R2", "R1", "R1"] });
  expect([status, body.items.map((one: { sku: string; name: string }) => [one.sku, one.name])]).toEqual([200, [["R1", "拿铁"]]]);
  expect((await tenant.console.post("/products:resolve", { skus: Array.from({ length: 1_001 }, (_, at) => `S${at}`) })).status).toBe(422);
});
