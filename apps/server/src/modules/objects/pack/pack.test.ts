import { expect, test } from "vitest";
import { names, wrongFields } from "../../../../test/objects.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";
import { shippedPacks } from "./shipped.ts";

const CLUB = (version: number, fields = "") => `
pack: club
version: ${version}
name: 俱乐部
objects:
  - key: member
    name: 会员
    fields: [{ key: level, kind: text, name: 级别 }]
  - key: court
    name: 场地
    stageField: state
    fields:
      - { key: price, kind: money, name: 价格, isFilterable: true }
      - { key: twice, kind: formula, name: 双倍, settings: { expression: price * 2 } }
      - { key: state, kind: choice, name: 状态, settings: { options: [{ key: open, name: 开放 }, { key: shut, name: 关闭 }] } }
      - { key: why, kind: text, name: 原因, requiredFrom: shut }
${fields}
    rules: [{ expression: price > 0, message: 要有价格, field: price }]
    views: [{ name: 开放的, filter: [], sort: "-price" }]
roles: [{ name: 场地管理员, scope: store, permissions: [records.read, records.write] }]
demo: { court: [{ name: 一号, price: 5000, state: open }, { name: 二号, price: 6000, state: shut, why: 检修 }] }
`;
const plan = async (tenant: TestTenant, file: string) => (await tenant.console.post("/packs:plan", { file })).body.steps as { what: string; action: string; of: string; key: string | null; changes: { name: string }[] }[];
const apply = (tenant: TestTenant, file: string, withDemo = false) => tenant.console.post("/packs:apply", { file, withDemo });
const object = async (tenant: TestTenant, key: string) => (await tenant.console.get(`/objects/${key}`)).body;

test("a pack is planned, applied as planned, and applied again does nothing", async () => {
  const tenant = await freshTenant();
  const steps = await plan(tenant, CLUB(1));
  expect(steps.map((step) => `${step.action} ${step.what} ${step.of}${step.key ? `.${step.key}` : ""}`)).toEqual([
    "create object court", "create field member.level", "create field court.price", "create field court.twice", "create field court.state", "create field court.why", "change settings court", "create view court.开放的", "create role 场地管理员",
  ]);
  const applied = await apply(tenant, CLUB(1), true);
  expect(applied.status, JSON.stringify(applied.body)).toBe(201);
  expect(await object(tenant, "court")).toMatchObject({ stageField: "state", rules: [{ expression: "price > 0" }] });
  expect((await tenant.console.get("/objects/court/records")).body.items).toMatchObject([{ title: "二号", fields: { twice: 12_000 } }, { title: "一号" }]);
  expect(wrongFields(await tenant.console.post("/objects/court/records", { fields: { name: "三号", price: 1, state: "shut" } }))).toEqual({ "fields.why": "required" });
  expect(await plan(tenant, CLUB(1))).toEqual([]);
});

test("a newer version shows what it changes; rolled back, it is as it was before", async () => {
  const tenant = await freshTenant();
  await apply(tenant, CLUB(1));
  const before = await object(tenant, "court");
  const next = CLUB(2, "      - { key: lights, kind: boolean, name: 灯光 }").replace("name: 价格", "name: 每小时价格").replace("price > 0", "price > 100");
  expect((await plan(tenant, next)).map((step) => [step.what, step.key, step.changes.map((one) => one.name)])).toEqual([["field", "price", ["name"]], ["field", "lights", ["name"]], ["settings", null, ["rules"]]]);
  const { id } = (await apply(tenant, next)).body;
  expect((await object(tenant, "court")).fields.map((field: { name: string }) => field.name)).toContain("每小时价格");
  const [, first] = (await tenant.console.get("/packs")).body.runs;
  expect(await tenant.console.post(`/pack-runs/${first.id}:roll-back`)).toMatchObject({ status: 409, body: { code: "objects/pack-over" } });
  expect((await tenant.console.post(`/pack-runs/${id}:roll-back`)).body).toEqual({ kept: [] });
  expect(await object(tenant, "court")).toEqual(before);
  expect((await tenant.console.post(`/pack-runs/${id}:roll-back`)).status).toBe(409);
});

test("rolled back, a pack takes nothing along that people filled in", async () => {
  const tenant = await freshTenant();
  const { id } = (await apply(tenant, CLUB(1), true)).body;
  const mine = (await tenant.console.post("/objects/court/records", { fields: { name: "我的", price: 1 } })).body.id;
  const member = (await tenant.console.post("/members:quick-register", { phone: "13987651234", storeId: tenant.storeId })).body.id;
  await tenant.console.patch(`/members/${member}`, { custom: { level: "金" } });
  expect((await tenant.console.post(`/pack-runs/${id}:roll-back`)).body.kept.toSorted()).toEqual(["court", "member.level"]);
  expect(await object(tenant, "court")).toMatchObject({ isArchived: true });
  expect((await tenant.console.get(`/records/${mine}`)).body.fields.price).toBe(1);
  expect(names(await tenant.console.get("/objects/court/records"))).toEqual(["我的"]);
  expect((await object(tenant, "member")).fields).toMatchObject([{ key: "level", isArchived: true }]);
  expect((await tenant.console.get("/roles")).body.items.some((role: { name: string }) => role.name === "场地管理员")).toBe(false);
});

test("what contradicts the pack stops it before anything happens; so does a demo record that its own rules refuse", async () => {
  const tenant = await freshTenant();
  await tenant.console.post("/objects", { key: "court", name: "场地" });
  await tenant.console.post("/objects/court/fields", { key: "price", name: "价格", kind: "text" });
  expect(await apply(tenant, CLUB(1))).toMatchObject({ status: 409, body: { code: "objects/pack-conflicts", detail: "court.price: text → money" } });
  expect((await object(tenant, "court")).fields).toHaveLength(2);
  const other = await freshTenant();
  expect(await apply(other, CLUB(1).replace("price: 5000", "price: 0"), true)).toMatchObject({ status: 409, body: { detail: expect.stringContaining("demo.court.0.fields.price") } });
  expect((await other.console.get("/objects/court")).status).toBe(404);
});

test("a file that is no pack is refused with every place, and sections of modules that are not there by name", async () => {
  const tenant = await freshTenant();
  const wrong = async (file: string) => wrongFields(await tenant.console.post("/packs:plan", { file }));
  expect(await wrong("a: [")).toEqual({ file: "invalid_format" });
  expect(await wrong("- 1")).toEqual({ file: "invalid_type" });
  expect(await wrong(`${CLUB(1)}\njourneys: []\ncomponents: []`)).toEqual({ journeys: "needs-marketing", components: "not-supported" });
  expect(Object.keys(await wrong("pack: X\nversion: 0\nname: x\nobjects: [{ key: Bad, name: x, fields: [{ key: a, kind: nothing, name: a }] }]"))).toEqual(["pack", "version", "objects.0.key", "objects.0.fields.0.kind"]);
  expect(await wrong("a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]")).toEqual({ file: expect.any(String) });
});

test("a manager of one store applies no pack", async () => {
  const tenant = await freshTenant();
  expect((await (await tenant.as("store-manager")).post("/packs:apply", { file: CLUB(1) })).status).toBe(403);
});

test.each(shippedPacks.map((pack) => [pack.pack, pack] as const))("the shipped pack %s applies with its demo and goes again without a trace", async (_name, { file, nameEn }) => {
  const tenant = await freshTenant();
  expect((await tenant.console.post("/packs:plan", { file })).body).toMatchObject({ nameEn, steps: expect.arrayContaining([expect.objectContaining({ what: "field", changes: expect.arrayContaining([expect.objectContaining({ name: "nameEn" })]) })]) });
  const before = (await tenant.console.get("/objects")).body.items.filter((one: { isBuiltIn: boolean }) => !one.isBuiltIn);
  const applied = await apply(tenant, file, true);
  expect(applied.status, JSON.stringify(applied.body)).toBe(201);
  expect((await plan(tenant, file)).filter((step) => step.action !== "same")).toEqual([]);
  expect((await tenant.console.post(`/pack-runs/${applied.body.id}:roll-back`)).body).toEqual({ kept: [] });
  expect((await tenant.console.get("/objects")).body.items.filter((one: { isBuiltIn: boolean }) => !one.isBuiltIn)).toEqual(before);
});
