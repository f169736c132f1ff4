import { permissionIds } from "./permission.ts";
import { expect, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";

test("a tenant starts with seven roles and adds its own", async () => {
  const tenant = await freshTenant();
  expect((await tenant.console.get("/roles")).body.items.map((role: { name: string }) => role.name))
    .toEqual(["管理员", "店长", "区域经理", "收银员", "营销", "客服", "审计"]);
  const added = await tenant.console.post("/roles", { name: "仓管", scope: "store", permissions: ["products.manage"] });
  expect(added).toMatchObject({ status: 201, body: { name: "仓管", staffCount: 0, isBuiltIn: false } });
  expect((await tenant.console.delete(`/roles/${added.body.id}`)).status).toBe(204);
});

test("every permission has a name in both languages", async () => {
  const tenant = await freshTenant();
  const { body } = await tenant.console.get("/permissions");
  expect(body.items.map((one: { id: string }) => one.id)).toEqual(permissionIds);
  for (const permission of body.items) expect([permission.name.zh.length > 1, permission.name.en.length > 1]).toEqual([true, true]);
});

test("a permission taken from a role is gone with the next request", async () => {
  const tenant = await freshTenant();
  const auditor = await tenant.as("auditor", tenant.headquartersId);
  expect((await auditor.get("/session")).body.permissions).toContain("audit.read");
  await tenant.console.patch(`/roles/${tenant.roleIds.auditor}`, { permissions: ["members.read"] });
  expect((await auditor.get("/session")).body.permissions).toEqual(["members.read"]);
});

test("unknown permissions, taken names, held roles and the administrator's role are refused", async () => {
  const tenant = await freshTenant();
  await tenant.as("cashier");
  expect((await tenant.console.post("/roles", { name: "x", scope: "all", permissions: ["everything"] })).body.errors[0].field).toBe("permissions.0");
  expect((await tenant.console.post("/roles", { name: "店长", scope: "all", permissions: [] })).body.code).toBe("org/role-name-taken");
  expect((await tenant.console.patch(`/roles/${tenant.roleIds.admin}`, { permissions: [] })).body.code).toBe("org/role-fixed");
  expect((await tenant.console.delete(`/roles/${tenant.roleIds.cashier}`)).status).toBe(409);
  const held = await tenant.console.post("/roles", { name: "持有", scope: "store", permissions: [] });
  await tenant.console.post("/staff", { name: "甲", account: "jia", roleIds: [held.body.id], orgUnitId: tenant.storeId });
  expect((await tenant.console.delete(`/roles/${held.body.id}`)).body).toMatchObject({ code: "org/role-in-use", holders: 1 });
  const free = await tenant.console.post("/roles", { name: "无人", scope: "store", permissions: [] });
  expect((await tenant.console.delete(`/roles/${free.body.id}`)).status).toBe(204);
});

test("a right counts where the role that grants it was given, and not in the stores of other roles", async () => {
  const tenant = await freshTenant();
  const [first, second] = [tenant.storeId, await tenant.addStore()];
  const person = await tenant.as("cashier", first);
  await tenant.inScope((scope) => scope.tx.db.insertInto("org.staff_role")
    .values({ staff_id: person.staffId, role_id: tenant.roleIds["store-manager"], unit_id: second }).execute());
  const register = (storeId: string, phone: string) => person.post("/members:quick-register", { phone, storeId });
  expect([(await register(first, "13912340001")).status, (await register(second, "13912340002")).status]).toEqual([200, 200]);
  expect((await person.get(`/dashboard?storeId=${second}`)).status).toBe(200);
  expect((await person.get(`/dashboard?storeId=${first}`)).status).toBe(403);
  expect((await person.get("/session")).body.dataScope.storeIds.toSorted()).toEqual([first, second].toSorted());
});

test("nobody hands out a right in a store where they do not have it themselves", async () => {
  const tenant = await freshTenant();
  const second = await tenant.addStore();
  const role = async (permissions: string[]) => (await tenant.console.post("/roles", { name: permissions.join(), scope: "store", permissions })).body.id;
  const [keeper, refunder] = [await role(["staff.manage"]), await role(["orders.refund"])];
  const { body } = await tenant.console.post("/staff", { name: "甲", account: "jia", password: "battery horse 12", roleIds: [keeper], orgUnitId: tenant.cityId });
  await tenant.inScope((scope) => scope.tx.db.insertInto("org.staff_role").values({ staff_id: body.id, role_id: refunder, unit_id: tenant.storeId }).execute());
  const signedIn = await tenant.anonymous.post("/sign-in", { brand: tenant.code, account: "jia", password: "battery horse 12" });
  const cookie = String(signedIn.headers["set-cookie"]).split(";")[0] ?? "";
  const take = (account: string, orgUnitId: string) =>
    tenant.anonymous.post("/staff", { name: "乙", account, roleIds: [refunder], orgUnitId }, { headers: { cookie } });
  expect((await take("yi", tenant.storeId)).status).toBe(201);
  expect((await take("bing", second)).body).toMatchObject({ code: "org/beyond-authority", permissions: ["orders.refund"] });
});
