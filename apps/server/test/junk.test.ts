import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { ask, bodyFor, doors, everybodyOf, expectProblem, identified, isStream, named, pathOf, somebodyOf, withBody, type Everybody } from "./doors.ts";
import { withLeaves } from "./sample.ts";
import { freshTenant, type TestTenant } from "./tenant.ts";

const TOO_LARGE = Buffer.alloc(10 * 1024 * 1024, " ");

let tenant: TestTenant;
let everybody: Everybody;

beforeAll(async () => {
  tenant = await freshTenant();
  everybody = await everybodyOf(tenant);
});

describe("with junk", () => {
  test.each(named(identified))("%s answers an id that is none with a problem", async (_name, door) => {
    for (const id of ["x' or '1'='1", randomUUID(), "%00", "..%2f..", "🍲", "a".repeat(120)]) {
      const answer = await ask(door, everybody[door.audience.name], id, bodyFor(door, tenant));
      expectProblem(answer);
      expect(answer.status, id).toBeGreaterThanOrEqual(400);
    }
  });

  test.each(named(withBody))("%s refuses broken JSON, NUL, prototypes and 10 MB", async (_name, door) => {
    const client = everybody[door.audience.name];
    const send = (payload: string | Buffer, type = "application/json") => client.raw(door.route.method, pathOf(door, randomUUID()), payload, { "content-type": type, "idempotency-key": randomUUID() });
    expectProblem(await send("{\"a\": "), 400);
    expectProblem(await send("{\"name\": \"a\\u0000b\"}"), 400);
    expectProblem(await send("{\"__proto__\": {\"admin\": true}}"), 400);
    expectProblem(await send(TOO_LARGE), 413);
    expectProblem(await send("a=b", "application/x-www-form-urlencoded"), 400);
  });

  test.each(named(withBody.filter((door) => !isStream(door))))("%s survives wrong shapes and wild values", async (_name, door) => {
    const own = await freshTenant();
    const client = await somebodyOf(own, door.audience.name);
    const fitting = bodyFor(door, own);
    const wild = ["x".repeat(70_000), "<script>alert(1)</script>", "'; drop table org.tenant; --", "𠮷🍲\u202e", -1, 1e308, 1.5, 2 ** 53, true, null, [], {}];
    const bodies = [null, [], "x", 7, {}, withLeaves(fitting, () => 1.5), withLeaves(fitting, () => "x"), withLeaves(fitting, () => null), ...wild.map((leaf) => withLeaves(fitting, (value) => (typeof value === typeof leaf ? leaf : value)))];
    for (const body of bodies) expectProblem(await client.send(door.route.method, pathOf(door, randomUUID()), body, { key: randomUUID() }));
  });

  test.each(named(doors.filter(({ route }) => route.query)))("%s survives wild queries", async (_name, door) => {
    for (const query of ["limit=-1", "limit=1e9", "cursor=%00", "cursor=WzFd", "cursor=WyJ4Il0", "q=%25%27%22%5C", "q=%00", "from=x&to=9999-99-99", "storeId=x&memberId=y&tierId=z", "a=1&a=2&limit=3&limit=4"]) {
      const answer = await everybody[door.audience.name].get(`${pathOf(door, randomUUID())}?${query}`);
      expectProblem(answer);
    }
  });
});
