import { afterEach, expect, test } from "vitest";
import { addressOf } from "../../../test/server.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../test/till.ts";
import type { Client } from "../../../test/client.ts";
import { notify } from "../platform/index.ts";

const opened: AbortController[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.abort();
});

async function listen({ server }: TillTenant, person: Client) {
  const stop = new AbortController();
  opened.push(stop);
  const reply = await fetch(`${await addressOf(server)}/api/console/live`, { headers: { ...person.headers }, signal: stop.signal });
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    reply, stop,
    until: async (sign: string): Promise<string> => {
      while (!text.includes(sign)) {
        const part = await reader?.read();
        if (!part || part.done) throw new Error(`The stream ended before ${sign}: ${text}`);
        text += part.value;
      }
      return text;
    },
  };
}

async function sell(tenant: TillTenant, storeId: string): Promise<void> {
  const id = orderId();
  await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant), storeId, tenders: [{ kind: "cash" }] }, { key: `key-${id}` });
}

test("an open dashboard hears of a sale once the figures hold it, of its own stores only", async () => {
  const tenant = await tillTenant();
  const other = await tenant.addStore();
  await tenant.drain();
  const manager = await tenant.as("store-manager", other);
  const [all, own] = [await listen(tenant, tenant.console), await listen(tenant, manager)];
  expect(all.reply.headers.get("content-type")).toContain("text/event-stream");
  await Promise.all([all.until("event: ready"), own.until("event: ready")]);
  await sell(tenant, tenant.storeId);
  await tenant.drain();
  const heard = await all.until("event: orders");
  expect(heard).toContain(`data: {"storeIds":["${tenant.storeId}"]}`);
  expect((await tenant.console.get("/dashboard")).body.today.orders).toBe(1);
  await sell(tenant, other);
  await tenant.drain();
  const scoped = await own.until("event: orders");
  expect(scoped).toContain(other);
  expect(scoped).not.toContain(tenant.storeId);
});

test("another brand's sales are not heard of", async () => {
  const [tenant, stranger] = [await tillTenant(), await tillTenant()];
  await Promise.all([tenant.drain(), stranger.drain()]);
  const stream = await listen(tenant, tenant.console);
  await stream.until("event: ready");
  await sell(stranger, stranger.storeId);
  await stranger.drain();
  await sell(tenant, tenant.storeId);
  await tenant.drain();
  expect(await stream.until("event: orders")).not.toContain(stranger.storeId);
});

test("nobody hears of figures without the permission, and a seventh stream of one person ends the first", async () => {
  const tenant = await tillTenant();
  expect((await listen(tenant, tenant.anonymous)).reply.status).toBe(401);
  const cashier = await tenant.as("cashier");
  const heard = await listen(tenant, cashier);
  await heard.until("event: ready");
  await sell(tenant, tenant.storeId);
  await tenant.drain();
  await tenant.inScope((scope) => notify(scope, { staffIds: [cashier.staffId] }, { kind: "system", title: "webhook.broken" }));
  expect(await heard.until("event: notifications")).not.toContain("event: orders");
  const first = await listen(tenant, tenant.console);
  for (let more = 0; more < 6; more++) await (await listen(tenant, tenant.console)).until("event: ready");
  await expect(first.until("event: never")).rejects.toThrow("ended");
});
