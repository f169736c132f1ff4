import { createVerify, generateKeyPairSync, X509Certificate } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FakeWechatPay, guestCode, merchantOf, outside, startFakeWechatPay } from "../../../../test/fakes/wechat-pay.ts";
import { createWechatPayClient, outTradeNo, type Order, type WechatPayClient } from "./index.ts";

let wechat: FakeWechatPay;
let client: WechatPayClient;
let lastNumber = 0;

beforeAll(async () => {
  wechat = await startFakeWechatPay({ refunds: "on-demand" });
  client = createWechatPayClient(merchantOf(wechat), outside);
});
afterAll(() => wechat.close());
afterEach(() => wechat.notificationsSettled());

const nextNumber = () => `order-${(lastNumber += 1).toString().padStart(6, "0")}`;
const notifyUrl = "http://127.0.0.1:9/callbacks/wechat-pay";
const order = (changes: Partial<Order> = {}): Order => ({
  outTradeNo: nextNumber(),
  description: "鸳鸯锅 🍲 和 𠮷野家",
  amountFen: 12_800,
  notifyUrl,
  ...changes,
});
const codePayment = (authCode: string, number = nextNumber()) => ({ outTradeNo: number, description: "到店消费", amountFen: 500, authCode, storeId: "S01" });

describe("an order", () => {
  it("becomes a code that the guest scans, and is found unpaid, then paid", async () => {
    const placed = order();
    const { outTradeNo } = placed;
    expect(await client.createNativeOrder(placed)).toEqual({ codeUrl: wechat.payPageUrl(outTradeNo) });
    expect(await client.findTransaction(outTradeNo)).toMatchObject({ state: "NOTPAY", transactionId: null, paidAt: null, amountFen: 12_800 });
    wechat.transactions.pay(outTradeNo);
    const paid = await client.findTransaction(outTradeNo);
    expect(paid).toMatchObject({ state: "SUCCESS", tradeType: "NATIVE", amountFen: 12_800, payerFen: 12_800 });
    expect(paid?.paidAt).toBeInstanceOf(Date);
    expect(paid?.transactionId).toMatch(/^42000\d{23}$/);
  });

  it("asked for twice is one order; with another amount it is refused", async () => {
    const once = order();
    const first = await client.createNativeOrder(once);
    expect(await client.createNativeOrder(once)).toEqual(first);
    await expect(client.createNativeOrder({ ...once, amountFen: 1 })).rejects.toMatchObject({ code: "OUT_TRADE_NO_USED", outcome: "refused", retryable: false });
  });

  it("that was paid or closed cannot be opened again, and a paid one cannot be closed", async () => {
    const paid = order();
    await client.createNativeOrder(paid);
    wechat.transactions.pay(paid.outTradeNo);
    await expect(client.createNativeOrder(paid)).rejects.toMatchObject({ code: "ORDERPAID" });
    await expect(client.closeOrder(paid.outTradeNo)).rejects.toMatchObject({ code: "ORDERPAID" });
    const closed = order();
    await client.createNativeOrder(closed);
    await client.closeOrder(closed.outTradeNo);
    await client.closeOrder(closed.outTradeNo);
    expect(await client.findTransaction(closed.outTradeNo)).toMatchObject({ state: "CLOSED" });
    await expect(client.createNativeOrder(closed)).rejects.toMatchObject({ code: "ORDER_CLOSED", outcome: "refused" });
  });

  it("in the app comes with parameters that the merchant's key signed", async () => {
    const { prepayId, invocation } = await client.createJsapiOrder({ ...order(), openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" });
    const { appId, timeStamp, nonceStr, paySign } = invocation;
    expect(invocation).toMatchObject({ package: `prepay_id=${prepayId}`, signType: "RSA", appId: wechat.merchant.appId });
    const message = `${appId}\n${timeStamp}\n${nonceStr}\nprepay_id=${prepayId}\n`;
    const isGenuine = createVerify("RSA-SHA256").update(message).verify(wechat.merchant.privateKeyPem, paySign, "base64");
    expect(isGenuine).toBe(true);
  });

  it("never seen is not found", async () => {
    expect(await client.findTransaction("order-never")).toBeUndefined();
    expect(await client.findRefund("refund-never")).toBeUndefined();
  });

  it("with a wrong number or amount is refused here, with the field's name", async () => {
    await expect(client.createNativeOrder(order({ outTradeNo: "a.b" }))).rejects.toMatchObject({ code: "PARAM_ERROR", field: "out_trade_no" });
    await expect(client.createNativeOrder(order({ amountFen: 0.5 }))).rejects.toMatchObject({ code: "PARAM_ERROR", field: "amount.total" });
    await expect(client.createNativeOrder(order({ notifyUrl: "nowhere" }))).rejects.toMatchObject({ code: "PARAM_ERROR", field: "/notify_url", status: 400 });
  });

  it("is described in as many characters as WeChat takes, none cut in half", async () => {
    const wordy = order({ description: "🍲".repeat(200) });
    await client.createNativeOrder(wordy);
    expect(wechat.transactions.get(wordy.outTradeNo).description).toBe("🍲".repeat(127));
  });

  it("ends when its time is over", async () => {
    const brief = order({ expiresAt: new Date(Date.now() - 1_000) });
    await client.createNativeOrder(brief);
    expect(() => wechat.pay(brief.outTradeNo)).toThrow("订单已过支付时间");
  });

  it("takes a payment id as its number", () => {
    expect(outTradeNo("01938f6e-7c1a-7b2e-9d3f-0123456789ab")).toBe("01938f6e7c1a7b2e9d3f0123456789ab");
  });
});

describe("a code payment at the till", () => {
  it("is decided at once when the guest's wallet asks nothing", async () => {
    expect(await client.payByCode(codePayment(guestCode("pays")))).toMatchObject({ state: "decided", transaction: { state: "SUCCESS", tradeType: "MICROPAY", amountFen: 500 } });
  });

  it("waits while the guest types a password, and is found paid afterwards", async () => {
    const payment = codePayment(guestCode("asks-password"));
    expect(await client.payByCode(payment)).toEqual({ state: "waiting" });
    expect(await client.findTransaction(payment.outTradeNo)).toMatchObject({ state: "USERPAYING" });
    wechat.pay(payment.outTradeNo);
    expect(await client.findTransaction(payment.outTradeNo)).toMatchObject({ state: "SUCCESS" });
  });

  it("is reversed when the cashier gives up", async () => {
    const payment = codePayment(guestCode("asks-password"));
    await client.payByCode(payment);
    await client.reverseCodePayment(payment.outTradeNo);
    expect(await client.findTransaction(payment.outTradeNo)).toMatchObject({ state: "REVOKED" });
  });

  it.each([
    ["too-poor", "NOTENOUGH", "refused"],
    ["code-expired", "AUTH_CODE_EXPIRED", "refused"],
    ["code-invalid", "AUTH_CODE_INVALID", "refused"],
    ["bank-fails", "BANK_ERROR", "unknown"],
  ] as const)("of a guest who is %s ends in %s, outcome %s", async (guest, code, outcome) => {
    await expect(client.payByCode(codePayment(guestCode(guest)))).rejects.toMatchObject({ code, outcome });
  });

  it("that ends in a system error may have been paid: the query tells", async () => {
    const payment = codePayment(guestCode("pays-unseen"));
    await expect(client.payByCode(payment)).rejects.toMatchObject({ code: "SYSTEM_ERROR", outcome: "unknown", retryable: true });
    expect(await client.findTransaction(payment.outTradeNo)).toMatchObject({ state: "SUCCESS" });
  });

  it("with something that is no payment code does not leave the house", async () => {
    await expect(client.payByCode(codePayment("6901028075831"))).rejects.toMatchObject({ code: "PARAM_ERROR", field: "payer.auth_code" });
  });
});

describe("a refund", () => {
  async function paidOrder(amountFen = 1_000) {
    const paid = order({ amountFen });
    await client.createNativeOrder(paid);
    wechat.transactions.pay(paid.outTradeNo);
    return paid.outTradeNo;
  }

  it("in parts never exceeds what was paid", async () => {
    const outTradeNo = await paidOrder();
    const part = { outTradeNo, totalFen: 1_000, reason: "少上了一份毛肚".repeat(20) };
    expect(await client.refund({ ...part, outRefundNo: `${outTradeNo}-1`, refundFen: 600 })).toMatchObject({ state: "PROCESSING", amountFen: 600 });
    await expect(client.refund({ ...part, outRefundNo: `${outTradeNo}-2`, refundFen: 401 })).rejects.toMatchObject({ code: "INVALID_REQUEST", outcome: "refused" });
    expect(await client.refund({ ...part, outRefundNo: `${outTradeNo}-3`, refundFen: 400 })).toMatchObject({ amountFen: 400 });
    wechat.settleRefund(`${outTradeNo}-1`, "SUCCESS");
    wechat.settleRefund(`${outTradeNo}-3`, "ABNORMAL");
    expect(await client.findRefund(`${outTradeNo}-1`)).toMatchObject({ state: "SUCCESS", outTradeNo, succeededAt: expect.any(Date) });
    expect(await client.findRefund(`${outTradeNo}-3`)).toMatchObject({ state: "ABNORMAL", succeededAt: null });
    expect(await client.findTransaction(outTradeNo)).toMatchObject({ state: "REFUND" });
  });

  it("asked for again under the same number is the same refund", async () => {
    const request = { outTradeNo: await paidOrder(), outRefundNo: "refund-again", refundFen: 600, totalFen: 1_000 };
    const first = await client.refund(request);
    expect(await client.refund(request)).toEqual(first);
    await expect(client.refund({ ...request, refundFen: 100 })).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  });

  it("of an unpaid or unknown order is refused", async () => {
    const unpaid = order();
    await client.createNativeOrder(unpaid);
    const request = { outRefundNo: "refund-none", refundFen: 1, totalFen: unpaid.amountFen };
    await expect(client.refund({ ...request, outTradeNo: unpaid.outTradeNo })).rejects.toMatchObject({ code: "RESOURCE_NOT_EXISTS" });
    await expect(client.refund({ ...request, outTradeNo: "order-never" })).rejects.toMatchObject({ code: "RESOURCE_NOT_EXISTS" });
  });

  it("larger than the order is refused here", async () => {
    await expect(client.refund({ outTradeNo: "order-never", outRefundNo: "r", refundFen: 2, totalFen: 1 })).rejects.toMatchObject({ field: "amount.refund" });
  });
});

describe("what can go wrong on the way", () => {
  it("a limited call may be repeated, and was not looked at", async () => {
    wechat.failNext("FREQUENCY_LIMITED");
    const unlucky = order();
    await expect(client.createNativeOrder(unlucky)).rejects.toMatchObject({ code: "FREQUENCY_LIMITED", status: 429, retryable: true, outcome: "refused", requestId: expect.any(String) });
    expect(await client.findTransaction(unlucky.outTradeNo)).toBeUndefined();
  });

  it("an empty merchant account at a refund is not the guest's empty wallet", async () => {
    wechat.failNext("NOT_ENOUGH");
    await expect(client.refund({ outTradeNo: "order-000001", outRefundNo: "r", refundFen: 1, totalFen: 1 })).rejects.toMatchObject({ code: "NOT_ENOUGH", outcome: "refused" });
  });

  it("silence leaves the outcome unknown", async () => {
    wechat.failNext("SILENCE", { isProcessed: true });
    const impatient = createWechatPayClient({ ...merchantOf(wechat), timeoutMs: 100 }, outside);
    const payment = codePayment(guestCode("pays"));
    await expect(impatient.payByCode(payment)).rejects.toMatchObject({ code: "TIMEOUT", outcome: "unknown", retryable: true });
    expect(await client.findTransaction(payment.outTradeNo)).toMatchObject({ state: "SUCCESS" });
  });

  it("nobody there is unreachable", async () => {
    const lost = createWechatPayClient({ ...merchantOf(wechat), baseUrl: "http://127.0.0.1:9" }, outside);
    await expect(lost.findTransaction("order-000001")).rejects.toMatchObject({ code: "UNREACHABLE", outcome: "unknown" });
  });

  it("a merchant's wrong key, serial or clock is SIGN_ERROR", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const strangerKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const signError = { code: "SIGN_ERROR", status: 401, outcome: "refused" };
    const withAccount = (changes: object, from = outside) => createWechatPayClient({ ...merchantOf(wechat), ...changes }, from).findTransaction("order-000001");
    await expect(withAccount({ privateKeyPem: strangerKey })).rejects.toMatchObject(signError);
    await expect(withAccount({ certificateSerial: "00" })).rejects.toMatchObject(signError);
    await expect(withAccount({}, { ...outside, now: () => new Date(Date.now() - 301_000) })).rejects.toMatchObject(signError);
  });

  it("an answer that was changed on the way, or is old, or unsigned, is not believed", async () => {
    const changed = (change: (response: Response, body: string) => Response) =>
      createWechatPayClient(merchantOf(wechat), {
        ...outside,
        fetch: async (url, init) => {
          const response = await fetch(url, init);
          return change(response, await response.text());
        },
      }).createNativeOrder(order());
    const swapped = changed((response, body) => new Response(body.replace("/pay?", "/evil?"), { headers: response.headers }));
    await expect(swapped).rejects.toMatchObject({ code: "SIGNATURE_INVALID", outcome: "unknown" });
    const bare = changed((_, body) => new Response(body));
    await expect(bare).rejects.toMatchObject({ code: "SIGNATURE_INVALID" });
    const other = changed((response, body) => new Response(body, { headers: { ...Object.fromEntries(response.headers), "wechatpay-serial": "PUB_KEY_ID_0" } }));
    await expect(other).rejects.toMatchObject({ code: "SERIAL_UNKNOWN" });
  });

  it("a gateway that answers in HTML is an error with the status as its code", async () => {
    const behindGateway = createWechatPayClient(merchantOf(wechat), { ...outside, fetch: async () => new Response("<h1>Bad Gateway</h1>", { status: 502 }) });
    await expect(behindGateway.closeOrder("order-000001")).rejects.toMatchObject({ code: "HTTP_502", outcome: "unknown", retryable: true });
  });

  it("an APIv3 key of the wrong length is refused at the start", () => {
    expect(() => createWechatPayClient({ ...merchantOf(wechat), apiV3Key: "short" }, outside)).toThrow(RangeError);
  });
});

describe("an account that verifies with certificates", () => {
  it("downloads the one that it does not have, checks it, and asks only once", async () => {
    const older = await startFakeWechatPay({ verification: "certificate" });
    const asked: string[] = [];
    const counting = { ...outside, fetch: (url: string, init: RequestInit) => (asked.push(new URL(url).pathname), fetch(url, init)) };
    const certified = createWechatPayClient({ ...older.merchant, platformKeys: [] }, counting);
    await certified.createNativeOrder(order());
    await certified.createNativeOrder(order());
    expect(asked.filter((path) => path === "/v3/certificates")).toHaveLength(1);
    const [key] = await certified.downloadCertificates();
    expect(key?.serial).toBe(new X509Certificate(older.platform.certificatePem).serialNumber);
    expect(key?.serial).toBe(older.platform.certificateSerial);
    await older.close();
  });

  it("does not believe a certificate that it cannot open with its APIv3 key", async () => {
    const older = await startFakeWechatPay({ verification: "certificate" });
    const stranger = createWechatPayClient({ ...older.merchant, apiV3Key: "f".repeat(32), platformKeys: [] }, outside);
    await expect(stranger.downloadCertificates()).rejects.toMatchObject({ code: "SEAL_BROKEN" });
    await older.close();
  });

  it("does not believe a download whose answer was not signed with what is in it, or is old", async () => {
    const older = await startFakeWechatPay({ verification: "certificate" });
    const withHeader = (name: string, value: string) =>
      createWechatPayClient({ ...older.merchant, platformKeys: [] }, {
        ...outside,
        fetch: async (url, init) => {
          const response = await fetch(url, init);
          const headers = { ...Object.fromEntries(response.headers), [name]: value };
          return new Response(await response.text(), { headers });
        },
      }).downloadCertificates();
    await expect(withHeader("wechatpay-nonce", "0")).rejects.toMatchObject({ code: "SIGNATURE_INVALID" });
    await expect(withHeader("wechatpay-timestamp", "1554209980")).rejects.toMatchObject({ code: "CLOCK_SKEW" });
    await older.close();
  });

  it("has none to download once it has moved to the public key", async () => {
    await expect(client.downloadCertificates()).rejects.toMatchObject({ code: "RESOURCE_NOT_EXISTS" });
  });
});
