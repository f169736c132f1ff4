import { expect, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";

test("the tree grows from region to city to store and a new store is in its manager's sight", async () => {
  const tenant = await freshTenant();
  const manager = await tenant.as("regional-manager", tenant.regionId);
  const city = await tenant.console.post("/org-units", { parentId: tenant.regionId, kind: "city", code: "HZ", name: "杭州" });
  const store = await tenant.console.post("/org-units", { parentId: city.body.id, kind: "store", code: "HZ001", name: "西湖店", address: "龙井路 1 号", openingHours: "11:00–22:00" });
  expect(store).toMatchObject({ status: 201, body: { kind: "store", parentId: city.body.id, phone: null, state: "active" } });
  expect((await manager.get("/session")).body.dataScope.storeIds).toEqual(expect.arrayContaining([tenant.storeId, store.body.id]));
  const tree = (await tenant.console.get("/org-units")).body.items;
  expect(tree.map((unit: { code: string }) => unit.code)).toEqual(["HQ", "EAST", "SH", "SH001", "HZ", "HZ001"]);
});

test("a unit that moves takes everything below it along, and rights follow", async () => {
  const tenant = await freshTenant();
  const manager = await tenant.as("regional-manager", tenant.regionId);
  const south = await tenant.console.post("/org-units", { parentId: tenant.headquartersId, kind: "region", code: "SOUTH", name: "华南" });
  expect((await manager.get("/session")).body.dataScope.storeIds).toEqual([tenant.storeId]);
  expect((await tenant.console.patch(`/org-units/${tenant.cityId}`, { parentId: south.body.id })).status).toBe(200);
  expect((await manager.get("/session")).body.dataScope.storeIds).toEqual([]);
  const session = await tenant.console.get("/session");
  expect(session.body.stores[0]).toMatchObject({ city: "上海", region: "华南" });
});

test("cycles, stores below stores and moved headquarters are refused", async () => {
  const tenant = await freshTenant();
  const inner = await tenant.console.post("/org-units", { parentId: tenant.regionId, kind: "city", code: "NJ", name: "南京" });
  const refusals = [
    await tenant.console.patch(`/org-units/${tenant.regionId}`, { parentId: tenant.regionId }),
    await tenant.console.patch(`/org-units/${tenant.regionId}`, { parentId: inner.body.id }),
    await tenant.console.patch(`/org-units/${tenant.headquartersId}`, { parentId: tenant.regionId }),
    await tenant.console.post("/org-units", { parentId: tenant.storeId, kind: "store", code: "X", name: "x" }),
    await tenant.console.post("/org-units", { parentId: tenant.cityId, kind: "region", code: "X", name: "x" }),
    await tenant.console.patch(`/org-units/${tenant.headquartersId}`, { state: "closed" }),
  ];
  for (const refusal of refusals) expect(refusal).toMatchObject({ status: 409, body: { code: "org/unit-misplaced" } });
  expect((await tenant.console.patch(`/org-units/${tenant.cityId}`, { state: "closed" })).body.code).toBe("org/unit-not-empty");
});

test("a taken code, an unknown parent and another tenant's unit are refused", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  expect((await tenant.console.post("/org-units", { parentId: tenant.cityId, kind: "store", code: "SH001", name: "又一店" })).body.errors[0].field).toBe("code");
  expect((await tenant.console.post("/org-units", { parentId: other.cityId, kind: "store", code: "N1", name: "n" })).body.errors[0].field).toBe("parentId");
  expect((await tenant.console.patch(`/org-units/${other.storeId}`, { name: "别人的店" })).status).toBe(404);
});

test("whoever manages one region changes nothing in another", async () => {
  const tenant = await freshTenant();
  const role = await tenant.console.post("/roles", { name: "区域组织", scope: "region", permissions: ["org.manage"] });
  const south = await tenant.console.post("/org-units", { parentId: tenant.headquartersId, kind: "region", code: "SOUTH", name: "华南" });
  const someone = await tenant.as("regional-manager", south.body.id);
  await tenant.console.patch(`/staff/${someone.staffId}`, { roleIds: [role.body.id], orgUnitId: south.body.id });
  expect((await someone.post("/org-units", { parentId: south.body.id, kind: "city", code: "GZ", name: "广州" })).status).toBe(201);
  expect((await someone.patch(`/org-units/${tenant.storeId}`, { name: "改名" })).body.code).toBe("org/beyond-authority");
  expect((await someone.patch(`/org-units/${south.body.id}`, { parentId: tenant.headquartersId, name: "新华南" })).status).toBe(200);
});

test("a change is in the audit log with before and after, emoji and rare characters included", async () => {
  const tenant = await freshTenant();
  await tenant.console.patch(`/org-units/${tenant.storeId}`, { name: "𠮷野家🍲<script>" });
  const [entry] = await tenant.inScope((scope) => scope.tx.rows<{ before: { name: string }; after: { name: string }; actor: string }>(
    "select before, after, actor from kernel.audit_entry where tenant_id = $1 and action = 'unit.change'", [scope.tenantId]));
  expect(entry).toMatchObject({ before: { name: "南京路店" }, after: { name: "𠮷野家🍲<script>" }, actor: `staff:${tenant.adminId}` });
});
