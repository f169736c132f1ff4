import { expect, test } from "vitest";
import { wrongFields } from "../../../test/objects.ts";
import { ok } from "../../../test/seas.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";

const PACK = `
pack: line
version: 1
name: 拓展
objects:
  - { key: lead, name: 线索, stageField: stage, fields: [{ key: stage, name: 阶段, kind: choice, settings: { options: [{ key: new, name: 新 }, { key: signed, name: 签约 }] } }] }
poolRules:
  - { object: lead, name: 全国公海, capacity: 100, idleDays: 15, wonStages: [signed], isDefault: true }
  - { object: lead, name: 大客户, capacity: 10 }
`;
interface Step { action: string; of: string; key: string | null; note: string | null; changes: { name: string }[] }
const planned = async (tenant: TestTenant, file = PACK, without: string[] = []): Promise<string[]> =>
  ((await ok(tenant.console.post("/packs:plan", { file, without }))).body.steps as Step[]).filter((step) => step.of === "poolRules").map((step) => [step.action, step.key, step.note, ...step.changes.map((one) => one.name)].filter(Boolean).join(" "));
const pools = async (tenant: TestTenant): Promise<{ id: string; name: string; isDefault: boolean }[]> => (await ok(tenant.console.get("/seas"))).body.items;
const names = async (tenant: TestTenant): Promise<string[]> => (await pools(tenant)).map((pool) => pool.name + (pool.isDefault ? "*" : ""));
const rollBack = async (tenant: TestTenant, id: string): Promise<string[]> => (await ok(tenant.console.post(`/pack-runs/${id}:roll-back`))).body.kept;

test("pools are planned, made once, kept as the brand has them, and taken back", async () => {
  const tenant = await freshTenant();
  expect(await planned(tenant)).toEqual(["create 全国公海", "create 大客户"]);
  const { id } = (await ok(tenant.console.post("/packs:apply", { file: PACK }))).body;
  expect(await names(tenant)).toEqual(["全国公海*", "大客户"]);
  expect(await planned(tenant)).toEqual(["same 全国公海", "same 大客户"]);
  expect(await rollBack(tenant, id)).toEqual([]);
  expect(await pools(tenant)).toEqual([]);
  expect((await tenant.console.get("/objects/lead")).status).toBe(404);
});

test("a default pool that was renamed is still the pack's, and is not taken back", async () => {
  const tenant = await freshTenant();
  const { id } = (await ok(tenant.console.post("/packs:apply", { file: PACK }))).body;
  const [first] = await pools(tenant);
  await ok(tenant.console.patch(`/seas/${first?.id}`, { name: "华东公海", idleDays: 20 }));
  expect(await planned(tenant)).toEqual(["keep 全国公海 name idleDays", "same 大客户"]);
  await ok(tenant.console.post("/objects/lead/records", { fields: { name: "一盏茶" } }));
  expect(await rollBack(tenant, id)).toEqual(["全国公海", "lead"]);
  expect(await names(tenant)).toEqual([]);
  await ok(tenant.console.post("/objects/lead:restore"));
  expect(await names(tenant)).toEqual(["华东公海*"]);
});

test("a pool that was made the default, or has records, stays when its pack is rolled back", async () => {
  const tenant = await freshTenant();
  await ok(tenant.console.post("/objects", { key: "lead", name: "线索" }));
  const mine = (await ok(tenant.console.post("/seas", { object: "lead", name: "老公海" }))).body.id;
  const only = PACK.replace(/wonStages: \[signed\], /, "").replace(/ {2}- \{ key: lead.*\n/, "").replace("objects:\n", "");
  const { id } = (await ok(tenant.console.post("/packs:apply", { file: only, without: ["poolRules.大客户"] }))).body;
  expect(await planned(tenant, only)).toEqual(["keep 全国公海 name capacity idleDays", "create 大客户"]);
  expect(await names(tenant)).toEqual(["老公海*"]);
  expect(await rollBack(tenant, id)).toEqual([]);
  const second = (await ok(tenant.console.post("/packs:apply", { file: only }))).body.id;
  const big = (await pools(tenant)).find((pool) => pool.name === "大客户")?.id;
  await ok(tenant.console.patch(`/seas/${big}`, { isDefault: true }));
  expect(await names(tenant)).toEqual(["老公海", "大客户*"]);
  await ok(tenant.console.post("/objects/lead/records", { fields: { name: "一盏茶" } }));
  await tenant.drain();
  expect(await rollBack(tenant, second)).toEqual(["大客户"]);
  expect((await tenant.console.post(`/seas/${big}:archive`, { toPoolId: mine })).body.code).toBe("sales/default-pool");
});

test("a pool that is left out is not made, and one of an object that is nowhere stops the pack", async () => {
  const tenant = await freshTenant();
  expect(await planned(tenant, PACK, ["poolRules.大客户"])).toEqual(["create 全国公海", "leave 大客户"]);
  await ok(tenant.console.post("/packs:apply", { file: PACK, without: ["poolRules.大客户"] }));
  expect(await names(tenant)).toEqual(["全国公海*"]);
  const lost = `${PACK}  - { object: shop, name: 门店池 }\n`;
  expect(await planned(tenant, lost)).toEqual(["same 全国公海", "create 大客户", "conflict 门店池 no-object object"]);
  expect((await tenant.console.post("/packs:apply", { file: lost })).body).toMatchObject({ code: "objects/pack-conflicts", detail: expect.stringContaining("poolRules.门店池") });
});

test("a mistake in pool rules is named by its place, and who may not set rules applies none", async () => {
  const tenant = await freshTenant();
  const wrong = async (file: string) => wrongFields(await tenant.console.post("/packs:plan", { file }));
  expect(await wrong("pack: line\nversion: 1\nname: x\npoolRules: [{ name: 甲 }, { object: lead, name: 乙, capacity: 0 }, { object: lead, name: 丙, colour: red }, { object: a, name: 丙 }, { object: b, name: 丙 }]"))
    .toMatchObject({ "poolRules.0.object": expect.any(String), "poolRules.1.capacity": "too_small", "poolRules.2": "unrecognized_keys", "poolRules.4": "repeated" });
  expect(await wrong("pack: line\nversion: 1\nname: x\npoolRules: 1")).toEqual({ poolRules: "invalid_type" });
  expect(wrongFields(await tenant.console.post("/packs:apply", { file: PACK.replace("[signed]", "[won]") }))).toEqual({ "wonStages.0": "unknown" });
  const role = (await ok(tenant.console.post("/roles", { name: "建模", scope: "all", permissions: ["objects.manage"] }))).body.id;
  await ok(tenant.console.post("/staff", { name: "甲", account: "jia", password: "battery horse 12", roleIds: [role], orgUnitId: tenant.headquartersId }));
  const signedIn = await tenant.anonymous.post("/sign-in", { brand: tenant.code, account: "jia", password: "battery horse 12" });
  const headers = { cookie: String(signedIn.headers["set-cookie"]).split(";")[0] ?? "" };
  expect((await tenant.anonymous.post("/packs:plan", { file: PACK }, { headers })).status).toBe(403);
});
