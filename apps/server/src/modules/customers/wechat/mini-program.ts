import { z } from "zod";
import { errorFromCode, malformed, unreachable, WechatError } from "./error.ts";

export interface MiniProgramApp {
  appId: string;
  appSecret: string;
  /** https://api.weixin.qq.com unless a sandbox stands in. */
  baseUrl?: string;
  timeoutMs?: number;
}

export interface Outside {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  now: () => Date;
}

/** The session key is left out on purpose: whoever holds it reads the guest's private data, and nothing here needs it. */
export interface WechatIdentity {
  /** The guest within this app. */
  openid: string;
  /** The guest within all apps of the brand's open platform account, where it has one. */
  unionid: string | null;
}

export interface MiniProgram {
  /** Exchanges the code of `wx.login()`. A code lives five minutes and is good for one exchange. */
  exchangeCode(code: string): Promise<WechatIdentity>;
  /** Exchanges the code of the 手机号快速验证 button for a verified number in E.164. */
  exchangePhoneCode(code: string): Promise<string>;
}

const API_URL = "https://api.weixin.qq.com";
const TIMEOUT_MS = 5_000;
/** A token is renewed this long before it ends, so that none ends on the way. */
const TOKEN_MARGIN_MS = 5 * 60_000;
const CODE = /^[\w-]{1,128}$/;

const sessionWire = z.object({ openid: z.string().min(1), unionid: z.string().optional() });
const tokenWire = z.object({ access_token: z.string().min(1), expires_in: z.int().positive() });
const phoneWire = z.object({ phone_info: z.object({ purePhoneNumber: z.string(), countryCode: z.string() }) });
const failureWire = z.object({ errcode: z.int(), errmsg: z.string().optional() });

export function createMiniProgram(app: MiniProgramApp, outside: Outside): MiniProgram {
  let token: { value: string; renewAtMs: number } | null = null;

  /** The stable token: other servers of the brand that ask for one do not make ours invalid. */
  async function accessToken(): Promise<string> {
    const nowMs = outside.now().getTime();
    if (token && token.renewAtMs > nowMs) return token.value;
    const payload = { grant_type: "client_credential", appid: app.appId, secret: app.appSecret };
    const wire = await call(app, outside, tokenWire, { path: "/cgi-bin/stable_token", payload });
    token = { value: wire.access_token, renewAtMs: nowMs + wire.expires_in * 1000 - TOKEN_MARGIN_MS };
    return token.value;
  }

  async function phoneWith(accessTokenValue: string, code: string) {
    const path = `/wxa/business/getuserphonenumber?${new URLSearchParams({ access_token: accessTokenValue }).toString()}`;
    return call(app, outside, phoneWire, { path, payload: { code } });
  }

  return {
    async exchangeCode(code) {
      assertCode(code);
      const query = new URLSearchParams({ appid: app.appId, secret: app.appSecret, js_code: code, grant_type: "authorization_code" });
      const session = await call(app, outside, sessionWire, { path: `/sns/jscode2session?${query.toString()}` });
      return { openid: session.openid, unionid: session.unionid || null };
    },

    async exchangePhoneCode(code) {
      assertCode(code);
      const wire = await phoneWith(await accessToken(), code).catch(async (error: unknown) => {
        // The secret was reset, or the token taken back early: the phone code is still unused, so one new token decides.
        if (!(error instanceof WechatError && error.code === "TOKEN_INVALID")) throw error;
        token = null;
        return phoneWith(await accessToken(), code);
      });
      return `+${wire.phone_info.countryCode}${wire.phone_info.purePhoneNumber}`;
    },
  };
}

function assertCode(code: string): void {
  if (!CODE.test(code)) throw errorFromCode(40029, "invalid code");
}

/** WeChat answers 200 with an `errcode` where something is wrong, and with `errcode: 0` in some answers where nothing is. */
async function call<T>(app: MiniProgramApp, outside: Outside, shape: z.ZodType<T>, request: { path: string; payload?: object }): Promise<T> {
  const body = request.payload && JSON.stringify(request.payload);
  const answer = await outside
    .fetch(new URL(request.path, app.baseUrl ?? API_URL).href, {
      method: body ? "POST" : "GET",
      headers: { accept: "application/json", ...(body && { "content-type": "application/json" }) },
      ...(body && { body }),
      redirect: "error",
      signal: AbortSignal.timeout(app.timeoutMs ?? TIMEOUT_MS),
    })
    .then((response) => response.text())
    .catch((cause: unknown) => {
      throw unreachable(cause);
    });
  const value = parseJson(answer);
  const failed = failureWire.safeParse(value);
  if (failed.success && failed.data.errcode !== 0) throw errorFromCode(failed.data.errcode, failed.data.errmsg ?? "");
  const read = shape.safeParse(value);
  if (!read.success) throw malformed(read.error);
  return read.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed(cause);
  }
}
