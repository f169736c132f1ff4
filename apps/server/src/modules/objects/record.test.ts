import openapiTypes, { astToString } from "openapi-typescript";
import { transpileModule } from "typescript";
import { expect, test } from "vitest";
import type { Answer, Client } from "../../../test/client.ts";
import { names, visits, wrongFields } from "../../../test/objects.ts";
import { freshTenant } from "../../../test/tenant.ts";

const EVERY_KIND = [
  { key: "note", kind: "long-text" }, { key: "tables", kind: "number", settings: { decimals: 1, min: 0, max: 500 } }, { key: "fee", kind: "money" },
  { key: "on", kind: "date" }, { key: "at", kind: "time" }, { key: "is_chain", kind: "boolean" },
  { key: "mood", kind: "choice", settings: { options: [{ key: "warm", name: "热情" }, { key: "cold", name: "冷淡" }] } },
  { key: "topics", kind: "choices", settings: { options: [{ key: "price", name: "价格" }, { key: "traffic", name: "客流" }] } },
  { key: "guest", kind: "reference", settings: { target: "member" } }, { key: "tel", kind: "phone" }, { key: "mail", kind: "email" }, { key: "site", kind: "url" },
  { key: "place", kind: "location" }, { key: "files", kind: "file" }, { key: "fee_a_table", kind: "formula", settings: { expression: "fee / tables / 100" } },
  { key: "no", kind: "auto-number", settings: { prefix: "V-", digits: 4 } },
];

test("a value of every kind goes in and comes out; phones and e-mails masked", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, EVERY_KIND);
  const { memberId: guest } = (await tenant.console.post("/members:quick-register", { phone: "13987651234", name: "王芳", storeId: tenant.storeId })).body.id
    ? { memberId: (await tenant.console.post("/members:lookup", { phone: "13987651234" })).body.id as string } : expect.fail("no guest");
  const values = {
    note: "第一行\n第二行", tables: 12.5, fee: 125_000, on: "2026-11-21", at: "2026-11-21T10:00:00Z", is_chain: false, mood: "warm", topics: ["traffic", "price"], guest,
    tel: "＋86 139-1111-2222", mail: "Li.Na@Example.com", site: "https://shuke.dev/a", place: { lng: 121.47, lat: 31.23, address: "南京路" },
    files: [{ name: "合同.pdf", url: "https://files.shuke.dev/1.pdf" }],
  };
  const made = await add(values);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  expect(made.body).toMatchObject({
    title: "首访", version: 1, references: { [guest]: "王芳" },
    fields: { ...values, tel: "139****2222", mail: "l***@example.com", fee_a_table: 100, no: "V-0001" },
  });
  const stored = await tenant.inScope((scope) => scope.tx.rows<{ ext: unknown }>("select ext from objects.record where tenant_id = $1", [scope.tenantId]));
  expect(JSON.stringify(stored)).not.toMatch(/13911112222|li\.na/);
  const audited = await tenant.inScope((scope) => scope.tx.rows("select * from kernel.audit_entry where tenant_id = $1", [scope.tenantId]));
  expect(JSON.stringify(audited)).not.toMatch(/13911112222|li\.na/);
  const shown = await tenant.console.post(`/records/${made.body.id}:reveal`, { field: "tel", reason: "回访" });
  expect(shown.body).toEqual({ value: "13911112222" });
  expect((await tenant.console.get("/audit-entries?action=record.reveal")).body.items).toMatchObject([{ reason: "回访" }]);
});

test("every wrong field is named at once, and nothing is written", async () => {
  const tenant = await freshTenant();
  const { add, list } = await visits(tenant, EVERY_KIND);
  const refused = await add({
    name: "", tables: 12.55, fee: 1.5, on: "2026-02-30", at: "morgen", is_chain: "yes", mood: "hot", topics: ["price", "price"], guest: tenant.storeId, tel: "12", mail: "x@", site: "javascript:alert(1)",
    place: { lng: 200, lat: 0 }, files: [{ name: "x", url: "http://plain" }], fee_a_table: 3, no: "V-9", nobody: 1,
  });
  expect(refused.status).toBe(422);
  expect(Object.keys(wrongFields(refused)).toSorted()).toEqual([
    "fields.at", "fields.fee", "fields.fee_a_table", "fields.files.0.url", "fields.is_chain", "fields.mail", "fields.mood", "fields.no", "fields.nobody", "fields.on", "fields.place.lng",
    "fields.site", "fields.tables", "fields.tel", "fields.topics",
  ]);
  expect(wrongFields(await add({ name: "" }))).toEqual({ "fields.name": "required" });
  expect(wrongFields(await add({ guest: tenant.storeId }))).toEqual({ "fields.guest": "unknown-record" });
  expect((await list()).body).toMatchObject({ items: [], count: { value: 0 } });
});

test("a field in use is renamed by one row: values, formulas, rules and filters go on", async () => {
  const tenant = await freshTenant();
  const { add, field, list } = await visits(tenant, [
    { key: "price", kind: "number", isFilterable: true }, { key: "double_price", kind: "formula", settings: { expression: "price * 2 + 1" } },
  ]);
  await tenant.console.patch("/objects/visit", { rules: [{ expression: "price < 100", message: "价格过高", field: "price" }] });
  const { id } = (await add({ price: 21.5 })).body;
  const renamed = await tenant.console.patch(`/fields/${(await field("price")).id}`, { key: "list_price", name: "标价" });
  expect(renamed.status, JSON.stringify(renamed.body)).toBe(200);
  expect((await tenant.console.get(`/records/${id}`)).body.fields).toMatchObject({ list_price: 21.5, double_price: 44 });
  expect((await field("double_price")).settings["expression"]).toBe("list_price * 2 + 1");
  expect(wrongFields(await add({ list_price: 100 }))).toEqual({ "fields.list_price": "rule" });
  expect((await list({ filter: [{ field: "list_price", op: "gte", value: 20 }] })).body.items).toHaveLength(1);
  expect(wrongFields(await list({ filter: [{ field: "price", op: "eq", value: 1 }] }))).toEqual({ "filter.0.field": "unknown-field" });
});

test("formulas are checked when they are written: unknown fields, wrong types, circles, regular expressions", async () => {
  const tenant = await freshTenant();
  const { field } = await visits(tenant, [{ key: "price", kind: "number" }, { key: "a", kind: "formula", settings: { expression: "price + 1" } }, { key: "b", kind: "formula", settings: { expression: "a + 1" } }]);
  const formula = async (expression: string) => wrongFields(await tenant.console.post("/objects/visit/fields", { key: "c", name: "公式", kind: "formula", settings: { expression } }));
  for (const expression of ["prise * 2", "name * 2", "price +", "name.matches('(a+)+$')", "[price]", ""]) expect(await formula(expression), expression).toEqual({ "settings.expression": "expression" });
  const circle = await tenant.console.patch(`/fields/${(await field("a")).id}`, { settings: { expression: "b + 1" } });
  expect(wrongFields(circle)).toEqual({ "settings.expression": "circular" });
});

test("of twenty who write the same unique value at once one wins, and a freed value can be taken again", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, [{ key: "code", kind: "text", isUnique: true }, { key: "tel", kind: "phone", isUnique: true }]);
  const answers = await Promise.all(Array.from({ length: 20 }, () => add({ code: "A-1" })));
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, ...Array.from({ length: 19 }, () => 422)]);
  expect(wrongFields(answers.find((answer) => answer.status === 422) ?? expect.fail())).toEqual({ "fields.code": "duplicate" });
  const winner = answers.find((answer) => answer.status === 201)?.body.id as string;
  expect((await tenant.console.patch(`/records/${winner}`, { fields: { code: "A-2" } })).status).toBe(200);
  expect((await add({ code: "A-1" })).status).toBe(201);
  expect(wrongFields(await add({ code: "A-2" }))).toEqual({ "fields.code": "duplicate" });
  expect((await tenant.console.delete(`/records/${winner}`)).status).toBe(204);
  expect((await add({ code: "A-2" })).status).toBe(201);
  expect((await add({ tel: "139 1111 2222" })).status).toBe(201);
  expect(wrongFields(await add({ tel: "+86 13911112222" }))).toEqual({ "fields.tel": "duplicate" });
});

test("in a batch each line stands for itself: the wrong are named, the rest is written", async () => {
  const tenant = await freshTenant();
  const { add, list } = await visits(tenant, [{ key: "code", kind: "text", isUnique: true }, { key: "other", kind: "text", isUnique: true }, { key: "no", kind: "auto-number" }]);
  const { id } = (await add({ code: "A", other: "A" })).body;
  const answer = await tenant.console.post("/objects/visit/records:batch", { records: [
    { fields: { name: "一", code: "B" } }, { fields: { name: "二", code: "A" } }, { fields: { name: "三", code: "B" } }, { fields: { code: "C" } }, { id, fields: { code: "D" } }, { id, fields: {} }, { fields: { name: "四", code: "E", other: "A" } },
  ] });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(answer.body.outcomes.map((one: { outcome: string; errors: { field: string }[] }) => [one.outcome, ...one.errors.map((error) => error.field)])).toEqual([
    ["created"], ["refused", "fields.code"], ["refused", "fields.code"], ["refused", "fields.name"], ["changed"], ["unchanged"], ["refused", "fields.other"],
  ]);
  expect((await list()).body.items.map((item: { fields: object }) => item.fields)).toEqual([{ name: "一", code: "B", other: null, no: "000002" }, { name: "首访", code: "D", other: "A", no: "000001" }]);
  expect((await add({ code: "A" })).status).toBe(201);
  for (const code of ["C", "E"]) expect((await add({ code })).status).toBe(201);
});

test("a field is required from a stage on", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, [{ key: "stage", kind: "choice", settings: { options: ["new", "talk", "won"].map((key) => ({ key, name: key })) } }]);
  expect((await tenant.console.patch("/objects/visit", { stageField: "stage" })).status).toBe(200);
  expect((await tenant.console.post("/objects/visit/fields", { key: "amount", kind: "money", name: "金额", requiredFrom: "talk" })).status).toBe(201);
  expect((await add({ stage: "new" })).status).toBe(201);
  expect(wrongFields(await add({ stage: "talk" }))).toEqual({ "fields.amount": "required" });
  expect(wrongFields(await add({ stage: "won" }))).toEqual({ "fields.amount": "required" });
  const won = await add({ stage: "won", amount: 1 });
  expect(won.status).toBe(201);
  expect(wrongFields(await tenant.console.patch(`/records/${won.body.id}`, { fields: { amount: null } }))).toEqual({ "fields.amount": "required" });
});

test("lists are filtered and sorted by slots, page by page, those without a value last", async () => {
  const tenant = await freshTenant();
  const { add, list } = await visits(tenant, [
    { key: "city", kind: "text", isFilterable: true }, { key: "price", kind: "number", isFilterable: true }, { key: "on", kind: "date", isFilterable: true }, { key: "tel", kind: "phone", isFilterable: true },
    { key: "is_chain", kind: "boolean", isFilterable: true }, { key: "plain", kind: "text" },
  ]);
  const rows = [["a", "上海", 3], ["b", "上海", 1], ["c", "上饶", 2], ["d", "北京", 2], ["e", "北京", undefined], ["f", "北京", undefined]] as const;
  for (const [name, city, price] of rows) await add({ name, city, price, on: `2026-11-0${name.charCodeAt(0) - 96}`, is_chain: name < "c", ...(name === "d" ? { tel: "13911112222" } : {}) });
  const found = async (...filter: object[]) => names(await list({ filter }));
  expect(await found({ field: "city", op: "eq", value: "上海" })).toEqual(["b", "a"]);
  expect(await found({ field: "city", op: "prefix", value: "上" })).toEqual(["a", "b", "c"]);
  expect(await found({ field: "city", op: "in", value: ["北京", "上饶"] }, { field: "price", op: "filled" })).toEqual(["d", "c"]);
  expect(await found({ field: "price", op: "gte", value: 2 })).toEqual(["c", "d", "a"]);
  expect(await found({ field: "on", op: "gte", value: "2026-11-02" }, { field: "on", op: "lte", value: "2026-11-03" })).toEqual(["b", "c"]);
  expect(await found({ field: "tel", op: "eq", value: "+86 139-1111-2222" })).toEqual(["d"]);
  expect(await found({ field: "is_chain", op: "eq", value: true })).toEqual(["b", "a"]);
  for (const [sort, expected] of [["price", "bcdafe"], ["-price", "adcbfe"]] as const) {
    const pages: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const { body }: Answer = await list({ sort, limit: 2, ...(cursor ? { cursor } : {}) });
      pages.push(...body.items.map((item: { title: string }) => item.title));
      cursor = body.nextCursor;
    }
    expect(pages.join(""), sort).toBe(expected);
  }
  expect((await list({ filter: [{ field: "city", op: "eq", value: "北京" }] })).body.count).toEqual({ value: 3, capped: false });
  expect(await list({ filter: [{ field: "plain", op: "eq", value: "x" }] })).toMatchObject({ status: 422, body: { code: "objects/not-filterable" } });
  expect(wrongFields(await list({ filter: [{ field: "city", op: "gte", value: "x" }, { field: "price", op: "eq", value: "x" }] }))).toEqual({ "filter.0.op": "operator", "filter.1.value": "invalid" });
  expect((await list({ filter: {} as never })).status).toBe(422);
});

test("staff of one store see its records and those of no store", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant);
  const elsewhere = await tenant.addStore();
  await add({ name: "这里" }, { storeId: tenant.storeId });
  const other = (await add({ name: "别处" }, { storeId: elsewhere })).body.id;
  await add({ name: "共用" });
  const manager = await tenant.as("store-manager");
  expect(names(await manager.get("/objects/visit/records"))).toEqual(["共用", "这里"]);
  expect((await manager.get(`/records/${other}`)).status).toBe(404);
  expect((await manager.patch(`/records/${other}`, { fields: { name: "改" } })).status).toBe(404);
  expect(wrongFields(await manager.post("/objects/visit/records", { fields: { name: "新" }, storeId: elsewhere }))).toEqual({ storeId: "store" });
});

test("whoever has seen an older version is told", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant);
  const { id } = (await add({})).body;
  expect((await tenant.console.patch(`/records/${id}`, { fields: { name: "二" }, version: 1 })).body.version).toBe(2);
  expect(await tenant.console.patch(`/records/${id}`, { fields: { name: "三" }, version: 1 })).toMatchObject({ status: 409, body: { code: "objects/record-changed", version: 2 } });
});

test("a view is kept as it was saved, whatever its fields are called later, for its owner or for all", async () => {
  const tenant = await freshTenant();
  const { field } = await visits(tenant, [{ key: "city", kind: "text", isFilterable: true }]);
  const wish = { name: "上海", filter: [{ field: "city", op: "eq", value: "上海" }], sort: "-city", columns: ["city"] };
  expect((await tenant.console.post("/objects/visit/views", wish)).status).toBe(201);
  expect((await tenant.console.post("/objects/visit/views", { ...wish, name: "共享", isShared: true })).status).toBe(201);
  await tenant.console.patch(`/fields/${(await field("city")).id}`, { key: "town" });
  const mine = (await tenant.console.get("/objects/visit/views")).body.items;
  expect(mine.map((view: object) => ({ ...view, id: 0 }))).toEqual(["上海", "共享"].map((name) =>
    ({ id: 0, name, isShared: name === "共享", isMine: true, filter: [{ field: "town", op: "eq", value: "上海" }], sort: "-town", columns: ["town"] })).toSorted((a, b) => (a.name < b.name ? -1 : 1)));
  const cashier = await tenant.as("cashier");
  const seen = (await cashier.get("/objects/visit/views")).body.items;
  expect(seen).toMatchObject([{ name: "共享", isMine: false }]);
  expect((await cashier.delete(`/views/${seen[0].id}`)).status).toBe(403);
  expect((await cashier.delete(`/views/${mine.find((view: { isShared: boolean }) => !view.isShared).id}`)).status).toBe(404);
  expect((await tenant.console.delete(`/views/${seen[0].id}`)).status).toBe(204);
  expect((await tenant.console.post("/objects/visit/views", { ...wish, columns: ["nothing"] })).status).toBe(422);
});

test("the tenant's own document and types know every own field, as a client generator reads them", async () => {
  const tenant = await freshTenant();
  await visits(tenant, EVERY_KIND);
  await tenant.console.post("/objects/member/fields", { key: "note", kind: "text", name: "备注" });
  const key = await tenant.open(["records:read"]);
  const { body } = await key.get("/objects:document");
  expect(body.components.schemas.VisitFields.required).toHaveLength(EVERY_KIND.length + 1);
  expect(body.components.schemas.VisitInput).toMatchObject({ required: ["name"], properties: { mood: { anyOf: [{ enum: ["warm", "cold"] }, { type: "null" }] }, fee: { anyOf: [{ type: "integer" }, { type: "null" }] } } });
  expect(Object.keys(body.components.schemas.VisitInput.properties)).not.toContain("no");
  expect(body.components.schemas.MemberFields.properties.note.title).toBe("备注");
  const generated = astToString(await openapiTypes(body));
  expect(generated).toContain("VisitInput: {");
  const { text } = (await key.get("/objects:types")).body as { text: string };
  expect(text).toContain('mood: "warm" | "cold" | null;');
  expect(text).toContain("readonly fee_a_table: number | null;");
  expect(transpileModule(text, { reportDiagnostics: true }).diagnostics).toEqual([]);
});

test("the search box finds records by the beginning of their name, for those who may see them", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant);
  const elsewhere = await tenant.addStore();
  const { id } = (await add({ name: "蜀香里火锅" }, { storeId: tenant.storeId })).body;
  await add({ name: "蜀香里茶楼" }, { storeId: elsewhere });
  const found = async (who: Client) => ((await who.get(`/search?q=${encodeURIComponent("蜀香")}`)).body.groups as { kind: string; hits: { id: string; title: string; subtitle: string }[] }[]).find((group) => group.kind === "record")?.hits;
  expect(await found(tenant.console)).toHaveLength(2);
  expect(await found(await tenant.as("store-manager"))).toMatchObject([{ id, title: "蜀香里火锅", subtitle: "拜访" }]);
  expect(await found(await tenant.as("cashier"))).toBeUndefined();
});

test("integrators write and read records with keys that may", async () => {
  const tenant = await freshTenant();
  await visits(tenant, [{ key: "code", kind: "text" }]);
  const key = await tenant.open(["records:read", "records:write"]);
  const made = await key.post("/objects/visit/records", { fields: { name: "接口", code: "K" } });
  expect(made.status).toBe(201);
  expect((await key.get(`/records/${made.body.id}`)).body.fields).toEqual({ name: "接口", code: "K" });
  expect((await (await tenant.open(["records:read"])).post("/objects/visit/records", { fields: { name: "x" } })).status).toBe(403);
});
