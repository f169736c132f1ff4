import { expect, test } from "vitest";
import { Secret, TOTP } from "otpauth";
import { Client } from "../../../test/client.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant, PASSWORD, type TestTenant } from "../../../test/tenant.ts";

const MINUTE_MS = 60_000;
let address = 0;
/** Each sign-in from an address of its own: the limit a minute and address has its own test. */
const door = (tenant: TestTenant): Client => {
  address++;
  return new Client(tenant.server.app, "/api/console", {}, `10.0.${address >> 8}.${address & 255}`);
};
const signIn = (tenant: TestTenant, more: object = {}) => door(tenant).post("/sign-in", { brand: tenant.code, account: "admin", password: PASSWORD, ...more });
const cookieOf = (headers: Record<string, unknown>): string => String(headers["set-cookie"]).split(";")[0] ?? "";
const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now().getTime() });

test("the right password opens a session, and its cookie is out of the reach of scripts and other sites", async () => {
  const tenant = await freshTenant();
  const answer = await signIn(tenant, { account: " ADMIN " });
  expect(answer).toMatchObject({ status: 200, body: { staff: { account: "admin" }, tenant: { code: tenant.code } } });
  expect(String(answer.headers["set-cookie"])).toMatch(/^shuke_session=[0-9a-f-]{36}\.[0-9a-f-]{36}\..{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const session = await new Client(tenant.server.app, "/api/console", { cookie: cookieOf(answer.headers) }).get("/session");
  expect(session.body.staff.account).toBe("admin");
});

test("a wrong brand, account or password gets the same answer", async () => {
  const tenant = await freshTenant();
  const answers = [await signIn(tenant, { brand: "nowhere" }), await signIn(tenant, { account: "nobody" }), await signIn(tenant, { password: "wrong" })];
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 401, body: { code: "org/bad-credentials" } });
    expect(answer.body.detail).toBeUndefined();
  }
});

test("five wrong tries lock the account for a quarter of an hour, for existing and invented accounts alike", async () => {
  const tenant = await freshTenant();
  for (const account of ["admin", "invented"]) {
    for (let i = 0; i < 5; i++) expect((await signIn(tenant, { account, password: "wrong" })).status).toBe(401);
    const locked = await signIn(tenant, { account });
    expect(locked).toMatchObject({ status: 429, body: { code: "org/locked-out" } });
    expect(Number(locked.headers["retry-after"])).toBeGreaterThan(800);
  }
  clock.advance(15 * MINUTE_MS + 1_000);
  expect((await signIn(tenant)).status).toBe(200);
});

test("fifty guesses at once get exactly five answers", async () => {
  const tenant = await freshTenant();
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => signIn(tenant, { password: `guess ${i}` })));
  expect(answers.filter((answer) => answer.status === 401)).toHaveLength(5);
  expect(answers.filter((answer) => answer.status === 429)).toHaveLength(45);
});

test("a right password clears the wrong tries before it", async () => {
  const tenant = await freshTenant();
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 4; i++) await signIn(tenant, { password: "wrong" });
    expect((await signIn(tenant)).status).toBe(200);
  }
});

test("one address cannot try accounts without end", async () => {
  const tenant = await freshTenant();
  const one = door(tenant);
  const statuses = new Set<number>();
  for (let i = 0; i < 32; i++) statuses.add((await one.post("/sign-in", { brand: tenant.code, account: `a${i}`, password: "x" })).status);
  expect([...statuses]).toEqual([401, 429]);
});

test("with the second factor on, the password alone is not enough and a code counts once", async () => {
  const tenant = await freshTenant();
  const begun = await tenant.console.post("/session/totp:begin");
  expect(begun.body.otpauthUrl).toContain("otpauth://totp/");
  expect((await tenant.console.post("/session/totp:confirm", { code: "000000" })).status).toBe(422);
  const { body } = await tenant.console.post("/session/totp:confirm", { code: codeOf(begun.body.secret) });
  expect(body.recoveryCodes).toHaveLength(10);
  expect(await signIn(tenant)).toMatchObject({ status: 401, body: { code: "org/totp-required" } });
  clock.advance(MINUTE_MS);
  const totp = codeOf(begun.body.secret);
  expect((await signIn(tenant, { totp })).status).toBe(200);
  expect(await signIn(tenant, { totp })).toMatchObject({ status: 401, body: { code: "org/bad-credentials" } });
  expect((await signIn(tenant, { totp: body.recoveryCodes[3] })).status).toBe(200);
  expect((await signIn(tenant, { totp: body.recoveryCodes[3] })).status).toBe(401);
});

test("knowing the password gives no endless guesses at the code", async () => {
  const tenant = await freshTenant();
  const begun = await tenant.console.post("/session/totp:begin");
  await tenant.console.post("/session/totp:confirm", { code: codeOf(begun.body.secret) });
  const seen: number[] = [];
  for (let i = 0; i < 8; i++) {
    await signIn(tenant);
    seen.push((await signIn(tenant, { totp: "123456" })).status);
  }
  expect(seen.filter((status) => status === 401).length).toBeLessThanOrEqual(5);
  expect(seen.at(-1)).toBe(429);
});

test("the second factor is turned off with the password, not without", async () => {
  const tenant = await freshTenant();
  const begun = await tenant.console.post("/session/totp:begin");
  await tenant.console.post("/session/totp:confirm", { code: codeOf(begun.body.secret) });
  expect((await tenant.console.post("/session/totp:disable", { password: "wrong" })).status).toBe(422);
  expect((await tenant.console.post("/session/totp:disable", { password: PASSWORD })).status).toBe(204);
  expect((await signIn(tenant)).status).toBe(200);
});

test("a new password signs out everywhere else and lets this browser stay", async () => {
  const tenant = await freshTenant();
  const elsewhere = new Client(tenant.server.app, "/api/console", { cookie: cookieOf((await signIn(tenant)).headers) });
  expect((await elsewhere.get("/session")).status).toBe(200);
  expect((await tenant.console.post("/session/password", { current: "wrong", next: "a much longer one" })).body.errors).toEqual([{ field: "current", code: "wrong", message: "is not your password" }]);
  expect((await tenant.console.post("/session/password", { current: PASSWORD, next: "short" })).body.errors[0].field).toBe("next");
  const changed = await tenant.console.post("/session/password", { current: PASSWORD, next: "a much longer one" });
  expect(changed.status).toBe(204);
  expect((await elsewhere.get("/session")).status).toBe(401);
  expect((await tenant.console.get("/session")).status).toBe(401);
  const here = new Client(tenant.server.app, "/api/console", { cookie: cookieOf(changed.headers) });
  expect((await here.get("/session")).status).toBe(200);
  expect((await signIn(tenant)).status).toBe(401);
  expect((await signIn(tenant, { password: "a much longer one" })).status).toBe(200);
});

test("signing out ends the session at once", async () => {
  const tenant = await freshTenant();
  expect((await tenant.console.get("/session")).status).toBe(200);
  expect((await tenant.console.post("/sign-out")).status).toBe(204);
  expect((await tenant.console.get("/session")).status).toBe(401);
});

test("a session lives twelve hours from its last use", async () => {
  const tenant = await freshTenant();
  const [used, unused] = [await signIn(tenant), await signIn(tenant)].map(({ headers }) => new Client(tenant.server.app, "/api/console", { cookie: cookieOf(headers) }));
  clock.advance(11 * 60 * MINUTE_MS);
  expect((await used?.get("/session"))?.status).toBe(200);
  clock.advance(2 * 60 * MINUTE_MS);
  expect((await used?.get("/session"))?.status).toBe(200);
  expect((await unused?.get("/session"))?.status).toBe(401);
  const [row] = await tenant.inScope((scope) => scope.tx.rows<{ expires_at: Date }>("select max(expires_at) as expires_at from org.session where tenant_id = $1", [scope.tenantId]));
  expect(row?.expires_at.getTime()).toBeGreaterThan(clock.now().getTime() + 9 * 60 * MINUTE_MS);
});

test("a made-up, foreign or broken cookie opens nothing", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const cookie = cookieOf((await signIn(tenant)).headers);
  const swapped = cookie.replace(tenant.tenantId, other.tenantId);
  const guessed = cookie.replace(/.{43}$/, "A".repeat(43));
  for (const bad of [swapped, guessed, "shuke_session=", "shuke_session=a.b.c", "shuke_session=%00", cookie.replace(tenant.tenantId, "0".repeat(8) + "-0000-0000-0000-000000000000")]) {
    expect((await new Client(tenant.server.app, "/api/console", { cookie: bad }).get("/session")).status).toBe(401);
  }
});

test("another site cannot write with the browser's cookie", async () => {
  const tenant = await freshTenant();
  const write = (headers: Record<string, string>) => tenant.console.post("/session/totp:begin", {}, { headers });
  expect(await write({ "sec-fetch-site": "cross-site" })).toMatchObject({ status: 403, body: { code: "org/cross-site" } });
  expect((await write({ "sec-fetch-site": "same-site" })).status).toBe(403);
  expect((await write({ origin: "https://evil.example" })).status).toBe(403);
  expect((await write({ origin: "null" })).status).toBe(403);
  expect((await write({ "sec-fetch-site": "same-origin", origin: "http://localhost:5173" })).status).toBe(200);
  expect((await tenant.console.get("/session", { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(200);
  expect((await door(tenant).post("/sign-in", { brand: tenant.code, account: "admin", password: PASSWORD }, { headers: { origin: "https://evil.example" } })).status).toBe(403);
});
