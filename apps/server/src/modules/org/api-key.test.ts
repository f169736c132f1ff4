import { expect, test } from "vitest";
import { Client } from "../../../test/client.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";

/** A route of the open API that any key may ask, whatever it answers. */
const SOMETHING = "/orders/no-such-order";
const withKey = (tenant: TestTenant, token: string) => new Client(tenant.server.app, "/v1", { authorization: `Bearer ${token}` });

test("a key is shown once, works, and stops working when it is revoked", async () => {
  const tenant = await freshTenant();
  const made = await tenant.console.post("/api-keys", { name: "收银系统", scopes: ["orders:read"] });
  expect(made.status).toBe(201);
  expect(made.body.secret).toMatch(/^sk_[0-9a-f]{32}_[0-9a-f]{32}_[\w-]{43}$/);
  const [listed] = (await tenant.console.get("/api-keys")).body.items;
  expect(listed).toMatchObject({ name: "收银系统", lastFour: made.body.secret.slice(-4), revokedAt: null });
  expect(JSON.stringify(listed)).not.toContain(made.body.secret.slice(-40));
  const key = withKey(tenant, made.body.secret);
  expect((await key.get(SOMETHING)).status).toBe(404);
  expect((await tenant.console.post(`/api-keys/${made.body.id}:revoke`)).body.revokedAt).not.toBeNull();
  expect((await key.get(SOMETHING)).status).toBe(401);
});

test("a key made up, cut short, or of another tenant opens nothing", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const { secret } = (await tenant.console.post("/api-keys", { name: "k", scopes: ["orders:read"] })).body;
  const bare = (id: string) => id.replaceAll("-", "");
  for (const token of ["sk_x", secret.slice(0, -1), secret.replace(/.{10}$/, "A".repeat(10)), secret.replace(bare(tenant.tenantId), bare(other.tenantId)), secret.replace(bare(tenant.tenantId), "0".repeat(32))]) {
    expect(await withKey(tenant, token).get(SOMETHING)).toMatchObject({ status: 401, body: { code: "access/unauthenticated" } });
  }
  expect((await tenant.console.get("/session", { headers: { authorization: `Bearer ${secret}`, cookie: "" } })).status).toBe(401);
});

test("a key has a quota a minute, tells how much is left, and says when to come back", async () => {
  const tenant = await freshTenant();
  const [small, large] = [await tenant.open(["orders:read"], 3), await tenant.open(["orders:read"])];
  const answers = [];
  for (let i = 0; i < 4; i++) answers.push(await small.get(SOMETHING));
  expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 429]);
  expect(answers.map((answer) => Number(answer.headers["ratelimit-remaining"]))).toEqual([2, 1, 0, 0]);
  expect(answers[3]?.body.code).toBe("access/too-many-requests");
  expect(Number(answers[3]?.headers["retry-after"])).toBeGreaterThan(0);
  expect((await large.get(SOMETHING)).status).toBe(404);
});

test("nobody makes a key with rights they do not have, and unknown scopes are named", async () => {
  const tenant = await freshTenant();
  const role = await tenant.console.post("/roles", { name: "对接", scope: "all", permissions: ["api-keys.manage", "orders.read"] });
  const someone = await tenant.as("auditor", tenant.headquartersId);
  await tenant.console.patch(`/staff/${someone.staffId}`, { roleIds: [role.body.id], orgUnitId: tenant.headquartersId });
  expect((await someone.post("/api-keys", { name: "k", scopes: ["orders:read"] })).status).toBe(201);
  expect((await someone.post("/api-keys", { name: "k", scopes: ["points:write"] })).body.code).toBe("org/beyond-authority");
  expect((await someone.post("/api-keys", { name: "k", scopes: ["root"] })).body.errors[0].field).toBe("scopes.0");
});
