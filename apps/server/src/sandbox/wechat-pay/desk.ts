import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../local-server.ts";
import { hex, signAsPlatform } from "./account.ts";
import { answerCall, type ApiContext } from "./api.ts";
import { contractPage, messagePage, openOrdersPage, payPage } from "./page.ts";
import { failure, type FailureCode, Refusal } from "./refusal.ts";
import { verifyRequest } from "./request-signature.ts";

const LISTED_ORDERS = 50;

/** A failure that the next API call meets; `isProcessed`: the call takes effect all the same. */
export interface Sabotage {
  code: FailureCode | "SILENCE";
  isProcessed: boolean;
}

export interface Desk {
  api: ApiContext;
  pay: (outTradeNo: string) => void;
  sign: (contractCode: string) => void;
  sabotage: Sabotage[];
  serial: () => string;
  now: () => Date;
}

/** One HTTP request: the merchant's API under /v3/, the guest's phone everywhere else. */
export async function respond(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const body = await readBody(request);
  const target = new URL(request.url ?? "/", "http://127.0.0.1");
  if (!target.pathname.startsWith("/v3/")) return respondAsPhone(request.method ?? "GET", target, body, response, desk);
  const sabotage = desk.sabotage.shift();
  let answer: { status: number; content: object | null };
  try {
    const authorization = request.headers.authorization ?? "";
    verifyRequest({ method: request.method ?? "", target: request.url ?? "", authorization, body }, desk.api.account, desk.now());
    const content = sabotage && !sabotage.isProcessed ? null : answerCall({ method: request.method ?? "", url: target, body }, desk.api);
    if (sabotage?.code === "SILENCE") return;
    if (sabotage) throw failure(sabotage.code);
    answer = { status: content ? 200 : 204, content };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const detail = error.field ? { detail: { field: error.field } } : {};
    answer = { status: error.status, content: { code: error.code, message: error.message, ...detail } };
  }
  const text = answer.content ? JSON.stringify(answer.content) : "";
  response.writeHead(answer.status, { "content-type": "application/json; charset=utf-8", ...platformHeaders(text, request, desk) });
  response.end(text);
}

/** A merchant that names the public key in its request is answered with it, whatever else the account has. */
function platformHeaders(body: string, request: IncomingMessage, { api, serial, now }: Desk) {
  const asked = request.headers["wechatpay-serial"];
  const timestamp = Math.floor(now().getTime() / 1000);
  const nonce = hex(api.randomBytes(16));
  return {
    "request-id": hex(api.randomBytes(16)).toUpperCase(),
    "wechatpay-serial": asked === api.account.platform.publicKeyId ? asked : serial(),
    "wechatpay-timestamp": String(timestamp),
    "wechatpay-nonce": nonce,
    "wechatpay-signature": signAsPlatform(api.account, timestamp, nonce, body),
    "wechatpay-signature-type": "WECHATPAY2-SHA256-RSA2048",
  };
}

function respondAsPhone(method: string, target: URL, body: Buffer, response: ServerResponse, { api, pay, sign }: Desk): void {
  const show = (status: number, html: string) => response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(html);
  if (method === "GET" && target.pathname === "/") {
    const open = api.transactions.all().filter((order) => order.state === "NOTPAY" || order.state === "USERPAYING");
    return void show(200, openOrdersPage(open.slice(-LISTED_ORDERS).toReversed()));
  }
  if (target.pathname === "/contract") return respondToSigning({ method, target, body, api, sign, show });
  if (target.pathname !== "/pay") return void show(404, messagePage("没有这一页"));
  const form = method === "POST" ? new URLSearchParams(body.toString("utf8")) : target.searchParams;
  const transaction = api.transactions.findByPrepayId(form.get("prepay_id") ?? "");
  if (!transaction) return void show(404, messagePage("没有这张订单，可能服务已经重启"));
  try {
    if (method === "POST") pay(transaction.outTradeNo);
    show(200, payPage(transaction));
  } catch (error) {
    show(409, messagePage(error instanceof Refusal ? error.message : "支付失败"));
  }
}

interface Signing extends Pick<Desk, "api" | "sign"> {
  method: string;
  target: URL;
  body: Buffer;
  show: (status: number, html: string) => unknown;
}

/** The page on which a guest agrees, and what they do there: agree, or have no money from now on. */
function respondToSigning({ method, target, body, api, sign, show }: Signing): void {
  const form = method === "POST" ? new URLSearchParams(body.toString("utf8")) : target.searchParams;
  try {
    const contract = api.contracts.get(form.get("code") ?? "");
    if (method === "POST" && form.get("do") === "sign") sign(contract.contractCode);
    if (method === "POST" && form.get("do") === "purse") contract.isEmpty = !contract.isEmpty;
    show(200, contractPage(contract));
  } catch (error) {
    show(404, messagePage(error instanceof Refusal ? error.message : "没有这份协议"));
  }
}
