import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../../test/member.ts";
import { clock } from "../../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

const DAY_MS = 86_400_000;
const number = (): string => `C-${randomUUID().slice(0, 12)}`;
const topUp = async (tenant: TestTenant, memberId: string, principalFen: number, bonusFen: number) => {
  const plan = (await tenant.console.post("/top-up-plans", { name: "充值", principalFen, bonusFen })).body.id;
  return tenant.console.post(`/members/${memberId}/stored-value:top-up`, { planId: plan, payment: "cash", storeId: tenant.storeId }, { key: randomUUID() });
};
const pay = async (tenant: TestTenant, memberId: string, fen: number) => {
  const till = await tenant.open(["orders:write"]);
  const id = `o-${randomUUID()}`;
  return till.post(`/quotes/${id}:commit`, {
    storeId: tenant.storeId, channel: "pos", memberId, lines: [{ lineId: "a", sku: "S", name: "茶", quantity: 1, unitPriceFen: fen }], tenders: [{ kind: "stored-value" }],
  }, { key: id });
};

/** What a quote says of stored value, and what it offers of it. */
const quoted = async (tenant: TestTenant, memberId: string) => {
  const till = await tenant.open(["orders:write"]);
  const { status, body } = await till.put(`/quotes/o-${randomUUID()}`, {
    storeId: tenant.storeId, channel: "pos", memberId, lines: [{ lineId: "a", sku: "S", name: "茶", quantity: 1, unitPriceFen: 1_000 }],
  });
  expect(status, JSON.stringify(body)).toBe(200);
  const { applies, amountFen, reasons } = body.candidates.find((one: { kind: string }) => one.kind === "stored-value");
  return { applies, amountFen, reasons: reasons.map((one: { code: string }) => one.code), balanceFen: body.member.storedValueFen, tenders: body.tenderSuggestion.map((one: { kind: string }) => one.kind) };
};

test("a quote offers no stored value that its commit would refuse, and says whether it is frozen or was reported lost", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  await topUp(tenant, memberId, 10_000, 0);
  const usable = { applies: true, amountFen: 1_000, reasons: [], balanceFen: 10_000, tenders: ["stored-value"] };
  const refused = { applies: false, amountFen: 0, balanceFen: 0, tenders: ["cash"] };
  expect(await quoted(tenant, memberId)).toEqual(usable);
  for (const [kind, code] of [["dispute", "frozen"], ["other", "frozen"], ["loss", "reported-lost"]]) {
    await tenant.console.post(`/members/${memberId}/stored-value:freeze`, { kind, reason: "试" });
    expect(await quoted(tenant, memberId)).toEqual({ ...refused, reasons: [code] });
  }
  await tenant.console.post(`/members/${memberId}/stored-value:unfreeze`, { reason: "查明" });
  expect(await quoted(tenant, memberId)).toEqual(usable);
  const card = (await tenant.console.post(`/members/${memberId}/stored-cards`, { cardNo: number() })).body;
  await tenant.console.post(`/stored-cards/${card.id}:report-loss`, { reason: "丢了" });
  expect(await quoted(tenant, memberId)).toEqual({ ...refused, reasons: ["reported-lost"] });
});

test("frozen value is neither spent nor given back nor given away, until somebody thaws it", async () => {
  const tenant = await freshTenant();
  const [member, friend] = [await joinMember(tenant), await joinMember(tenant)];
  await topUp(tenant, member.memberId, 10_000, 0);
  expect((await tenant.console.post(`/members/${member.memberId}/stored-value:freeze`, { kind: "dispute", reason: "盗刷争议" })).body.freeze).toMatchObject({ kind: "dispute" });
  expect((await pay(tenant, member.memberId, 1_000)).body.code).toBe("ledger/account-frozen");
  expect((await tenant.console.post(`/members/${member.memberId}/stored-value:withdraw`, { cause: "merchant", expectedFen: 10_000, reason: "x" }, { key: randomUUID() })).status).toBe(409);
  expect((await tenant.console.post(`/members/${member.memberId}/stored-value:transfer`, { toMemberId: friend.memberId, amountFen: 10_000, reason: "x" }, { key: randomUUID() })).status).toBe(409);
  expect((await tenant.console.post(`/members/${member.memberId}/stored-value:unfreeze`, { reason: "查明" })).body.freeze).toBe(null);
  expect((await pay(tenant, member.memberId, 1_000)).status).toBe(200);
  expect((await tenant.console.post(`/members/${member.memberId}/stored-value:unfreeze`, { reason: "再来" })).body.code).toBe("payments/not-frozen");
});

test("a lost card ends, its value waits, and a new card brings it back", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  await topUp(tenant, member.memberId, 10_000, 1_000);
  const card = (await tenant.console.post(`/members/${member.memberId}/stored-cards`, { cardNo: number() })).body;
  expect((await tenant.console.post(`/members/${member.memberId}/stored-cards`, { cardNo: card.cardNo.toLowerCase() })).body.code).toBe("payments/card-number-taken");
  expect((await tenant.console.post(`/stored-cards/${card.id}:report-loss`, { reason: "丢在出租车上" })).body.state).toBe("lost");
  expect((await pay(tenant, member.memberId, 1_000)).body.code).toBe("ledger/account-frozen");
  const fresh = (await tenant.console.post(`/stored-cards/${card.id}:replace`, { cardNo: number() })).body;
  expect(fresh).toMatchObject({ kind: "named", state: "active", memberId: member.memberId });
  expect((await tenant.console.get(`/members/${member.memberId}/prepaid`)).body).toMatchObject({ freeze: null, principalFen: 10_000, bonusFen: 1_000, storedCards: [{ id: fresh.id }, { id: card.id, state: "replaced" }] });
  expect((await tenant.console.post(`/stored-cards/${card.id}:replace`, { cardNo: number() })).status).toBe(409);
});

test("value goes to another member with its dates and its top-up, up to what a named card may hold", async () => {
  const tenant = await freshTenant();
  const [member, friend] = [await joinMember(tenant), await joinMember(tenant)];
  await topUp(tenant, member.memberId, 300_000, 60_000);
  await pay(tenant, member.memberId, 120_000);
  clock.advance(30 * DAY_MS);
  const give = (amountFen: number) => tenant.console.post(`/members/${member.memberId}/stored-value:transfer`, { toMemberId: friend.memberId, amountFen, reason: "转给家人" }, { key: randomUUID() });
  expect((await give(60_000)).body).toMatchObject({ principalFen: 50_000, bonusFen: 10_000 });
  expect((await give(60_000)).status).toBe(200);
  expect((await give(200_000)).body.code).toBe("ledger/insufficient-balance");
  const prepaidOf = async (id: string) => (await tenant.console.get(`/members/${id}/prepaid`)).body;
  const theirs = await prepaidOf(friend.memberId);
  const mine = await prepaidOf(member.memberId);
  expect(theirs).toMatchObject({ principalFen: 100_000, bonusFen: 20_000, topUps: [{ sourceId: mine.topUps[0].sourceId, at: mine.topUps[0].at, spentFen: 0 }] });
  expect((await tenant.console.post(`/members/${member.memberId}/stored-value:quote-withdrawal`, { cause: "merchant" })).body).toMatchObject({ refundFen: 100_000, bonusLapsedFen: 20_000 });
  expect((await pay(tenant, friend.memberId, 60_000)).status).toBe(200);
  expect((await tenant.console.post(`/members/${friend.memberId}/stored-value:quote-withdrawal`, { cause: "merchant" })).body).toMatchObject({ refundFen: 50_000 });
  await topUp(tenant, friend.memberId, 400_000, 0);
  expect((await give(60_000)).body).toMatchObject({ code: "payments/over-card-limit", overFen: 20_000 });
  expect((await tenant.console.post(`/members/${member.memberId}/stored-value:transfer`, { toMemberId: member.memberId, amountFen: 1, reason: "x" }, { key: randomUUID() })).status).toBe(422);
});

test("an unnamed card holds 1,000 yuan at most for three years at least, comes to a member without an end, and outlives its end", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const sell = (more: object) => tenant.console.post("/stored-cards", { cardNo: number(), amountFen: 50_000, payment: "cash", storeId: tenant.storeId, ...more }, { key: randomUUID() });
  expect((await sell({ amountFen: 100_001 })).body.errors).toMatchObject([{ field: "amountFen" }]);
  expect((await sell({ expiresOn: "2027-01-01" })).body.errors).toMatchObject([{ field: "expiresOn", code: "too-soon" }]);
  const card = (await sell({})).body;
  expect((await tenant.console.get(`/stored-cards?cardNo=${card.cardNo}`)).body.items).toMatchObject([{ id: card.id, amountFen: 50_000 }]);
  clock.advance(4 * 365 * DAY_MS);
  await tenant.runSchedule("ledger.expire");
  await tenant.drain();
  expect((await tenant.console.post(`/stored-cards/${card.id}:bind`, { memberId: member.memberId }, { key: randomUUID() })).status).toBe(409);
  const until = new Date(clock.now().getTime() + 90 * DAY_MS).toISOString().slice(0, 10);
  expect((await tenant.console.post(`/stored-cards/${card.id}:extend`, { expiresOn: until })).body.expiresOn).toBe(until);
  const bound = await Promise.all([1, 2].map(() => tenant.console.post(`/stored-cards/${card.id}:bind`, { memberId: member.memberId }, { key: randomUUID() })));
  expect(bound.map((one) => one.status).toSorted()).toEqual([200, 409]);
  clock.advance(365 * DAY_MS);
  await tenant.runSchedule("ledger.expire");
  await tenant.drain();
  expect((await tenant.console.get(`/members/${member.memberId}/prepaid`)).body).toMatchObject({ principalFen: 50_000 });
});
