import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { wrongFields } from "../../../test/objects.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";

const addField = async (tenant: TestTenant, field: object): Promise<{ id: string; key: string }[]> => {
  const added = await tenant.console.post("/objects/member/fields", { name: "字段", ...field });
  expect(added.status, JSON.stringify(added.body)).toBe(201);
  return added.body.fields;
};
const register = async (tenant: TestTenant, phone: string, custom?: object) => {
  const { id } = (await tenant.console.post("/members:quick-register", { phone, name: "王芳", storeId: tenant.storeId })).body;
  if (custom) expect(await tenant.console.patch(`/members/${id}`, { custom })).toMatchObject({ status: 200 });
  return id as string;
};
const listed = async (tenant: TestTenant, ...filter: object[]) =>
  ((await tenant.console.get(`/members?filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.items as { id: string; custom: object }[]);

test("members take own fields: written, shown on the page and in the list, filtered, told and audited", async () => {
  const tenant = await freshTenant();
  await addField(tenant, { key: "taste", kind: "choice", settings: { options: [{ key: "hot", name: "重辣" }, { key: "mild", name: "微辣" }] }, isFilterable: true });
  await addField(tenant, { key: "seats", kind: "number", isFilterable: true });
  await addField(tenant, { key: "line", kind: "phone" });
  const hot = await register(tenant, "13987651234", { taste: "hot", seats: 4, line: "021-5555 6666" });
  await register(tenant, "13987651235", { taste: "mild", seats: 8 });
  await register(tenant, "13987651236");
  expect((await tenant.console.get(`/members/${hot}`)).body.custom).toEqual({ taste: "hot", seats: 4, line: "021****6666" });
  expect(await listed(tenant, { field: "taste", op: "eq", value: "hot" })).toMatchObject([{ id: hot, custom: { taste: "hot", seats: 4 } }]);
  expect(await listed(tenant, { field: "seats", op: "gte", value: 4 })).toHaveLength(2);
  expect(await listed(tenant, { field: "seats", op: "gte", value: 4 }, { field: "taste", op: "eq", value: "mild" })).toHaveLength(1);
  const [entry] = (await tenant.console.get(`/audit-entries?action=member.update&subject=${hot}`)).body.items;
  expect(entry).toMatchObject({ before: { taste: null }, after: { taste: "hot", seats: 4, line: "021****6666" } });
  expect((await tenant.console.get("/members?filter=[{}]")).status).toBe(422);
});

test("wrong values of a member's own fields are named, and nothing else of the change happens", async () => {
  const tenant = await freshTenant();
  await addField(tenant, { key: "seats", kind: "number" });
  const id = await register(tenant, "13987651234");
  const refused = await tenant.console.patch(`/members/${id}`, { name: "李娜", custom: { seats: "viele", nothing: 1 } });
  expect([refused.status, wrongFields(refused)]).toEqual([422, { "custom.seats": "invalid_type", "custom.nothing": "unknown-field" }]);
  expect((await tenant.console.get(`/members/${id}`)).body.name).toBe("王芳");
  expect(wrongFields(await tenant.console.patch(`/members/${id}`, { custom: { anything: 1 } }))).toEqual({ "custom.anything": "unknown-field" });
});

test("a field of members is made filterable for those there are; own fields are notes of staff, not for the member", async () => {
  const tenant = await freshTenant();
  const [field] = await addField(tenant, { key: "note", kind: "text" });
  const member = await joinMember(tenant);
  await tenant.console.patch(`/members/${member.memberId}`, { custom: { note: "常客" } });
  expect((await tenant.console.post(`/fields/${field?.id}:promote`)).body.fields[0].filterable).toBe("yes");
  expect(await listed(tenant, { field: "note", op: "prefix", value: "常" })).toMatchObject([{ id: member.memberId }]);
  expect(JSON.stringify((await member.get("/me")).body)).not.toContain("常客");
});

test("a manager of one store neither sees nor changes the own fields of another's members", async () => {
  const tenant = await freshTenant();
  await addField(tenant, { key: "note", kind: "text" });
  const elsewhere = await tenant.addStore();
  const id = (await tenant.console.post("/members:quick-register", { phone: "13987651239", storeId: elsewhere })).body.id as string;
  expect((await (await tenant.as("store-manager")).patch(`/members/${id}`, { custom: { note: "x" } })).status).toBe(403);
});

test("records refer to members, and built-in objects have no records of their own", async () => {
  const tenant = await freshTenant();
  expect((await tenant.console.get("/objects/member/records")).status).toBe(404);
  expect((await tenant.console.post("/objects/member/records", { fields: {} })).status).toBe(404);
  expect((await tenant.console.post("/objects/member:archive", { reason: "x" })).status).toBe(404);
  expect((await tenant.console.delete("/objects/member")).status).toBe(404);
});
