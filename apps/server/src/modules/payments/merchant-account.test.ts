import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outside, startFakeWechatPay, type FakeWechatPay } from "../../../test/fakes/wechat-pay.ts";
import { joinMember } from "../../../test/member.ts";
import { addressOf, testServer } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { requestRefund } from "./index.ts";
import { createWechatPayClient, merchantOf, type IssuedMerchant } from "./wechat-pay/index.ts";

const fakes: FakeWechatPay[] = [];
beforeAll(async () => {
  for (const merchantId of ["1900000201", "1900000202"]) fakes.push(await startFakeWechatPay({ merchantId, retryDelaysMs: [] }));
});
const { installation } = await testServer();
const { payFor } = installation.outside;
afterAll(() => {
  Object.assign(installation.outside, { payFor });
  return Promise.all(fakes.map((one) => one.close()));
});

/** As WeChat Pay hands the account out, and as the console sends it. */
const issued = ({ merchant, platform }: FakeWechatPay) => ({
  merchantId: merchant.merchantId, appId: merchant.appId, certificateSerial: merchant.certificateSerial, papayPlanId: merchant.papayPlanId,
  publicKeyId: platform.publicKeyId, publicKeyPem: platform.publicKeyPem.trim(), privateKeyPem: merchant.privateKeyPem.trim(), apiV3Key: merchant.apiV3Key,
});

/** A brand whose payments go through a stand-in of its own. */
async function brandOf(fake: FakeWechatPay): Promise<TestTenant> {
  const tenant = await freshTenant();
  // Only the address of WeChat Pay is the test's: which account is used, and with which keys, is what is tested.
  Object.assign(installation.outside, {
    payFor: (merchant: IssuedMerchant) => createWechatPayClient(merchantOf({ ...merchant, baseUrl: fakes.find((one) => one.merchant.merchantId === merchant.merchantId)?.url ?? "" }), outside),
  });
  Object.assign(installation.config, { SHUKE_PUBLIC_URL: await addressOf(tenant.server) });
  const { status, body } = await tenant.console.put("/merchant-account", issued(fake));
  expect(status, JSON.stringify(body)).toBe(200);
  return tenant;
}

async function toppedUp(tenant: TestTenant, fake: FakeWechatPay) {
  const member = await joinMember(tenant);
  const { body: plan } = await tenant.console.post("/top-up-plans", { name: "充100", principalFen: 10_000, bonusFen: 0 });
  const { status, body } = await member.post("/me/top-ups", { planId: plan.id }, { key: randomUUID() });
  expect(status, JSON.stringify(body)).toBe(201);
  const [{ no } = { no: "" }] = await tenant.inScope((scope) => scope.tx.rows<{ no: string }>("select out_trade_no as no from payments.payment where tenant_id = $1 and id = $2", [scope.tenantId, body.paymentId]));
  expect(fake.transactions.get(no)).toMatchObject({ totalFen: 10_000 });
  const balance = async () => (await member.get("/me")).body.storedValue.principalFen;
  return { member, no, paymentId: body.paymentId as string, codeUrl: body.pay.codeUrl as string, balance };
}

test("two brands with two merchants: each is paid, told and refunded through its own account, and neither's keys speak for the other", async () => {
  const [one, two] = [fakes[0] as FakeWechatPay, fakes[1] as FakeWechatPay];
  const [hotpot, bakery] = [await brandOf(one), await brandOf(two)];
  const [mine, theirs] = [await toppedUp(hotpot, one), await toppedUp(bakery, two)];
  expect([new URL(mine.codeUrl).origin, new URL(theirs.codeUrl).origin]).toEqual([one.url, two.url]);
  one.pay(mine.no);
  two.pay(theirs.no);
  await Promise.all(fakes.map((fake) => fake.notificationsSettled()));
  expect([await mine.balance(), await theirs.balance()]).toEqual([10_000, 10_000]);

  // A genuine notification of the one's merchant, sent to the other's address.
  const stray = await toppedUp(hotpot, one);
  const open = await toppedUp(bakery, two);
  Object.assign(one.transactions.get(stray.no), { notifyUrl: two.transactions.get(open.no).notifyUrl });
  one.pay(stray.no);
  await expect.poll(() => one.deliveries.at(-1)?.attempts.at(-1)).toBe(401);
  expect([await stray.balance(), await open.balance()]).toEqual([0, 0]);

  const refundId = await bakery.inScope((scope) => requestRefund(scope, { paymentId: theirs.paymentId, amountFen: 4_000, returnId: randomUUID(), purpose: "prepaid" }));
  // What was paid through an account goes back through it, also when new payments go elsewhere by then.
  expect((await bakery.console.post("/merchant-account:drop", {})).status).toBe(204);
  await bakery.drain();
  const stateOf = () => bakery.inScope((scope) => scope.tx.rows<{ state: string }>("select state from payments.refund where tenant_id = $1 and id = $2", [scope.tenantId, refundId]));
  await expect.poll(stateOf).toEqual([{ state: "succeeded" }]);
});

test("secrets of a merchant account go in, are kept when left out, and never come out; keys that are none are refused; not everybody may", async () => {
  const fake = fakes[0] as FakeWechatPay;
  const tenant = await brandOf(fake);
  const { privateKeyPem, apiV3Key, ...open } = issued(fake);
  const shown = await tenant.console.get("/merchant-account");
  expect(shown.body.account).toMatchObject(open);
  const kept = await tenant.inScope((scope) => scope.tx.rows("select * from payments.merchant_account where tenant_id = $1", [scope.tenantId]));
  const told = [shown.body, (await tenant.console.get("/audit-entries")).body, kept.map((row) => ({ ...(row as object), secrets_sealed: String((row as { secrets_sealed: Buffer }).secrets_sealed) }))];
  for (const secret of [apiV3Key, privateKeyPem.slice(100, 140)]) expect(JSON.stringify(told)).not.toContain(secret);
  expect((await tenant.console.get("/audit-entries?action=merchant-account.set")).body.items).toMatchObject([{ subject: { kind: "merchant-account", id: open.merchantId } }]);
  expect((await tenant.console.put("/merchant-account", { ...open, certificateSerial: "ABCDEF0123456789" })).body.account.certificateSerial).toBe("ABCDEF0123456789");
  expect((await tenant.console.put("/merchant-account", { ...open, merchantId: "1900000203" })).body.errors).toMatchObject([{ field: "privateKeyPem", code: "required" }]);
  expect((await tenant.console.put("/merchant-account", { ...open, privateKeyPem: "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----" })).body.errors).toMatchObject([{ field: "privateKeyPem", code: "invalid" }]);
  const manager = await tenant.as("store-manager");
  expect([(await manager.get("/merchant-account")).status, (await manager.put("/merchant-account", issued(fake))).status]).toEqual([403, 403]);
});
