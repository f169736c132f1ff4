import { type Account, hex, type RandomBytes, sealResource } from "./account.ts";
import { answerContractCall } from "./contract-api.ts";
import type { ContractBook } from "./contract-book.ts";
import { Refusal } from "./refusal.ts";
import type { RefundBook, SandboxRefund } from "./refund-book.ts";
import { closeShape, codepayShape, jsapiShape, nativeShape, readShape, refundShape, reverseShape } from "./request-shape.ts";
import type { OpenTransaction, TradeType, TransactionBook } from "./transaction-book.ts";
import { chinaTime, refundWire, transactionWire } from "./wire.ts";

export interface ApiRequest {
  method: string;
  url: URL;
  body: Buffer;
}

export interface ApiContext {
  account: Account;
  transactions: TransactionBook;
  refunds: RefundBook;
  contracts: ContractBook;
  randomBytes: RandomBytes;
  /** Where a person pays the order with this prepay id. */
  payPage: (prepayId: string) => string;
  /** Where a person agrees to a contract. */
  signPage: (contractCode: string) => string;
  /** The money of an order is there: its notification goes out. */
  pay: (outTradeNo: string) => void;
  verification: "public-key" | "certificate";
  adoptsUnknownOrders: boolean;
  onRefund: (refund: SandboxRefund) => void;
}

interface OrderWire {
  appid: string;
  mchid: string;
  description: string;
  out_trade_no: string;
  time_expire?: string | undefined;
  attach?: string | undefined;
  notify_url?: string | undefined;
  amount: { total: number };
}

/** Answers one authenticated call with the content of a 200, or `null` for a 204. Throws a `Refusal` otherwise. */
export function answerCall(request: ApiRequest, context: ApiContext): object | null {
  const route = `${request.method} ${request.url.pathname}`;
  if (request.url.pathname.startsWith("/v3/papay/")) return answerContractCall(request, context);
  if (route === "GET /v3/certificates") return certificates(context);
  if (route === "POST /v3/pay/transactions/native") return nativeOrder(request, context);
  if (route === "POST /v3/pay/transactions/jsapi") return jsapiOrder(request, context);
  if (route === "POST /v3/pay/transactions/codepay") return codePayment(request, context);
  if (route === "POST /v3/refund/domestic/refunds") return openRefund(request, context);
  const order = /^(GET|POST) \/v3\/pay\/transactions\/out-trade-no\/([^/]+)(\/close|\/reverse)?$/.exec(route);
  if (order) return existingOrder(request, context, decodeURIComponent(order[2] ?? ""), `${order[1]}${order[3] ?? ""}`);
  const refund = /^GET \/v3\/refund\/domestic\/refunds\/([^/]+)$/.exec(route);
  if (refund) return refundWire(context.refunds.get(decodeURIComponent(refund[1] ?? "")));
  throw new Refusal(404, "RESOURCE_NOT_EXISTS", "请求的资源不存在");
}

function nativeOrder(request: ApiRequest, context: ApiContext): object {
  const order = readShape(nativeShape, request.body);
  const transaction = context.transactions.open(openTransaction(order, "NATIVE", context));
  return { code_url: context.payPage(transaction.prepayId) };
}

function jsapiOrder(request: ApiRequest, context: ApiContext): object {
  const order = readShape(jsapiShape, request.body);
  const open = { ...openTransaction(order, "JSAPI", context), openid: order.payer.openid };
  return { prepay_id: context.transactions.open(open).prepayId };
}

function codePayment(request: ApiRequest, context: ApiContext): object {
  const order = readShape(codepayShape, request.body);
  const transaction = context.transactions.payByCode(openTransaction(order, "MICROPAY", context), order.payer.auth_code);
  return transactionWire(transaction, context.account.merchant);
}

function openTransaction(order: OrderWire, tradeType: TradeType, { account }: ApiContext): OpenTransaction {
  if (order.mchid !== account.merchant.merchantId || order.appid !== account.merchant.appId) {
    throw new Refusal(400, "APPID_MCHID_NOT_MATCH", "appid 与 mchid 不匹配");
  }
  return {
    outTradeNo: order.out_trade_no,
    tradeType,
    description: order.description,
    totalFen: order.amount.total,
    notifyUrl: order.notify_url ?? null,
    attach: order.attach ?? null,
    expiresAt: order.time_expire ? new Date(order.time_expire) : null,
    openid: null,
  };
}

function existingOrder(request: ApiRequest, { transactions, account }: ApiContext, outTradeNo: string, action: string): object | null {
  const assertOurs = (mchid: string | null) => {
    if (mchid !== account.merchant.merchantId) throw new Refusal(400, "PARAM_ERROR", "商户号不符", "/mchid");
  };
  switch (action) {
    case "GET":
      assertOurs(request.url.searchParams.get("mchid"));
      return transactionWire(transactions.get(outTradeNo), account.merchant);
    case "POST/close":
      assertOurs(readShape(closeShape, request.body).mchid);
      transactions.close(outTradeNo);
      return null;
    case "POST/reverse":
      assertOurs(readShape(reverseShape, request.body).mchid);
      transactions.reverse(outTradeNo);
      return null;
    default:
      throw new Refusal(404, "RESOURCE_NOT_EXISTS", "请求的资源不存在");
  }
}

function openRefund(request: ApiRequest, context: ApiContext): object {
  const wire = readShape(refundShape, request.body);
  const { transactions } = context;
  if (!transactions.has(wire.out_trade_no) && !context.adoptsUnknownOrders) {
    throw new Refusal(404, "RESOURCE_NOT_EXISTS", "订单不存在");
  }
  const transaction = transactions.has(wire.out_trade_no)
    ? transactions.get(wire.out_trade_no)
    : transactions.adopt(wire.out_trade_no, wire.amount.total);
  const refund = context.refunds.open(transaction, {
    outRefundNo: wire.out_refund_no,
    refundFen: wire.amount.refund,
    totalFen: wire.amount.total,
    notifyUrl: wire.notify_url ?? null,
  });
  const answer = refundWire(refund);
  if (refund.state === "PROCESSING") context.onRefund(refund);
  return answer;
}

/** Accounts that verify with the public key have no certificate to download; the real service says so in these words. */
function certificates({ account, verification, randomBytes }: ApiContext): object {
  if (verification === "public-key") throw new Refusal(404, "RESOURCE_NOT_EXISTS", "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥");
  const { certificateSerial, certificatePem, validFrom, validUntil } = account.platform;
  return {
    data: [
      {
        serial_no: certificateSerial,
        effective_time: chinaTime(validFrom),
        expire_time: chinaTime(validUntil),
        encrypt_certificate: sealResource(account, certificatePem, "certificate", hex(randomBytes(6))),
      },
    ],
  };
}
