import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../../test/member.ts";
import { clock } from "../../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";
import { openMemberSession } from "../../customers/session.ts";
import { getCard } from "./card.view.ts";

const DAY_MS = 86_400_000;

const press = (signUrl: string, what: "sign" | "purse") => {
  const page = new URL(signUrl);
  return fetch(new URL("/contract", page), {
    method: "POST", body: new URLSearchParams({ code: page.searchParams.get("code") ?? "", do: what }), headers: { "content-type": "application/x-www-form-urlencoded" },
  });
};

const day = async (tenant: TestTenant, days = 1): Promise<void> => {
  for (let left = days; left > 0; left--) {
    clock.advance(DAY_MS);
    await tenant.runSchedule("payments.count-days");
    await tenant.runSchedule("payments.renewals");
    await tenant.drain();
  }
};

const eventsOf = (tenant: TestTenant, type: string) => tenant.inScope(async (scope) =>
  (await scope.tx.rows<{ payload: Record<string, unknown> }>("select payload from kernel.event where tenant_id = $1 and type = $2 order by id", [scope.tenantId, type])).map((row) => row.payload));

async function renewing(tenant: TestTenant) {
  const member = await joinMember(tenant);
  const productId = (await tenant.console.post("/card-products", { kind: "period", name: "月卡", priceFen: 3_000, units: 30, renews: true })).body.id;
  const cardId = (await tenant.console.post(`/members/${member.memberId}/cards`, { productId, payment: "cash", storeId: tenant.storeId }, { key: randomUUID() })).body.card.id as string;
  const begun = await member.post(`/me/cards/${cardId}:begin-renewal`, {});
  expect(begun.status, JSON.stringify(begun.body)).toBe(200);
  // Not through the door: in the months that pass, everybody's session ends.
  const card = () => tenant.inScope((scope) => getCard(scope, cardId));
  return { member, cardId, signUrl: begun.body.signUrl as string, card };
}

test("a signed card is announced five days before, paid by WeChat on its last day, and goes on without a gap", async () => {
  const tenant = await freshTenant();
  const { signUrl, card } = await renewing(tenant);
  expect((await card()).renewal).toMatchObject({ state: "signing" });
  await press(signUrl, "sign");
  await day(tenant);
  const before = await card();
  expect(before.renewal).toMatchObject({ state: "active", priceFen: 3_000, dueOn: before.endsOn });
  await day(tenant, 22);
  expect(await eventsOf(tenant, "payments.renewal-due")).toEqual([]);
  await day(tenant, 2);
  expect(await eventsOf(tenant, "payments.renewal-due")).toMatchObject([{ dueOn: before.endsOn, priceFen: 3_000 }]);
  await day(tenant, 5);
  const after = await card();
  expect([after.state, after.units, after.priceFen, after.renewal?.dueOn]).toEqual(["active", 60, 6_000, after.endsOn]);
  expect(Date.parse(after.endsOn ?? "") - Date.parse(before.endsOn ?? "")).toBe(30 * DAY_MS);
});

test("an empty purse is tried again after one, three and five days, told each time, and then the renewal ends", async () => {
  const tenant = await freshTenant();
  const { signUrl, card } = await renewing(tenant);
  await press(signUrl, "sign");
  await press(signUrl, "purse");
  await day(tenant, 29);
  expect((await card()).renewal).toMatchObject({ attempts: 1, lastError: expect.stringContaining("NOTENOUGH") });
  await day(tenant, 1);
  await press(signUrl, "purse");
  await day(tenant, 2);
  expect(await card()).toMatchObject({ state: "active", renewal: { attempts: 0, lastError: null } });
  await press(signUrl, "purse");
  await day(tenant, 40);
  expect((await card()).renewal).toMatchObject({ state: "ended", endReason: "not-paid" });
  expect((await eventsOf(tenant, "payments.renewal-failed")).map((one) => one["attempt"])).toEqual([1, 2, 1, 2, 3, 4]);
  expect(await eventsOf(tenant, "payments.renewal-ended")).toHaveLength(1);
});

test("a paused card is not charged; a member ends the renewal, and WeChat knows", async () => {
  const tenant = await freshTenant();
  const { signUrl, card, cardId, member } = await renewing(tenant);
  await press(signUrl, "sign");
  await day(tenant, 2);
  await tenant.console.post(`/cards/${cardId}:pause`);
  await day(tenant, 60);
  expect(await card()).toMatchObject({ state: "paused", units: 30, left: 28 });
  await tenant.console.post(`/cards/${cardId}:resume`);
  const token = await tenant.inScope((scope) => openMemberSession(scope, member.memberId));
  const ended = await tenant.server.app.inject({ method: "POST", url: `/api/member/me/cards/${cardId}:end-renewal`, headers: { authorization: `Bearer ${token}` } });
  expect(ended.json()).toMatchObject({ state: "active", renewal: { state: "ended", endReason: "by-member" } });
  await tenant.drain();
  expect(await (await fetch(signUrl)).text()).toContain("已解约");
  await day(tenant, 40);
  expect(await card()).toMatchObject({ state: "ended", units: 30 });
});

test("a card that is bought in the app is good when WeChat has the money, and its refund goes back by WeChat", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const productId = (await tenant.console.post("/card-products", { kind: "count", name: "五次卡", priceFen: 5_000, units: 5 })).body.id;
  const bought = (await member.post("/me/cards", { productId }, { key: randomUUID() })).body;
  expect(bought.card.state).toBe("waiting");
  const page = new URL(bought.pay.codeUrl);
  await fetch(new URL("/pay", page), { method: "POST", body: new URLSearchParams({ prepay_id: page.searchParams.get("prepay_id") ?? "", do: "pay" }), headers: { "content-type": "application/x-www-form-urlencoded" } });
  clock.advance(60_000);
  await tenant.runSchedule("payments.check-open");
  await tenant.drain();
  expect((await member.get("/me/cards")).body.items).toMatchObject([{ state: "active", left: 5 }]);
  const asked = (await member.post(`/me/cards/${bought.card.id}:refund`, { cause: "seven-day", expectedFen: 5_000 }, { key: randomUUID() })).body;
  expect([asked.state, (await member.get("/me/cards")).body.items[0].state]).toEqual(["waiting", "refunded"]);
  expect((await tenant.console.post(`/approvals/${asked.id}:reject`, { comment: "客人改主意" })).body.state).toBe("rejected");
  expect((await tenant.console.get(`/withdrawals/${asked.id}`)).body.state).toBe("declined");
  expect((await member.get("/me/cards")).body.items[0]).toMatchObject({ state: "active", left: 5 });
  const again = (await member.post(`/me/cards/${bought.card.id}:refund`, { cause: "seven-day", expectedFen: 5_000 }, { key: randomUUID() })).body;
  await tenant.console.post(`/approvals/${again.id}:approve`);
  await tenant.drain();
  clock.advance(11 * 60_000);
  await tenant.runSchedule("payments.repeat-refunds");
  await tenant.drain();
  expect((await tenant.console.get(`/withdrawals/${again.id}`)).body).toMatchObject({ state: "done", parts: [{ method: "wechat", state: "paid" }] });
});

test("from the mini program the guest is sent to WeChat's own, with the session that was begun", async () => {
  const tenant = await freshTenant();
  const { member, cardId } = await renewing(tenant);
  const { status, body } = await member.post(`/me/cards/${cardId}:begin-renewal`, { wechatCode: "dev-renewal" });
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.signUrl).toBeNull();
  expect(body.miniProgram).toEqual({ appId: "wxbd687630cd02ce1d", path: expect.stringMatching(/^pages\/PwdExemptContract\/index\?pre_entrustweb_id=\w+$/) });
});
