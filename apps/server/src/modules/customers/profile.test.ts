import { describe, expect, test } from "vitest";
import { Client } from "../../../test/client.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { registerMember } from "./registration.ts";
import { openMemberSession } from "./session.ts";

const PHONE = "13912348888";

async function register(tenant: TestTenant, more: object = {}): Promise<string> {
  return (await tenant.console.post("/members:quick-register", { phone: PHONE, name: "王小明", ...more })).body.id;
}

async function appOf(tenant: TestTenant): Promise<Client> {
  const token = await tenant.inScope(async (scope) => openMemberSession(scope, (await registerMember(scope, { phone: PHONE, via: "h5" })).memberId));
  return new Client(tenant.server.app, "/api/member", { authorization: `Bearer ${token}` });
}

const auditOf = (tenant: TestTenant, action: string) => tenant.inScope((scope) =>
  scope.tx.db.selectFrom("kernel.audit_entry").selectAll().where("action", "=", action).orderBy("id").execute());

test("of two colleagues who change one field at once the later is told; who changes another field is not in the way", async () => {
  const tenant = await freshTenant();
  const id = await register(tenant, { birthday: { calendar: "lunar", year: 1990, month: 6, day: 1 } });
  const change = (body: object) => tenant.console.patch(`/members/${id}`, body);
  const birthday = { calendar: "lunar", year: 1990, month: 6, day: 2 };
  expect((await change({ name: "王晓明", seen: { name: "王小明" } })).status).toBe(200);
  expect(await change({ name: "王小铭", seen: { name: "王小明" } })).toMatchObject({ status: 409, body: { code: "customers/member-changed", fields: ["name"] } });
  expect((await change({ birthday, gender: "male", seen: { gender: "unknown", birthday: { calendar: "lunar", year: 1990, month: 6, day: 1 } } })).body).toMatchObject({ name: "王晓明", gender: "male", birthday });
  expect((await change({ birthday: null, seen: { gender: "unknown", birthday: null } })).body.fields).toEqual(["gender", "birthday"]);
  expect((await change({ birthday: null, seen: { birthday } })).body).toMatchObject({ name: "王晓明", birthday: null });
});

describe("a member's own profile", () => {
  test("is theirs to change", async () => {
    const app = await appOf(await freshTenant());
    const birthday = { calendar: "lunar", year: 2025, month: 6, day: 1, leap: true };
    const preferences = { tastes: ["特辣", "不要香菜"], channels: ["sms"], quiet: true };
    const { status, body } = await app.patch("/me", { name: "新名字", gender: "female", birthday, preferences });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: "新名字", gender: "female", birthday, preferences });
    expect((await app.patch("/me", {})).body).toEqual(body);
  });

  test("takes a first birthday, one change of it, and another only a year later", async () => {
    const app = await appOf(await freshTenant());
    const set = (day: number) => app.patch("/me", { birthday: { calendar: "solar", month: 5, day } });
    expect((await set(1)).status).toBe(200);
    expect((await set(2)).status).toBe(200);
    expect((await set(2)).status).toBe(200);
    const { status, body } = await set(3);
    expect([status, body.code]).toEqual([409, "customers/birthday-locked"]);
    expect(body.editableOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect((await app.patch("/me", { birthday: null })).status).toBe(409);
    expect((await app.patch("/me", {})).body.birthday).toEqual({ calendar: "solar", month: 5, day: 2 });
  });

  test("names what is wrong, and changes nothing then", async () => {
    const app = await appOf(await freshTenant());
    const { status, body } = await app.patch("/me", { name: "", gender: "x", birthday: { calendar: "lunar", month: 6 }, preferences: { a: { b: 1 } } });
    expect(status).toBe(422);
    expect(body.errors.map((error: { field: string }) => error.field).toSorted()).toEqual(["birthday.day", "gender", "name", "preferences.a"]);
    expect((await app.patch("/me", { name: "好", birthday: { calendar: "lunar", year: 2024, month: 12, day: 30 } })).body.errors[0].field).toBe("birthday.day");
    expect((await app.patch("/me", {})).body).toMatchObject({ name: "", birthday: null, preferences: {} });
  });

  test("has no way to change phone, state or store", async () => {
    const app = await appOf(await freshTenant());
    const { body } = await app.patch("/me", { phone: "13912349999", state: "frozen", homeStoreId: "x", memberNo: "1" });
    expect(body).toMatchObject({ phoneMasked: "139****8888", state: "active", homeStoreId: null });
  });
});

describe("staff", () => {
  test("change a member, with before and after in the audit log and the phone only masked there", async () => {
    const tenant = await freshTenant();
    const id = await register(tenant);
    const { body } = await tenant.console.patch(`/members/${id}`, { name: "王大明", phone: "139 1234 9999", homeStoreId: tenant.storeId });
    expect(body).toMatchObject({ name: "王大明", phoneMasked: "139****9999", homeStoreId: tenant.storeId });
    expect((await tenant.console.post("/members:lookup", { phone: PHONE })).status).toBe(404);
    expect((await tenant.console.post("/members:lookup", { phone: "13912349999" })).body.id).toBe(id);
    const { body: { items: [entry] } } = await tenant.console.get(`/audit-entries?subject=${id}&action=member.update`);
    expect(entry).toMatchObject({
      subject: { id }, before: { name: "王小明", phone: "139****8888", homeStoreId: null }, after: { name: "王大明", phone: "139****9999", homeStoreId: tenant.storeId },
    });
  });

  test("cannot give a member another's phone", async () => {
    const tenant = await freshTenant();
    await register(tenant);
    const { body: other } = await tenant.console.post("/members:quick-register", { phone: "13912349999" });
    expect(await tenant.console.patch(`/members/${other.id}`, { phone: PHONE })).toMatchObject({ status: 409, body: { code: "customers/identity-taken" } });
  });

  test("see a whole phone against a reason alone, and each look is noted", async () => {
    const tenant = await freshTenant();
    const id = await register(tenant);
    const manager = await tenant.as("store-manager");
    expect(await manager.post(`/members/${id}:reveal`, {})).toMatchObject({ status: 422, body: { errors: [{ field: "reason" }] } });
    expect((await (await tenant.as("cashier")).post(`/members/${id}:reveal`, { reason: "x" })).status).toBe(403);
    expect((await manager.post(`/members/${id}:reveal`, { reason: "送餐联系不上" })).body).toEqual({ phone: PHONE });
    const entries = await auditOf(tenant, "member.reveal");
    expect(entries.map((entry) => [entry.actor, entry.subject_id, entry.reason])).toEqual([[`staff:${manager.staffId}`, id, "送餐联系不上"]]);
  });

  test("tag and untag; twice is once, and a tag with slashes and emoji is a tag", async () => {
    const tenant = await freshTenant();
    const id = await register(tenant);
    const odd = "常客/😀 100%";
    await tenant.console.post(`/members/${id}/tags`, { tag: "爱喝酸梅汤" });
    await tenant.console.post(`/members/${id}/tags`, { tag: odd });
    expect((await tenant.console.post(`/members/${id}/tags`, { tag: odd })).body.tags.toSorted()).toEqual([odd, "爱喝酸梅汤"].toSorted());
    expect((await tenant.console.delete(`/members/${id}/tags/${encodeURIComponent(odd)}`)).body.tags).toEqual(["爱喝酸梅汤"]);
    expect((await tenant.console.delete(`/members/${id}/tags/never`)).status).toBe(200);
    for (const tag of ["", "x".repeat(41), 7]) expect((await tenant.console.post(`/members/${id}/tags`, { tag })).status).toBe(422);
    expect(await auditOf(tenant, "member.tag")).toHaveLength(2);
  });

  test("tag fifty times and no more, also at once", async () => {
    const tenant = await freshTenant();
    const id = await register(tenant);
    const answers = await Promise.all(Array.from({ length: 55 }, (_, at) => tenant.console.post(`/members/${id}/tags`, { tag: `标签${at}` })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
    expect(answers.filter(({ body }) => body.code === "customers/too-many-tags")).toHaveLength(5);
  });
});

describe("the timeline", () => {
  test("tells what happened, newest first, page by page", async () => {
    const tenant = await freshTenant();
    const id = await register(tenant);
    for (const [at, tag] of ["甲", "乙", "丙"].entries()) {
      clock.advance((at + 1) * 1000);
      await tenant.console.post(`/members/${id}/tags`, { tag });
    }
    const path = `/members/${id}/timeline?limit=3`;
    const first = await tenant.console.get(path);
    expect(first.body.items.map((entry: { tag: string }) => entry.tag)).toEqual(["丙", "乙", "甲"]);
    const second = await tenant.console.get(`${path}&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ items: [{ kind: "customers.member-registered", via: "till" }], nextCursor: null });
    expect((await tenant.console.get(`${path}&cursor=bm9wZQ`)).status).toBe(422);
  });
});
