import { expect, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";

const newcomer = (tenant: { roleIds: Record<string, string>; storeId: string }, more: object = {}) =>
  ({ name: "王小梅", account: "Wang.Xiaomei", roleIds: [tenant.roleIds["cashier"]], orgUnitId: tenant.storeId, ...more });

test("somebody taken on gets a first password, signs in and sees one store", async () => {
  const tenant = await freshTenant();
  const added = await tenant.console.post("/staff", newcomer(tenant));
  expect(added).toMatchObject({ status: 201, body: { name: "王小梅", account: "wang.xiaomei", roles: [{ name: "收银员" }], orgUnit: { name: "南京路店" }, isActive: true } });
  const { headers, status } = await tenant.anonymous.post("/sign-in", { brand: tenant.code, account: "wang.xiaomei", password: added.body.password });
  expect(status).toBe(200);
  const session = await tenant.anonymous.get("/session", { headers: { cookie: String(headers["set-cookie"]).split(";")[0] ?? "" } });
  expect(session.body).toMatchObject({ dataScope: { kind: "store", storeIds: [tenant.storeId] } });
  expect(session.body.permissions).toContain("till.use");
});

test("every wrong field of a newcomer is named and nobody is added", async () => {
  const tenant = await freshTenant();
  const answer = await tenant.console.post("/staff", { name: " ", account: "no spaces!", password: "short", roleIds: [], orgUnitId: "x" });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual(expect.arrayContaining(["name", "account", "password", "roleIds", "orgUnitId"]));
  expect((await tenant.console.get("/staff")).body.items).toHaveLength(1);
});

test("a taken account name and another tenant's role are refused", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  expect(await tenant.console.post("/staff", newcomer(tenant, { account: "admin" }))).toMatchObject({ status: 409, body: { code: "org/account-taken", errors: [{ field: "account" }] } });
  expect((await tenant.console.post("/staff", newcomer(tenant, { roleIds: [other.roleIds.cashier] }))).body.errors[0].field).toBe("roleIds.0");
  expect((await tenant.console.post("/staff", newcomer(tenant, { orgUnitId: other.storeId }))).body.errors[0].field).toBe("orgUnitId");
});

test("deactivating somebody ends their session at once, and taking them back lets them sign in again", async () => {
  const tenant = await freshTenant();
  const cashier = await tenant.as("cashier");
  expect((await cashier.get("/session")).status).toBe(200);
  expect((await tenant.console.post(`/staff/${cashier.staffId}:deactivate`)).status).toBe(204);
  expect((await cashier.get("/session")).status).toBe(401);
  expect((await tenant.console.patch(`/staff/${cashier.staffId}`, { isActive: true })).body.isActive).toBe(true);
  expect((await cashier.get("/session")).status).toBe(401);
});

test("a change of role counts with the next request", async () => {
  const tenant = await freshTenant();
  const cashier = await tenant.as("cashier");
  expect((await cashier.get("/staff")).status).toBe(403);
  await tenant.console.patch(`/staff/${cashier.staffId}`, { assignments: [{ roleId: tenant.roleIds.admin, orgUnitId: tenant.headquartersId }] });
  expect((await cashier.get("/staff")).status).toBe(200);
});

test("a reset password is new, ends sessions and is answered once", async () => {
  const tenant = await freshTenant();
  const cashier = await tenant.as("cashier");
  const { body } = await tenant.console.post(`/staff/${cashier.staffId}:reset-password`);
  expect(body.password).toMatch(/^[\w-]{16}$/);
  expect((await cashier.get("/session")).status).toBe(401);
  const audit = await tenant.inScope((scope) => scope.tx.rows<{ text: string }>("select coalesce(after::text, '') || coalesce(before::text, '') as text from kernel.audit_entry where tenant_id = $1", [scope.tenantId]));
  expect(audit.length).toBeGreaterThan(0);
  expect(audit.some((entry) => entry.text.includes(body.password) || entry.text.includes("argon2"))).toBe(false);
});

test("nobody hands out more than they have", async () => {
  const tenant = await freshTenant();
  const role = await tenant.console.post("/roles", { name: "门店人事", scope: "store", permissions: ["staff.manage", "till.use", "discounts.10", "members.read", "members.write", "orders.read", "stored-value.top-up", "roles.manage"] });
  const added = await tenant.console.post("/staff", newcomer(tenant, { account: "hr", roleIds: [role.body.id] }));
  const signedIn = await tenant.anonymous.post("/sign-in", { brand: tenant.code, account: "hr", password: added.body.password });
  const headers = { cookie: String(signedIn.headers["set-cookie"]).split(";")[0] ?? "" };
  const otherStore = await tenant.addStore();
  const as = { headers };
  expect((await tenant.anonymous.post("/staff", newcomer(tenant), as)).status).toBe(201);
  const refusals = [
    await tenant.anonymous.post("/staff", newcomer(tenant, { account: "a1", roleIds: [tenant.roleIds.admin] }), as),
    await tenant.anonymous.post("/staff", newcomer(tenant, { account: "a2", orgUnitId: otherStore }), as),
    await tenant.anonymous.post("/staff", newcomer(tenant, { account: "a3", orgUnitId: tenant.headquartersId }), as),
    await tenant.anonymous.post("/roles", { name: "偷", scope: "all", permissions: [] }, as),
    await tenant.anonymous.patch(`/staff/${added.body.id}`, { roleIds: [tenant.roleIds["store-manager"]], orgUnitId: tenant.storeId }, as),
  ];
  for (const refusal of refusals) expect(refusal).toMatchObject({ status: 403, body: { code: "org/beyond-authority" } });
  const list = await tenant.anonymous.get("/staff", as);
  expect(list.body.items.map((one: { account: string }) => one.account)).toEqual(["hr", "wang.xiaomei"]);
  expect((await tenant.anonymous.post(`/staff/${tenant.adminId}:reset-password`, {}, as)).status).toBeGreaterThanOrEqual(403);
  expect((await tenant.console.get("/session")).status).toBe(200);
});

test("the last administrator can neither be deactivated nor demoted, not even by two at once", async () => {
  const tenant = await freshTenant();
  expect(await tenant.console.post(`/staff/${tenant.adminId}:deactivate`)).toMatchObject({ status: 409, body: { code: "org/oneself" } });
  expect(await tenant.console.patch(`/staff/${tenant.adminId}`, { roleIds: [tenant.roleIds.cashier], orgUnitId: tenant.storeId })).toMatchObject({ status: 409, body: { code: "org/last-administrator" } });
  const second = await tenant.as("admin", tenant.headquartersId);
  const answers = await Promise.all([tenant.console.post(`/staff/${second.staffId}:deactivate`), second.post(`/staff/${tenant.adminId}:deactivate`)]);
  // Whoever comes second is refused: as the last administrator, or because the first has ended the session by then.
  expect(answers.filter((answer) => answer.status === 204)).toHaveLength(1);
  expect([401, 409]).toContain(answers.find((answer) => answer.status !== 204)?.status);
});

test("staff are found by name and account and paged by a cursor", async () => {
  const tenant = await freshTenant();
  for (const account of ["aa", "bb", "cc"]) await tenant.console.post("/staff", newcomer(tenant, { account, name: `员工 ${account}` }));
  expect((await tenant.console.get("/staff?q=员工 b")).body.items.map((one: { account: string }) => one.account)).toEqual(["bb"]);
  const first = await tenant.console.get("/staff?limit=2");
  const second = await tenant.console.get(`/staff?limit=2&cursor=${first.body.nextCursor}`);
  expect([...first.body.items, ...second.body.items].map((one: { account: string }) => one.account)).toEqual(["aa", "admin", "bb", "cc"]);
  expect(second.body.nextCursor).toBeNull();
  expect((await tenant.console.get("/staff?cursor=%00broken")).status).toBe(422);
  expect((await tenant.console.get("/staff?q=%25_'; drop table")).body.items).toEqual([]);
});
