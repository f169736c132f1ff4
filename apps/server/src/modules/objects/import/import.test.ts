import { expect, test } from "vitest";
import { checked, done, rowsOf, step, undone } from "../../../../test/import.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

/** Visits with a number that each has once, a phone, a sum, a day, a choice and a visit that came before. */
async function visits(): Promise<TestTenant> {
  const tenant = await freshTenant();
  expect((await tenant.console.post("/objects", { key: "visit", name: "拜访" })).status).toBe(201);
  const fields = [
    { key: "no", kind: "text", name: "编号", isUnique: true }, { key: "contact", kind: "phone", name: "联系电话" }, { key: "amount", kind: "money", name: "金额" }, { key: "day", kind: "date", name: "日期" },
    { key: "result", kind: "choice", name: "结果", settings: { options: [{ key: "won", name: "成交" }, { key: "lost", name: "失败" }] } }, { key: "previous", kind: "reference", name: "上一次", settings: { target: "visit" } },
  ];
  for (const field of fields) expect((await tenant.console.post("/objects/visit/fields", field)).status, field.key).toBe(201);
  await tenant.drain();
  return tenant;
}
const FILE = "编号,名称,联系电话,金额,日期,结果\nV1,首访,13912340001,\"1,200.50\",2026/11/21,成交\nV2,回访,021-62345678,¥80,2026年11月22日,lost\n";
const listed = async (tenant: TestTenant) => (await done(tenant.console.get("/objects/visit/records"))).body.items.map((one: { fields: object }) => one.fields);

test("records of an own object come out of a file, are changed by the next one, and go again", async () => {
  const tenant = await visits();
  const run = await checked(tenant, { target: "visit", bytes: FILE });
  expect(run.verdicts, JSON.stringify(await rowsOf(tenant, run.id))).toMatchObject({ new: 2 });
  expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ created: 2 });
  expect(await listed(tenant)).toContainEqual(expect.objectContaining({ no: "V1", contact: "139****0001", amount: 120_050, day: "2026-11-21", result: "won" }));
  const second = await checked(tenant, { target: "visit", bytes: "编号,金额,结果\nV1,99,失败\nV2,80,失败\nV3,1,成交\n" }, { onNew: "skip" });
  expect(second.verdicts).toMatchObject({ changed: 1, unchanged: 1, skipped: 1 });
  expect((await rowsOf(tenant, second.id, "&verdict=changed"))[0].changes).toEqual(expect.arrayContaining([{ field: "amount", from: 120_050, to: 9_900 }, { field: "result", from: "won", to: "lost" }]));
  await step(tenant, second.id, "apply");
  expect((await undone(tenant, second.id)).undos).toMatchObject({ restored: 1 });
  expect(await listed(tenant)).toContainEqual(expect.objectContaining({ no: "V1", amount: 120_050, result: "won" }));
  // The second file changed one of the two, and gave it back: it is not as it was made.
  expect((await undone(tenant, run.id)).undos).toMatchObject({ removed: 1, kept: 1 });
});

test("what is wrong with a row is named with its column, and the others are taken", async () => {
  const tenant = await visits();
  await step(tenant, (await checked(tenant, { target: "visit", bytes: FILE })).id, "apply");
  const run = await checked(tenant, { target: "visit", bytes: "编号,名称,金额,结果,上一次\nV7,好的,1,成交,\nV8,坏钱,一百,成交,\nV9,坏选,1,也许,\nVA,坏人,1,成交,no-such-id\nV7,又来,1,成交,\n" });
  expect((await rowsOf(tenant, run.id)).map((row: { verdict: string; reasons: { column: string | null; field: string; code: string }[] }) => [row.verdict, row.reasons[0]?.code])).toEqual([
    ["new", undefined], ["error", "not-an-amount"], ["error", "unknown-option"], ["error", "unknown-record"], ["duplicate", "repeated"],
  ]);
  expect(String((await tenant.console.raw("GET", `/imports/${run.id}/error-file?verdict=duplicate`, undefined)).body).split("\r\n")[1]).toBe("V7,又来,1,成交,,6,和文件里前面的行重复 (#2)");
  // Preview and file say the same, in either language.
  const file = async (language: string) => String((await tenant.console.raw("GET", `/imports/${run.id}/error-file?language=${language}`, undefined)).body);
  for (const { column, message, value } of (await rowsOf(tenant, run.id, "&verdict=error")).flatMap((row: { reasons: object[] }) => row.reasons)) expect(await file("en")).toContain(`${column}: ${message} (${value})`);
  expect(await file("zh-CN")).toContain("金额：不是金额（元） (一百)");
});

test("a row that breaks a rule is told so in the rule's own words", async () => {
  const tenant = await visits();
  await done(tenant.console.patch("/objects/visit", { rules: [{ expression: "amount < 10000", message: "金额不能到一百元", field: "amount" }] }));
  const run = await checked(tenant, { target: "visit", bytes: "编号,名称,金额\nV1,首访,99\nV2,回访,100\n" });
  expect((await rowsOf(tenant, run.id)).map((row: { reasons: object[] }) => row.reasons)).toEqual([[], [{ column: "金额", field: "amount", code: "rule", message: "Breaks a rule", value: "金额不能到一百元" }]]);
});

test("an own field is recognised by its name before what is built in and also called so", async () => {
  const tenant = await visits();
  for (const field of [{ key: "shop", kind: "text", name: "门店" }, { key: "seller", kind: "text", name: "店铺" }]) expect((await tenant.console.post("/objects/visit/fields", field)).status).toBe(201);
  const run = await checked(tenant, { target: "visit", bytes: "编号,名称,门店,店铺,门店编码\nV1,首访,老店,小王,SH001\n" });
  expect(run.mapping.columns.map((column: { field: string }) => column.field)).toEqual(["no", "name", "shop", "seller", "storeId"]);
});

test("a circle of records is refused for the row that would close it", async () => {
  const tenant = await visits();
  await step(tenant, (await checked(tenant, { target: "visit", bytes: FILE })).id, "apply");
  const ids = Object.fromEntries((await done(tenant.console.get("/objects/visit/records"))).body.items.map((one: { id: string; fields: { no: string } }) => [one.fields.no, one.id]));
  const run = await checked(tenant, { target: "visit", bytes: `编号,上一次,金额\nV1,${ids["V2"]},7\nV2,${ids["V1"]},8\n` }, { onNew: "skip" });
  expect((await rowsOf(tenant, run.id)).map((row: { verdict: string; reasons: { code: string }[] }) => [row.verdict, row.reasons[0]?.code])).toEqual([["changed", undefined], ["error", "circular"]]);
  expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ updated: 1 });
});

test("a circle that somebody prepared since is not closed by applying or taking back, and keeps no other row from it", async () => {
  const tenant = await visits();
  await step(tenant, (await checked(tenant, { target: "visit", bytes: `${FILE}V3,三访,,3,,\n` })).id, "apply");
  const idOf = async (no: string) => (await done(tenant.console.get("/objects/visit/records"))).body.items.find((one: { fields: { no: string } }) => one.fields.no === no).id;
  const setPrevious = async (no: string, to: string | null) => done(tenant.console.patch(`/records/${await idOf(no)}`, { fields: { previous: to && await idOf(to) } }));
  const late = await checked(tenant, { target: "visit", bytes: "编号,上一次,金额\nV1,V2,7\nV3,,8\n" }, { onNew: "skip" });
  await setPrevious("V2", "V1");
  expect((await step(tenant, late.id, "apply")).outcomes).toMatchObject({ updated: 1, refused: 1 });
  await setPrevious("V2", null);
  await setPrevious("V1", "V2");
  const run = await checked(tenant, { target: "visit", bytes: "编号,上一次,金额\nV1,V3,1\nV2,V3,2\n" }, { onNew: "skip" });
  expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ updated: 2 });
  await setPrevious("V2", "V1");
  expect((await undone(tenant, run.id)).undos).toMatchObject({ kept: 1, partly: 1 });
  expect((await rowsOf(tenant, run.id, "&undo=kept"))[0].reasons).toMatchObject([{ field: "previous", code: "circular" }]);
});

test("members whose own field would come round to themselves by now are refused by themselves, and the others are written", async () => {
  const tenant = await freshTenant();
  expect((await tenant.console.post("/objects/member/fields", { key: "introducer", kind: "reference", name: "介绍人", settings: { target: "member" } })).status).toBe(201);
  await tenant.drain();
  await step(tenant, (await checked(tenant, { bytes: "客户编号,姓名\nC1,王小明\nC2,李娜\nC3,赵六\n" })).id, "apply");
  const run = await checked(tenant, { bytes: "客户编号,介绍人\nC1,C2\nC3,C2\n" });
  expect(run.verdicts).toMatchObject({ changed: 2 });
  const idOf = async (name: string) => (await done(tenant.console.get(`/members?q=${name}`))).body.items[0].id;
  await done(tenant.console.patch(`/members/${await idOf("李娜")}`, { custom: { introducer: await idOf("王小明") } }));
  expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ updated: 1, refused: 1 });
  expect((await rowsOf(tenant, run.id, "&outcome=refused"))[0].reasons).toMatchObject([{ field: "custom.introducer", code: "circular" }]);
});

test("own fields of members are columns like those that were built in", async () => {
  const tenant = await freshTenant();
  expect((await tenant.console.post("/objects/member/fields", { key: "spice", kind: "choice", name: "口味", settings: { options: [{ key: "hot", name: "重辣" }, { key: "mild", name: "微辣" }] } })).status).toBe(201);
  const run = await checked(tenant, { bytes: "客户编号,姓名,口味\nC1,王小明,重辣\nC2,李娜,不知道\n" });
  expect(run.verdicts).toMatchObject({ new: 1, error: 1 });
  await step(tenant, run.id, "apply");
  const spiceOf = async () => (await done(tenant.console.get("/members?q=王小明"))).body.items[0]?.custom?.spice;
  expect(await spiceOf()).toBe("hot");
  const second = await checked(tenant, { bytes: "客户编号,口味\nC1,微辣\n" });
  expect((await rowsOf(tenant, second.id))[0].changes).toEqual([{ field: "custom.spice", from: "hot", to: "mild" }]);
  await step(tenant, second.id, "apply");
  expect(await spiceOf()).toBe("mild");
  expect((await step(tenant, second.id, "undo")).undos).toMatchObject({ restored: 1 });
  expect(await spiceOf()).toBe("hot");
});

test("what a layout keeps from a role is neither mapped, shown nor written by it, nor after the rights are gone", async () => {
  const tenant = await visits();
  const clerk = await tenant.as("store-manager");
  const role = (await tenant.console.get("/roles")).body.items.find((one: { id: string }) => one.id === tenant.roleIds["store-manager"]);
  await done(tenant.console.patch(`/roles/${role.id}`, { permissions: [...new Set([...role.permissions, "imports.manage", "records.write"])] }));
  const layOut = (layout: object) => done(tenant.console.put(`/objects/visit/layouts/${role.id}`, { sections: [], readOnly: [], hidden: [], ...layout }));
  const desk = { ...tenant, console: clerk };
  const file = { target: "visit", bytes: "编号,名称,金额,结果\nV1,首访,4711,成交\nV2,坏钱,四千七,成交\n" };
  const mapping = { storeId: tenant.storeId };
  const run = await checked(tenant, file, mapping);
  const fits = await checked(desk, file, mapping);
  await layOut({ hidden: ["amount"], readOnly: ["result"] });
  const target = (await done(clerk.get("/import-targets"))).body.items.find((one: { key: string }) => one.key === "visit");
  expect(target.fields.map((one: { key: string; isReadOnly: boolean }) => `${one.key} ${one.isReadOnly}`)).toEqual(["storeId false", "name false", "no false", "contact false", "day false", "result true", "previous false"]);
  // Somebody else's run, and one's own from before.
  for (const { id } of [run, fits]) {
    const seen = [await clerk.get(`/imports/${id}`), await clerk.get(`/imports/${id}/rows`), await clerk.raw("GET", `/imports/${id}/error-file`, undefined)];
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(seen.map(({ body }) => (typeof body === "string" ? body : JSON.stringify(body))).join("\n")).not.toMatch(/4711|471100|四千七|"amount"/);
  }
  expect(JSON.stringify((await tenant.console.get(`/imports/${run.id}/rows`)).body)).toMatch(/471100/);
  expect((await clerk.post(`/imports/${fits.id}:apply`)).body).toMatchObject({ status: 422, errors: [{ field: "columns.2.field", code: "read-only" }, { field: "columns.3.field", code: "read-only" }] });
  const columns = ["no", "name", "amount", "result"].map((field, at) => ({ at, field }));
  const wish = { columns, identifyBy: ["no"] };
  expect((await clerk.put(`/imports/${fits.id}/mapping`, wish)).body).toMatchObject({ status: 422, errors: [{ field: "columns.2.field", code: "unknown" }, { field: "columns.3.field", code: "read-only", message: expect.stringContaining("结果") }] });
  // Granted again, and taken away between asking and the job.
  await layOut({});
  await done(clerk.post(`/imports/${fits.id}:apply`));
  await layOut({ readOnly: ["result"] });
  await tenant.drain();
  expect((await done(clerk.get(`/imports/${fits.id}`))).body).toMatchObject({ state: "failed", reason: "field-kept", outcomes: { created: 0 } });
  expect(await listed(tenant)).toEqual([]);
});
