import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeAliyunSms, startFakeAliyunSms } from "../../../../test/fakes/sms.ts";
import { aliyunAuthorization, canonicalQuery, sha256 } from "./aliyun-signature.ts";
import { createAliyunSmsSender, createLogSmsSender, type Sms, type SmsSender } from "./index.ts";

let aliyun: FakeAliyunSms;
let sender: SmsSender;
let nowMs = Date.parse("2026-11-21T12:00:00Z");
let lastPhone = 13_800_000_000;

const outside = { fetch: (url: string, init: RequestInit) => fetch(url, init), now: () => new Date(nowMs), randomBytes };
const sms = (changes: Partial<Sms> = {}): Sms => ({ phone: `+86${(lastPhone += 1)}`, template: "SMS_154950909", params: { code: "048213" }, ...changes });

beforeAll(async () => {
  aliyun = await startFakeAliyunSms({ now: outside.now });
  sender = createAliyunSmsSender(aliyun.account, outside);
});
afterAll(() => aliyun.close());

describe("Aliyun's signature", () => {
  it("equals the example in their documentation", () => {
    const bodyDigest = sha256("");
    const headers = {
      host: "ecs.cn-shanghai.aliyuncs.com",
      "x-acs-action": "RunInstances",
      "x-acs-content-sha256": bodyDigest,
      "x-acs-date": "2023-10-26T10:22:32Z",
      "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
      "x-acs-version": "2014-05-26",
    };
    const query = { RegionId: "cn-shanghai", ImageId: "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd" };
    const signed = aliyunAuthorization({ method: "POST", path: "/", query, headers, bodyDigest }, { id: "YourAccessKeyId", secret: "YourAccessKeySecret" });
    expect(signed).toBe(
      "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
    );
  });

  it("encodes what encodeURIComponent leaves alone", () => {
    expect(canonicalQuery({ b: "火锅 (1)*", a: "!~'" })).toBe("a=%21~%27&b=%E7%81%AB%E9%94%85%20%281%29%2A");
  });
});

describe("a text message", () => {
  it("arrives with its sign, its template and its words", async () => {
    const sent = sms({ params: { code: "048213", brand: "椒麻火锅 (总店)*" }, reference: "message-1" });
    const { providerId } = await sender.send(sent);
    expect(aliyun.sent.at(-1)).toMatchObject({ bizId: providerId, phone: sent.phone.slice(3), template: sent.template, params: sent.params, reference: "message-1", signName: "熟客" });
  });

  it("abroad goes with the country's code", async () => {
    await sender.send(sms({ phone: "+85261234567" }));
    expect(aliyun.sent.at(-1)?.phone).toBe("85261234567");
  });

  it("a second within the minute is limited, and trying again at once would not help", async () => {
    const first = sms();
    await sender.send(first);
    await expect(sender.send(first)).rejects.toMatchObject({ code: "LIMITED", retryable: false, providerCode: "isv.BUSINESS_LIMIT_CONTROL" });
    nowMs += 60_000;
    await sender.send(first);
  });

  it("to something that is no phone does not leave the house", async () => {
    for (const phone of ["13800138000", "+86", "+86138001380001234567", "+86 13800138000"]) {
      await expect(sender.send(sms({ phone }))).rejects.toMatchObject({ code: "PHONE_INVALID" });
    }
  });

  it.each([
    ["isp.SYSTEM_ERROR", "PROVIDER_FAILED", true],
    ["Throttling.User", "LIMITED", true],
    ["isv.AMOUNT_NOT_ENOUGH", "OUT_OF_MONEY", false],
    ["isv.SMS_TEMPLATE_ILLEGAL", "REJECTED", false],
  ])("refused with %s is %s", async (providerCode, code, retryable) => {
    aliyun.failNext(providerCode);
    await expect(sender.send(sms())).rejects.toMatchObject({ code, retryable, providerCode });
  });

  it("under a wrong secret, an old clock or a repeated nonce is unauthorized", async () => {
    const unauthorized = { code: "UNAUTHORIZED", retryable: false };
    await expect(createAliyunSmsSender({ ...aliyun.account, accessKeySecret: "x" }, outside).send(sms())).rejects.toMatchObject(unauthorized);
    await expect(createAliyunSmsSender(aliyun.account, { ...outside, now: () => new Date(nowMs - 1_000_000) }).send(sms())).rejects.toMatchObject(unauthorized);
    const stuck = createAliyunSmsSender(aliyun.account, { ...outside, randomBytes: () => Buffer.alloc(16) });
    await stuck.send(sms());
    await expect(stuck.send(sms())).rejects.toMatchObject({ ...unauthorized, providerCode: "SignatureNonceUsed" });
  });

  it("that meets no answer, or a gateway's page, may be tried again", async () => {
    const lost = createAliyunSmsSender({ ...aliyun.account, baseUrl: "http://127.0.0.1:9" }, outside);
    await expect(lost.send(sms())).rejects.toMatchObject({ code: "UNREACHABLE", retryable: true });
    const page = createAliyunSmsSender(aliyun.account, { ...outside, fetch: async () => new Response("<html>", { status: 502 }) });
    await expect(page.send(sms())).rejects.toMatchObject({ code: "PROVIDER_FAILED", providerCode: "HTTP_502", retryable: true });
  });
});

describe("in development", () => {
  it("the message is printed, with its code, and not sent", async () => {
    const lines: string[] = [];
    await createLogSmsSender((line) => lines.push(line)).send(sms({ phone: "+8613800138000" }));
    expect(lines).toEqual(["短信未发送（开发模式）→ +8613800138000 [SMS_154950909] code=048213"]);
  });
});
