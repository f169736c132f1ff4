import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { orderId, tillTenant, type TillTenant } from "../../../../test/till.ts";
import type { Ticket } from "./ticket.ts";

const ticket = (tenant: TillTenant, memberId: string, unitPriceFen = 1_000): Ticket => ({
  caller: { tenantId: tenant.tenantId, actor: { kind: "system", name: "test" }, from: { ip: "", requestId: "" } },
  orderId: orderId(), storeId: tenant.storeId, couponIds: [],
  cart: { storeId: tenant.storeId, channel: "pos", memberId, lines: [{ lineId: "1", sku: "S", name: "套餐", quantity: 1, unitPriceFen }] },
  tenders: [{ kind: "stored-value" }], quoteHash: undefined, expectedNetFen: undefined,
  key: randomUUID(), bodyHash: Buffer.alloc(32), operation: "test",
});

const settleAll = (tenant: TillTenant, tickets: readonly Ticket[]) =>
  Promise.allSettled(tickets.map((one) => tenant.server.installation.desk.settle(one)));

it("finds the one order that the database cannot take and settles the others", async () => {
  const tenant = await tillTenant();
  // Half a fen passes no door; it stands for whatever spoils a batch.
  const tickets = Array.from({ length: 24 }, (_, at) => ticket(tenant, tenant.memberId, at === 13 ? 100.5 : 100));
  const outcomes = await settleAll(tenant, tickets);
  expect(outcomes.map((one, at) => (one.status === "rejected" ? at : -1)).filter((at) => at >= 0)).toEqual([13]);
  expect(tenant.server.installation.desk.statistics.bisections).toBeGreaterThan(0);
  expect(await tenant.balances()).toMatchObject({ points: 1_023, principal: 8_083, bonus: 1_617 });
});

it("settles many members' orders in few transactions, each member's exactly", async () => {
  const tenant = await tillTenant();
  const guests = [];
  for (let n = 0; n < 5; n++) guests.push(await tenant.guest(0, 2_500, 0));
  const { statistics } = tenant.server.installation.desk;
  const before = statistics.batches;
  const outcomes = await settleAll(tenant, guests.flatMap((guest) => Array.from({ length: 4 }, () => ticket(tenant, guest))));
  // 2,500 fen pay two orders of 1,000 whole, not a third.
  expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(10);
  expect(statistics.batches - before).toBeLessThanOrEqual(4);
});

it("answers the second of two equal requests in one batch with the first one's answer", async () => {
  const tenant = await tillTenant();
  const one = ticket(tenant, tenant.memberId);
  const outcomes = await settleAll(tenant, [one, { ...one }]);
  expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.replayed : "refused"))).toEqual([false, true]);
});
