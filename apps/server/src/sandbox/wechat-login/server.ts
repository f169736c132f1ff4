import { createHash, randomBytes as systemRandomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, respondJson, startLocalServer } from "../local-server.ts";

export interface SandboxGuest {
  openid: string;
  unionid?: string;
  phone: string;
}

export interface FakeWechatLoginOptions {
  port?: number;
  /**
   * Takes any code that begins with `dev-`, and makes the same guest of the same code, as often as it comes: in
   * development no WeChat app makes codes. Tests leave it off and have `issueCode` make codes that are good once.
   */
  takesDevelopmentCodes?: boolean;
  now?: () => Date;
  randomBytes?: (size: number) => Uint8Array;
}

export interface FakeWechatLogin {
  url: string;
  app: { appId: string; appSecret: string; baseUrl: string };
  /** What `wx.login()`, or the phone number button, would hand to the mini program for this guest. */
  issueCode(guest: SandboxGuest): string;
  /** The next call fails with this `errcode`. */
  failNext(errcode: number): void;
  /** How many access tokens were asked for. */
  tokensIssued(): number;
  /** Ends all access tokens, as resetting the secret does. */
  revokeTokens(): void;
  close(): Promise<void>;
}

interface State {
  app: { appId: string; appSecret: string };
  codes: Map<string, { guest: SandboxGuest; until: number; isUsed: boolean }>;
  tokens: Set<string>;
  tokensIssued: number;
  failures: number[];
  takesDevelopmentCodes: boolean;
  nowMs: () => number;
  random: (size: number) => string;
}

const CODE_LIVES_MS = 5 * 60_000;
const TOKEN_LIVES_SECONDS = 7_200;

/** A stand-in for api.weixin.qq.com, as far as signing in goes. Listens on 127.0.0.1 only. */
export async function startFakeWechatLogin(options: FakeWechatLoginOptions = {}): Promise<FakeWechatLogin> {
  const { randomBytes = systemRandomBytes, now = () => new Date() } = options;
  const random = (size: number) => Buffer.from(randomBytes(size)).toString("hex");
  const state: State = {
    app: { appId: "wx5a6d0c0ffee0da7a", appSecret: random(16) },
    codes: new Map(),
    tokens: new Set(),
    tokensIssued: 0,
    failures: [],
    takesDevelopmentCodes: options.takesDevelopmentCodes ?? false,
    nowMs: () => now().getTime(),
    random,
  };
  const server = await startLocalServer(options.port ?? 0, (request, response) => respond(request, response, state));
  return {
    url: server.url,
    app: { ...state.app, baseUrl: server.url },
    issueCode(guest) {
      const code = random(16);
      state.codes.set(code, { guest, until: state.nowMs() + CODE_LIVES_MS, isUsed: false });
      return code;
    },
    failNext: (errcode) => void state.failures.push(errcode),
    tokensIssued: () => state.tokensIssued,
    revokeTokens: () => state.tokens.clear(),
    close: server.close,
  };
}

class Failure extends Error {
  readonly errcode: number;

  constructor(errcode: number, errmsg: string) {
    super(errmsg);
    this.errcode = errcode;
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const body = await readBody(request);
  const target = new URL(request.url ?? "/", "http://127.0.0.1");
  try {
    const injected = state.failures.shift();
    if (injected !== undefined) throw new Failure(injected, "injected");
    respondJson(response, 200, answer(`${request.method} ${target.pathname}`, target.searchParams, body, state));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    respondJson(response, 200, { errcode: error.errcode, errmsg: `${error.message}, rid: ${state.random(8)}` });
  }
}

function answer(route: string, query: URLSearchParams, body: Buffer, state: State): object {
  switch (route) {
    case "GET /sns/jscode2session": {
      assertApp(query.get("appid"), query.get("secret"), state);
      if (query.get("grant_type") !== "authorization_code") throw new Failure(40002, "invalid grant_type");
      const { openid, unionid } = redeem(query.get("js_code") ?? "", state);
      return { openid, session_key: Buffer.from(state.random(8)).toString("base64"), ...(unionid && { unionid }) };
    }
    case "POST /cgi-bin/stable_token": {
      const asked = parse(body);
      assertApp(asked["appid"], asked["secret"], state);
      const token = state.random(32);
      state.tokens.add(token);
      state.tokensIssued += 1;
      return { access_token: token, expires_in: TOKEN_LIVES_SECONDS };
    }
    case "POST /wxa/business/getuserphonenumber": {
      if (!state.tokens.has(query.get("access_token") ?? "")) throw new Failure(40001, "invalid credential, access_token is invalid or not latest");
      const { phone } = redeem(String(parse(body)["code"] ?? ""), state);
      const watermark = { timestamp: Math.floor(state.nowMs() / 1000), appid: state.app.appId };
      return { errcode: 0, errmsg: "ok", phone_info: { phoneNumber: phone, purePhoneNumber: phone, countryCode: "86", watermark } };
    }
    default:
      throw new Failure(40066, "invalid url");
  }
}

function redeem(code: string, state: State): SandboxGuest {
  if (state.takesDevelopmentCodes && code.startsWith("dev-")) return developmentGuest(code);
  const issued = state.codes.get(code);
  if (!issued || issued.until <= state.nowMs()) throw new Failure(40029, "invalid code");
  if (issued.isUsed) throw new Failure(40163, "code been used");
  issued.isUsed = true;
  return issued.guest;
}

function developmentGuest(code: string): SandboxGuest {
  const digest = createHash("sha256").update(code).digest("hex");
  const number = Number.parseInt(digest.slice(0, 8), 16) % 100_000_000;
  return { openid: `oDEV${digest.slice(0, 24)}`, unionid: `uDEV${digest.slice(24, 48)}`, phone: `199${String(number).padStart(8, "0")}` };
}

function assertApp(appId: unknown, secret: unknown, { app }: State): void {
  if (appId !== app.appId) throw new Failure(40013, "invalid appid");
  if (secret !== app.appSecret) throw new Failure(40125, "invalid appsecret");
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    throw new Failure(47001, "data format error");
  }
}
