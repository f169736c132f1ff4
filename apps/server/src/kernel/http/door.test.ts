import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Client } from "../../../test/client.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { audit } from "../audit.ts";
import type { Id } from "../ids.ts";
import { conflict } from "../problem.ts";
import type { Actor } from "../scope.ts";
import { mountAll } from "./mounting.ts";
import { route, type Route } from "./route.ts";
import { createServer } from "./server.ts";
import { fen, text } from "./wire.ts";

/** A door with routes of our own, at which everybody is the given tenant's system. */
const doorWith = (tenant: TestTenant, ...routes: Route[]): Promise<Client> => doorOf(tenant, { kind: "system", name: "test" }, ...routes);

async function doorOf(tenant: TestTenant, actor: Actor, ...routes: Route[]): Promise<Client> {
  const { database, log } = tenant.server.installation;
  const app = createServer({ log, clock: database.clock, random: database.random, trustProxy: false });
  await mountAll(app, [{
    name: "open", prefix: "/t", title: "", description: "", routes,
    authenticate: async (request) => ({ tenantId: tenant.tenantId, actor, from: { ip: request.ip, requestId: request.id } }),
  }], { database });
  await app.ready();
  return new Client(app, "/t");
}

const effects = async (tenant: TestTenant): Promise<number> =>
  (await tenant.inScope((scope) => scope.tx.rows("select 1 from kernel.audit_entry where tenant_id = $1 and action = 'test.effect'", [scope.tenantId]))).length;

const act = (more: Partial<Route> = {}): Route => ({ ...route({
  method: "POST", path: "/things/{id}:act", can: "signed-in", summary: "Act", idempotent: true, params: z.object({ id: z.string() }),
  body: z.object({ amountFen: fen, refuse: z.boolean().optional(), slow: z.boolean().optional() }), reply: z.object({ amountFen: fen, token: z.string() }),
  run: async (scope, { params, body }) => {
    audit(scope, { action: "test.effect", subjectKind: "thing", subjectId: params.id });
    if (body.slow) await scope.tx.rows("select pg_sleep(0.05)", []);
    if (body.refuse) throw conflict({ detail: "not now" });
    return { amountFen: body.amountFen, token: randomUUID() };
  },
}), ...more });

describe("a write that moves value", () => {
  test("takes effect once for one key, however many come at once, and all get the first answer", async () => {
    const tenant = await freshTenant();
    const door = await doorWith(tenant, act());
    const answers = await Promise.all(Array.from({ length: 12 }, () => door.post("/things/1:act", { amountFen: 5, slow: true }, { key: "the-same-key" })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(answers.map((answer) => answer.status)).toEqual(Array(12).fill(200));
    expect(answers.filter((answer) => answer.headers["idempotency-hit"] === "true")).toHaveLength(11);
    expect(await effects(tenant)).toBe(1);
  });

  test("refuses the key for another body, another thing and none at all", async () => {
    const tenant = await freshTenant();
    const door = await doorWith(tenant, act());
    await door.post("/things/1:act", { amountFen: 5 }, { key: "key-number-1" });
    expect(await door.post("/things/1:act", { amountFen: 6 }, { key: "key-number-1" })).toMatchObject({ status: 409, body: { code: "idempotency/body-mismatch" } });
    expect((await door.post("/things/2:act", { amountFen: 5 }, { key: "key-number-1" })).status).toBe(409);
    for (const key of [undefined, "short", "x".repeat(129)]) {
      expect((await door.post("/things/1:act", { amountFen: 5 }, key ? { key } : {})).body.errors).toMatchObject([{ field: "Idempotency-Key" }]);
    }
    expect(await effects(tenant)).toBe(1);
  });

  test("may be tried again with its key after a refusal, which left nothing behind", async () => {
    const tenant = await freshTenant();
    const door = await doorWith(tenant, act());
    expect((await door.post("/things/1:act", { amountFen: 5, refuse: true }, { key: "key-number-1" })).status).toBe(409);
    expect(await effects(tenant)).toBe(0);
    expect((await door.post("/things/1:act", { amountFen: 5 }, { key: "key-number-1" })).status).toBe(200);
    expect(await effects(tenant)).toBe(1);
  });

  test("has its key to itself with each member: nobody is answered with what another did", async () => {
    const tenant = await freshTenant();
    const door = async (memberId: string) => doorOf(tenant, { kind: "member", memberId: memberId as Id<"member">, sessionId: "" }, act());
    const [one, other] = [await door(randomUUID()), await door(randomUUID())];
    const ask = (client: Client, amountFen = 5) => client.post("/things/1:act", { amountFen }, { key: "key-number-1" });
    const [first, second, again] = [await ask(one), await ask(other), await ask(one)];
    expect(second).toMatchObject({ status: 200 });
    expect(second.body.token).not.toBe(first.body.token);
    expect(again.body).toEqual(first.body);
    expect((await ask(other, 6)).status).toBe(409);
    expect(await effects(tenant)).toBe(2);
  });

  test("has its key to itself in each tenant", async () => {
    const tenants = [await freshTenant(), await freshTenant()];
    const answers = await Promise.all(tenants.map(async (tenant) => (await doorWith(tenant, act())).post("/things/1:act", { amountFen: 5 }, { key: "key-number-1" })));
    expect(answers[0]?.body.token).not.toBe(answers[1]?.body.token);
  });
});

test("a route without a permission does not boot", async () => {
  const tenant = await freshTenant();
  await expect(doorWith(tenant, { ...act(), can: "" })).rejects.toThrow("declares no permission");
});

test("a reply that does not fit its schema is our failure, tells nothing, and changes nothing", async () => {
  const tenant = await freshTenant();
  const door = await doorWith(tenant, act({ run: async (scope) => {
    audit(scope, { action: "test.effect", subjectKind: "thing", subjectId: "1" });
    return { amountFen: "twelve", secret: "s" };
  } }));
  const answer = await door.post("/things/1:act", { amountFen: 5 }, { key: "key-number-1" });
  expect(answer).toMatchObject({ status: 500, body: { code: "server/internal" } });
  expect(JSON.stringify(answer.body)).not.toMatch(/twelve|secret|amountFen/);
  expect(await effects(tenant)).toBe(0);
});

test("fields that the schema does not name stay inside", async () => {
  const tenant = await freshTenant();
  const door = await doorWith(tenant, act({ run: async () => ({ amountFen: 1, token: "t", passwordHash: "argon2" }) }));
  expect((await door.post("/things/1:act", { amountFen: 5 }, { key: "key-number-1" })).body).toEqual({ amountFen: 1, token: "t" });
});

test.each([["by zod", false], ["by ajv", true]])("every wrong field is named, checked %s", async (_by, hot) => {
  const tenant = await freshTenant();
  const body = z.object({ storeId: z.string(), lines: z.array(z.object({ sku: text(10), quantity: z.int().min(1) })).min(1), priceFen: fen });
  const door = await doorWith(tenant, route({ method: "POST", path: "/carts", can: "signed-in", summary: "", hot, body, reply: z.object({}), run: async () => ({}) }));
  const answer = await door.post("/carts", { lines: [{ sku: "a", quantity: 1 }, { quantity: 0 }], priceFen: -1 });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error: { field: string }) => error.field).toSorted()).toEqual(["lines.1.quantity", "lines.1.sku", "priceFen", "storeId"]);
});

test("a request keeps the id it came with, if it is one, and gets one otherwise", async () => {
  const tenant = await freshTenant();
  const door = await doorWith(tenant);
  expect((await door.get("/nothing", { headers: { "x-request-id": "from-the-proxy.1" } })).headers["x-request-id"]).toBe("from-the-proxy.1");
  const made = await door.get("/nothing", { headers: { "x-request-id": "bad id\n" } });
  expect(made.body.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test("a database that is away is no failure of ours: try again shortly", async () => {
  const tenant = await freshTenant();
  const door = await doorWith(tenant, act({ run: async (scope) => {
    await scope.tx.rows("select pg_terminate_backend(pg_backend_pid())", []);
    return {};
  } }));
  const answer = await door.post("/things/1:act", { amountFen: 5 }, { key: "key-number-1" });
  expect(answer).toMatchObject({ status: 503, body: { code: "server/busy" }, headers: { "retry-after": "1" } });
  expect((await (await doorWith(tenant, act())).post("/things/1:act", { amountFen: 5 }, { key: "key-number-1" })).status).toBe(200);
});
