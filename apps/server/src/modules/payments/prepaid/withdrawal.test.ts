import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember, type TestMember } from "../../../../test/member.ts";
import { clock } from "../../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

const DAY_MS = 86_400_000;

async function plan(tenant: TestTenant, principalFen = 100_000, bonusFen = 20_000): Promise<string> {
  return (await tenant.console.post("/top-up-plans", { name: "充值", principalFen, bonusFen })).body.id;
}

async function topUp(tenant: TestTenant, memberId: string, principalFen = 100_000, bonusFen = 20_000, payment = "cash"): Promise<string> {
  const answer = await tenant.console.post(`/members/${memberId}/stored-value:top-up`, { planId: await plan(tenant, principalFen, bonusFen), payment, storeId: tenant.storeId }, { key: randomUUID() });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.topUpId;
}

/** Buys goods for so much, paid by stored value; `discountFen` off the list price at the till. */
async function buy(tenant: TestTenant, memberId: string, listFen: number, discountFen = 0): Promise<string> {
  const till = await tenant.open(["orders:write", "discounts:write"]);
  const id = `o-${randomUUID()}`;
  const lines = [{ lineId: "a", sku: "S1", name: "毛肚", quantity: 1, unitPriceFen: listFen }];
  const answer = await till.post(`/quotes/${id}:commit`, {
    storeId: tenant.storeId, channel: "pos", memberId, lines, ...(discountFen ? { manualDiscountFen: discountFen } : {}), tenders: [{ kind: "stored-value" }],
  }, { key: id });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return id;
}

const quote = (tenant: TestTenant, memberId: string, body: object) => tenant.console.post(`/members/${memberId}/stored-value:quote-withdrawal`, body);
const withdraw = (tenant: TestTenant, memberId: string, body: object, key = randomUUID() as string) =>
  tenant.console.post(`/members/${memberId}/stored-value:withdraw`, { reason: "不想用了", method: "cash", ...body }, { key });
const balances = async (member: TestMember) => {
  const { storedValue } = (await member.get("/me")).body;
  return [storedValue.principalFen, storedValue.bonusFen];
};

test("a merchant-caused refund pays what was really paid for what is left, and shows how", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  await topUp(tenant, member.memberId, 300_000, 100_000);
  await buy(tenant, member.memberId, 359_400);
  const { body } = await quote(tenant, member.memberId, { cause: "merchant" });
  expect(body).toMatchObject({ refundFen: 30_450, needsApproval: false });
  expect(body.parts[0].steps).toEqual([
    { code: "paid", fen: 300_000 }, { code: "bonus", fen: 100_000 }, { code: "spent", fen: 359_400 },
    { code: "ratio", fen: 269_550, numerator: 300_000, denominator: 400_000 }, { code: "bonus-lapses", fen: 10_150 }, { code: "refund", fen: 30_450 },
  ]);
  expect((await withdraw(tenant, member.memberId, { cause: "merchant", expectedFen: 30_450 })).body).toMatchObject({ state: "done", principalFen: 30_450, bonusFen: 10_150 });
  expect(await balances(member)).toEqual([0, 0]);
});

test("a consumer-caused refund counts what was used before discounts, and never owes", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  await topUp(tenant, member.memberId, 100_000, 20_000);
  await buy(tenant, member.memberId, 50_000, 10_000);
  const { body } = await quote(tenant, member.memberId, { cause: "consumer" });
  expect(body.parts[0]).toMatchObject({ spentFen: 40_000, consumedFen: 50_000, basis: "list", refundFen: 50_000 });
  expect(body.parts[0].steps.map((one: { code: string }) => one.code)).toContain("at-list");
  await buy(tenant, member.memberId, 70_000);
  const second = (await quote(tenant, member.memberId, { cause: "consumer" })).body;
  expect(second.parts[0]).toMatchObject({ consumedFen: 120_000, refundFen: 0 });
  expect(second.parts[0].steps).toContainEqual({ code: "owes-nothing", fen: 0 });
  expect((await withdraw(tenant, member.memberId, { cause: "consumer", expectedFen: 1 })).body.code).toBe("payments/nothing-to-withdraw");
  expect(await balances(member)).toEqual([8_333, 1_667]);
});

test("the seven-day right ends after seven days, and with goods that were known", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const old = await topUp(tenant, member.memberId, 10_000, 0);
  clock.advance(8 * DAY_MS);
  const fresh = await topUp(tenant, member.memberId, 20_000, 5_000);
  const { body } = await quote(tenant, member.memberId, { cause: "seven-day" });
  expect(body.refundFen).toBe(20_000);
  expect(body.parts.map((part: { sourceId: string; refusal: string | null }) => [part.sourceId, part.refusal])).toEqual([[old, "seven-days-over"], [fresh, null]]);
  expect((await quote(tenant, member.memberId, { cause: "seven-day", knownBefore: true })).body.refundFen).toBe(0);
  expect((await withdraw(tenant, member.memberId, { cause: "seven-day", expectedFen: 20_000 })).status).toBe(200);
  expect(await balances(member)).toEqual([10_000, 0]);
});

test("a sum that has changed since it was shown is refused, a repetition pays once, and two at once pay once", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  await topUp(tenant, member.memberId, 30_000, 0);
  await buy(tenant, member.memberId, 5_000);
  const stale = await withdraw(tenant, member.memberId, { cause: "merchant", expectedFen: 30_000 });
  expect([stale.status, stale.body.code, stale.body.quote.refundFen]).toEqual([409, "payments/withdrawal-changed", 25_000]);
  const replies = await Promise.all([1, 2, 3].map(() => withdraw(tenant, member.memberId, { cause: "merchant", expectedFen: 25_000 })));
  expect(replies.map((one) => one.status).toSorted()).toEqual([200, 409, 409]);
  await topUp(tenant, member.memberId, 10_000, 0);
  const first = await withdraw(tenant, member.memberId, { cause: "merchant", expectedFen: 10_000 }, "one-key-for-it");
  const again = await withdraw(tenant, member.memberId, { cause: "merchant", expectedFen: 10_000 }, "one-key-for-it");
  expect([again.body, again.headers["idempotency-hit"]]).toEqual([first.body, "true"]);
  expect((await tenant.console.get(`/withdrawals?memberId=${member.memberId}`)).body.items).toHaveLength(2);
});

test("above the limit somebody else agrees or refuses; who asked cannot, and what was refused or taken back is on its lots again", async () => {
  const tenant = await freshTenant();
  const [member, other, manager] = [await joinMember(tenant), await tenant.as("admin", tenant.headquartersId), await tenant.as("store-manager")];
  await topUp(tenant, member.memberId, 100_000, 20_000);
  await buy(tenant, member.memberId, 12_000);
  const ask = async () => (await withdraw(tenant, member.memberId, { cause: "merchant", expectedFen: 90_000 })).body as { id: string };
  const opened = await ask();
  expect(opened).toMatchObject({ state: "waiting", parts: [] });
  expect(await balances(member)).toEqual([0, 0]);
  expect((await tenant.console.post(`/approvals/${opened.id}:approve`)).body.code).toBe("platform/own-request");
  expect((await manager.post(`/approvals/${opened.id}:approve`)).status).toBe(403);
  expect((await other.get("/todos?kind=approval")).body.items).toMatchObject([{ id: opened.id, link: `/approvals?id=${opened.id}` }]);
  expect((await other.get(`/approvals/${opened.id}`)).body).toMatchObject({ kind: "withdrawal", unit: "fen", amount: 90_000, link: { kind: "withdrawal", id: opened.id }, askedBy: { name: "林掌柜" }, history: [{ what: "asked" }] });
  expect((await other.post(`/approvals/${opened.id}:reject`, { comment: "客人改了主意" })).body.state).toBe("rejected");
  expect([(await tenant.console.get(`/withdrawals/${opened.id}`)).body.state, await balances(member)]).toEqual(["declined", [90_000, 18_000]]);
  const second = await ask();
  expect((await tenant.console.post(`/approvals/${second.id}:withdraw`)).body.state).toBe("withdrawn");
  expect([(await tenant.console.get(`/withdrawals/${second.id}`)).body.state, await balances(member)]).toEqual(["declined", [90_000, 18_000]]);
  const again = await ask();
  const decided = await Promise.all([1, 2].map(() => other.post(`/approvals/${again.id}:approve`)));
  expect(decided.map((one) => one.status).toSorted()).toEqual([200, 409]);
  expect((await tenant.console.get(`/withdrawals/${again.id}`)).body).toMatchObject({ state: "done", decidedBy: `staff:${other.staffId}`, parts: [{ method: "cash", refundFen: 90_000, state: "paid" }] });
});

test("a tenant's chain asks for withdrawals by amount and level, says so in the quote, and what waits cannot be spent", async () => {
  const tenant = await freshTenant();
  const [member, manager, region] = [await joinMember(tenant), await tenant.as("store-manager"), await tenant.as("regional-manager", tenant.regionId)];
  const leader = { kind: "leader", roleId: tenant.roleIds["regional-manager"], level: "region" };
  expect((await tenant.console.put("/approval-chains/withdrawal", { steps: [{ name: "大区", who: leader, mode: "any", when: { from: 5_000, levels: ["store"] } }] })).status).toBe(200);
  await topUp(tenant, member.memberId, 4_000, 0);
  const needsApproval = async (who: { post: TestTenant["console"]["post"] }) => (await who.post(`/members/${member.memberId}/stored-value:quote-withdrawal`, { cause: "merchant" })).body.needsApproval as boolean;
  expect(await needsApproval(manager)).toBe(false);
  await topUp(tenant, member.memberId, 4_000, 0);
  expect([await needsApproval(manager), await needsApproval(region)]).toEqual([true, false]);
  const asked = (await manager.post(`/members/${member.memberId}/stored-value:withdraw`, { cause: "merchant", expectedFen: 8_000, method: "cash", reason: "搬家" }, { key: randomUUID() })).body;
  expect([asked.state, (await withdraw(tenant, member.memberId, { cause: "merchant", expectedFen: 8_000 })).status, await balances(member)]).toEqual(["waiting", 409, [0, 0]]);
  expect((await region.post(`/approvals/${asked.id}:approve`)).body.state).toBe("approved");
  expect((await manager.get(`/withdrawals/${asked.id}`)).body.state).toBe("done");
});

test("a member's own wish waits however small it is, and whoever may decides on it", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  await topUp(tenant, member.memberId, 1_000, 0);
  expect((await member.post("/me/stored-value:quote-withdrawal", { cause: "seven-day" })).body.needsApproval).toBe(true);
  const asked = (await member.post("/me/stored-value:withdraw", { cause: "seven-day", expectedFen: 1_000 }, { key: randomUUID() })).body;
  expect((await tenant.console.get(`/approvals/${asked.id}`)).body).toMatchObject({ state: "waiting", askedBy: null, waitsFor: ["林掌柜"], can: ["approve", "reject", "delegate"] });
  expect((await tenant.console.post(`/approvals/${asked.id}:approve`)).body.state).toBe("approved");
  expect((await member.get("/me/withdrawals")).body.items).toMatchObject([{ id: asked.id, state: "done" }]);
});

test("what came by WeChat goes back by WeChat", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const begun = (await member.post("/me/top-ups", { planId: await plan(tenant, 20_000, 2_000) }, { key: randomUUID() })).body;
  const page = new URL(begun.pay.codeUrl);
  const form = new URLSearchParams({ prepay_id: page.searchParams.get("prepay_id") ?? "", do: "pay" });
  await fetch(new URL("/pay", page), { method: "POST", body: form, headers: { "content-type": "application/x-www-form-urlencoded" } });
  clock.advance(60_000);
  await tenant.runSchedule("payments.check-open");
  await tenant.drain();
  expect(await balances(member)).toEqual([20_000, 2_000]);
  const asked = (await member.post("/me/stored-value:withdraw", { cause: "seven-day", expectedFen: 20_000 }, { key: randomUUID() })).body;
  expect(asked.state).toBe("waiting");
  expect((await tenant.console.post(`/approvals/${asked.id}:approve`)).status).toBe(200);
  expect((await tenant.console.get(`/withdrawals/${asked.id}`)).body).toMatchObject({ state: "paying", parts: [{ method: "wechat", state: "waiting" }] });
  await tenant.drain();
  clock.advance(11 * 60_000);
  await tenant.runSchedule("payments.repeat-refunds");
  await tenant.drain();
  expect((await member.get("/me/withdrawals")).body.items).toMatchObject([{ id: asked.id, state: "done", parts: [{ method: "wechat", state: "paid" }] }]);
  expect((await tenant.console.get(`/payments/${begun.paymentId}`)).body).toMatchObject({ refundedFen: 20_000 });
});

test("members take back what they asked for while it waits: it is on its lots again, and nobody has to decide any more", async () => {
  const tenant = await freshTenant();
  const [member, other] = [await joinMember(tenant), await joinMember(tenant)];
  await tenant.as("admin", tenant.headquartersId);
  await topUp(tenant, member.memberId, 20_000, 5_000);
  const ask = async () => (await member.post("/me/stored-value:withdraw", { cause: "seven-day", expectedFen: 20_000 }, { key: randomUUID() })).body as { id: string; state: string };
  const asked = await ask();
  expect([asked.state, await balances(member)]).toEqual(["waiting", [0, 0]]);
  expect((await other.post(`/me/withdrawals/${asked.id}:take-back`)).status).toBe(404);
  const both = await Promise.all([1, 2].map(() => member.post(`/me/withdrawals/${asked.id}:take-back`)));
  expect(both.map((one) => one.status).toSorted()).toEqual([200, 409]);
  expect(both.find((one) => one.status === 200)?.body).toMatchObject({ id: asked.id, state: "declined", askedBy: `member:${member.memberId}`, decidedBy: `member:${member.memberId}` });
  expect(await balances(member)).toEqual([20_000, 5_000]);
  expect((await tenant.console.get("/todos?kind=approval")).body.items).toEqual([]);
  expect((await tenant.console.post(`/approvals/${asked.id}:approve`)).body.code).toBe("platform/already-decided");
  const again = await ask();
  expect((await tenant.console.post(`/approvals/${again.id}:withdraw`)).body.code).toBe("platform/not-your-decision");
  expect((await tenant.console.post(`/approvals/${again.id}:approve`)).body.state).toBe("approved");
  expect((await member.post(`/me/withdrawals/${again.id}:take-back`)).body.code).toBe("platform/already-decided");
  const byStaff = async () => {
    await topUp(tenant, member.memberId, 100_000, 0);
    return (await withdraw(tenant, member.memberId, { cause: "merchant", expectedFen: 100_000 })).body as { id: string };
  };
  expect((await member.post(`/me/withdrawals/${(await byStaff()).id}:take-back`)).status).toBe(403);
});

test("each order of spending takes what it says, also for value that was sold before the terms changed", async () => {
  const tenant = await freshTenant();
  const spentOf = async (spendOrder: string) => {
    expect((await tenant.console.put("/prepaid-terms", { spendOrder, approvalOverFen: 50_000 })).body.spendOrder).toBe(spendOrder);
    const member = await joinMember(tenant);
    await topUp(tenant, member.memberId, 10_000, 2_000);
    await tenant.console.put("/prepaid-terms", { spendOrder: "proportional", approvalOverFen: 50_000 });
    await buy(tenant, member.memberId, 6_000);
    return balances(member);
  };
  expect(await spentOf("principal-first")).toEqual([4_000, 2_000]);
  expect(await spentOf("bonus-first")).toEqual([6_000, 0]);
  expect(await spentOf("proportional")).toEqual([5_000, 1_000]);
  expect((await tenant.console.get("/prepaid-terms")).body).toMatchObject({ version: 6, namedExpiryDays: null, namedLimitFen: 500_000 });
  const refused = await tenant.console.put("/prepaid-terms", { spendOrder: "proportional", approvalOverFen: 0, namedExpiryDays: 365 });
  expect([refused.status, refused.body.errors[0]]).toMatchObject([422, { field: "namedExpiryDays", code: "named-card-never-expires" }]);
});

test("a plan says before it is bought what would go back", async () => {
  const tenant = await freshTenant();
  const made = (await tenant.console.post("/top-up-plans", { name: "充1000送200", principalFen: 100_000, bonusFen: 20_000 })).body;
  expect(made.refunds).toEqual([
    { spentFen: 0, consumerFen: 100_000, merchantFen: 100_000 }, { spentFen: 50_000, consumerFen: 50_000, merchantFen: 58_333 }, { spentFen: 100_000, consumerFen: 0, merchantFen: 16_667 },
  ]);
});
