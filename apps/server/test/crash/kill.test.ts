import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEYRING } from "../../../../bench/brand.ts";
import { foundBench } from "../../../../bench/settle/tenant.ts";
import { startPostgres, type RunningPostgres } from "../../src/postgres/launcher.ts";
import { prove } from "../../src/prove/prove.ts";
import { startThrowaway } from "../throwaway-postgres.ts";
import { freePort, RunningServer } from "./running-server.ts";
import { sell, send, type Sent, type Till } from "./tills.ts";

const MEMBERS = 200;
const SOLD = 60;
const DURABLE = { fsync: "on", full_page_writes: "on", synchronous_commit: "on" };

let postgres: RunningPostgres;
let server: RunningServer;
let till: Till;

beforeAll(async () => {
  postgres = await startThrowaway(DURABLE);
  const tenant = await foundBench(postgres, MEMBERS, 1);
  server = new RunningServer(await freePort(), { DATABASE_URL: postgres.ownerUrl, SHUKE_KEYRING: KEYRING });
  await server.start();
  const memberIds = (await query<{ id: string }>("select id from customers.member where tenant_id = $1", [tenant.tenantId])).map((row) => row.id);
  till = { url: server.url, token: tenant.token, storeId: tenant.storeId, memberIds };
});

afterAll(async () => {
  await server?.kill();
  await postgres?.stop();
});

async function query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: postgres.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Every acknowledged order is there, repeating all of them adds none, and every invariant holds. */
async function expectNothingLost(sent: readonly Sent[]): Promise<void> {
  const acknowledged = sent.filter((order) => order.isAcknowledged);
  expect(acknowledged.length).toBeGreaterThanOrEqual(SOLD);
  const ids = sent.map((order) => order.id);
  const found = new Set((await query<{ id: string }>(`select id from commerce."order" where id = any($1::text[])`, [ids])).map((row) => row.id));
  expect(acknowledged.filter((order) => !found.has(order.id))).toEqual([]);
  const unknown = sent.filter((order) => !order.isAcknowledged);
  for (const order of [...unknown, ...acknowledged.slice(0, 20)]) expect(await send(till, order.id, order.memberId)).toBe(true);
  const [count] = await query<{ orders: number; events: number }>(
    `select (select count(*) from commerce."order" where id = any($1::text[]))::int as orders,
            (select count(*) from kernel.event where type = 'commerce.order-paid' and payload ->> 'orderId' = any($1::text[]))::int as events`, [ids]);
  expect(count).toEqual({ orders: ids.length, events: ids.length });
  const broken = (await prove(postgres.ownerUrl)).filter((finding) => finding.broken > 0 && !finding.name.includes("told"));
  expect(broken).toEqual([]);
}

describe("a kill in the middle of the day's business", () => {
  it("loses no acknowledged order and doubles none when the server is killed", async () => {
    const business = sell(till);
    await business.reached(SOLD);
    await server.kill();
    const sent = await business.stop();
    await server.start();
    await expectNothingLost(sent);
  });

  it("loses no acknowledged order and doubles none when Postgres is killed", async () => {
    const business = sell(till);
    await business.reached(SOLD);
    process.kill(postgres.pid, "SIGKILL");
    await sleep(500);
    const sent = await business.stop();
    const { stop } = postgres;
    const again = await startPostgres({ dataDir: postgres.dataDir, port: postgres.port, settings: DURABLE });
    postgres = { ...again, stop: async () => (await again.stop(), stop().catch(() => {})) };
    await server.ready();
    await expectNothingLost(sent);
  });
});
