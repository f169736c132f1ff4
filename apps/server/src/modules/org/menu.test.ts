import { expect, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";

const COUNTER = [{ name: "收银", nameEn: "Counter", entries: [{ page: "till" }, { page: "members", name: "食客" }] }];

test("a role's menu comes with the session of whoever has it, grants nothing, and goes again", async () => {
  const tenant = await freshTenant();
  const cashier = await tenant.as("cashier");
  const session = async () => (await cashier.get("/session")).body;
  const before = await session();
  expect(before.menu).toBeNull();
  const path = `/roles/${tenant.roleIds.cashier}`;
  const menu = [...COUNTER, { name: "资金", entries: [{ page: "liability" }] }];
  expect((await tenant.console.patch(path, { menu })).body.menu).toEqual(menu);
  expect(await session()).toEqual({ ...before, menu });
  expect((await cashier.get("/liability")).status).toBe(403);
  await tenant.console.patch(path, { name: "收银" });
  expect((await session()).menu).toEqual(menu);
  await tenant.console.patch(path, { menu: null });
  expect((await session()).menu).toBeNull();
});

test("several roles show their menus one after the other, each page once; one without a menu shows everything", async () => {
  const tenant = await freshTenant();
  const role = async (name: string, menu: object | null) => (await tenant.console.post("/roles", { name, scope: "all", permissions: ["till.use"], menu })).body.id as string;
  const roles = [await role("甲", COUNTER), await role("乙", [{ name: "收银", entries: [{ page: "till" }, { page: "orders" }] }, { name: "其他", entries: [{ page: "members" }] }])];
  const { body } = await tenant.console.post("/staff", { name: "甲", account: "jia", password: "battery horse 12", roleIds: roles, orgUnitId: tenant.storeId });
  const signedIn = await tenant.anonymous.post("/sign-in", { brand: tenant.code, account: "jia", password: "battery horse 12" });
  const headers = { cookie: String(signedIn.headers["set-cookie"]).split(";")[0] ?? "" };
  const menu = async () => (await tenant.anonymous.get("/session", { headers })).body.menu;
  expect(await menu()).toEqual([{ ...COUNTER[0], entries: [{ page: "till" }, { page: "members", name: "食客" }, { page: "orders" }] }]);
  await tenant.console.patch(`/staff/${body.id}`, { roleIds: [...roles, await role("丙", null)], orgUnitId: tenant.storeId });
  expect(await menu()).toBeNull();
});

test("a menu with an unknown page, a page twice, an object beside the records or one that is not there, or nothing in it is refused", async () => {
  const tenant = await freshTenant();
  const wrong = async (...entries: object[]) => {
    const { status, body } = await tenant.console.patch(`/roles/${tenant.roleIds.cashier}`, { menu: [{ name: "收银", entries }] });
    return [status, body.errors?.[0].field];
  };
  expect(await wrong({ page: "cellar" })).toEqual([422, "menu.0.entries.0.page"]);
  expect(await wrong({ page: "till" }, { page: "till", name: "again" })).toEqual([422, "menu"]);
  expect(await wrong({ page: "till", object: "lead" })).toEqual([422, "menu.0.entries.0.object"]);
  expect(await wrong()).toEqual([422, "menu.0.entries"]);
  expect(await wrong({ page: "records" }, { page: "records", object: "lead" })).toEqual([422, "menu.0.entries.1.object"]);
  expect(await wrong({ page: "records", object: "member" })).toEqual([422, "menu.0.entries.0.object"]);
  expect((await tenant.console.post("/roles", { name: "甲", scope: "all", permissions: [], menu: [{ name: "收银", entries: [{ page: "records", object: "lead" }] }] })).status).toBe(422);
  await tenant.console.post("/objects", { key: "lead", name: "线索" });
  expect(await wrong({ page: "records", object: "lead", name: "客源", nameEn: "Sources" }, { page: "records" })).toEqual([200, undefined]);
  await tenant.console.post("/objects/lead:archive", { reason: "test" });
  expect(await wrong({ page: "records", object: "lead" })).toEqual([422, "menu.0.entries.0.object"]);
  expect((await tenant.console.patch(`/roles/${tenant.roleIds.admin}`, { menu: COUNTER })).body.code).toBe("org/role-fixed");
});
