import { expect, test } from "vitest";
import { wrongFields } from "../../../../test/objects.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

const CLUB = (version: number, menus: string) => `
pack: club
version: ${version}
name: 俱乐部
objects: [{ key: court, name: 场地 }]
roles: [{ name: 场地管理员, scope: store, permissions: [records.read] }]
menus: ${menus}`;
const COURTS = "{ role: 场地管理员, groups: [{ name: 场地, nameEn: Courts, entries: [{ page: records, object: court }, { page: members, name: 球友 }] }] }";
const TILL = "{ role: 收银员, groups: [{ name: 收银, entries: [{ page: till }] }] }";

interface Step { what: string; action: string; of: string; key: string; note: string | null; changes: { before: unknown; after: unknown }[] }
const plan = async (tenant: TestTenant, file: string): Promise<Step[]> => (await tenant.console.post("/packs:plan", { file })).body.steps.filter((step: Step) => step.what === "menu");
const apply = async (tenant: TestTenant, file: string): Promise<string> => {
  const { status, body } = await tenant.console.post("/packs:apply", { file });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
};
const rollBack = async (tenant: TestTenant, id: string) => (await tenant.console.post(`/pack-runs/${id}:roll-back`)).body.kept;
const menuOf = async (tenant: TestTenant, name: string) => (await tenant.console.get("/roles")).body.items.find((role: { name: string }) => role.name === name)?.menu;
const till = (page: string) => [{ name: "收银", entries: [{ page }] }];

test("menus are planned with what they replace, applied once, and each version is taken back to the one before", async () => {
  const tenant = await freshTenant();
  const first = CLUB(1, `[${COURTS}, ${TILL}]`);
  expect((await plan(tenant, first)).map((step) => [step.action, step.of, step.key])).toEqual([["create", "menus", "场地管理员"], ["create", "menus", "收银员"]]);
  const one = await apply(tenant, first);
  expect(await menuOf(tenant, "场地管理员")).toEqual([{ name: "场地", nameEn: "Courts", entries: [{ page: "records", object: "court" }, { page: "members", name: "球友" }] }]);
  expect(await plan(tenant, first)).toEqual([]);
  const second = CLUB(2, `[${COURTS}, ${TILL.replace("till", "orders")}]`);
  expect(await plan(tenant, second)).toMatchObject([{ action: "change", key: "收银员", changes: [{ before: till("till"), after: till("orders") }] }]);
  const two = await apply(tenant, second);
  expect(await menuOf(tenant, "收银员")).toEqual(till("orders"));
  expect(await rollBack(tenant, two)).toEqual([]);
  expect(await menuOf(tenant, "收银员")).toEqual(till("till"));
  expect(await rollBack(tenant, one)).toEqual([]);
  expect([await menuOf(tenant, "收银员"), await menuOf(tenant, "场地管理员")]).toEqual([null, undefined]);
});

test("a menu that somebody arranged anew since stays, and is named", async () => {
  const tenant = await freshTenant();
  const id = await apply(tenant, CLUB(1, `[${TILL}]`));
  await tenant.console.patch(`/roles/${tenant.roleIds.cashier}`, { menu: till("orders") });
  expect(await rollBack(tenant, id)).toEqual(["menus.收银员"]);
  expect(await menuOf(tenant, "收银员")).toEqual(till("orders"));
});

test("a menu for nobody, for the administrator, or to an object that is not there stops the pack", async () => {
  const tenant = await freshTenant();
  const note = async (from: string, to: string, base = COURTS) => {
    const file = CLUB(1, `[${base.replace(from, to)}]`);
    expect((await tenant.console.post("/packs:apply", { file })).status).toBe(409);
    return (await plan(tenant, file)).map((step) => [step.action, step.note]);
  };
  expect(await note("场地管理员", "园丁")).toEqual([["conflict", "no-role"]]);
  expect(await note("收银员", "管理员", TILL)).toEqual([["conflict", "fixed-role"]]);
  expect(await note("object: court", "object: pool")).toEqual([["conflict", "no-object"]]);
  expect(await note("object: court", "object: member")).toEqual([["conflict", "no-object"]]);
  const wrong = async (menus: string) => Object.keys(wrongFields(await tenant.console.post("/packs:plan", { file: CLUB(1, menus) })));
  expect(await wrong(`[${TILL.replace("till", "cellar")}, ${COURTS.replace("records, object", "till, object")}]`)).toEqual(["menus.0.groups.0.entries.0.page", "menus.1.groups.0.entries.0.object"]);
  expect(await wrong(`[${TILL}, ${TILL}]`)).toEqual(["menus"]);
});

test("a menu whose role was left out is refused in a sentence; without both the rest is applied, by whoever may make no roles too", async () => {
  const tenant = await freshTenant();
  const file = CLUB(1, `[${COURTS}, ${TILL}]`);
  const ask = (verb: string, without: string[]) => tenant.console.post(`/packs:${verb}`, { file, without });
  expect(await ask("apply", ["roles.场地管理员"])).toMatchObject({ status: 409, body: { detail: expect.stringContaining("menus.场地管理员: there is no such role") } });
  const rest = ["roles.场地管理员", "menus.场地管理员"];
  expect((await ask("plan", rest)).body.steps.map((step: Step) => `${step.action} ${step.what} ${step.key ?? step.of}`)).toEqual(["create object court", "leave role 场地管理员", "leave menu 场地管理员", "create menu 收银员"]);
  expect(wrongFields(await ask("plan", ["menus.园丁"]))).toEqual({ "without.0": "unknown" });
  const role = (await tenant.console.post("/roles", { name: "建模", scope: "all", permissions: ["objects.manage"] })).body.id;
  await tenant.console.post("/staff", { name: "甲", account: "jia", password: "battery horse 12", roleIds: [role], orgUnitId: tenant.headquartersId });
  const signedIn = await tenant.anonymous.post("/sign-in", { brand: tenant.code, account: "jia", password: "battery horse 12" });
  const headers = { cookie: String(signedIn.headers["set-cookie"]).split(";")[0] ?? "" };
  const applied = await tenant.anonymous.post("/packs:apply", { file, without: [...rest, "menus.收银员"] }, { headers });
  expect([applied.status, applied.body.steps.map((step: Step) => step.of)]).toEqual([201, ["court"]]);
  expect(await menuOf(tenant, "收银员")).toBeNull();
});

test("who may design objects but no roles applies no pack with menus, nor takes one back", async () => {
  const tenant = await freshTenant();
  const file = CLUB(1, `[${TILL}]`).replace(/^roles.*$/m, "");
  const id = await apply(tenant, file);
  const role = (await tenant.console.post("/roles", { name: "建模", scope: "all", permissions: ["objects.manage", ...((await tenant.console.get("/roles")).body.items.find((one: { name: string }) => one.name === "收银员").permissions as string[])] })).body.id;
  await tenant.console.post("/staff", { name: "甲", account: "jia", password: "battery horse 12", roleIds: [role], orgUnitId: tenant.headquartersId });
  const signedIn = await tenant.anonymous.post("/sign-in", { brand: tenant.code, account: "jia", password: "battery horse 12" });
  const headers = { cookie: String(signedIn.headers["set-cookie"]).split(";")[0] ?? "" };
  expect((await tenant.anonymous.post("/packs:plan", { file }, { headers })).status).toBe(403);
  expect((await tenant.anonymous.post(`/pack-runs/${id}:roll-back`, undefined, { headers })).status).toBe(403);
  expect(await menuOf(tenant, "收银员")).toEqual(till("till"));
});
