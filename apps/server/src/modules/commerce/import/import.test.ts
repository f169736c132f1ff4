import { expect, test } from "vitest";
import { checked, done, rowsOf, step, undone } from "../../../../test/import.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

const FILE = "货号,品名,品类,条形码,零售价,是否上架,产地\nN1,重庆小面,面,6901234567892,¥18.00,是,重庆\nN2,牛肉面,面,,28,是,\nN3,\"酸梅汤, 大\",饮品,6901234567908,6.5,否,北京\n";
/** `stamp` says when; the rest is what the products are. */
const products = async (tenant: TestTenant) => (await done(tenant.console.get("/products?limit=200"))).body.items.map(({ updatedAt: _stamp, ...one }: { updatedAt: string; sku: string }) => one);

/** A brand whose products say where they come from, and have a number that each has once. */
async function shop(): Promise<TestTenant> {
  const tenant = await freshTenant();
  for (const field of [{ key: "origin", kind: "text", name: "产地" }, { key: "tray", kind: "text", name: "托盘", isUnique: true }]) expect((await tenant.console.post("/objects/product/fields", field)).status).toBe(201);
  await tenant.drain();
  return tenant;
}
const bySku = { identifyBy: ["sku"] };

test("products come out of a till's file with their own fields, are changed by the next one field by field, and go again", async () => {
  const tenant = await shop();
  const run = await checked(tenant, { target: "product", bytes: FILE }, bySku);
  expect(run.verdicts, JSON.stringify(await rowsOf(tenant, run.id))).toMatchObject({ new: 3, error: 0 });
  expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ created: 3 });
  const before = await products(tenant);
  expect(before).toMatchObject([
    { sku: "N1", name: "重庆小面", category: "面", barcode: "6901234567892", unitPriceFen: 1_800, isActive: true, custom: { origin: "重庆" } },
    { sku: "N2", barcode: null, unitPriceFen: 2_800, custom: { origin: null } }, { sku: "N3", name: "酸梅汤, 大", unitPriceFen: 650, isActive: false },
  ]);
  expect((await done(tenant.console.get("/products?q=cqxm"))).body.items).toHaveLength(1);
  const second = await checked(tenant, { target: "product", bytes: "sku,price,产地,category,name\nN1,20,成都,,\nN2,28,,,牛肉面\nN4,9,,面,凉面\nN1,21,,,\n" }, bySku);
  expect(second.verdicts).toMatchObject({ changed: 1, unchanged: 1, new: 1, duplicate: 1 });
  expect((await rowsOf(tenant, second.id, "&verdict=changed"))[0].changes).toEqual(expect.arrayContaining([{ field: "unitPriceFen", from: 1_800, to: 2_000 }, { field: "custom.origin", from: "重庆", to: "成都" }]));
  await step(tenant, second.id, "apply");
  expect(await products(tenant)).toMatchObject([{ unitPriceFen: 2_000, category: "面", custom: { origin: "成都" } }, { sku: "N2" }, { sku: "N3" }, { sku: "N4" }]);
  expect((await undone(tenant, second.id)).undos).toMatchObject({ restored: 1, removed: 1 });
  expect(await products(tenant)).toEqual(before);
});

test("English headers are understood, and what is wrong with a row is named with its column", async () => {
  const tenant = await shop();
  const run = await checked(tenant, { target: "product", bytes: "Item No,Product Name,Retail Price,Barcode,托盘\nA,Tea,5,,T1\nB,,5,,\nC,Cake,five,,\nD,Roll,5,x,\nE,Bun,5,,T1\n,Nameless,1,,\n" }, bySku);
  expect((await rowsOf(tenant, run.id)).map((row: { verdict: string; reasons: { column: string; code: string }[] }) => [row.verdict, ...row.reasons.map(({ column, code }) => `${column} ${code}`)])).toEqual([
    ["new"], ["error", "Product Name required"], ["error", "Retail Price not-an-amount"], ["error", "Barcode invalid_format"], ["new"], ["error", "Item No required"],
  ]);
  // Both trays are free until the first is taken.
  expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ created: 1, conflict: 1 });
});

test("without an SKU a barcode names a product, unless several have it", async () => {
  const tenant = await shop();
  const add = async (sku: string, barcode: string) => expect((await tenant.console.post("/products", { sku, name: sku, unitPriceFen: 100, barcode })).status).toBe(201);
  await add("P1", "69001");
  await add("P2", "69002");
  await add("P3", "69002");
  const run = await checked(tenant, { target: "product", bytes: "条码,售价\n69001,2\n69002,3\n69003,4\n" }, { identifyBy: ["barcode"], onNew: "skip" });
  expect((await rowsOf(tenant, run.id)).map((row: { verdict: string; reasons: { code: string; value: string }[] }) => [row.verdict, row.reasons[0]?.value])).toEqual([["changed", undefined], ["error", "69002 ×2"], ["skipped", undefined]]);
});

test("what somebody did since is neither written over nor taken away: a price, a new product, one that was sold", async () => {
  const tenant = await shop();
  const run = await checked(tenant, { target: "product", bytes: FILE }, bySku);
  expect((await tenant.console.post("/products", { sku: "N2", name: "别人的", unitPriceFen: 1 })).status).toBe(201);
  expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ created: 2, conflict: 1 });
  const second = await checked(tenant, { target: "product", bytes: "sku,价格,分类\nN1,20,\nN2,2,小吃\nN3,7,\n" }, { ...bySku, onNew: "skip" });
  const idOf = async (sku: string) => (await products(tenant)).find((one: { sku: string }) => one.sku === sku).id;
  await done(tenant.console.patch(`/products/${await idOf("N3")}`, { unitPriceFen: 800 }));
  expect((await step(tenant, second.id, "apply")).outcomes).toMatchObject({ updated: 2, conflict: 1 });
  await done(tenant.console.patch(`/products/${await idOf("N2")}`, { unitPriceFen: 300 }));
  expect((await undone(tenant, second.id)).undos).toMatchObject({ restored: 1, partly: 1 });
  expect(await products(tenant)).toMatchObject([{ sku: "N1", unitPriceFen: 1_800 }, { sku: "N2", unitPriceFen: 300, category: null }, { sku: "N3", unitPriceFen: 800 }]);
  // N1 was changed and given back, N3 has another price: neither is as it was made.
  expect((await undone(tenant, run.id)).undos).toMatchObject({ removed: 0, kept: 2 });
  const third = await checked(tenant, { target: "product", bytes: "sku,名称,价格\nM1,米饭,2\nM2,馒头,1\n" }, bySku);
  await step(tenant, third.id, "apply");
  const cart = { storeId: tenant.storeId, channel: "till", lines: [{ lineId: "1", sku: "M1", name: "米饭", quantity: 1, unitPriceFen: 200 }] };
  await done(tenant.console.put("/quotes/o1", cart));
  await done(tenant.console.post("/quotes/o1:commit", { ...cart, tenders: [{ kind: "cash" }] }, { key: "order-of-rice" }));
  expect((await undone(tenant, third.id)).undos).toMatchObject({ removed: 1, kept: 1 });
  expect((await rowsOf(tenant, third.id, "&undo=kept"))[0].reasons).toMatchObject([{ code: "used" }]);
});

test("products that an offer, a coupon or a rule for points speaks of stay when their import is taken back", async () => {
  const tenant = await shop();
  const run = await checked(tenant, { target: "product", bytes: `sku,名称,价格\n${["FREE", "PRICED", "BOUGHT", "GIVEN", "NOT", "EARNS", "WON", "OVER"].map((sku) => `${sku},${sku},5`).join("\n")}\n` }, bySku);
  await step(tenant, run.id, "apply");
  const made = async (path: string, body: object) => {
    const answer = await tenant.console.post(path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body.id as string;
  };
  const offer = (name: string, definition: object, state = "paused") => made("/offers", { name, state, definition });
  await offer("会员价", { kind: "member-price", level: "line", prices: [{ sku: "PRICED", priceFen: 400 }] });
  await offer("打折", { kind: "percent-off", trigger: "auto", level: "line", percentOff: 5, scope: { skus: ["BOUGHT"], excludeSkus: ["NOT"] } }, "draft");
  await offer("赠品", { kind: "gift", level: "order", gifts: [{ sku: "GIVEN", name: "赠", quantity: 1 }] });
  await done(tenant.console.patch(`/offers/${await offer("过去", { kind: "percent-off", trigger: "auto", level: "line", percentOff: 5, scope: { skus: ["OVER"] } })}`, { state: "ended" }));
  await made("/coupon-templates", { name: "换酸梅汤", kind: "exchange", exchange: { sku: "WON" }, validity: { kind: "days", days: 7 } });
  await made("/earn-rules", { name: "双倍", multiplierPercent: 200, skus: ["EARNS"] });
  expect((await undone(tenant, run.id)).undos).toMatchObject({ removed: 2, kept: 6 });
  expect((await products(tenant)).map((one: { sku: string }) => one.sku)).toEqual(["BOUGHT", "EARNS", "GIVEN", "NOT", "PRICED", "WON"]);
  expect((await rowsOf(tenant, run.id, "&undo=kept"))[0].reasons).toMatchObject([{ code: "in-terms", message: "Is named by an offer, a coupon or a rule for points" }]);
});

test("products are imported by those who may keep them only", async () => {
  const tenant = await shop();
  const clerk = await tenant.as("store-manager");
  const role = (await tenant.console.get("/roles")).body.items.find((one: { id: string }) => one.id === tenant.roleIds["store-manager"]);
  await done(tenant.console.patch(`/roles/${role.id}`, { permissions: [...new Set([...role.permissions.filter((one: string) => one !== "products.manage"), "imports.manage"])] }));
  expect((await clerk.post("/imports", { target: "product", fileName: "a.csv", sizeBytes: 1 })).status).toBe(403);
});
