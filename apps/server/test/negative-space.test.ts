import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { belongingsOf, type Belongings } from "./belongings.ts";
import type { Client } from "./client.ts";
import { ALL_SCOPES, ask, bodyFor, closed, doors, everybodyOf, expectProblem, guarded, identified, named, nounOf, pathOf, type Everybody } from "./doors.ts";
import { testServer } from "./server.ts";
import { freshTenant, type TestTenant } from "./tenant.ts";
import { tillTenant, type TillTenant } from "./till.ts";

const { app } = await testServer();
let tenant: TestTenant;
let other: TillTenant;
let things: Belongings;
let everybody: Everybody;

beforeAll(async () => {
  tenant = await freshTenant();
  other = await tillTenant();
  things = await belongingsOf(other);
  everybody = await everybodyOf(tenant);
});

describe("without being signed in", () => {
  test.each(named(closed))("%s answers 401", async (_name, door) => {
    const prefix = door.audience.prefix;
    const anonymous = await app.inject({ method: door.route.method, url: prefix + pathOf(door, randomUUID()) });
    expect(anonymous.statusCode).toBe(401);
    expect(anonymous.headers["content-type"]).toContain("application/problem+json");
  });

  test.each(named(closed))("%s answers 401 to those of another door", async (_name, door) => {
    for (const [name, client] of Object.entries(everybody)) {
      if (name === door.audience.name) continue;
      const answer = await app.inject({ method: door.route.method, url: door.audience.prefix + pathOf(door, randomUUID()), headers: client.headers });
      expect(answer.statusCode, name).toBe(401);
    }
  });
});

describe("without the permission", () => {
  test.each(named(guarded))("%s answers 403", async (_name, door) => {
    const asked = door.audience.name === "console" ? await powerless(tenant) : await tenant.open([]);
    expectProblem(await ask(door, asked, randomUUID(), bodyFor(door, tenant)), 403);
  });
});

async function powerless(of: TestTenant): Promise<Client> {
  const someone = await of.as("cashier");
  await of.inScope((scope) => scope.tx.rows("delete from org.staff_role where tenant_id = $1 and staff_id = $2", [scope.tenantId, someone.staffId]));
  return someone;
}

describe("with another tenant's id", () => {
  test.each(named(identified))("%s answers 404 and changes nothing", async (_name, door) => {
    const id = things[nounOf(door)];
    if (!id) throw new Error(`belongings.ts does not make one of "${nounOf(door)}"`);
    expectProblem(await ask(door, everybody[door.audience.name], id, bodyFor(door, tenant)), 404);
  });

  test.each(named(identified.filter(({ route, audience }) => route.method === "GET" && audience.name !== "member")))("%s finds it for its owner", async (_name, door) => {
    const owner = door.audience.name === "console" ? other.console : await other.open(ALL_SCOPES);
    expect((await ask(door, owner, things[nounOf(door)] ?? "", undefined, things["members"])).status).toBe(200);
  });
});

test("every route says who may come in", () => {
  for (const { route, name } of doors) expect(route.can, name).toMatch(/^(public|signed-in|[a-z-]+[.:][a-z-]+)$/);
});
