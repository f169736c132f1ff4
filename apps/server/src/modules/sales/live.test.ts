import { expect, test } from "vitest";
import { addressOf } from "../../../test/server.ts";
import { move, ok, seaTenant, type SeaTenant } from "../../../test/seas.ts";
import type { Client } from "../../../test/client.ts";

/** What an open console hears of seas until something else is told, which comes after it. */
async function heard(tenant: SeaTenant, who: Client, act: () => Promise<unknown>): Promise<string[]> {
  const stop = new AbortController();
  const reply = await fetch(`${await addressOf(tenant.server)}/api/console/live`, { headers: { ...who.headers }, signal: stop.signal });
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const until = async (sign: string) => {
    while (!text.includes(sign)) {
      const part = await reader?.read();
      if (!part || part.done) throw new Error(`The stream ended before ${sign}: ${text}`);
      text += part.value;
    }
  };
  await until("event: ready");
  await act();
  await ok(who.post("/todos", { title: "最后" }));
  await until("event: todos");
  stop.abort();
  return [...text.matchAll(/event: seas\ndata: (.*)/g)].map((told) => told[1] ?? "");
}

test("whoever has a list of a sea open hears that it moved, and of no other brand's; who may not look hears nothing", async () => {
  const [tenant, stranger] = [await seaTenant(), await seaTenant()];
  const [[record = ""], [theirs = ""]] = [await tenant.leads(1), await stranger.leads(1)];
  const [me, other, cashier] = [await tenant.seller(), await tenant.seller(), await tenant.as("cashier")];
  const small = (await ok(tenant.console.post("/seas", { object: "lead", name: "大客户" }))).body.id as string;
  const news = (...poolIds: string[]) => JSON.stringify({ poolIds });
  expect(await heard(tenant, other, () => move(me, tenant.poolId, [record], { kind: "claim" }))).toEqual([news(tenant.poolId)]);
  expect(await heard(tenant, other, () => move(me, tenant.poolId, [record], { kind: "claim" }))).toEqual([]);
  expect(await heard(tenant, other, async () => move(await tenant.lead(), tenant.poolId, [record], { kind: "move", poolId: small }))).toEqual([news(tenant.poolId, small)]);
  expect(await heard(tenant, other, () => ok(tenant.console.patch(`/seas/${small}`, { capacity: 3 })))).toEqual([news(small)]);
  expect(await heard(tenant, cashier, () => move(me, small, [record], { kind: "return", reason: "不合适" }))).toEqual([]);
  expect(await heard(tenant, other, () => move(stranger.console, stranger.poolId, [theirs], { kind: "claim" }))).toEqual([]);
  expect(await heard(tenant, other, () => tenant.leads(2))).toEqual([news(tenant.poolId)]);
});
