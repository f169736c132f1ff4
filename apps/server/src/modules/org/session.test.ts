import { expect, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";

test("the session tells who is signed in and which stores they see", async () => {
  const tenant = await freshTenant();
  const session = await tenant.console.get("/session");
  expect(session.status).toBe(200);
  expect(session.body).toMatchObject({ staff: { account: "admin" }, tenant: { code: tenant.code, timeZone: "Asia/Shanghai" }, dataScope: { kind: "all", storeIds: null } });
  expect(session.body.stores).toEqual([{ id: tenant.storeId, code: "SH001", name: "南京路店", city: "上海", region: "华东大区" }]);
});

test("nobody signed in has no session", async () => {
  const tenant = await freshTenant();
  expect(await tenant.anonymous.get("/session")).toMatchObject({ status: 401, body: { code: "access/unauthenticated" } });
});
