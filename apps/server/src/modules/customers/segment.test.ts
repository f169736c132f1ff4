import { expect, test } from "vitest";
import { clock } from "../../../test/server.ts";
import { freshTenant } from "../../../test/tenant.ts";

const open = async () => {
  const tenant = await freshTenant();
  return { tenant, api: await tenant.open(["members:read", "members:write"]) };
};

test("Segment's calls are understood: who somebody is, and what they did, in the member's history", async () => {
  const { tenant, api } = await open();
  const who = await api.post("/identify", { messageId: "m1", type: "identify", userId: "97980cfea0067", traits: { name: "王小明", email: "wang@example.com", plan: "gold", phone: "13912348801" }, context: { ip: "8.8.8.8", device: { id: "device-1234" } } });
  expect([who.status, who.body]).toMatchObject([200, { messageId: "m1", outcome: "taken", decision: "created" }]);
  expect((await tenant.console.post("/members:lookup", { phone: "13912348801" })).body).toMatchObject({ id: who.body.memberId, name: "王小明" });
  const did = await api.post("/track", { messageId: "m2", anonymousId: "device-1234", event: "Product Viewed", properties: { sku: "S1" } });
  expect(did.body).toEqual({ messageId: "m2", outcome: "taken", decision: "found", memberId: who.body.memberId });
  const { body } = await tenant.console.get(`/members/${who.body.memberId}/timeline`);
  expect(body.items).toContainEqual(expect.objectContaining({ kind: "customers.tracked", event: "Product Viewed", properties: { sku: "S1" } }));
});

test("a message that comes again does nothing, ten at once included", async () => {
  const { tenant, api } = await open();
  const { body: who } = await api.post("/identify", { messageId: "m1", userId: "user-1" });
  const answers = await Promise.all(Array.from({ length: 10 }, () => api.post("/track", { messageId: "m2", userId: "user-1", event: "Cart Viewed" })));
  expect(answers.map(({ body }) => body.outcome).toSorted()).toEqual([...Array(9).fill("repeated"), "taken"]);
  expect(new Set(answers.map(({ body }) => body.memberId))).toEqual(new Set([who.memberId]));
  const events = await tenant.inScope((scope) => scope.tx.db.selectFrom("kernel.event").select("id").where("type", "=", "customers.tracked").execute());
  expect(events).toHaveLength(1);
});

test("each message of a batch has its own outcome; a bad one costs the others nothing and may come again mended", async () => {
  const { tenant, api } = await open();
  const batch = [
    { type: "identify", messageId: "a", userId: "user-1", traits: { name: "甲" } }, { type: "track", messageId: "b", userId: "user-1", event: "Viewed" },
    { type: "track", messageId: "c", userId: "user-1" }, { type: "track", messageId: "d", userId: "stranger", event: "Viewed" }, { type: "identify", messageId: "e", traits: { phone: "13800138000" } },
    { type: "track", messageId: "b", userId: "user-1", event: "Viewed" }, { type: "identify", messageId: "f", userId: "user-2", traits: { name: "乙\n丙" } },
    { type: "page", messageId: "g", userId: "user-1", name: "Home" }, { messageId: "h", userId: "user-1" },
  ];
  const { status, body } = await api.post("/batch", { batch, sentAt: "2026-11-22T00:00:00Z" });
  expect([status, body.outcomes.map((one: { outcome: string; decision?: string }) => [one.outcome, one.decision])]).toEqual([200, [
    ["taken", "created"], ["taken", "found"], ["refused", undefined], ["taken", "unknown"], ["refused", undefined], ["repeated", "found"], ["refused", undefined], ["refused", undefined], ["refused", undefined]]]);
  expect(body.outcomes.slice(-2).map((one: { messageId: string; errors: { field: string }[] }) => [one.messageId, one.errors[0]?.field])).toEqual([["g", "type"], ["h", "type"]]);
  expect((await api.post("/batch", { batch: [{ type: "identify", messageId: "e", userId: "user-3" }] })).body.outcomes[0]).toMatchObject({ outcome: "taken", decision: "created" });
  expect(await tenant.inScope((scope) => scope.tx.db.selectFrom("customers.member").select("id").execute())).toHaveLength(2);
});

test("a clock that is ahead tells nothing of the future", async () => {
  const { tenant, api } = await open();
  const { body: who } = await api.post("/identify", { messageId: "m1", userId: "user-1" });
  await api.post("/track", { messageId: "m2", userId: "user-1", event: "Viewed", timestamp: "2099-01-01T00:00:00Z" });
  const { body } = await tenant.console.get(`/members/${who.memberId}/timeline`);
  expect(Date.parse(body.items[0].at)).toBeLessThanOrEqual(clock.now().getTime());
});
