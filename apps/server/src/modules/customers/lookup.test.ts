import { expect, test } from "vitest";
import { Client } from "../../../test/client.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { registerMember } from "./registration.ts";
import { openMemberSession } from "./session.ts";

const PHONE = "13912348888";

async function withMember(tenant: TestTenant) {
  const { memberId, token } = await tenant.inScope(async (scope) => {
    const { memberId: id } = await registerMember(scope, {
      phone: PHONE, name: "王小明", via: "h5", identities: [{ kind: "card", value: "VIP-0001" }, { kind: "external", value: "pos/77" }],
    });
    return { memberId: id, token: await openMemberSession(scope, id) };
  });
  const app = new Client(tenant.server.app, "/api/member", { authorization: `Bearer ${token}` });
  return { memberId, app, code: async () => (await app.get("/me/code")).body as { code: string; qr: string; barcode: string; expiresAt: string } };
}

test("a till finds a member by any one of phone, number, card, external id, or what its scanner read", async () => {
  const tenant = await freshTenant();
  const { memberId } = await withMember(tenant);
  const { body: member } = await tenant.console.post("/members:lookup", { phone: "139 1234 8888" });
  expect(member).toMatchObject({ id: memberId, name: "王小明", phoneMasked: "139****8888" });
  for (const by of [{ memberNo: member.memberNo }, { card: "VIP-0001" }, { externalId: "pos/77" }, { code: "VIP-0001" }, { code: member.memberNo }, { code: "ＶＩＰ－０００１" }]) {
    expect((await tenant.console.post("/members:lookup", by)).body.id).toBe(memberId);
  }
});

test("the app's code names its member once, by QR or by barcode", async () => {
  const tenant = await freshTenant();
  const { memberId, code } = await withMember(tenant);
  const { qr, barcode, expiresAt } = await code();
  expect(new Date(expiresAt).getTime() - clock.now().getTime()).toBeLessThanOrEqual(60_000);
  expect((await tenant.console.post("/members:lookup", { code: barcode })).body.id).toBe(memberId);
  expect(await tenant.console.post("/members:lookup", { code: barcode })).toMatchObject({ status: 409, body: { code: "customers/code-used" } });
  expect(await tenant.console.post("/members:lookup", { code: qr })).toMatchObject({ status: 409, body: { code: "customers/code-used" } });
});

test("of ten scans of one code at once, one finds the member", async () => {
  const tenant = await freshTenant();
  const { code } = await withMember(tenant);
  const { qr } = await code();
  const answers = await Promise.all(Array.from({ length: 10 }, () => tenant.console.post("/members:lookup", { code: qr })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(409)]);
});

test("an old code has expired, a forged one and another brand's are invalid, and an unknown card too", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const { code } = await withMember(tenant);
  const { qr, barcode } = await code();
  for (const forged of [`${qr.slice(0, -1)}${(Number(qr.at(-1)) + 1) % 10}`, "912345678901234567", "no such card", "x".repeat(64)]) {
    expect(await tenant.console.post("/members:lookup", { code: forged })).toMatchObject({ status: 422, body: { code: "customers/code-invalid" } });
  }
  expect((await other.console.post("/members:lookup", { code: qr })).body.code).toBe("customers/code-invalid");
  clock.advance(70_000);
  expect(await tenant.console.post("/members:lookup", { code: qr })).toMatchObject({ status: 409, body: { code: "customers/code-expired" } });
  expect(await tenant.console.post("/members:lookup", { code: barcode })).toMatchObject({ status: 409, body: { code: "customers/code-expired" } });
});

test("nobody is found for an unknown phone, and a reference must be exactly one and make sense", async () => {
  const { console: till } = await freshTenant();
  expect((await till.post("/members:lookup", { phone: PHONE })).status).toBe(404);
  for (const wrong of [{}, { phone: PHONE, card: "VIP-0001" }, { memberNo: "2345678901" }, { memberNo: "abc" }, { phone: "12" }, { code: "" }, { code: "9".repeat(10_000) }]) {
    expect((await till.post("/members:lookup", wrong)).status).toBe(422);
  }
});

test("a cashier finds a guest of another store exactly, but may not change them", async () => {
  const tenant = await freshTenant();
  const elsewhere = await tenant.addStore();
  const { body } = await tenant.console.post("/members:quick-register", { phone: PHONE, storeId: elsewhere });
  const cashier = await tenant.as("cashier");
  expect((await cashier.post("/members:lookup", { phone: PHONE })).body.id).toBe(body.id);
  expect((await cashier.patch(`/members/${body.id}`, { name: "x" })).status).toBe(403);
  expect((await cashier.post(`/members/${body.id}/tags`, { tag: "x" })).status).toBe(403);
  expect((await cashier.get(`/members/${body.id}/timeline`)).status).toBe(403);
});

test("a frozen member is named as such, one who left is not found", async () => {
  const tenant = await freshTenant();
  const { memberId } = await withMember(tenant);
  const become = (state: string) => tenant.inScope((scope) => scope.tx.db.updateTable("customers.member").set({ state }).where("id", "=", memberId).execute());
  await become("frozen");
  expect(await tenant.console.post("/members:lookup", { phone: PHONE })).toMatchObject({ status: 409, body: { code: "customers/member-frozen" } });
  await become("closed");
  expect((await tenant.console.post("/members:lookup", { phone: PHONE })).status).toBe(404);
});

test("an integrator looks up and registers with the scopes for it", async () => {
  const tenant = await freshTenant();
  const [reader, writer] = [await tenant.open(["members:read"]), await tenant.open(["members:write"])];
  expect((await reader.post("/members:quick-register", { phone: PHONE })).status).toBe(403);
  const { body } = await writer.post("/members:quick-register", { phone: PHONE, name: "阿欢" });
  expect((await reader.post("/members:lookup", { phone: PHONE })).body).toMatchObject({ id: body.id, phoneMasked: "139****8888" });
  expect((await writer.post("/members:lookup", { phone: PHONE })).status).toBe(403);
});
