import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { publish } from "../../kernel/events.ts";
import { createWebhookSender } from "./webhook-sender.ts";

interface Heard {
  headers: IncomingHttpHeaders;
  body: string;
  data: { id: string; type: string; subjectId: string; data: { fromTierId: string } };
}

/** Somebody's endpoint on a real socket; answers what `status` says at the moment. */
async function endpoint() {
  const heard: Heard[] = [];
  const state = { status: 200 };
  const server = createServer((request, reply) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces).toString();
      heard.push({ headers: request.headers, body, data: JSON.parse(body) as Heard["data"] });
      reply.writeHead(state.status, state.status === 302 ? { location: "/elsewhere" } : {}).end("ok");
    });
  });
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, heard, state };
}

const tell = (tenant: TestTenant, subjectId: string, note: string) =>
  tenant.inScope((scope) => publish(scope, "loyalty.tier-changed", subjectId, { fromTierId: note }));
const notes = (heard: readonly Heard[]) => heard.map((one) => one.data.data.fromTierId);
const deliveries = async (tenant: TestTenant, id: string) => (await tenant.console.get(`/webhooks/${id}/deliveries`)).body.items;

test("an endpoint hears of what it asked for, signed with its secret", async () => {
  const [tenant, there] = [await freshTenant(), await endpoint()];
  const added = await tenant.console.post("/webhooks", { url: there.url, events: ["loyalty.tier-changed"] });
  expect(added).toMatchObject({ status: 201, body: { isActive: true, state: "active", secret: expect.stringMatching(/^whsec_/) } });
  expect(JSON.stringify((await tenant.console.get("/webhooks")).body)).not.toContain(added.body.secret);
  await tell(tenant, "m1", "first");
  await tenant.inScope((scope) => publish(scope, "loyalty.points-adjusted", "m1", {}));
  await tenant.drain();
  expect(there.heard).toHaveLength(1);
  const [{ headers, body, data }] = there.heard as [Heard];
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["shuke-signature"])) ?? [];
  expect(v1).toBe(createHmac("sha256", added.body.secret).update(`${t}.${body}`).digest("hex"));
  expect(data).toMatchObject({ type: "loyalty.tier-changed", subjectId: "m1" });
  expect(headers["shuke-event-id"]).toBe(data.id);
  expect(await deliveries(tenant, added.body.id)).toMatchObject([{ state: "delivered", attempts: 1, responseStatus: 200 }]);
});

test("an event handed to the subscriber twice is delivered once", async () => {
  const [tenant, there] = [await freshTenant(), await endpoint()];
  await tenant.console.post("/webhooks", { url: there.url, events: ["*"] });
  await tell(tenant, "m1", "once");
  await tenant.server.installation.database.pool.query(
    `insert into pgboss.job (name, data) select name, data from pgboss.job where data->>'tenantId' = $1 and name = 'platform.webhooks'`, [tenant.tenantId]);
  await tenant.drain();
  expect(there.heard).toHaveLength(1);
});

test("a failing endpoint is tried again later, and later events of the same member wait their turn", async () => {
  const [tenant, there] = [await freshTenant(), await endpoint()];
  const { id } = (await tenant.console.post("/webhooks", { url: there.url, events: ["*"] })).body;
  there.state.status = 500;
  await tell(tenant, "m1", "a");
  await tell(tenant, "m1", "b");
  await tell(tenant, "m2", "c");
  await tenant.drain();
  expect(notes(there.heard)).toEqual(["a", "c"]);
  expect((await deliveries(tenant, id)).find((one: { attempts: number; subjectId: string }) => one.subjectId === "m1" && one.attempts === 1)).toMatchObject({ state: "pending", responseStatus: 500 });
  there.state.status = 200;
  clock.advance(11_000);
  await tenant.drain();
  expect(notes(there.heard).slice(2).toSorted()).toEqual(["a", "b", "c"]);
  expect(notes(there.heard).filter((note) => note !== "c")).toEqual(["a", "a", "b"]);
  expect(new Set(there.heard.filter((one) => one.data.data.fromTierId === "a").map((one) => one.body)).size).toBe(1);
});

test("ten tries are enough, three given up in a row break the endpoint, and switching it on again revives it", async () => {
  const [tenant, there] = [await freshTenant(), await endpoint()];
  const { id } = (await tenant.console.post("/webhooks", { url: there.url, events: ["*"] })).body;
  there.state.status = 503;
  for (const member of ["m1", "m2", "m3", "m4"]) await tell(tenant, member, member);
  for (let i = 0; i < 10; i++) {
    await tenant.drain();
    clock.advance(6 * 3_600_000 + 1_000);
  }
  const [webhook] = (await tenant.console.get("/webhooks")).body.items;
  expect(webhook).toMatchObject({ state: "broken", isActive: false });
  expect((await deliveries(tenant, id)).filter((one: { state: string; attempts: number }) => one.state === "failed" && one.attempts === 10)).toHaveLength(3);
  const waits = async () => (await tenant.console.get("/todos?kind=webhook")).body.items as object[];
  expect(await waits()).toMatchObject([{ link: `/webhooks/${id}` }]);
  const heardBefore = there.heard.length;
  await tenant.drain();
  expect(there.heard).toHaveLength(heardBefore);
  there.state.status = 200;
  expect((await tenant.console.patch(`/webhooks/${id}`, { isActive: true })).body.state).toBe("active");
  expect(await waits()).toEqual([]);
  await tenant.drain();
  expect(there.heard).toHaveLength(heardBefore + 1);
});

test("a delivery is sent again on demand, with the same event id", async () => {
  const [tenant, there] = [await freshTenant(), await endpoint()];
  const { id } = (await tenant.console.post("/webhooks", { url: there.url, events: ["*"] })).body;
  await tell(tenant, "m1", "again");
  await tenant.drain();
  const [delivery] = await deliveries(tenant, id);
  expect((await tenant.console.post(`/webhook-deliveries/${delivery.id}:replay`)).body).toMatchObject({ state: "pending", attempts: 0 });
  await tenant.drain();
  expect(there.heard.map((one) => one.headers["shuke-event-id"])).toEqual([delivery.eventId, delivery.eventId]);
});

test("what a process that died was sending is sent by the sweep", async () => {
  const [tenant, there] = [await freshTenant(), await endpoint()];
  await tenant.console.post("/webhooks", { url: there.url, events: ["*"] });
  await tell(tenant, "m1", "lost");
  await tenant.inScope((scope) => scope.tx.rows("delete from pgboss.job where data->>'tenantId' = $1 and name = 'platform.send-webhook'", [scope.tenantId]));
  await tenant.drain();
  there.heard.length = 0;
  await tell(tenant, "m2", "found");
  await drainWithoutSending(tenant);
  await tenant.runSchedule("platform.webhooks-due");
  await tenant.drain();
  expect(notes(there.heard)).toEqual(["found"]);
});

/** The subscriber runs; the jobs that it starts are lost. */
async function drainWithoutSending(tenant: TestTenant): Promise<void> {
  const { database } = tenant.server.installation;
  const { rows } = await database.pool.query<{ data: { eventIds: string[] } }>("select data from pgboss.job where data->>'tenantId' = $1 and name = 'platform.webhooks'", [tenant.tenantId]);
  const { subscribers } = await import("./index.ts");
  const { deliver } = await import("../../kernel/events.ts");
  for (const { data } of rows) {
    const [subscriber] = subscribers;
    if (subscriber) await tenant.inScope((scope) => deliver(scope, subscriber, data.eventIds));
  }
  await database.pool.query("delete from pgboss.job where data->>'tenantId' = $1", [tenant.tenantId]);
}

test("redirects are not followed and unreachable endpoints are noted", async () => {
  const [tenant, there] = [await freshTenant(), await endpoint()];
  there.state.status = 302;
  const moved = (await tenant.console.post("/webhooks", { url: there.url, events: ["*"] })).body;
  const gone = (await tenant.console.post("/webhooks", { url: "http://127.0.0.1:9/", events: ["*"] })).body;
  await tell(tenant, "m1", "x");
  await tenant.drain();
  expect(there.heard).toHaveLength(1);
  expect(await deliveries(tenant, moved.id)).toMatchObject([{ state: "pending", responseStatus: 302 }]);
  expect(await deliveries(tenant, gone.id)).toMatchObject([{ state: "pending", responseStatus: null, lastError: expect.stringContaining("ECONNREFUSED") }]);
});

test("addresses inside our own network are refused outside of the sandbox", async () => {
  const there = await endpoint();
  const sender = createWebhookSender({ allowsPrivate: false });
  const port = new URL(there.url).port;
  for (const host of ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "10.1.2.3", "169.254.169.254", "[::ffff:127.0.0.1]", "[fd00::1]", "0.0.0.0"]) {
    await expect(sender.post({ url: `http://${host}:${port}/`, headers: {}, body: "{}" }), host).rejects.toThrow("not an address on the internet");
  }
  expect(there.heard).toHaveLength(0);
});

test("every wrong field of an endpoint is named", async () => {
  const tenant = await freshTenant();
  const answer = await tenant.console.post("/webhooks", { url: "javascript:alert(1)", events: ["no.such-event"] });
  expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual(["url", "events.0"]);
  expect((await tenant.console.post("/webhooks", { url: "https://user:pass@example.com", events: ["*"] })).status).toBe(422);
});
