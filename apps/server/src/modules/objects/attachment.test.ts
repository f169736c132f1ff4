import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { visits, wrongFields } from "../../../test/objects.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { cart, orderId, tillTenant } from "../../../test/till.ts";

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(2_000_000, 7)]);
const upload = (tenant: TestTenant, fieldId: string, name: string, bytes: Buffer, door = tenant.console) => door.raw("POST", `/fields/${fieldId}/files?name=${encodeURIComponent(name)}`, bytes, { "content-type": "application/octet-stream" });
const kept = (tenant: TestTenant) => tenant.inScope(async (scope) => Number((await scope.tx.rows<{ files: number }>("select count(*)::int as files from platform.file_chunk where tenant_id = $1", [scope.tenantId]))[0]?.files));

test("a file is uploaded, saved with a record, read by whoever may see it, and goes with the record", async () => {
  const tenant = await freshTenant();
  const { add, field } = await visits(tenant, [{ key: "photos", kind: "file" }]);
  const { id } = await field("photos");
  const photo = (await upload(tenant, id, "门头.png", PNG)).body;
  expect(photo).toEqual({ fileId: expect.any(String), name: "门头.png", mediaType: "image/png", sizeBytes: PNG.length });
  const record = (await add({ photos: [{ fileId: photo.fileId }, { name: "图纸", url: "https://example.com/a.pdf" }] })).body;
  expect(record.fields.photos).toEqual([photo, { name: "图纸", url: "https://example.com/a.pdf" }]);
  const answer = await tenant.console.get(`/files/${photo.fileId}`);
  expect([answer.status, answer.headers["content-type"], answer.headers["content-disposition"]]).toEqual([200, "image/png", `attachment; filename*=UTF-8''${encodeURIComponent("门头.png")}`]);
  expect((await (await tenant.as("cashier")).get(`/files/${photo.fileId}`)).status).toBe(403);
  expect((await (await freshTenant()).console.get(`/files/${photo.fileId}`)).status).toBe(404);
  expect((await tenant.console.patch(`/records/${record.id}`, { fields: { photos: record.fields.photos } })).body.version).toBe(1);
  const other = await add({ photos: [{ fileId: photo.fileId }] });
  expect([other.status, wrongFields(other)]).toEqual([422, { "fields.photos": "unknown-file" }]);
  await tenant.runSchedule("platform.tidy");
  expect(await kept(tenant)).toBe(2);
  expect((await tenant.console.delete(`/records/${record.id}`)).status).toBe(204);
  expect([await kept(tenant), (await tenant.console.get(`/files/${photo.fileId}`)).status]).toEqual([0, 404]);
});

test("a right that comes from one store's role opens no file of another's", async () => {
  const tenant = await freshTenant();
  const other = await tenant.addStore();
  const { add, field } = await visits(tenant, [{ key: "photos", kind: "file" }]);
  const { id } = await field("photos");
  const [here, there] = [(await upload(tenant, id, "a.txt", Buffer.from("这里"))).body.fileId, (await upload(tenant, id, "b.txt", Buffer.from("那里"))).body.fileId];
  await add({ photos: [{ fileId: here }] }, { storeId: tenant.storeId });
  await add({ photos: [{ fileId: there }] }, { storeId: other });
  expect((await tenant.console.patch(`/roles/${tenant.roleIds.auditor}`, { permissions: ["audit.read"] })).status).toBe(200);
  const somebody = await tenant.as("auditor", tenant.headquartersId);
  await tenant.inScope((scope) => scope.tx.db.insertInto("org.staff_role").values({ staff_id: somebody.staffId, role_id: tenant.roleIds["store-manager"], unit_id: tenant.storeId }).execute());
  expect([(await somebody.get(`/files/${here}`)).status, (await somebody.get(`/files/${there}`)).status]).toEqual([200, 404]);
});

test("an order's file is seen by those of its store", async () => {
  const tenant = await tillTenant();
  const other = await tenant.addStore();
  const { id } = (await tenant.console.post("/objects/order/fields", { key: "slip", kind: "file", name: "小票" })).body.fields.find((one: { key: string }) => one.key === "slip");
  const { fileId } = (await upload(tenant, id, "a.txt", Buffer.from("小票"))).body;
  const order = orderId();
  await (await tenant.as("cashier")).post(`/quotes/${order}:commit`, { ...cart(tenant), tenders: [{ kind: "cash" }] }, { key: randomUUID() });
  expect((await tenant.console.patch(`/orders/${order}`, { custom: { slip: [{ fileId }] } })).status).toBe(200);
  const asked = async (unitId: string) => (await (await tenant.as("store-manager", unitId)).get(`/files/${fileId}`)).status;
  expect([await asked(tenant.storeId), await asked(other)]).toEqual([200, 404]);
});

test("a file that is taken out of a record goes, and so does one that nobody saved", async () => {
  const tenant = await freshTenant();
  const { add, field } = await visits(tenant, [{ key: "photos", kind: "file" }]);
  const { id } = await field("photos");
  const [first, second] = [(await upload(tenant, id, "a.png", PNG)).body, (await upload(tenant, id, "b.txt", Buffer.from("你好"))).body];
  const record = (await add({ photos: [{ fileId: first.fileId }] })).body;
  expect((await tenant.console.patch(`/records/${record.id}`, { fields: { photos: null } })).body.fields.photos).toBeNull();
  expect((await tenant.console.get(`/files/${first.fileId}`)).status).toBe(404);
  await tenant.inScope((scope) => scope.tx.rows("update platform.file set keep_until = created_at where tenant_id = $1 and id = $2", [scope.tenantId, second.fileId]));
  await tenant.runSchedule("platform.tidy");
  expect(await kept(tenant)).toBe(0);
});

test("what is too large, of another sort than it says, no picture where pictures are asked for, or from somebody who may not, is refused", async () => {
  const tenant = await freshTenant();
  const { field } = await visits(tenant, [{ key: "photos", kind: "file", settings: { maxMb: 1, onlyImages: true } }, { key: "papers", kind: "file" }, { key: "city", kind: "text" }]);
  const [photos, papers, city] = [(await field("photos")).id, (await field("papers")).id, (await field("city")).id];
  const refused = async (id: string, name: string, bytes: Buffer) => { const answer = await upload(tenant, id, name, bytes); return [answer.status, ...Object.values(wrongFields(answer))]; };
  expect(await refused(photos, "a.png", PNG)).toEqual([422, "too-large"]);
  expect(await refused(photos, "a.txt", Buffer.from("x"))).toEqual([422, "not-allowed"]);
  expect(await refused(papers, "a.png", Buffer.from("<svg onload=alert(1)>"))).toEqual([422, "not-allowed"]);
  for (const name of ["a.html", "a.svg", "a.exe", "png"]) expect(await refused(papers, name, Buffer.from("<html>"))).toEqual([422, "not-allowed"]);
  expect(await refused(papers, "a.pdf", Buffer.alloc(0))).toEqual([422, "empty"]);
  expect(await refused(city, "a.txt", Buffer.from("x"))).toEqual([404]);
  expect((await upload(tenant, papers, "a.txt", Buffer.from("x"), await tenant.as("auditor"))).status).toBe(403);
});

test("a member's files go when the member does, and so do those of records that tell of them", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, [{ key: "guest", kind: "reference", settings: { target: "member" } }, { key: "photos", kind: "file" }]);
  await tenant.console.post("/objects/member/fields", { key: "card", name: "证件", kind: "file" });
  const fieldId = async (object: string, key: string) => ((await tenant.console.get(`/objects/${object}`)).body.fields as { id: string; key: string }[]).find((one) => one.key === key)?.id ?? "";
  const member = await joinMember(tenant);
  const card = (await upload(tenant, await fieldId("member", "card"), "card.txt", Buffer.from("证件"))).body;
  expect(await tenant.console.patch(`/members/${member.memberId}`, { custom: { card: [{ fileId: card.fileId }] } })).toMatchObject({ status: 200 });
  expect((await tenant.console.get(`/members/${member.memberId}`)).body.custom).toEqual({ card: [card] });
  const photo = (await upload(tenant, await fieldId("visit", "photos"), "a.txt", Buffer.from("合影"))).body;
  await add({ guest: member.memberId, photos: [{ fileId: photo.fileId }] });
  expect((await (await tenant.as("store-manager", await tenant.addStore())).get(`/files/${card.fileId}`)).status).toBe(404);
  await member.post("/me/deletion");
  await tenant.inScope((scope) => scope.tx.rows("update customers.deletion set purge_at = asked_at where tenant_id = $1", [scope.tenantId]));
  await tenant.runSchedule("customers.start-purges");
  await tenant.drain();
  expect(await kept(tenant)).toBe(0);
});
