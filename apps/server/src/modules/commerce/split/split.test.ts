import { expect, test } from "vitest";
import { Client } from "../../../../test/client.ts";
import { clock } from "../../../../test/server.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../../test/till.ts";
import { openMemberSession } from "../../customers/session.ts";
import { verifyOrder } from "../proof.ts";

interface Share {
  no: number;
  totalFen: number;
  discountFen: number;
  state: string;
  orderId: string;
  lines: { lineId: string; units: number; netFen: number; grossFen: number }[];
}

async function divide(tenant: TillTenant, shares: object[], extra: object = {}) {
  const id = orderId();
  const { status, body } = await tenant.till.put(`/bills/${id}`, { ...cart(tenant), ...extra, shares });
  expect(status, JSON.stringify(body)).toBe(200);
  return { id, bill: body as { token: string; revision: number; totalFen: number; discountFen: number; state: string; shares: Share[] } };
}

const pay = (tenant: TillTenant, id: string, no: number, body: object = { tenders: [{ kind: "cash" }] }, key = `${id}-${no}-key`) =>
  tenant.till.post(`/bills/${id}/shares/${no}:pay`, body, { key });

const atTable = async (tenant: TillTenant, memberId: string): Promise<Client> =>
  new Client(tenant.server.app, "/api/member", { authorization: `Bearer ${await tenant.inScope((scope) => openMemberSession(scope, memberId))}` });

test("three pay ¥100 evenly: every line, unit and fen is somebody's, and the bill is paid with the last share", async () => {
  const tenant = await tillTenant();
  const { id, bill } = await divide(tenant, [{ memberId: tenant.memberId }, {}, { name: "穿红衣的先生" }]);
  expect(bill.shares.map((one) => one.totalFen).toSorted()).toEqual([3_333, 3_333, 3_334]);
  for (const [lineId, netFen, units] of [["a", 5_000, 1], ["b", 3_000, 2], ["c", 2_000, 1]] as const) {
    const parts = bill.shares.flatMap((one) => one.lines.filter((line) => line.lineId === lineId));
    expect([parts.reduce((total, one) => total + one.netFen, 0), parts.reduce((total, one) => total + one.units, 0)]).toEqual([netFen, units]);
  }
  const first = await pay(tenant, id, 1, { tenders: [{ kind: "points", points: 1_000 }, { kind: "stored-value" }] });
  expect(first).toMatchObject({ status: 200, body: { id: `${id}.1`, memberName: "王小明", netFen: bill.shares[0]?.totalFen, pointsSpent: 1_000, pointsEarned: expect.any(Number), bill: { id, no: 1, of: 3 } } });
  expect((await tenant.till.get(`/bills/${id}`)).body).toMatchObject({ state: "open", paidFen: bill.shares[0]?.totalFen });
  for (const no of [2, 3]) expect((await pay(tenant, id, no)).status).toBe(200);
  const { body: done } = await tenant.till.get(`/bills/${id}`);
  expect(done).toMatchObject({ state: "paid", paidFen: 10_000, shares: [{ state: "paid", payerName: "王小明" }, { state: "paid", payerName: null }, { state: "paid", name: "穿红衣的先生" }] });
  expect((await tenant.till.get("/bills")).body.items).toEqual([]);
  for (const no of [1, 2, 3]) expect(await tenant.inScope((scope) => verifyOrder(scope, `${id}.${no}`))).toMatchObject({ ok: true, differences: [] });
});

test("the till asks what a guest could pay of a share: points and stored value as a quote says it, and nothing that is frozen", async () => {
  const tenant = await tillTenant();
  const friend = await tenant.guest(150, 1_000, 0);
  const { id, bill } = await divide(tenant, [{ amountFen: 9_000 }, { amountFen: 1_000 }]);
  const ask = async (no: number, memberId: string) => (await tenant.console.get(`/bills/${id}/shares/${no}/candidates?memberId=${memberId}`)).body;
  expect(await ask(1, friend)).toMatchObject({ storedValueFen: 1_000, candidates: [{ kind: "points", applies: true, points: 150, amountFen: 150 }, { kind: "stored-value", applies: true, amountFen: 1_000, reasons: [{ code: "insufficient", missing: { amountFen: 8_000 } }] }] });
  await tenant.console.post(`/members/${friend}/stored-value:freeze`, { kind: "loss", reason: "丢了" });
  expect(await ask(2, friend)).toMatchObject({ storedValueFen: 0, candidates: [{ points: 150 }, { applies: false, reasons: [{ code: "reported-lost" }] }] });
  expect((await (await atTable(tenant, friend)).get(`/tables/${bill.token}`)).body).toMatchObject({ storedValueFen: 0, isFrozen: true });
  expect((await tenant.console.get(`/bills/${id}/shares/3/candidates?memberId=${friend}`)).status).toBe(404);
  expect((await tenant.console.get(`/bills/${id}/shares/1/candidates?memberId=${tenant.storeId}`)).body.code).toBe("commerce/unknown-member");
});

test("by dish each pays what they had, and what nobody claimed is shared by weight", async () => {
  const tenant = await tillTenant();
  const { bill } = await divide(tenant, [{ lines: { a: 1, b: 1 } }, { lines: { b: 1 }, weight: 3 }], { fees: [{ kind: "packing", amountFen: 400 }] });
  expect(bill.shares.map((one) => one.totalFen)).toEqual([5_000 + 1_500 + 500 + 100, 1_500 + 1_500 + 300]);
  expect(bill.shares[0]?.lines.find((line) => line.lineId === "b")).toMatchObject({ units: 1, netFen: 1_500 });
});

test("by amounts everybody pays exactly that much, whatever the discount's odd fen; amounts that are not the bill are refused with the distance", async () => {
  const tenant = await tillTenant();
  const coupon = await tenant.coupon({ amountFen: 1_111 });
  const { bill } = await divide(tenant, [{ amountFen: 3_333, memberId: tenant.memberId }, { amountFen: 1 }, { amountFen: 5_555 }], { couponIds: [coupon] });
  expect(bill.shares.map((one) => one.totalFen)).toEqual([3_333, 1, 5_555]);
  expect(bill.shares.reduce((total, one) => total + one.discountFen, 0)).toBe(1_111);
  const wrong = await tenant.till.put(`/bills/${orderId()}`, { ...cart(tenant), shares: [{ amountFen: 3_000 }, { amountFen: 1_000 }] });
  expect(wrong).toMatchObject({ status: 409, body: { code: "commerce/split-mismatch", totalFen: 10_000, missing: { amountFen: 6_000 } } });
  for (const shares of [[{}], [{ amountFen: 10_000 }, {}], [{ weight: 0 }, { weight: 0 }], [{ lines: { zzz: 1 } }, {}]]) {
    expect((await tenant.till.put(`/bills/${orderId()}`, { ...cart(tenant), shares })).status).toBe(422);
  }
});

test("the table gets its best price: a coupon of any guest counts for all, is set aside meanwhile, and is redeemed with its owner's share", async () => {
  const tenant = await tillTenant();
  const coupon = await tenant.coupon();
  const friend = await tenant.guest();
  const { id, bill } = await divide(tenant, [{ memberId: friend }, { memberId: tenant.memberId }]);
  expect(bill).toMatchObject({ totalFen: 8_000, discountFen: 2_000 });
  expect(bill.shares.map((one) => [one.totalFen, one.discountFen])).toEqual([[4_000, 1_000], [4_000, 1_000]]);
  const other = orderId();
  const greedy = await tenant.till.post(`/quotes/${other}:commit`, { ...cart(tenant, tenant.memberId), couponIds: [coupon], tenders: [{ kind: "cash" }] }, { key: `${other}-key` });
  expect(greedy.body.code).toBe("promotions/coupon-unusable");
  const state = async () => (await tenant.console.get(`/members/${tenant.memberId}/coupons`)).body.items[0].state;
  expect((await pay(tenant, id, 1)).status).toBe(200);
  expect(await state()).toBe("usable");
  expect((await pay(tenant, id, 2)).body.effects).toMatchObject([{ name: "满100减20", amountFen: 1_000 }]);
  expect(await state()).toBe("used");
  expect(await tenant.inScope((scope) => verifyOrder(scope, `${id}.2`))).toMatchObject({ ok: true });
});

test("of ten payments for one share one counts; a repeated one is answered alike; anybody may pay for somebody else and earns", async () => {
  const tenant = await tillTenant();
  const friend = await tenant.guest(0, 0, 0);
  const { id } = await divide(tenant, [{ memberId: tenant.memberId }, {}]);
  const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => pay(tenant, id, 1, { memberId: friend, tenders: [{ kind: "cash" }] }, `${id}-race-${at}`)));
  expect(answers.filter((one) => one.status === 200)).toHaveLength(1);
  expect(new Set(answers.filter((one) => one.status !== 200).map((one) => one.body.code))).toEqual(new Set(["commerce/order-exists"]));
  const winner = answers.findIndex((one) => one.status === 200);
  const again = await pay(tenant, id, 1, { memberId: friend, tenders: [{ kind: "cash" }] }, `${id}-race-${winner}`);
  expect(again).toMatchObject({ status: 200, body: answers[winner]?.body });
  expect((await tenant.console.get(`/members/${friend}`)).body.points.active).toBe(50);
  expect(await tenant.balances()).toMatchObject({ points: 1_000 });
});

test("a bill is divided anew until somebody has paid; shares of an older division are not payable; nobody has paid: it can be given up", async () => {
  const tenant = await tillTenant();
  const coupon = await tenant.coupon();
  const { id, bill } = await divide(tenant, [{ memberId: tenant.memberId }, {}]);
  const anew = await tenant.till.put(`/bills/${id}`, { ...cart(tenant), shares: [{}, {}, {}] });
  expect(anew.body).toMatchObject({ revision: bill.revision + 1, totalFen: 10_000 });
  expect((await pay(tenant, id, 1, { revision: bill.revision, tenders: [{ kind: "cash" }] })).body.code).toBe("commerce/bill-changed");
  expect((await tenant.console.get(`/members/${tenant.memberId}/coupons`)).body.items[0]).toMatchObject({ id: coupon, isUsable: true });
  expect((await pay(tenant, id, 3)).status).toBe(200);
  for (const refused of [await tenant.till.put(`/bills/${id}`, { ...cart(tenant), shares: [{}, {}] }), await tenant.till.post(`/bills/${id}:void`, {})]) {
    expect(refused).toMatchObject({ status: 409, body: { code: "commerce/bill-started" } });
  }
  const { id: idle } = await divide(tenant, [{ memberId: tenant.memberId }, {}]);
  clock.advance(5 * 3_600_000);
  await tenant.runSchedule("commerce.overdue-bills");
  expect((await tenant.till.get(`/bills/${idle}`)).body.state).toBe("void");
  expect((await tenant.till.get(`/bills/${id}`)).body).toMatchObject({ state: "open", isOverdue: true });
  expect((await pay(tenant, idle, 1)).body.code).toBe("commerce/bill-changed");
});

test("of a dish that three shared everybody gets back a part; all returns together are the bill, and the coupon comes back", async () => {
  const tenant = await tillTenant();
  const coupon = await tenant.coupon();
  const friend = await tenant.guest();
  const { id } = await divide(tenant, [{ memberId: tenant.memberId }, { memberId: friend }, {}], { fees: [{ kind: "packing", amountFen: 100 }] });
  for (const [no, tenders] of [[1, [{ kind: "stored-value" }]], [2, [{ kind: "points", points: 500 }, { kind: "cash" }]]] as const) await pay(tenant, id, no, { tenders });
  expect((await tenant.till.post(`/bills/${id}:return`, { whole: true, reason: "试" }, { key: `${id}-back-0` })).body.code).toBe("commerce/bill-open");
  await pay(tenant, id, 3);
  const orders = async () => Promise.all([1, 2, 3].map(async (no) => (await tenant.till.get(`/orders/${id}.${no}`)).body));
  const refunded = async () => (await orders()).map((one) => one.refundedFen as number);
  // Two plates of blood for 3,000 of 10,000, with 600 of the discount: one plate is 1,200.
  expect((await tenant.till.post(`/bills/${id}:return`, { lines: [{ lineId: "b", quantity: 1 }], reason: "凉了" }, { key: `${id}-back-1` })).status).toBe(200);
  const once = await refunded();
  expect(once.reduce((total, one) => total + one, 0)).toBeGreaterThanOrEqual(1_199);
  expect(Math.max(...once) - Math.min(...once)).toBeLessThanOrEqual(1);
  await tenant.till.post(`/bills/${id}:return`, { lines: [{ lineId: "b", quantity: 1 }], reason: "凉了" }, { key: `${id}-back-2` });
  expect((await refunded()).reduce((total, one) => total + one, 0)).toBe(2_400);
  expect((await orders()).map((one) => one.status)).toEqual(["partially-refunded", "partially-refunded", "partially-refunded"]);
  expect((await tenant.till.post(`/bills/${id}:return`, { lines: [{ lineId: "b", quantity: 1 }], reason: "再试" }, { key: `${id}-back-3` })).status).toBe(422);
  expect((await tenant.till.post(`/bills/${id}:return`, { whole: true, reason: "全退" }, { key: `${id}-back-4` })).status).toBe(200);
  expect((await orders()).map((one) => [one.status, one.netFen - one.refundedFen])).toEqual([["refunded", 0], ["refunded", 0], ["refunded", 0]]);
  expect(await tenant.balances()).toEqual({ points: 1_000, principal: 10_000, bonus: 2_000 });
  expect((await tenant.console.get(`/members/${friend}`)).body.points.active).toBe(1_000);
  expect((await tenant.console.get(`/members/${tenant.memberId}/coupons`)).body.items[0]).toMatchObject({ id: coupon, state: "usable" });
});

test("a share that comes back alone leaves the coupon with the others; with the last of them it comes back to its owner", async () => {
  const tenant = await tillTenant();
  const coupon = await tenant.coupon();
  const { id } = await divide(tenant, [{ memberId: tenant.memberId }, {}, {}]);
  for (const no of [1, 2, 3]) expect((await pay(tenant, id, no)).status).toBe(200);
  const wallet = async () => (await tenant.console.get(`/members/${tenant.memberId}/coupons`)).body.items[0];
  const giveBack = (no: number) => tenant.till.post(`/orders/${id}.${no}:return`, { whole: true, reason: "退" }, { key: `${id}-back-${no}` });
  expect((await giveBack(1)).status).toBe(200);
  expect(await wallet()).toMatchObject({ id: coupon, state: "used" });
  expect((await Promise.all([giveBack(2), giveBack(3)])).map((one) => one.status)).toEqual([200, 200]);
  expect(await wallet()).toMatchObject({ id: coupon, state: "usable" });
});

test("a share is kept for nobody who is no member", async () => {
  const tenant = await tillTenant();
  const { id } = await divide(tenant, [{}, {}]);
  expect((await tenant.till.post(`/bills/${id}/shares/1:assign`, { memberId: "01900000-0000-7000-8000-000000000001" })).status).toBe(404);
});

test("guests at the table scan the code, one of two gets a share, and pays it; what was kept too long is free for anybody", async () => {
  const tenant = await tillTenant();
  const friend = await tenant.guest();
  const { id, bill } = await divide(tenant, [{}, {}]);
  const [mine, theirs] = await Promise.all([atTable(tenant, tenant.memberId), atTable(tenant, friend)]);
  const claims = await Promise.all([mine, theirs].map((guest) => guest.post(`/tables/${bill.token}/shares/1:claim`, {})));
  expect(claims.map((one) => one.status).toSorted()).toEqual([200, 409]);
  const [winner, loser] = claims[0]?.status === 200 ? [mine, theirs] : [theirs, mine];
  expect((await winner.get(`/tables/${bill.token}`)).body).toMatchObject({ totalFen: 10_000, storedValueFen: 12_000, shares: [{ no: 1, isMine: true, isFree: true }, { no: 2, isMine: false, isFree: true }] });
  expect((await loser.get(`/tables/${bill.token}`)).body.shares[0]).toMatchObject({ isMine: false, isFree: false });
  expect(JSON.stringify((await loser.get(`/tables/${bill.token}`)).body)).not.toContain("王小明");
  const tenders = [{ kind: "stored-value" }];
  expect((await loser.post(`/tables/${bill.token}/shares/1:pay`, { tenders }, { key: `${id}-loser` })).body.code).toBe("commerce/share-kept");
  expect((await winner.post(`/tables/${bill.token}/shares/1:pay`, { revision: bill.revision, tenders }, { key: `${id}-winner` })).body).toMatchObject({ netFen: 5_000, channel: "pos" });
  expect((await winner.post(`/tables/${bill.token}/shares/2:claim`, {})).status).toBe(200);
  clock.advance(31 * 60_000);
  expect((await loser.post(`/tables/${bill.token}/shares/2:pay`, { tenders }, { key: `${id}-late` })).status).toBe(200);
  expect((await tenant.till.get(`/bills/${id}`)).body.state).toBe("paid");
});
