import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { addressOf, clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { requestRefund } from "./index.ts";
import { acceptTransaction } from "./payment.settling.ts";

/** The guest's phone: the page behind the code, and its button. */
async function payByPhone(codeUrl: string): Promise<number> {
  const page = new URL(codeUrl);
  const form = new URLSearchParams({ prepay_id: page.searchParams.get("prepay_id") ?? "", do: "pay" });
  return (await fetch(new URL("/pay", page), { method: "POST", body: form, headers: { "content-type": "application/x-www-form-urlencoded" } })).status;
}

/** From here on WeChat's notifications find this server; before, nobody hears them. */
async function listen({ server }: TestTenant): Promise<void> {
  Object.assign(server.installation.config, { SHUKE_PUBLIC_URL: await addressOf(server) });
}

async function until(check: () => Promise<boolean>): Promise<void> {
  for (let left = 400; left > 0; left--) {
    if (await check()) return;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error("It did not happen in time");
}

const MINUTE = 60_000;
const minute = async (tenant: TestTenant): Promise<void> => {
  clock.advance(MINUTE);
  await tenant.runSchedule("payments.check-open");
  await tenant.drain();
};

async function begin(tenant: TestTenant) {
  const member = await joinMember(tenant);
  const { body: plan } = await tenant.console.post("/top-up-plans", { name: "充100送10", principalFen: 10_000, bonusFen: 1_000 });
  const { status, body } = await member.post("/me/top-ups", { planId: plan.id }, { key: randomUUID() });
  expect(status).toBe(201);
  const storedValue = async () => (await member.get("/me")).body.storedValue;
  const standing = async () => (await member.get(`/me/top-ups/${body.topUpId}`)).body.status;
  return { member, planId: plan.id as string, storedValue, standing, topUpId: body.topUpId as string, paymentId: body.paymentId as string, codeUrl: body.pay.codeUrl as string };
}

const orderPayment = async (tenant: TestTenant, orderId: string, amountFen = 8_800, key = randomUUID() as string) =>
  tenant.console.post("/payments", { kind: "wechat", orderId, amountFen }, { key });

test("a top-up without a heard notification is found by the minute's question, once", async () => {
  const tenant = await freshTenant();
  const { member, storedValue, standing, codeUrl } = await begin(tenant);
  expect([await standing(), await storedValue()]).toMatchObject(["waiting", { principalFen: 0 }]);
  expect(await payByPhone(codeUrl)).toBe(200);
  await minute(tenant);
  await minute(tenant);
  expect([await standing(), await storedValue()]).toMatchObject(["paid", { principalFen: 10_000, bonusFen: 1_000 }]);
  expect((await member.get("/me/stored-value-entries")).body.items).toHaveLength(1);
});

test("a notification credits a top-up, and repeating it credits nothing more", async () => {
  const tenant = await freshTenant();
  await listen(tenant);
  const { storedValue, standing, codeUrl, member } = await begin(tenant);
  await payByPhone(codeUrl);
  await until(async () => (await standing()) === "paid");
  await minute(tenant);
  expect(await storedValue()).toMatchObject({ principalFen: 10_000, bonusFen: 1_000 });
  expect((await member.get("/me/stored-value-entries")).body.items).toHaveLength(1);
});

test("ten notifications and queries of one payment at once credit it once", async () => {
  const tenant = await freshTenant();
  const { storedValue, paymentId, member } = await begin(tenant);
  const { outTradeNo, amountFen } = { outTradeNo: paymentId.replaceAll("-", ""), amountFen: 10_000 };
  const said = { outTradeNo, amountFen, state: "SUCCESS", transactionId: "4200001", tradeType: "NATIVE", payerFen: amountFen, openid: null, paidAt: clock.now(), attach: null } as const;
  await Promise.all(Array.from({ length: 10 }, () => tenant.inScope((scope) => acceptTransaction(scope, said))));
  await tenant.inScope((scope) => acceptTransaction(scope, { ...said, state: "CLOSED" }));
  expect(await storedValue()).toMatchObject({ principalFen: 10_000, bonusFen: 1_000 });
  expect((await member.get("/me/stored-value-entries")).body.items).toHaveLength(1);
  const events = await tenant.inScope((scope) => scope.tx.rows("select type from kernel.event where tenant_id = $1 and type like 'payments.%' order by type", [scope.tenantId]));
  expect(events).toEqual([{ type: "payments.payment-succeeded" }, { type: "payments.top-up-done" }]);
});

test("what WeChat did not sign is believed by nobody", async () => {
  const tenant = await freshTenant();
  const forged = await tenant.server.app.inject({
    method: "POST", url: `/callbacks/wechat-pay/${tenant.code}`, headers: {
      "content-type": "application/json", "wechatpay-serial": "PUB_KEY_ID_1", "wechatpay-timestamp": String(Math.floor(Date.now() / 1_000)), "wechatpay-nonce": "n", "wechatpay-signature": "c2ln",
    },
    payload: JSON.stringify({ id: "1", create_time: "2026-11-21T10:00:00+08:00", event_type: "TRANSACTION.SUCCESS", resource: { algorithm: "AEAD_AES_256_GCM", ciphertext: "", nonce: "", associated_data: "" } }),
  });
  expect(forged.statusCode).toBe(401);
  expect((await tenant.server.app.inject({ method: "POST", url: `/callbacks/wechat-pay/${tenant.code}`, headers: { "content-type": "application/json" }, payload: "{}" })).statusCode).toBe(401);
});

test("another amount than was asked for is not credited", async () => {
  const tenant = await freshTenant();
  const { storedValue, paymentId, codeUrl } = await begin(tenant);
  await tenant.inScope((scope) => scope.tx.rows("update payments.payment set amount_fen = amount_fen + 1 where tenant_id = $1 and id = $2 returning id", [scope.tenantId, paymentId]));
  await payByPhone(codeUrl);
  await expect(minute(tenant)).rejects.toThrow("Another amount");
  expect(await storedValue()).toMatchObject({ principalFen: 0, bonusFen: 0 });
});

test("nobody pays for two hours: the payment closes, the top-up is cancelled, and its code is dead", async () => {
  const tenant = await freshTenant();
  const { standing, codeUrl, paymentId } = await begin(tenant);
  clock.advance(2 * 60 * MINUTE);
  await minute(tenant);
  expect([await standing(), (await tenant.console.get(`/payments/${paymentId}`)).body.state]).toEqual(["cancelled", "closed"]);
  expect(await payByPhone(codeUrl)).toBe(409);
});

test("asking again with the same key answers with the same payment and the same code", async () => {
  const tenant = await freshTenant();
  const { member, planId } = await begin(tenant);
  const [first, again] = [await member.post("/me/top-ups", { planId }, { key: "app-key-1" }), await member.post("/me/top-ups", { planId }, { key: "app-key-1" })];
  expect(again.body).toEqual(first.body);
  expect(again.headers["idempotency-hit"]).toBe("true");
  expect((await member.get(`/me/top-ups/${first.body.topUpId}`)).body.status).toBe("waiting");
  const stranger = await joinMember(tenant);
  expect((await stranger.get(`/me/top-ups/${first.body.topUpId}`)).status).toBe(404);
});

test("the till's code for an order is one code", async () => {
  const tenant = await freshTenant();
  const { body: made } = await orderPayment(tenant, "o-1");
  expect(made).toMatchObject({ purpose: "order", subjectId: "o-1", amountFen: 8_800, state: "created", usedBy: null });
  expect((await orderPayment(tenant, "o-1")).body.id).toBe(made.id);
  await payByPhone(made.codeUrl);
  await minute(tenant);
  expect((await tenant.console.get(`/payments/${made.id}`)).body.state).toBe("succeeded");
});

test("refunds go back through WeChat, never more than was paid, also when asked for at once", async () => {
  const tenant = await freshTenant();
  const { body: made } = await orderPayment(tenant, "o-9", 10_000);
  const ask = (amountFen: number) => tenant.inScope((scope) => requestRefund(scope, { paymentId: made.id, amountFen, returnId: randomUUID() }));
  await expect(ask(100)).rejects.toThrow("cannot be used");
  await payByPhone(made.codeUrl);
  await minute(tenant);
  const asked = await Promise.allSettled(Array.from({ length: 8 }, () => ask(3_000)));
  expect(asked.filter((one) => one.status === "fulfilled")).toHaveLength(3);
  await tenant.drain();
  clock.advance(10 * MINUTE);
  await tenant.runSchedule("payments.repeat-refunds");
  await tenant.drain();
  const { body } = await tenant.console.get(`/payments/${made.id}`);
  expect(body.refundedFen).toBe(9_000);
  expect(body.refunds.map((one: { state: string }) => one.state)).toEqual(["succeeded", "succeeded", "succeeded"]);
});

test("a payment without an order's amount, for two things, or of another tenant is refused", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const wrong = async (body: object) => (await tenant.console.post("/payments", body, { key: randomUUID() })).body.errors.map((one: { field: string }) => one.field);
  expect(await wrong({})).toEqual(["orderId"]);
  expect(await wrong({ orderId: "o-1" })).toEqual(["amountFen"]);
  expect(await wrong({ orderId: "o 1", amountFen: 0 })).toEqual(["orderId", "amountFen"]);
  const { body: made } = await orderPayment(tenant, "o-1");
  expect((await other.console.get(`/payments/${made.id}`)).status).toBe(404);
});
