import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../../test/member.ts";
import { clock } from "../../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

const DAY_MS = 86_400_000;
const key = () => ({ key: randomUUID() as string });

const product = async (tenant: TestTenant, more: object = {}): Promise<string> => {
  const answer = await tenant.console.post("/card-products", { kind: "count", name: "十次卡", serves: "豆浆一杯", priceFen: 10_000, units: 10, listUseFen: 1_500, ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
};

async function sold(tenant: TestTenant, memberId: string, productId: string): Promise<string> {
  const answer = await tenant.console.post(`/members/${memberId}/cards`, { productId, payment: "cash", storeId: tenant.storeId }, key());
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.card.id;
}

const use = (tenant: TestTenant, cardId: string, uses = 1, with_ = key()) => tenant.console.post(`/cards/${cardId}:use`, { uses, storeId: tenant.storeId }, with_);

test("a count card is used up exactly, whoever asks at once, and each use earns its share of the price", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const cardId = await sold(tenant, memberId, await product(tenant, { priceFen: 10_001, units: 7 }));
  const replies = await Promise.all(Array.from({ length: 10 }, () => use(tenant, cardId)));
  expect(replies.map((one) => one.status).toSorted()).toEqual([...Array.from({ length: 7 }, () => 200), 409, 409, 409]);
  const [card] = (await tenant.console.get(`/members/${memberId}/cards`)).body.items;
  expect(card).toMatchObject({ state: "ended", left: 0, used: 7, recognisedFen: 10_001 });
  const uses = (await tenant.console.get(`/cards/${cardId}/uses`)).body.items;
  expect(uses.reduce((sum: number, one: { recognisedFen: number }) => sum + one.recognisedFen, 0)).toBe(10_001);
});

test("the same key uses once; more than is left is refused whole; a use is undone once, and the card lives again", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const cardId = await sold(tenant, memberId, await product(tenant, { units: 3 }));
  const first = await use(tenant, cardId, 2, { key: "card-use-key" });
  expect((await use(tenant, cardId, 2, { key: "card-use-key" })).headers["idempotency-hit"]).toBe("true");
  expect((await use(tenant, cardId, 2)).body).toMatchObject({ code: "ledger/insufficient-balance", missing: { uses: 1 } });
  expect((await use(tenant, cardId, 1)).body.card).toMatchObject({ state: "ended", left: 0 });
  const undo = () => tenant.console.post(`/cards/${cardId}:undo-use`, { useId: first.body.use.id, reason: "点错了" }, key());
  const undone = await Promise.all([undo(), undo()]);
  expect(undone.map((one) => one.status).toSorted()).toEqual([200, 409]);
  expect(undone.find((one) => one.status === 200)?.body.card).toMatchObject({ state: "active", left: 2, used: 1, recognisedFen: 3_333 });
  expect((await use(tenant, cardId, 2)).body.card).toMatchObject({ recognisedFen: 10_000 });
});

test("a card goes back at list price when the member changed their mind, at what was paid when the shop failed", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const cardId = await sold(tenant, memberId, await product(tenant));
  await use(tenant, cardId, 4);
  const quote = async (cause: string) => (await tenant.console.post(`/cards/${cardId}:quote-refund`, { cause })).body;
  expect(await quote("consumer")).toMatchObject({ refundFen: 4_000, parts: [{ basis: "list", consumedFen: 6_000 }] });
  expect(await quote("merchant")).toMatchObject({ refundFen: 6_000, parts: [{ basis: "paid", consumedFen: 4_000 }] });
  const back = (expectedFen: number) => tenant.console.post(`/cards/${cardId}:refund`, { cause: "merchant", expectedFen, method: "cash", reason: "门店装修" }, key());
  expect((await back(6_001)).body.code).toBe("payments/withdrawal-changed");
  expect((await back(6_000)).body).toMatchObject({ state: "done", cardId, refundFen: 6_000, parts: [{ method: "cash", state: "paid" }] });
  expect((await use(tenant, cardId)).body.code).toBe("payments/card-unusable");
  expect((await tenant.console.get(`/members/${memberId}/cards`)).body.items[0]).toMatchObject({ state: "refunded", left: 0, used: 4 });
});

test("a period card counts its days, stops while it is paused, ends, and wears its tag only while it is good", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const cardId = await sold(tenant, memberId, await product(tenant, { kind: "period", name: "月卡", units: 30, priceFen: 3_000, listUseFen: null, benefitTag: "月卡会员" }));
  const card = async () => (await tenant.console.get(`/members/${memberId}/cards`)).body.items[0];
  const tags = async () => (await tenant.console.get(`/members/${memberId}`)).body.tags;
  expect([(await card()).left, await tags()]).toEqual([30, ["月卡会员"]]);
  clock.advance(10 * DAY_MS);
  expect(await card()).toMatchObject({ left: 20, used: 10 });
  expect((await tenant.console.post(`/cards/${cardId}:pause`)).body).toMatchObject({ state: "paused", left: 20, endsOn: null, recognisedFen: 1_000 });
  expect(await tags()).toEqual([]);
  clock.advance(100 * DAY_MS);
  await tenant.runSchedule("payments.count-days");
  expect((await tenant.console.post(`/cards/${cardId}:resume`)).body).toMatchObject({ state: "active", left: 20 });
  clock.advance(5 * DAY_MS);
  expect((await tenant.console.post(`/cards/${cardId}:quote-refund`, { cause: "consumer" })).body).toMatchObject({ refundFen: 1_500 });
  await tenant.runSchedule("payments.count-days");
  expect(await card()).toMatchObject({ left: 15, recognisedFen: 1_500 });
  clock.advance(15 * DAY_MS);
  await tenant.runSchedule("payments.count-days");
  expect([(await card()).state, (await card()).recognisedFen, await tags()]).toEqual(["ended", 3_000, []]);
});

test("what was paid for has no end; what was given may; contradictions are named", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const refuse = async (more: object) => (await tenant.console.post("/card-products", { kind: "count", name: "卡", priceFen: 100, units: 1, ...more })).body.errors?.[0];
  expect(await refuse({ validDays: 30 })).toMatchObject({ field: "validDays", code: "named-card-never-expires" });
  expect(await refuse({ renews: true })).toMatchObject({ field: "renews" });
  const gift = await sold(tenant, memberId, await product(tenant, { priceFen: 0, units: 2, validDays: 30, listUseFen: null }));
  expect((await use(tenant, gift)).status).toBe(200);
  clock.advance(31 * DAY_MS);
  expect((await use(tenant, gift)).body.code).toBe("ledger/insufficient-balance");
  const paid = await sold(tenant, memberId, await product(tenant));
  clock.advance(10 * 365 * DAY_MS);
  await tenant.runSchedule("ledger.expire");
  await tenant.drain();
  expect((await use(tenant, paid)).status).toBe(200);
});

test("a card of another store, another tenant or another member is not there", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const [member, stranger] = [await joinMember(tenant), await joinMember(other)];
  const store = await tenant.addStore();
  const cardId = await sold(tenant, member.memberId, await product(tenant, { storeIds: [tenant.storeId] }));
  expect((await tenant.console.post(`/cards/${cardId}:use`, { storeId: store }, key())).body.errors).toMatchObject([{ field: "storeId", code: "not-here" }]);
  expect((await other.console.post(`/cards/${cardId}:use`, { storeId: other.storeId }, key())).status).toBe(404);
  expect((await stranger.get(`/me/cards/${cardId}`)).status).toBe(404);
  expect((await (await joinMember(tenant)).post(`/me/cards/${cardId}:refund`, { cause: "consumer", expectedFen: 1 }, key())).status).toBe(404);
  expect((await member.get(`/me/cards/${cardId}`)).body).toMatchObject({ left: 10 });
});
