import { randomBytes, randomUUID } from "node:crypto";
import type { Scope } from "../src/kernel/scope.ts";
import { deliver } from "../src/kernel/events.ts";
import { newId } from "../src/kernel/scope.ts";
import { apiKeyToken, newSecret, secretHash, sessionCookie } from "../src/modules/org/credential.ts";
import { createTenant, hashPassword, type BuiltInRole, type FoundedTenant } from "../src/modules/org/index.ts";
import { openSession } from "../src/modules/org/session.ts";
import { work } from "../src/worker.ts";
import { Client } from "./client.ts";
import { testServer, type TestServer } from "./server.ts";

export const PASSWORD = "correct horse 电池";
let passwordHash: Promise<string> | undefined;

/** A staff member who is signed in. */
export type TestStaff = Client & { staffId: string };

/** A tenant of a test's own, with a region, a city, a store, and an administrator who is signed in. */
export interface TestTenant extends FoundedTenant {
  code: string;
  server: TestServer;
  regionId: string;
  cityId: string;
  storeId: string;
  storeCode: string;
  /** The administrator at the console. */
  console: Client;
  /** The console without anybody signed in. */
  anonymous: Client;
  /** The member API without anybody signed in. */
  memberDoor: Client;
  /** Somebody else at the console, with one built-in role at the store (or at `unitId`). */
  as(role: BuiltInRole, unitId?: string): Promise<TestStaff>;
  /** A store beside the first, in the same city. */
  addStore(name?: string): Promise<string>;
  /** An integrator with an API key. */
  open(scopes: readonly string[], requestsPerMinute?: number): Promise<Client>;
  /** Straight into the data, as the system. */
  inScope<T>(run: (scope: Scope) => Promise<T>): Promise<T>;
  /** Runs the tenant's waiting jobs, and what they enqueue, until none is left; returns how many. */
  drain(): Promise<number>;
  /** Runs a schedule for this tenant, as the clock would. */
  runSchedule(name: string): Promise<void>;
}

const FAR = new Date("2100-01-01T00:00:00Z");

export async function freshTenant(): Promise<TestTenant> {
  passwordHash ??= hashPassword(PASSWORD);
  const server = await testServer();
  const { installation, app } = server;
  // Of its own, because what an address may ask in a minute is counted for all the files of a worker.
  const address = `10.${[...randomBytes(3)].map((byte) => Math.max(1, byte)).join(".")}`;
  const code = `t-${randomBytes(6).toString("hex")}`;
  const founded = await createTenant(installation.database, {
    code, name: "山海火锅", timeZone: "Asia/Shanghai", admin: { account: "admin", name: "林掌柜", passwordHash: await passwordHash },
  });
  const inScope: TestTenant["inScope"] = (run) => installation.database.inScope({ tenantId: founded.tenantId, actor: { kind: "system", name: "test" } }, run);
  const places = await inScope((scope) => addPlaces(scope, founded.headquartersId));
  const signedIn = (staffId: string): Promise<TestStaff> => inScope(async (scope) => {
    const credential = await openSession(scope, staffId, "test");
    // Whoever is verified is known for five seconds of the machine: where a test moves the clock by days, a slow one would find them signed out.
    await scope.tx.rows("update org.session set expires_at = $3, last_seen_at = $3 where tenant_id = $1 and id = $2", [scope.tenantId, credential.id, FAR]);
    const cookie = sessionCookie(credential);
    return Object.assign(new Client(app, "/api/console", { cookie: `shuke_session=${cookie}` }), { staffId });
  });
  return {
    ...founded, ...places, code, server, inScope,
    console: await signedIn(founded.adminId),
    anonymous: new Client(app, "/api/console", {}, address),
    memberDoor: new Client(app, "/api/member", {}, address),
    as: async (role, unitId) => signedIn(await inScope((scope) => addStaff(scope, founded.roleIds[role], unitId ?? places.storeId))),
    addStore: (name = "第二门店") => inScope((scope) => addStore(scope, places.cityPath, name)),
    open: (scopes, requestsPerMinute) => inScope(async (scope) =>
      new Client(app, "/v1", { authorization: `Bearer ${await addKey(scope, scopes, requestsPerMinute)}` })),
    drain: () => drain(server, founded.tenantId),
    runSchedule: async (name) => {
      const schedule = work(installation).schedules.find((one) => one.name === name);
      if (!schedule) throw new Error(`No schedule ${name}`);
      await inScope((scope) => schedule.run(scope));
    },
  };
}

async function addPlaces(scope: Scope, headquartersId: string) {
  const region = await addUnit(scope, { kind: "region", code: "EAST", name: "华东大区", parentPath: `${headquartersId}/` });
  const city = await addUnit(scope, { kind: "city", code: "SH", name: "上海", parentPath: region.path });
  const store = await addUnit(scope, { kind: "store", code: "SH001", name: "南京路店", parentPath: city.path });
  return { regionId: region.id, cityId: city.id, cityPath: city.path, storeId: store.id, storeCode: "SH001" };
}

async function addUnit(scope: Scope, { kind, code, name, parentPath }: { kind: string; code: string; name: string; parentPath: string }) {
  const id = newId<"unit">(scope);
  const path = `${parentPath}${id}/`;
  await scope.tx.db.insertInto("org.unit").values({
    id, kind, code, name, path, parent_id: parentPath.split("/").at(-2) ?? null, created_at: scope.now,
  }).execute();
  return { id, path };
}

const addStore = async (scope: Scope, cityPath: string, name: string): Promise<string> =>
  (await addUnit(scope, { kind: "store", code: `S-${randomUUID().slice(0, 8)}`, name, parentPath: cityPath })).id;

async function addStaff(scope: Scope, roleId: string, unitId: string): Promise<string> {
  const id = newId<"staff">(scope);
  await scope.tx.db.insertInto("org.staff").values({
    id, account: `s-${id}`, name: "小周", password_hash: (await passwordHash) ?? "", created_at: scope.now,
  }).execute();
  await scope.tx.db.insertInto("org.staff_role").values({ staff_id: id, role_id: roleId, unit_id: unitId }).execute();
  return id;
}

async function addKey(scope: Scope, scopes: readonly string[], requestsPerMinute = 60_000): Promise<string> {
  const credential = { tenantId: scope.tenantId, id: newId<"api-key">(scope), secret: newSecret() };
  await scope.tx.db.insertInto("org.api_key").values({
    id: credential.id, name: "收银系统", secret_hash: secretHash(credential.secret), last_four: credential.secret.slice(-4), scopes: [...scopes],
    requests_per_minute: requestsPerMinute, created_at: scope.now, created_by: "system:test",
  }).execute();
  return apiKeyToken(credential);
}

interface Waiting {
  id: string;
  name: string;
  data: { tenantId: string; eventIds: string[] };
}

/** The database notes microseconds when a job may begin, the clock here knows none: without this, what was enqueued within the same millisecond was not there yet. */
const PART_OF_MS = 1;

/** No worker runs in tests: their jobs run here, in this file's process, one after the other. */
async function drain({ installation }: TestServer, tenantId: string): Promise<number> {
  const { database } = installation;
  const parts = work(installation);
  for (let count = 0; ; ) {
    const { rows } = await database.pool.query<Waiting>(
      `select id, name, data from pgboss.job
        where data->>'tenantId' = $1 and state in ('created', 'retry') and start_after <= $2 order by created_on, id limit 100`,
      [tenantId, new Date(database.clock().getTime() + PART_OF_MS)]);
    if (rows.length === 0) return count;
    for (const job of rows) {
      const subscriber = parts.subscribers.find((one) => one.name === job.name);
      const task = parts.tasks.find((one) => one.name === job.name);
      if (subscriber) {
        await database.inScope({ tenantId, actor: { kind: "system", name: subscriber.name } }, (scope) => deliver(scope, subscriber, job.data.eventIds));
      } else if (task) {
        await task.run({ ...job.data }, database);
      }
      await database.pool.query("delete from pgboss.job where id = $1 and name = $2", [job.id, job.name]);
      count++;
    }
  }
}
