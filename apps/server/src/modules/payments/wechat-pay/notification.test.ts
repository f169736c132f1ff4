import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FakeWechatPay, merchantOf, outside, startFakeWechatPay } from "../../../../test/fakes/wechat-pay.ts";
import { answerNotification, createWechatPayClient, type Notification, type ReceivedNotification, type WechatPayClient } from "./index.ts";

let wechat: FakeWechatPay;
let client: WechatPayClient;
let merchantServer: Server;
let notifyUrl: string;
let received: ReceivedNotification[] = [];
let accepted: Notification[] = [];
let statuses: number[] = [];
let failuresLeft = 0;
let lastNumber = 0;

beforeAll(async () => {
  wechat = await startFakeWechatPay({ retryDelaysMs: [10, 10, 10] });
  client = createWechatPayClient(merchantOf(wechat), outside);
  merchantServer = createServer(async (request, response) => {
    const notification = await read(request);
    received.push(notification);
    const reply = await answerNotification(notification, client.readNotification, accept).catch(() => ({ status: 500, body: undefined }));
    statuses.push(reply.status);
    response.writeHead(reply.status).end(reply.body && JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => merchantServer.listen(0, "127.0.0.1", resolve));
  notifyUrl = `http://127.0.0.1:${(merchantServer.address() as AddressInfo).port}/callbacks/wechat-pay`;
});
afterAll(async () => {
  await wechat.close();
  await new Promise((resolve) => merchantServer.close(resolve));
});
beforeEach(() => {
  received = [];
  accepted = [];
  statuses = [];
  failuresLeft = 0;
});

/** The merchant's books: an id is remembered with its effect, so that a repeat changes nothing. */
async function accept(notification: Notification): Promise<void> {
  if (failuresLeft > 0) {
    failuresLeft -= 1;
    throw new Error("database away");
  }
  if (!accepted.some((earlier) => earlier.id === notification.id)) accepted.push(notification);
}

async function read(request: IncomingMessage): Promise<ReceivedNotification> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return { header: (name) => request.headers[name]?.toString(), body: Buffer.concat(chunks) };
}

async function paidOrder(): Promise<string> {
  const outTradeNo = `notify-${(lastNumber += 1)}`;
  await client.createNativeOrder({ outTradeNo, description: "储值 500 元", amountFen: 50_000, notifyUrl, attach: "top-up" });
  wechat.pay(outTradeNo);
  return outTradeNo;
}

function withHeader(delivery: ReceivedNotification, changed: string, value: string | undefined): ReceivedNotification {
  return { ...delivery, header: (name) => (name === changed ? value : delivery.header(name)) };
}

describe("a payment", () => {
  it("is notified, opened and read", async () => {
    const outTradeNo = await paidOrder();
    await wechat.notificationsSettled();
    expect(statuses).toEqual([204]);
    expect(accepted).toMatchObject([
      { kind: "transaction", eventType: "TRANSACTION.SUCCESS", transaction: { outTradeNo, state: "SUCCESS", amountFen: 50_000, attach: "top-up", tradeType: "NATIVE" } },
    ]);
  });

  it("then refunded, is a round trip that ends where it began", async () => {
    const outTradeNo = await paidOrder();
    const refund = await client.refund({ outTradeNo, outRefundNo: `${outTradeNo}-r`, refundFen: 50_000, totalFen: 50_000, notifyUrl });
    expect(refund.state).toBe("PROCESSING");
    await wechat.notificationsSettled();
    expect(accepted.map((notification) => notification.eventType).toSorted()).toEqual(["REFUND.SUCCESS", "TRANSACTION.SUCCESS"]);
    const notice = accepted.find((notification) => notification.kind === "refund");
    expect(notice).toMatchObject({ refund: { outTradeNo, state: "SUCCESS", amountFen: 50_000, refundId: refund.refundId, succeededAt: expect.any(Date) } });
  });

  it("is notified again until the merchant has taken it", async () => {
    failuresLeft = 2;
    await paidOrder();
    await wechat.notificationsSettled();
    expect(statuses).toEqual([500, 500, 204]);
    expect(accepted).toHaveLength(1);
    expect(wechat.deliveries.at(-1)).toMatchObject({ isDelivered: true, attempts: [500, 500, 204] });
  });

  it("replayed is known by its id and takes effect once", async () => {
    await paidOrder();
    await wechat.notificationsSettled();
    const [first] = accepted;
    wechat.repeatNotification(first?.id ?? "");
    wechat.repeatNotification(first?.id ?? "");
    await wechat.notificationsSettled();
    expect(statuses).toEqual([204, 204, 204]);
    expect(accepted).toEqual([first]);
  });

  it("and its refund may arrive in the wrong order", async () => {
    wechat.holdNotifications();
    const outTradeNo = await paidOrder();
    await client.refund({ outTradeNo, outRefundNo: `${outTradeNo}-r`, refundFen: 1, totalFen: 50_000, notifyUrl });
    expect(received).toHaveLength(0);
    wechat.releaseNotifications("reversed");
    await wechat.notificationsSettled();
    expect(accepted).toHaveLength(2);
  });
});

describe("a notification that WeChat Pay did not send as it arrived", () => {
  async function genuine(): Promise<ReceivedNotification> {
    await paidOrder();
    await wechat.notificationsSettled();
    accepted = [];
    const [delivery] = received;
    if (!delivery) throw new Error("nothing was delivered");
    return delivery;
  }
  const answer = (delivery: ReceivedNotification, reader = client) => answerNotification(delivery, reader.readNotification, accept);

  it("is refused with 401 after any change to body, serial, time, nonce or signature", async () => {
    const delivery = await genuine();
    const body = Buffer.from(delivery.body).toString().replace("支付成功", "支付失败");
    const forged = [
      { ...delivery, body: Buffer.from(body) },
      { ...delivery, body: Buffer.alloc(0) },
      withHeader(delivery, "wechatpay-serial", "PUB_KEY_ID_0000"),
      withHeader(delivery, "wechatpay-timestamp", String(Math.floor(Date.now() / 1000) - 1)),
      withHeader(delivery, "wechatpay-nonce", "0".repeat(32)),
      withHeader(delivery, "wechatpay-signature", "WECHATPAY/SIGNTEST/AAAA"),
      withHeader(delivery, "wechatpay-signature", undefined),
    ];
    for (const delivered of forged) expect(await answer(delivered)).toMatchObject({ status: 401, body: { code: "FAIL" } });
    expect(accepted).toEqual([]);
    expect(await answer(delivery)).toEqual({ status: 204 });
  });

  it("is refused when it is older than five minutes", async () => {
    const delivery = await genuine();
    const later = createWechatPayClient(merchantOf(wechat), { ...outside, now: () => new Date(Date.now() + 302_000) });
    expect(await answer(delivery, later)).toMatchObject({ status: 401, body: { message: expect.stringContaining("相差") } });
  });

  it("is refused when it is about another merchant's money", async () => {
    const delivery = await genuine();
    const neighbour = createWechatPayClient({ ...merchantOf(wechat), merchantId: "1900000110" }, outside);
    expect(await answer(delivery, neighbour)).toMatchObject({ status: 401, body: { message: expect.stringContaining("商户") } });
  });

  it("is asked for again while we cannot fetch the certificate to check it with", async () => {
    const delivery = await genuine();
    const cutOff = createWechatPayClient({ ...merchantOf(wechat), baseUrl: "http://127.0.0.1:9" }, outside);
    expect(await answer(withHeader(delivery, "wechatpay-serial", "AA"), cutOff)).toMatchObject({ status: 500, body: { code: "FAIL" } });
  });

  it("does not send us to WeChat for certificates under a made-up serial more than once a minute", async () => {
    const delivery = await genuine();
    let asked = 0;
    const counting = createWechatPayClient(merchantOf(wechat), { ...outside, fetch: (url, init) => ((asked += 1), fetch(url, init)) });
    for (const serial of ["AA", "BB", "CC"]) expect((await answer(withHeader(delivery, "wechatpay-serial", serial), counting)).status).toBe(401);
    expect(asked).toBe(1);
  });
});

describe("a person in development", () => {
  it("sees the order on its page, presses 支付, and the merchant hears of it", async () => {
    const { codeUrl } = await client.createNativeOrder({ outTradeNo: "person-1", description: "<b>毛肚</b>", amountFen: 6_800, notifyUrl });
    const page = await fetch(codeUrl).then((response) => response.text());
    expect(page).toContain("¥68.00");
    expect(page).not.toContain("<b>毛肚");
    expect(await fetch(`${wechat.url}/`).then((response) => response.text())).toContain(codeUrl.slice(wechat.url.length));
    const form = new URLSearchParams({ prepay_id: new URL(codeUrl).searchParams.get("prepay_id") ?? "" });
    const after = await fetch(`${wechat.url}/pay`, { method: "POST", body: form }).then((response) => response.text());
    expect(after).toContain("支付成功");
    await wechat.notificationsSettled();
    expect(accepted).toMatchObject([{ transaction: { outTradeNo: "person-1", state: "SUCCESS" } }]);
    expect((await fetch(`${wechat.url}/pay`, { method: "POST", body: form })).status).toBe(409);
  });
});
