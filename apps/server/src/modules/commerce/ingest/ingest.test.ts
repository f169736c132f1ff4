import { describe, expect, test } from "vitest";
import type { Client } from "../../../../test/client.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

const SCOPES = ["orders:write", "orders:read", "members:write", "members:read"];
const DAY_MS = 86_400_000;

interface Shop extends TestTenant {
  api: Client;
  memberId: string;
}

/** A brand with one point a yuan that are good for a year, a tier from ¥500, and the member "17850". */
async function shop(): Promise<Shop> {
  const tenant = await freshTenant();
  await tenant.inScope(async ({ tx, now }) => {
    await tx.db.insertInto("loyalty.program").values({ tenant_id: tenant.tenantId, earn_points: 1, earn_per_fen: 100, updated_at: now }).execute();
    await tx.db.insertInto("loyalty.tier").values([
      { id: "01900000-0000-7000-8000-000000000001", rank: 0, name: "普卡" },
      { id: "01900000-0000-7000-8000-000000000002", rank: 1, name: "金卡", min_spend_fen: 50_000 },
    ]).execute();
  });
  const api = await tenant.open(SCOPES);
  const members = await api.post("/members:batch", { members: [{ externalId: "17850", name: "王小明" }] });
  return { ...tenant, api, memberId: members.body.outcomes[0].memberId };
}

const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();
const line = (sku: string, quantity: number, unitPriceFen: number, more: object = {}) => ({ sku, name: `商品 ${sku}`, quantity, unitPriceFen, ...more });
const sale = (orderId: string, more: object = {}) => ({
  orderId, kind: "sale", storeCode: "SH001", channel: "pos", memberExternalId: "17850", orderedAt: daysAgo(3),
  lines: [line("A", 3, 1000), line("B", 1, 2050)], ...more,
});
const giveBack = (orderId: string, more: object = {}) => ({ ...sale(orderId), kind: "return", lines: [line("A", 1, 1000)], ...more });

const ingest = async (api: Client, ...orders: object[]) => (await api.post("/orders:ingest", { orders })).body.outcomes;
const facts = ({ inScope, memberId }: Shop) => inScope(async ({ tx, tenantId }) => {
  const [standing] = await tx.rows<Record<string, unknown>>("select * from loyalty.standing where tenant_id = $1 and member_id = $2", [tenantId, memberId]);
  const [account] = await tx.rows<{ balance: number; owed: number }>("select balance, owed from ledger.account where tenant_id = $1 and holder_id = $2", [tenantId, memberId]);
  const lots = await tx.rows<{ amount: number; earned_at: Date; expires_at: Date }>(
    `select l.amount, l.earned_at, l.expires_at from ledger.lot l join ledger.account a on a.tenant_id = $1 and a.id = l.account_id
      where l.tenant_id = $1 and a.holder_id = $2 order by l.earned_at`, [tenantId, memberId]);
  return { standing, balance: account?.balance ?? 0, owed: account?.owed ?? 0, lots };
});

describe("a sale of another system", () => {
  test("earns points at its own time and moves the member's facts", async () => {
    const at = await shop();
    expect(await ingest(at.api, sale("T-1"))).toEqual([{ orderId: "T-1", outcome: "recorded", pointsEarned: 51 }]);
    const order = await at.api.get("/orders/T-1");
    expect(order.body).toMatchObject({
      source: "ingest", netFen: 5050, memberId: at.memberId, lines: [{ lineId: "1", netFen: 3000 }, { lineId: "2", netFen: 2050 }],
      tenders: [{ kind: "external", amountFen: 5050 }],
    });
    const { balance, lots, standing } = await facts(at);
    expect(balance).toBe(51);
    expect(lots[0]?.earned_at.toISOString()).toBe(order.body.paidAt);
    expect(standing).toMatchObject({ orders: 1, net_fen: 5050 });
    expect(standing?.["last_order_at"]).toEqual(new Date(order.body.paidAt));
  });

  test("is recorded once: the same content again is unchanged, other content is refused", async () => {
    const at = await shop();
    const order = sale("T-1");
    expect(await ingest(at.api, order, order)).toMatchObject([{ outcome: "recorded" }, { outcome: "unchanged" }]);
    expect(await ingest(at.api, order, { ...order, lines: [line("A", 1, 1)] })).toMatchObject([
      { outcome: "unchanged" }, { outcome: "refused", code: "commerce/order-exists", errors: [{ field: "orders.1.orderId" }] },
    ]);
    expect(await facts(at)).toMatchObject({ balance: 51, standing: { orders: 1 } });
  });

  test("may come late and out of order: first and last order reach both ways, months are the orders' own", async () => {
    const at = await shop();
    await ingest(at.api, sale("T-2", { orderedAt: "2025-03-05T02:00:00Z" }));
    await ingest(at.api, sale("T-1", { orderedAt: "2024-11-30T16:30:00Z" }), sale("T-3", { orderedAt: daysAgo(1) }));
    const { standing, lots } = await facts(at);
    // Half past midnight of 1 December in Shanghai.
    expect(standing).toMatchObject({ orders: 3, months: { "2024-12": [5050, 1], "2025-03": [5050, 1] } });
    expect(standing?.["first_order_at"]).toEqual(new Date("2024-11-30T16:30:00Z"));
    expect(lots.map((lot) => lot.expires_at.toISOString()).slice(0, 2)).toEqual(["2025-12-31T16:00:00.000Z", "2026-03-31T16:00:00.000Z"]);
  });

  test("whose points are over already is recorded with them; they cannot be spent, and expiry takes them off", async () => {
    const at = await shop();
    await ingest(at.api, sale("T-1", { orderedAt: "2020-05-05T02:00:00Z" }));
    expect((await facts(at)).balance).toBe(51);
    await at.runSchedule("ledger.expire");
    await at.drain();
    expect((await facts(at)).balance).toBe(0);
  });

  test("lifts the tier at once by what was bought within the window", async () => {
    const at = await shop();
    await ingest(at.api, sale("T-0", { orderedAt: "2020-01-01T00:00:00Z", lines: [line("A", 1, 900_000)] }));
    const tier = async () => (await facts(at)).standing?.["tier_id"];
    expect(await tier()).toBe("01900000-0000-7000-8000-000000000001");
    await ingest(at.api, sale("T-1", { lines: [line("A", 1, 50_000)] }));
    expect(await tier()).toBe("01900000-0000-7000-8000-000000000002");
  });

  test("may have lines at no price, discounts, several tenders, and the same SKU twice", async () => {
    const { api } = await shop();
    const [outcome] = await ingest(api, sale("T-1", {
      lines: [line("GIFT", 1, 0), line("A", 2, 1000, { discountFen: 500 }), line("A", 1, 1000)],
      tenders: [{ kind: "cash", amountFen: 1000 }, { kind: "card", amountFen: 1500, reference: "POS-77" }],
    }));
    expect(outcome).toMatchObject({ outcome: "recorded", pointsEarned: 25 });
    expect((await api.get("/orders/T-1")).body).toMatchObject({ grossFen: 3000, discountFen: 500, netFen: 2500, tenders: [{ kind: "cash" }, { kind: "card" }] });
  });
});

describe("a return of another system", () => {
  test("takes back exactly the share that was frozen with its sale", async () => {
    const at = await shop();
    await ingest(at.api, sale("T-1"));
    const [first] = await ingest(at.api, giveBack("R-1", { returnOf: "T-1" }));
    expect(first).toEqual({ orderId: "R-1", outcome: "recorded", pointsTakenBack: 10 });
    const [rest] = await ingest(at.api, giveBack("R-2", { returnOf: "T-1", lines: [line("A", 2, 1000), line("B", 1, 2050)] }));
    expect(rest).toMatchObject({ pointsTakenBack: 41 });
    expect((await at.api.get("/orders/T-1")).body).toMatchObject({ status: "refunded", refundedFen: 5050, pointsReturned: 51, returns: [{ amountFen: 1000 }, { amountFen: 4050 }] });
    expect(await facts(at)).toMatchObject({ balance: 0, owed: 0, standing: { refunded_fen: 5050 } });
  });

  test("that came before its sale waits for it and is then its share", async () => {
    const at = await shop();
    const early = giveBack("R-1", { returnOf: "T-1" });
    expect(await ingest(at.api, early)).toEqual([{ orderId: "R-1", outcome: "recorded", waitsFor: "T-1" }]);
    expect(await ingest(at.api, early, { ...early, reason: "其他" })).toMatchObject([{ outcome: "unchanged" }, { outcome: "refused" }]);
    await ingest(at.api, sale("T-1"));
    expect((await at.api.get("/orders/T-1")).body).toMatchObject({
      status: "partially-refunded", refundedFen: 1000, pointsEarned: 51, pointsReturned: 10, lines: [{ returnedQuantity: 1 }, { returnedQuantity: 0 }],
      returns: [{ amountFen: 1000, pointsTakenBack: 10 }],
    });
    expect(await ingest(at.api, early)).toMatchObject([{ outcome: "unchanged" }]);
    expect((await facts(at)).balance).toBe(41);
  });

  test("may stand before its sale in the same request", async () => {
    const at = await shop();
    await ingest(at.api, giveBack("R-1", { returnOf: "T-1" }), sale("T-1"));
    expect((await at.api.get("/orders/T-1")).body).toMatchObject({ refundedFen: 1000, pointsReturned: 10 });
  });

  test("is settled by itself when its sale stays away for a month", async () => {
    const at = await shop();
    await ingest(at.api, sale("T-9"), giveBack("R-1", { returnOf: "T-1" }));
    await at.runSchedule("commerce.waiting-returns");
    expect((await facts(at)).balance).toBe(51);
    await at.inScope(({ tx, tenantId }) => tx.rows("update commerce.waiting_return set received_at = received_at - interval '31 days' where tenant_id = $1", [tenantId]));
    await at.runSchedule("commerce.waiting-returns");
    expect(await facts(at)).toMatchObject({ balance: 41, standing: { refunded_fen: 1000 } });
  });

  test("without a sale takes back what its amount would have earned, and what is not there is owed", async () => {
    const at = await shop();
    await ingest(at.api, giveBack("R-1", { orderedAt: "2025-03-05T02:00:00Z" }));
    expect(await facts(at)).toMatchObject({ balance: -10, owed: 10, standing: { orders: 0, refunded_fen: 1000, months: { "2025-03": [-1000, 0] } } });
    await ingest(at.api, sale("T-1"));
    expect(await facts(at)).toMatchObject({ balance: 41, owed: 0 });
  });

  test("leaves nothing owed where the programme forbids it", async () => {
    const at = await shop();
    await at.inScope(({ tx, tenantId }) => tx.rows("update loyalty.program set negative_policy = 'forbid', version = version + 1 where tenant_id = $1", [tenantId]));
    expect(await ingest(at.api, giveBack("R-1"))).toMatchObject([{ outcome: "recorded", pointsTakenBack: 0 }]);
    expect((await facts(at)).owed).toBe(0);
  });

  test("of more than was sold is refused and changes nothing", async () => {
    const at = await shop();
    await ingest(at.api, sale("T-1"));
    expect(await ingest(at.api,
      giveBack("R-1", { returnOf: "T-1", lines: [line("A", 4, 1000)] }), giveBack("R-2", { returnOf: "T-1", lines: [line("C", 1, 1)] }),
      giveBack("R-3", { returnOf: "T-1", lines: [line("B", 1, 9999)] }))).toMatchObject([
      { outcome: "refused", errors: [{ field: "orders.0.lines.0.quantity" }] }, { outcome: "refused", errors: [{ field: "orders.1.lines.0.sku" }] },
      { outcome: "refused", code: "commerce/refund-too-high" },
    ]);
    expect((await at.api.get("/orders/T-1")).body).toMatchObject({ status: "paid", refundedFen: 0 });
  });
});

describe("bad input", () => {
  test("one bad order among many is refused with every wrong field, and the others are recorded", async () => {
    const { api } = await shop();
    const outcomes = await ingest(api,
      sale("T-1"), { orderId: "T-2", kind: "gift", lines: [{ sku: "A", quantity: 0, unitPriceFen: -5 }] }, sale("T-3", { storeCode: "NOWHERE" }),
      sale("T-4", { memberExternalId: "99999" }), sale("T-5", { orderedAt: "2999-01-01T00:00:00Z" }), sale("T-6", { tenders: [{ kind: "cash", amountFen: 1 }] }),
      sale("T 7"), { what: "is this" }, sale("T-8", { returnOf: "T-1", memberId: "nobody" }), sale("T-9", { lines: [line("A", 1, 10, { discountFen: 11 })] }), sale("T-10"));
    const byOutcome = outcomes.map((one: { outcome: string }) => one.outcome);
    expect(byOutcome).toEqual(["recorded", ...Array<string>(9).fill("refused"), "recorded"]);
    const fields = outcomes.map((one: { errors?: { field: string }[] }) => one.errors?.map((error) => error.field) ?? []);
    expect(fields[1]).toEqual(expect.arrayContaining([
      "orders.1.kind", "orders.1.channel", "orders.1.orderedAt", "orders.1.lines.0.name", "orders.1.lines.0.quantity", "orders.1.lines.0.unitPriceFen",
    ]));
    expect(fields.slice(2, 10)).toEqual([
      ["orders.2.storeCode"], ["orders.3.memberExternalId"], ["orders.4.orderedAt"], ["orders.5.tenders"], ["orders.6.orderId"],
      expect.arrayContaining(["orders.7.orderId", "orders.7.lines"]), ["orders.8.memberId", "orders.8.memberExternalId", "orders.8.returnOf"], ["orders.9.lines.0.discountFen"],
    ]);
  });

  test("1,001 orders are refused as a whole", async () => {
    const { api } = await shop();
    const answer = await api.post("/orders:ingest", { orders: Array.from({ length: 1001 }, (_, at) => sale(`T-${at}`)) });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: "orders" }] } });
  });

  test("a body over 8 MB is refused, one of 2 MB is not", async () => {
    const { api } = await shop();
    const big = (bytes: number) => ({ orders: [sale("T-1", { filler: "x".repeat(bytes) })] });
    expect((await api.post("/orders:ingest", big(9_000_000))).status).toBe(413);
    expect((await api.post("/orders:ingest", big(2_000_000))).body.outcomes).toMatchObject([{ outcome: "recorded" }]);
  });

  test("quotes, emoji and rare characters are kept as they are", async () => {
    const { api } = await shop();
    const name = "'; drop table x; -- <b>𠮷野家</b> 🍜 \\ \" {}";
    await ingest(api, sale("T-1", { lines: [line("A\\", 1, 100, { name })], attributes: { "桌号": name } }));
    expect((await api.get("/orders/T-1")).body.lines).toMatchObject([{ sku: "A\\", name }]);
  });

  test("another tenant's member is unknown, and the scope is demanded", async () => {
    const [one, other] = [await shop(), await shop()];
    expect(await ingest(one.api, sale("T-1", { memberExternalId: undefined, memberId: other.memberId }))).toMatchObject([{ outcome: "refused", errors: [{ field: "orders.0.memberId" }] }]);
    const reader = await one.open(["orders:read"]);
    expect((await reader.post("/orders:ingest", { orders: [sale("T-1")] })).status).toBe(403);
  });
});

test("the same batch sent eight times at once is recorded once", async () => {
  const at = await shop();
  const orders = [...Array.from({ length: 30 }, (_, n) => sale(`T-${n}`, n % 2 ? { memberExternalId: null } : {})), giveBack("R-1", { returnOf: "T-0" }), giveBack("R-2")];
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => at.api.post("/orders:ingest", { orders: n % 2 ? orders.toReversed() : orders })));
  const outcomes = answers.flatMap((answer) => answer.body.outcomes as { orderId: string; outcome: string }[]);
  expect(outcomes.filter((one) => one.outcome === "recorded")).toHaveLength(32);
  expect(outcomes.filter((one) => one.outcome === "unchanged")).toHaveLength(7 * 32);
  const { balance, owed, standing } = await facts(at);
  expect({ balance, owed, orders: standing?.["orders"] }).toEqual({ balance: 15 * 51 - 20, owed: 0, orders: 15 });
});

test("totals tell what the books hold for some days", async () => {
  const at = await shop();
  await ingest(at.api,
    sale("T-1", { orderedAt: "2025-03-05T02:00:00Z", attributes: { country: "FR" } }),
    sale("T-2", { orderedAt: "2025-03-06T02:00:00Z", memberExternalId: null, lines: [line("A", 1, 0)], attributes: { country: "DE" } }),
    giveBack("R-1", { orderedAt: "2025-03-07T02:00:00Z" }), sale("T-3", { orderedAt: "2025-04-01T02:00:00Z" }));
  expect((await at.api.get("/orders:totals?from=2025-03-01&to=2025-03-31&attribute=country")).body).toEqual({
    from: "2025-03-01", to: "2025-03-31",
    sales: { orders: 2, lines: 3, linesWithoutMember: 1, units: 5, grossFen: 5050, discountFen: 0, netFen: 5050 },
    memberSales: { orders: 1, lines: 2, members: 1, netFen: 5050 },
    returns: { orders: 1, lines: 1, linesWithoutMember: 0, amountFen: 1000 },
    netFen: 4050, members: 1, skus: 2, names: 2, attributeValues: 2, points: { earned: 51, takenBack: 10 },
  });
  expect((await at.api.get("/orders:totals?from=2025-03-31&to=2025-03-01")).status).toBe(422);
});
