import { expect, test } from "vitest";
import { checked, done, rowsOf, step } from "../../../../test/import.ts";
import { freshTenant } from "../../../../test/tenant.ts";

test("what a record refers to is named by what people write of it: phone, number, SKU, title, store code", async () => {
  const tenant = await freshTenant();
  await step(tenant, (await checked(tenant, { bytes: "客户编号,姓名,手机号\nC1,王小明,13912340001\nC2,李娜,13912340002\n" })).id, "apply");
  const members = (await done(tenant.console.get("/members?limit=200"))).body.items;
  const memberNo = members.find((one: { name: string }) => one.name === "李娜").memberNo;
  for (const [sku, barcode] of [["N1", "69001"], ["N2", "69002"], ["N3", "69002"]]) expect((await tenant.console.post("/products", { sku, barcode, name: sku, unitPriceFen: 100 })).status).toBe(201);
  expect((await tenant.console.post("/objects", { key: "visit", name: "拜访" })).status).toBe(201);
  for (const field of [
    { key: "no", kind: "text", name: "编号", isUnique: true }, { key: "guest", kind: "reference", name: "客人", settings: { target: "member" } },
    { key: "dishes", kind: "reference", name: "菜", settings: { target: "product", isMany: true } }, { key: "previous", kind: "reference", name: "上一次", settings: { target: "visit" } },
  ]) expect((await tenant.console.post("/objects/visit/fields", field)).status, field.key).toBe(201);
  await tenant.drain();
  const there = await checked(tenant, { target: "visit", bytes: `编号,名称,客人,菜,门店\nV1,首访,13912340001,N1,SH001\nV2,复访,${memberNo},"N1、69001,N2",\nV3,复访,C1,,\n` });
  expect(there.verdicts, JSON.stringify(await rowsOf(tenant, there.id))).toMatchObject({ new: 3 });
  await step(tenant, there.id, "apply");
  const run = await checked(tenant, { target: "visit", bytes: "编号,名称,上一次,客人,菜,门店\nW1,一,首访,,,\nW2,二,V3,,,\nW3,三,复访,13912349999,69002,没有\n" });
  expect((await rowsOf(tenant, run.id)).map((row: { verdict: string; reasons: { column: string; code: string; value: string }[] }) => [row.verdict, ...row.reasons.map(({ column, code, value }) => `${column} ${code} ${value}`)])).toEqual([
    ["new"], ["new"], ["error", "客人 unknown-record 139****9999", "菜 ambiguous 69002 ×2", "上一次 ambiguous 复访 ×2", "门店 unknown 没有"],
  ]);
  expect((await rowsOf(tenant, run.id)).map(({ references }: { references: object }) => Object.values(references))).toEqual([["首访"], ["复访"], []]);
  await step(tenant, run.id, "apply");
  const records = (await done(tenant.console.get("/objects/visit/records"))).body.items;
  const shown = Object.fromEntries(records.map(({ fields, references, storeId }: { fields: Record<string, string & string[]>; references: Record<string, string>; storeId: string | null }) =>
    [fields["no"], [references[fields["guest"] ?? ""], fields["dishes"]?.map((id) => references[id]), references[fields["previous"] ?? ""], storeId === tenant.storeId]]));
  expect(shown).toEqual({
    V1: ["王小明", ["N1"], undefined, true], V2: ["李娜", ["N1", "N2"], undefined, false], V3: ["王小明", undefined, undefined, false], W1: [undefined, undefined, "首访", false], W2: [undefined, undefined, "复访", false],
  });
});

test("own fields of members and products name records too", async () => {
  const tenant = await freshTenant();
  expect((await tenant.console.post("/objects", { key: "supplier", name: "供应商" })).status).toBe(201);
  await tenant.drain();
  await step(tenant, (await checked(tenant, { target: "supplier", bytes: "名称\n一号农场\n二号农场\n二号农场\n" })).id, "apply");
  for (const noun of ["member", "product"]) expect((await tenant.console.post(`/objects/${noun}/fields`, { key: "farm", kind: "reference", name: "农场", settings: { target: "supplier" } })).status).toBe(201);
  await tenant.drain();
  for (const [target, bytes, identifyBy] of [["product", "sku,名称,价格,农场\nA,米,1,一号农场\nB,面,1,二号农场\n", ["sku"]], ["member", "客户编号,姓名,农场\nA,王小明,一号农场\nB,李娜,二号农场\n", ["externalId"]]] as const) {
    const run = await checked(tenant, { target, bytes }, { identifyBy });
    expect((await rowsOf(tenant, run.id)).map((row: { verdict: string; reasons: object[] }) => [row.verdict, ...row.reasons]), target).toMatchObject([["new"], ["error", { column: "农场", field: "custom.farm", code: "ambiguous", value: "二号农场 ×2" }]]);
    expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ created: 1 });
  }
  expect((await done(tenant.console.get("/products"))).body.items[0].customReferences).toMatchObject({ [(await done(tenant.console.get("/products"))).body.items[0].custom.farm]: "一号农场" });
});
