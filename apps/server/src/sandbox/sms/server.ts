import { randomBytes as systemRandomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, respondJson, startLocalServer } from "../local-server.ts";
import { signatureFault } from "./signature.ts";

export interface SentSms {
  bizId: string;
  phone: string;
  signName: string;
  template: string;
  params: Record<string, string>;
  reference: string | null;
  sentAt: Date;
}

export interface FakeAliyunSmsOptions {
  port?: number;
  now?: () => Date;
  randomBytes?: (size: number) => Uint8Array;
  log?: (line: string) => void;
}

export interface FakeAliyunSms {
  url: string;
  account: { accessKeyId: string; accessKeySecret: string; signName: string; baseUrl: string };
  sent: readonly SentSms[];
  /** The next message is refused with this code of Aliyun's. */
  failNext(code: string): void;
  close(): Promise<void>;
}

interface State {
  key: { id: string; secret: string };
  sent: SentSms[];
  failures: string[];
  seenNonces: Set<string>;
  now: () => Date;
  log: (line: string) => void;
}

const SIGN_NAME = "熟客";
const PER_MINUTE_MS = 60_000;

/** A stand-in for dysmsapi.aliyuncs.com: checks the signature, keeps Aliyun's limit of one message a minute, sends nothing. */
export async function startFakeAliyunSms(options: FakeAliyunSmsOptions = {}): Promise<FakeAliyunSms> {
  const { now = () => new Date(), randomBytes = systemRandomBytes, log = () => {} } = options;
  const random = (size: number) => Buffer.from(randomBytes(size)).toString("hex");
  const key = { id: `LTAI5t${random(9)}`, secret: random(15) };
  const state: State = { key, sent: [], failures: [], seenNonces: new Set(), now, log };
  const server = await startLocalServer(options.port ?? 0, (request, response) => respond(request, response, state));
  return {
    url: server.url,
    account: { accessKeyId: key.id, accessKeySecret: key.secret, signName: SIGN_NAME, baseUrl: server.url },
    sent: state.sent,
    failNext: (code) => void state.failures.push(code),
    close: server.close,
  };
}

async function respond(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const body = await readBody(request);
  const [path = "/", query = ""] = (request.url ?? "/").split("?");
  const received = { method: request.method ?? "", path, query, headers: request.headers, body };
  const fault = signatureFault(received, state.key, state.now()) ?? nonceFault(request, state);
  if (fault) return respondJson(response, fault.startsWith("InvalidAccessKeyId") ? 404 : 400, { Code: fault, Message: fault });
  const injected = state.failures.shift();
  if (injected) return respondJson(response, injected.startsWith("isp.") ? 500 : 200, { Code: injected, Message: injected });
  const refused = send(request.headers["x-acs-action"], new URLSearchParams(query), state);
  const bizId = state.sent.at(-1)?.bizId;
  respondJson(response, 200, refused ? { Code: refused, Message: refused } : { Code: "OK", Message: "OK", BizId: bizId });
}

function nonceFault(request: IncomingMessage, { seenNonces }: State): string | null {
  const nonce = String(request.headers["x-acs-signature-nonce"]);
  if (seenNonces.has(nonce)) return "SignatureNonceUsed";
  seenNonces.add(nonce);
  return null;
}

function send(action: unknown, query: URLSearchParams, state: State): string | null {
  if (action !== "SendSms") return "InvalidAction.NotFound";
  const phone = query.get("PhoneNumbers") ?? "";
  if (!/^(1\d{10}|\d{8,15})$/.test(phone)) return "isv.MOBILE_NUMBER_ILLEGAL";
  if (query.get("SignName") !== SIGN_NAME) return "isv.SMS_SIGNATURE_ILLEGAL";
  const template = query.get("TemplateCode") ?? "";
  if (!/^SMS_\d+$/.test(template)) return "isv.SMS_TEMPLATE_ILLEGAL";
  const params = parseParams(query.get("TemplateParam") ?? "{}");
  if (!params) return "isv.INVALID_JSON_PARAM";
  const sentAt = state.now();
  const isTooSoon = state.sent.some((sms) => sms.phone === phone && sentAt.getTime() - sms.sentAt.getTime() < PER_MINUTE_MS);
  if (isTooSoon) return "isv.BUSINESS_LIMIT_CONTROL";
  const bizId = `${sentAt.getTime()}^${state.sent.length + 1}`;
  state.sent.push({ bizId, phone, signName: SIGN_NAME, template, params, reference: query.get("OutId"), sentAt });
  state.log(`短信沙箱：→ ${phone} [${template}] ${JSON.stringify(params)}`);
  return null;
}

/** Values must be strings: Aliyun refuses `{"code":123456}`. */
function parseParams(text: string): Record<string, string> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    const params: Record<string, string> = {};
    for (const [name, param] of Object.entries(value)) {
      if (typeof param !== "string") return null;
      params[name] = param;
    }
    return params;
  } catch {
    return null;
  }
}
