import { expect, test } from "vitest";
import { names, visits, wrongFields } from "../../../test/objects.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { getDefinition } from "./definition.ts";

const byThousands = async (tenant: TestTenant, count: number, fields: (at: number) => object) => {
  for (let from = 0; from < count; from += 1_000) {
    const records = Array.from({ length: Math.min(1_000, count - from) }, (_, at) => ({ fields: { name: `第${from + at}`, ...fields(from + at) } }));
    expect((await tenant.console.post("/objects/visit/records:batch", { records })).status).toBe(200);
  }
};

test("an object with records is not deleted; archived it keeps them and nobody changes them", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant);
  const { id } = (await add({})).body;
  expect(await tenant.console.delete("/objects/visit")).toMatchObject({ status: 409, body: { code: "objects/object-has-records" } });
  expect((await tenant.console.post("/objects/visit:archive", { reason: "不再拜访" })).status).toBe(204);
  expect((await tenant.console.get(`/records/${id}`)).status).toBe(200);
  expect(await add({})).toMatchObject({ status: 409, body: { code: "objects/archived", detail: "不再拜访" } });
  expect((await tenant.console.delete(`/records/${id}`)).status).toBe(409);
  expect((await tenant.console.post("/objects/visit/fields", { key: "x", name: "x", kind: "text" })).status).toBe(409);
  expect((await tenant.console.post("/objects/visit:restore")).status).toBe(204);
  expect((await tenant.console.delete(`/records/${id}`)).status).toBe(204);
  expect((await tenant.console.delete("/objects/visit")).status).toBe(204);
  expect((await tenant.console.get("/objects/visit")).status).toBe(404);
});

test("names are taken once, of objects and of an object's fields; built-in ones always", async () => {
  const tenant = await freshTenant();
  await visits(tenant);
  for (const key of ["visit", "member"]) expect(wrongFields(await tenant.console.post("/objects", { key, name: "又" }))).toEqual({ key: "taken" });
  expect(wrongFields(await tenant.console.post("/objects/visit/fields", { key: "name", name: "又", kind: "text" }))).toEqual({ key: "taken" });
  expect((await tenant.console.post("/objects/visit/fields", { key: "size", name: "大小", kind: "text" })).status).toBe(422);
  expect(wrongFields(await tenant.console.post("/objects/visit/fields", { key: "c", name: "选", kind: "choice" }))).toEqual({ "settings.options": "required" });
  expect(wrongFields(await tenant.console.post("/objects/visit/fields", { key: "r", name: "指", kind: "reference", settings: { target: "nothing" } }))).toEqual({ "settings.target": "unknown-object" });
});

test("a field that holds values or that others need is not deleted; archived it comes back with them", async () => {
  const tenant = await freshTenant();
  const { add, field } = await visits(tenant, [{ key: "price", kind: "number", isFilterable: true }, { key: "twice", kind: "formula", settings: { expression: "price * 2" } }, { key: "empty", kind: "text" }]);
  const { id } = (await add({ price: 3 })).body;
  const [price, twice, empty, name] = [(await field("price")).id, (await field("twice")).id, (await field("empty")).id, (await field("name")).id];
  expect(await tenant.console.delete(`/fields/${price}`)).toMatchObject({ status: 409, body: { code: "objects/field-needed", detail: "formula twice" } });
  expect(await tenant.console.delete(`/fields/${name}`)).toMatchObject({ body: { code: "objects/field-needed" } });
  expect((await tenant.console.delete(`/fields/${twice}`)).status).toBe(204);
  expect(await tenant.console.delete(`/fields/${price}`)).toMatchObject({ status: 409, body: { code: "objects/field-in-use" } });
  expect((await tenant.console.delete(`/fields/${empty}`)).status).toBe(204);
  expect((await tenant.console.post(`/fields/${price}:archive`)).status).toBe(200);
  expect((await tenant.console.get(`/records/${id}`)).body.fields).toEqual({ name: "首访" });
  expect((await tenant.console.post(`/fields/${price}:restore`)).status).toBe(200);
  expect((await tenant.console.get(`/records/${id}`)).body.fields).toEqual({ name: "首访", price: 3 });
});

test("options that records may hold are retired, not taken out", async () => {
  const tenant = await freshTenant();
  const { add, field } = await visits(tenant, [{ key: "mood", kind: "choice", settings: { options: [{ key: "warm", name: "热情" }, { key: "cold", name: "冷淡" }] } }]);
  const [{ id }, mood] = [(await add({ mood: "cold" })).body, (await field("mood")).id];
  expect(wrongFields(await tenant.console.patch(`/fields/${mood}`, { settings: { options: [{ key: "warm", name: "热情" }] } }))).toEqual({ "settings.options": "option-lost" });
  expect((await tenant.console.patch(`/fields/${mood}`, { settings: { options: [{ key: "warm", name: "热情" }, { key: "cold", name: "冷", isRetired: true }] } })).status).toBe(200);
  expect(wrongFields(await add({ mood: "cold" }))).toMatchObject({ "fields.mood": expect.any(String) });
  expect((await tenant.console.patch(`/records/${id}`, { fields: { name: "改名" } })).body.fields.mood).toBe("cold");
});

test("a field is made filterable while records are written: every one of them is found afterwards", async () => {
  const tenant = await freshTenant();
  const { add, field, list } = await visits(tenant, [{ key: "city", kind: "text" }]);
  await byThousands(tenant, 6_000, (at) => (at % 3 === 0 ? {} : { city: at % 2 === 0 ? "上海" : "北京" }));
  const { id } = await field("city");
  const promoted = await tenant.console.post(`/fields/${id}:promote`);
  expect(promoted.status, JSON.stringify(promoted.body)).toBe(200);
  expect((await field("city")).filterable).toBe("filling");
  expect((await list({ filter: [{ field: "city", op: "eq", value: "上海" }] })).body.code).toBe("objects/not-filterable");
  const old = (await list({ limit: 200 })).body.items as { id: string; fields: { city: string | null } }[];
  const moved = old.filter((one) => one.fields.city === "北京").slice(0, 20);
  const [, ...answers] = await Promise.all([tenant.drain(), ...moved.map((one) => tenant.console.patch(`/records/${one.id}`, { fields: { city: "广州" } })), ...Array.from({ length: 10 }, () => add({ city: "广州" }))]);
  expect(answers.every((answer) => answer.status < 300)).toBe(true);
  expect((await field("city")).filterable).toBe("yes");
  const counted = async (value: string) => (await list({ filter: [{ field: "city", op: "eq", value }] })).body.count.value as number;
  expect([await counted("上海"), await counted("北京"), await counted("广州")]).toEqual([2_000, 1_980, 30]);
});

test("a change of the definition waits for those who write by the old one", async () => {
  const tenant = await freshTenant();
  const { field } = await visits(tenant, [{ key: "city", kind: "text" }]);
  const { id } = await field("city");
  const order: string[] = [];
  const promoted = await tenant.inScope(async (scope) => {
    await getDefinition(scope, "visit", "values");
    const waiting = tenant.console.post(`/fields/${id}:promote`).then((answer) => order.push(`promoted ${answer.status}`));
    await new Promise((settle) => setTimeout(settle, 300));
    order.push("written");
    return { waiting };
  });
  await promoted.waiting;
  expect(order).toEqual(["written", "promoted 200"]);
});

test("a slot that another field had brings none of its values along", async () => {
  const tenant = await freshTenant();
  const { add, field, list } = await visits(tenant, [{ key: "city", kind: "text", isFilterable: true }]);
  await add({ city: "上海" });
  expect((await tenant.console.post(`/fields/${(await field("city")).id}:demote`)).body.fields[1].filterable).toBe("no");
  const other = await tenant.console.post("/objects/visit/fields", { key: "street", name: "街道", kind: "text", isFilterable: true });
  expect(other.body.fields[2].filterable).toBe("yes");
  expect((await list({ filter: [{ field: "street", op: "filled" }] })).body.items).toEqual([]);
  expect((await tenant.console.post(`/fields/${(await field("city")).id}:promote`)).status).toBe(200);
  expect(names(await list({ filter: [{ field: "city", op: "eq", value: "上海" }] }))).toEqual(["首访"]);
});

test("there are as many slots as the bank holds, and then a clear answer", async () => {
  const tenant = await freshTenant();
  const { field } = await visits(tenant, Array.from({ length: 6 }, (_, at) => ({ key: `n${at}`, kind: "number", isFilterable: true })));
  expect(await tenant.console.post("/objects/visit/fields", { key: "n7", name: "七", kind: "money", isFilterable: true })).toMatchObject({ status: 409, body: { code: "objects/no-slot-left" } });
  expect((await tenant.console.post("/objects/visit/fields", { key: "long", name: "长", kind: "long-text", isFilterable: true })).status).toBe(422);
  expect((await tenant.console.post(`/fields/${(await field("n1")).id}:demote`)).status).toBe(200);
  expect((await tenant.console.post("/objects/visit/fields", { key: "n7", name: "七", kind: "money", isFilterable: true })).status).toBe(201);
});

test("making a field unique looks at the records there are: duplicates are named and it stays as it was", async () => {
  const tenant = await freshTenant();
  const { add, field, list } = await visits(tenant, [{ key: "code", kind: "text" }]);
  await byThousands(tenant, 5_100, (at) => ({ code: at === 5_050 ? "C7" : `C${at}` }));
  const { id } = await field("code");
  expect((await tenant.console.patch(`/fields/${id}`, { isUnique: true })).status).toBe(200);
  await tenant.drain();
  const failed = (await tenant.console.get("/objects/visit")).body.fields[1];
  expect(failed).toMatchObject({ isUnique: false, fills: { unique: { state: "failed", duplicates: ["C7"] } } });
  const twin = (await list({ limit: 200 })).body.items.find((one: { fields: { code: string } }) => one.fields.code === "C7");
  await tenant.console.patch(`/records/${twin.id}`, { fields: { code: "C5050" } });
  expect((await tenant.console.patch(`/fields/${id}`, { isUnique: true })).status).toBe(200);
  await tenant.drain();
  expect((await field("code"))).toMatchObject({ isUnique: true, fills: {} });
  expect(wrongFields(await add({ code: "C4242" }))).toEqual({ "fields.code": "duplicate" });
});

test("a record is not its own ancestor, not even where two writers close the circle together", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, [{ key: "parent", kind: "reference", settings: { target: "visit" } }]);
  const [a, b, c] = [(await add({})).body.id, (await add({})).body.id, (await add({})).body.id] as [string, string, string];
  const under = (child: string, parent: string) => tenant.console.patch(`/records/${child}`, { fields: { parent } });
  expect(wrongFields(await under(a, a))).toEqual({ "fields.parent": "circular" });
  expect((await under(b, a)).status).toBe(200);
  expect((await under(c, b)).status).toBe(200);
  expect(wrongFields(await under(a, c))).toEqual({ "fields.parent": "circular" });
  for (let round = 0; round < 5; round++) {
    const [x, y] = [(await add({})).body.id, (await add({})).body.id] as [string, string];
    const answers = await Promise.all([under(x, y), under(y, x)]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 422]);
  }
});

test("what others refer to is neither deleted nor forgotten: looking back, and many to many", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant);
  await tenant.console.post("/objects", { key: "task", name: "任务" });
  for (const field of [{ key: "visit", settings: { target: "visit" } }, { key: "others", settings: { target: "visit", isMany: true } }]) {
    expect((await tenant.console.post("/objects/task/fields", { name: "拜访", kind: "reference", ...field })).status).toBe(201);
  }
  const fields = (await tenant.console.get("/objects/task")).body.fields as { id: string; key: string }[];
  const [one, many] = [fields.find((field) => field.key === "visit")?.id, fields.find((field) => field.key === "others")?.id];
  const [first, second] = [(await add({ name: "甲" })).body.id, (await add({ name: "乙" })).body.id] as [string, string];
  const task = (await tenant.console.post("/objects/task/records", { fields: { name: "跟进", visit: first, others: [second, first] } })).body;
  expect(task).toMatchObject({ fields: { visit: first, others: [second, first] }, references: { [first]: "甲", [second]: "乙" } });
  expect(names(await tenant.console.get(`/records/${first}/related?field=${one}`))).toEqual(["跟进"]);
  expect(names(await tenant.console.get(`/records/${second}/related?field=${many}`))).toEqual(["跟进"]);
  expect(await tenant.console.delete(`/records/${second}`)).toMatchObject({ status: 409, body: { code: "objects/record-referred-to", recordId: task.id } });
  expect(await tenant.console.post("/objects/visit:archive", { reason: "x" })).toMatchObject({ status: 409, body: { code: "objects/object-referred-to", detail: "task.others, task.visit" } });
  expect((await tenant.console.patch(`/records/${task.id}`, { fields: { others: [first] } })).status).toBe(200);
  expect((await tenant.console.delete(`/records/${second}`)).status).toBe(204);
});

test("of two who add the same field at once one wins, and two promoted at once get two slots", async () => {
  const tenant = await freshTenant();
  const { field } = await visits(tenant, [{ key: "a", kind: "text" }, { key: "b", kind: "text" }]);
  const same = await Promise.all([1, 2].map(() => tenant.console.post("/objects/visit/fields", { key: "c", name: "丙", kind: "text" })));
  expect(same.map((answer) => answer.status).toSorted()).toEqual([201, 422]);
  const ids = [(await field("a")).id, (await field("b")).id];
  const both = await Promise.all(ids.map((id) => tenant.console.post(`/fields/${id}:promote`)));
  expect(both.map((answer) => answer.status)).toEqual([200, 200]);
});
