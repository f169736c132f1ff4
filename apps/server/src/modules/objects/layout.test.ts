import { expect, test } from "vitest";
import { visits, wrongFields } from "../../../test/objects.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";

const layOut = (tenant: TestTenant, key: string, role: string, layout: object) => tenant.console.put(`/objects/${key}/layouts/${role}`, { sections: [], readOnly: [], hidden: [], ...layout });
const inRoles = (tenant: TestTenant, staffId: string, ...roles: string[]) => tenant.inScope(async (scope) => {
  for (const role of roles) await scope.tx.db.insertInto("org.staff_role").values({ staff_id: staffId, role_id: role, unit_id: tenant.storeId }).execute();
});

test("what is hidden from a role is neither answered, filtered, sorted, found nor written, and nothing of it shows; what it may only read it reads", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, [
    { key: "margin", kind: "number", isFilterable: true }, { key: "state", kind: "text", isFilterable: true }, { key: "twice", kind: "formula", settings: { expression: "margin * 2" } },
  ]);
  const { id } = (await add({ margin: 12, state: "好" })).body;
  await tenant.console.patch("/objects/visit", { rules: [{ expression: "margin < 100", message: "毛利太高" }] });
  const laidOut = await layOut(tenant, "visit", tenant.roleIds["store-manager"], { sections: [{ name: "概况", fields: ["state", "name"] }], readOnly: ["state"], hidden: ["margin", "twice"] });
  expect(laidOut.status, JSON.stringify(laidOut.body)).toBe(200);
  const manager = await tenant.as("store-manager");
  const seen = (await manager.get("/objects/visit")).body;
  expect(seen).toMatchObject({ sections: [{ name: "概况", fields: ["state", "name"] }], rules: [], fields: [{ key: "name", access: "write" }, { key: "state", access: "read" }] });
  expect((await manager.get(`/records/${id}`)).body.fields).toEqual({ name: "首访", state: "好" });
  expect(JSON.stringify((await manager.get("/objects/visit/records")).body)).not.toContain("margin");
  const by = (one: object) => manager.get(`/objects/visit/records?filter=${encodeURIComponent(JSON.stringify([one]))}`);
  expect(wrongFields(await by({ field: "margin", op: "gte", value: 10 }))).toEqual({ "filter.0.field": "unknown-field" });
  expect((await manager.get("/objects/visit/records?sort=margin")).status).toBe(422);
  expect(wrongFields(await manager.patch(`/records/${id}`, { fields: { margin: 1, state: "差", name: "再访" } }))).toEqual({ "fields.margin": "unknown-field", "fields.state": "read-only" });
  expect((await manager.patch(`/records/${id}`, { fields: { name: "再访" } })).status).toBe(200);
  expect((await tenant.console.get(`/records/${id}`)).body.fields).toEqual({ name: "再访", margin: 12, state: "好", twice: 24 });
  expect((await tenant.console.delete(`/objects/visit/layouts/${tenant.roleIds["store-manager"]}`)).status).toBe(200);
  expect((await manager.get(`/records/${id}`)).body.fields).toHaveProperty("margin", 12);
});

test("of several roles the one that may do most decides, a role without a layout has the one for all, and designers and keys are not kept from anything", async () => {
  const tenant = await freshTenant();
  await visits(tenant, [{ key: "secret", kind: "text" }]);
  await layOut(tenant, "visit", "all", { hidden: ["secret"] });
  await layOut(tenant, "visit", tenant.roleIds.service, { readOnly: ["secret"] });
  const fields = async (who: { get: TestTenant["console"]["get"] }) => ((await who.get("/objects/visit")).body.fields as { key: string; access: string }[]).map(({ key, access }) => `${key} ${access}`);
  const [manager, service] = [await tenant.as("store-manager"), await tenant.as("service")];
  expect([await fields(manager), await fields(service), await fields(tenant.console), await fields(await tenant.open(["records:read"]))])
    .toEqual([["name write"], ["name write", "secret read"], ["name write", "secret write"], ["name write", "secret write"]]);
  await inRoles(tenant, manager.staffId, tenant.roleIds.service);
  expect(await fields(manager)).toEqual(["name write", "secret read"]);
});

test("the own fields of members, products and orders keep to it too, in their histories as well", async () => {
  const tenant = await freshTenant();
  for (const noun of ["member", "product"]) {
    await tenant.console.post(`/objects/${noun}/fields`, { key: "cost", name: "成本", kind: "number", isFilterable: true });
    expect((await layOut(tenant, noun, tenant.roleIds["store-manager"], { hidden: ["cost"] })).status).toBe(200);
  }
  const { id } = (await tenant.console.post("/members:quick-register", { phone: "13987651234", storeId: tenant.storeId })).body;
  await tenant.console.patch(`/members/${id}`, { custom: { cost: 4711 } });
  await tenant.console.post("/products", { sku: "A", name: "面", unitPriceFen: 1, custom: { cost: 4711 } });
  const manager = await tenant.as("store-manager");
  for (const path of [`/members/${id}`, "/members", `/members/${id}/changes`, "/products"]) {
    const { status, body } = await manager.get(path);
    expect([status, JSON.stringify(body)], path).toEqual([200, expect.not.stringContaining("4711")]);
  }
  expect(JSON.stringify((await tenant.console.get(`/members/${id}/changes`)).body)).toContain("4711");
  expect((await manager.get(`/members?filter=${encodeURIComponent('[{"field":"cost","op":"gte","value":1}]')}`)).status).toBe(422);
  expect(wrongFields(await manager.patch(`/members/${id}`, { custom: { cost: 1 } }))).toEqual({ "custom.cost": "unknown-field" });
});

test("a layout names fields there are, each once, and keeps none that must be filled in from anybody", async () => {
  const tenant = await freshTenant();
  const { field } = await visits(tenant, [{ key: "must", kind: "text", isRequired: true }, { key: "may", kind: "text" }]);
  const put = (layout: object, role = "all") => layOut(tenant, "visit", role, layout);
  expect(wrongFields(await put({ hidden: ["nothing"] }))).toEqual({ "hidden.0": "unknown-field" });
  expect(wrongFields(await put({ sections: [{ name: "甲", fields: ["may"] }, { name: "乙", fields: ["may"] }] }))).toEqual({ sections: "repeated" });
  expect(wrongFields(await put({ readOnly: ["may", "must"] }))).toEqual({ "readOnly.1": "required" });
  expect((await put({}, tenant.headquartersId)).status).toBe(404);
  expect((await put({ hidden: ["may"] })).status).toBe(200);
  expect(wrongFields(await tenant.console.patch(`/fields/${(await field("may")).id}`, { isRequired: true }))).toEqual({ isRequired: "kept-from-role" });
  expect((await tenant.console.get("/objects/visit/layouts")).body.items[0]).toEqual({ role: null, layout: { sections: [], readOnly: [], hidden: ["may"] } });
  expect((await tenant.console.delete(`/fields/${(await field("may")).id}`)).status).toBe(204);
  expect((await tenant.console.get("/objects/visit/layouts")).body.items[0].layout).toEqual({ sections: [], readOnly: [], hidden: [] });
});

test("the audit log keeps from its readers what layouts keep from them, also under the name that it had and after the object is gone", async () => {
  const tenant = await freshTenant();
  const { field, add } = await visits(tenant, [{ key: "margin", kind: "number" }]);
  const { id } = (await add({ name: "首访", margin: 4711 })).body;
  await tenant.console.patch(`/fields/${(await field("margin")).id}`, { key: "profit" });
  await tenant.console.patch(`/records/${id}`, { fields: { name: "再访", profit: 4712 } });
  await tenant.console.post("/objects/member/fields", { key: "cost", name: "成本", kind: "number" });
  const member = (await tenant.console.post("/members:quick-register", { phone: "13987651234", storeId: tenant.storeId })).body.id;
  await tenant.console.patch(`/members/${member}`, { name: "王芳", custom: { cost: 4713 } });
  const auditor = await tenant.as("auditor");
  const told = async (who: { get: TestTenant["console"]["get"] }, subject: string) => JSON.stringify((await who.get(`/audit-entries?subject=${subject}`)).body.items);
  expect(await told(auditor, id)).toContain("4711");
  for (const [key, hidden] of [["visit", "profit"], ["member", "cost"]] as const) expect((await layOut(tenant, key, tenant.roleIds.auditor, { hidden: [hidden] })).status).toBe(200);
  const [ofRecord, ofMember] = [await told(auditor, id), await told(auditor, member)];
  expect([ofRecord, ofMember].join("")).not.toMatch(/471[123]/);
  expect(ofRecord).toContain("再访");
  expect(ofMember).toContain("王芳");
  expect(await told(tenant.console, id)).toMatch(/4711.*4712|4712.*4711/s);
  await tenant.console.delete(`/records/${id}`);
  expect((await tenant.console.delete("/objects/visit")).status).toBe(204);
  expect(await told(auditor, id)).not.toMatch(/471[12]/);
});
