import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeWechatLogin, startFakeWechatLogin } from "../../../../test/fakes/wechat-login.ts";
import { createMiniProgram, type MiniProgram } from "./index.ts";

let wechat: FakeWechatLogin;
let miniProgram: MiniProgram;
let nowMs = Date.parse("2026-11-21T12:00:00Z");

const now = () => new Date(nowMs);
const outside = { fetch: (url: string, init: RequestInit) => fetch(url, init), now };
const guest = { openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", unionid: "o6_bmasdasdsad6_2sgVt7hMZOPfL", phone: "13800138000" };

beforeAll(async () => {
  wechat = await startFakeWechatLogin({ now });
  miniProgram = createMiniProgram(wechat.app, outside);
});
afterAll(() => wechat.close());

describe("a sign-in code", () => {
  it("is exchanged for who the guest is, and for nothing more", async () => {
    expect(await miniProgram.exchangeCode(wechat.issueCode(guest))).toEqual({ openid: guest.openid, unionid: guest.unionid });
    expect(await miniProgram.exchangeCode(wechat.issueCode({ openid: "oA", phone: "1" }))).toEqual({ openid: "oA", unionid: null });
  });

  it("is good once", async () => {
    const code = wechat.issueCode(guest);
    await miniProgram.exchangeCode(code);
    await expect(miniProgram.exchangeCode(code)).rejects.toMatchObject({ code: "CODE_USED", retryable: false });
  });

  it("lives five minutes", async () => {
    const code = wechat.issueCode(guest);
    nowMs += 300_000;
    await expect(miniProgram.exchangeCode(code)).rejects.toMatchObject({ code: "CODE_INVALID" });
  });

  it("made up is refused, and one with other characters never leaves the house", async () => {
    await expect(miniProgram.exchangeCode("made-up")).rejects.toMatchObject({ code: "CODE_INVALID" });
    await expect(miniProgram.exchangeCode("a&secret=b")).rejects.toMatchObject({ code: "CODE_INVALID" });
    await expect(miniProgram.exchangeCode("")).rejects.toMatchObject({ code: "CODE_INVALID" });
  });
});

describe("WeChat's refusals", () => {
  it.each([
    [-1, "BUSY", true],
    [45011, "TOO_FREQUENT", true],
    [40226, "GUEST_BLOCKED", false],
    [12345, "WECHAT_12345", false],
  ])("%i is %s", async (errcode, code, retryable) => {
    wechat.failNext(errcode);
    await expect(miniProgram.exchangeCode(wechat.issueCode(guest))).rejects.toMatchObject({ code, retryable });
  });

  it("of a wrong secret says so", async () => {
    const wrong = createMiniProgram({ ...wechat.app, appSecret: "0" }, outside);
    await expect(wrong.exchangeCode(wechat.issueCode(guest))).rejects.toMatchObject({ code: "SECRET_INVALID" });
  });

  it("of an answer that is not JSON, or of no answer, are errors of their own", async () => {
    const page = createMiniProgram(wechat.app, { ...outside, fetch: async () => new Response("<html>") });
    await expect(page.exchangeCode("a")).rejects.toMatchObject({ code: "MALFORMED" });
    const nobody = createMiniProgram({ ...wechat.app, baseUrl: "http://127.0.0.1:9" }, outside);
    await expect(nobody.exchangeCode("a")).rejects.toMatchObject({ code: "UNREACHABLE", retryable: true });
  });
});

describe("a phone code", () => {
  it("is exchanged for the number, under one token for many guests", async () => {
    const before = wechat.tokensIssued();
    expect(await miniProgram.exchangePhoneCode(wechat.issueCode(guest))).toBe("+8613800138000");
    expect(await miniProgram.exchangePhoneCode(wechat.issueCode({ ...guest, phone: "13900139000" }))).toBe("+8613900139000");
    expect(wechat.tokensIssued() - before).toBe(1);
  });

  it("gets a new token shortly before the old one ends, and when it was revoked", async () => {
    const before = wechat.tokensIssued();
    nowMs += 7_000_000;
    await miniProgram.exchangePhoneCode(wechat.issueCode(guest));
    expect(wechat.tokensIssued() - before).toBe(1);
    wechat.revokeTokens();
    expect(await miniProgram.exchangePhoneCode(wechat.issueCode(guest))).toBe("+8613800138000");
    expect(wechat.tokensIssued() - before).toBe(2);
  });
});

describe("in development", () => {
  it("any code that begins with dev- is a guest, the same one each time", async () => {
    const sandbox = await startFakeWechatLogin({ takesDevelopmentCodes: true });
    const dev = createMiniProgram(sandbox.app, outside);
    const first = await dev.exchangeCode("dev-anna");
    expect(await dev.exchangeCode("dev-anna")).toEqual(first);
    expect((await dev.exchangeCode("dev-bo")).openid).not.toBe(first.openid);
    expect(await dev.exchangePhoneCode("dev-anna")).toMatch(/^\+86199\d{8}$/);
    await sandbox.close();
  });
});
