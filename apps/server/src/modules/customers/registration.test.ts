import { describe, expect, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";

const PHONE = "13912348888";

describe("quick registration at the till", () => {
  test("makes a guest a member from a phone and a name", async () => {
    const { console: till, storeId } = await freshTenant();
    const { status, body } = await till.post("/members:quick-register", { phone: "+86 139-1234-8888", name: "单雄信", storeId, birthday: { calendar: "lunar", month: 8, day: 15 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      created: true, name: "单雄信", phoneMasked: "139****8888", homeStoreId: storeId, joinedVia: "till", state: "active", gender: "unknown", tags: [],
      birthday: { calendar: "lunar", month: 8, day: 15 },
    });
    expect(body.memberNo).toMatch(/^[2-9]\d{9}$/);
    expect(body.nextBirthdayOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  test("finds the member whose phone it is, and leaves their name alone", async () => {
    const { console: till } = await freshTenant();
    const first = await till.post("/members:quick-register", { phone: PHONE, name: "王小明" });
    const second = await till.post("/members:quick-register", { phone: "１３９ １２３４ ８８８８", name: "别人" });
    expect(second.body).toEqual({ ...first.body, created: false });
  });

  test("of one phone by twenty tills at once makes one member", async () => {
    const tenant = await freshTenant();
    const answers = await Promise.all(Array.from({ length: 20 }, () => tenant.console.post("/members:quick-register", { phone: PHONE })));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.created)).toHaveLength(1);
    const rows = await tenant.inScope((scope) => scope.tx.db.selectFrom("customers.member").select("id").execute());
    expect(rows).toHaveLength(1);
  });

  test.each([["13800138000", "placeholder"], ["00000000000", "placeholder"], ["13766668888", "store-phone"]])("refuses %s and says why", async (phone, reason) => {
    const tenant = await freshTenant();
    await tenant.inScope((scope) => scope.tx.db.updateTable("org.unit").set({ phone: "137 6666 8888" }).where("id", "=", tenant.storeId).execute());
    const { status, body } = await tenant.console.post("/members:quick-register", { phone });
    expect([status, body.code, body.reason, body.errors[0].field]).toEqual([422, "customers/phone-blocked", reason, "phone"]);
  });

  test.each(["12345", "021-88886666", "1391234888a", "'; drop table customers.member; --"])("refuses %s, which is no mobile number", async (phone) => {
    const { console: till } = await freshTenant();
    expect(await till.post("/members:quick-register", { phone })).toMatchObject({ status: 422, body: { code: "request/invalid", errors: [{ field: "phone" }] } });
  });

  test("names every wrong field at once", async () => {
    const { console: till } = await freshTenant();
    const { status, body } = await till.post("/members:quick-register", {
      phone: 13912348888, name: "x".repeat(10_000), gender: "robot", birthday: { calendar: "maya", month: 13, day: 0 }, storeId: "nanjing",
    });
    expect(status).toBe(422);
    expect(body.errors.map((error: { field: string }) => error.field).toSorted()).toEqual(
      ["birthday.calendar", "birthday.day", "birthday.month", "gender", "name", "phone", "storeId"]);
  });

  test("refuses a birthday that no calendar has, an unknown store, a store of others", async () => {
    const tenant = await freshTenant();
    const other = await tenant.addStore();
    const cashier = await tenant.as("cashier");
    const wrong = (more: object) => cashier.post("/members:quick-register", { phone: PHONE, ...more });
    expect(await wrong({ birthday: { calendar: "solar", month: 2, day: 30 } })).toMatchObject({ status: 422, body: { errors: [{ field: "birthday.day", code: "no-such-day" }] } });
    expect(await wrong({ storeId: tenant.regionId })).toMatchObject({ status: 422, body: { errors: [{ field: "storeId", code: "unknown" }] } });
    expect(await wrong({ storeId: other })).toMatchObject({ status: 403 });
    expect(await tenant.console.post("/members:lookup", { phone: PHONE })).toMatchObject({ status: 404 });
  });

  test.each([
    "Robert'); DROP TABLE customers.member;--", "<script>alert(1)</script>", "👨‍👩‍👧‍👦 阿欢", "𠮷野家𪚥", "O’Brien \"Q\" \\ %_", "‮txt.exe", "ﷺ",
  ])("keeps the name %s as it is", async (name) => {
    const { console: till } = await freshTenant();
    const { body } = await till.post("/members:quick-register", { phone: PHONE, name });
    expect(body.name).toBe(name);
    expect((await till.post("/members:lookup", { phone: PHONE })).body.name).toBe(name);
  });

  test("refuses NUL and line breaks in a name", async () => {
    const { console: till } = await freshTenant();
    expect((await till.post("/members:quick-register", { phone: PHONE, name: "a\u0000b" })).status).toBe(400);
    expect(await till.post("/members:quick-register", { phone: PHONE, name: "a\nb" })).toMatchObject({ status: 422, body: { errors: [{ field: "name" }] } });
  });

  test("is not for who may not, and not for nobody", async () => {
    const tenant = await freshTenant();
    const marketer = await tenant.as("marketer");
    expect((await marketer.post("/members:quick-register", { phone: PHONE })).status).toBe(403);
    expect((await tenant.anonymous.post("/members:quick-register", { phone: PHONE })).status).toBe(401);
  });
});

describe("a member", () => {
  test("belongs to one brand: the same phone elsewhere is somebody else, and nobody's id is known there", async () => {
    const [hotpot, bakery] = [await freshTenant(), await freshTenant()];
    const here = await hotpot.console.post("/members:quick-register", { phone: PHONE });
    expect(await bakery.console.post("/members:lookup", { phone: PHONE })).toMatchObject({ status: 404 });
    const there = await bakery.console.post("/members:quick-register", { phone: PHONE });
    expect(there.body.id).not.toBe(here.body.id);
    for (const answer of [
      await bakery.console.patch(`/members/${here.body.id}`, { name: "x" }), await bakery.console.post(`/members/${here.body.id}:reveal`, { reason: "x" }),
      await bakery.console.post(`/members/${here.body.id}/tags`, { tag: "x" }), await bakery.console.delete(`/members/${here.body.id}/tags/x`),
      await bakery.console.get(`/members/${here.body.id}/timeline`),
    ]) expect(answer.status).toBe(404);
  });

  test("leaves no phone in clear in any table, event or audit entry", async () => {
    const tenant = await freshTenant();
    const { body } = await tenant.console.post("/members:quick-register", { phone: PHONE, name: "王小明" });
    await tenant.console.patch(`/members/${body.id}`, { phone: "13912349999" });
    await tenant.drain();
    const texts = await tenant.inScope(async (scope) => Promise.all(["customers.member", "customers.identity", "kernel.event", "kernel.audit_entry"]
      .map((table) => scope.tx.rows<{ text: string }>(`select t::text as text from ${table} t where t.tenant_id = $1`, [scope.tenantId]))));
    const everything = texts.flat().map((row) => row.text).join("\n");
    expect(everything).toContain("王小明");
    expect(everything).not.toMatch(/1391234(8888|9999)/);
  });
});
