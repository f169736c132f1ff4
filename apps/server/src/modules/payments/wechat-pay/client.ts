import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { contractMethods, type ContractMethods } from "./contract.ts";
import { WechatPayError } from "./error.ts";
import { createExchange, type Exchange } from "./exchange.ts";
import type { Outside, WechatPayMerchant } from "./merchant.ts";
import { type Notification, openNotification, type ReceivedNotification } from "./notification.ts";
import {
  type CodePayment,
  codePaymentWire,
  type JsapiOrder,
  type Order,
  orderWire,
  type RefundRequest,
  refundRequestWire,
} from "./order.ts";
import type { PlatformKey } from "./platform-key.ts";
import { type Refund, refundFromWire, refundWire } from "./refund.ts";
import { API_V3_KEY_BYTES } from "./sealed-resource.ts";
import { sign } from "./signature.ts";
import { type Transaction, transactionFromWire, transactionWire } from "./transaction.ts";

/** The argument of `wx.requestPayment` and `WeixinJSBridge`. */
export interface JsapiInvocation {
  appId: string;
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: "RSA";
  paySign: string;
}

/** `waiting`: the guest is typing a password. Query every few seconds, and reverse when the cashier gives up. */
export type CodePayOutcome = { state: "decided"; transaction: Transaction } | { state: "waiting" };

/** WeChat Pay for one merchant account. Every method may throw `WechatPayError`; read its `outcome` before acting on it. */
export interface WechatPayClient extends ContractMethods {
  createNativeOrder(order: Order): Promise<{ codeUrl: string }>;
  createJsapiOrder(order: JsapiOrder): Promise<{ prepayId: string; invocation: JsapiInvocation }>;
  payByCode(payment: CodePayment): Promise<CodePayOutcome>;
  findTransaction(outTradeNo: string): Promise<Transaction | undefined>;
  closeOrder(outTradeNo: string): Promise<void>;
  /** Undoes a code payment whose end is unknown: cancels it, or gives the money back if it was paid. */
  reverseCodePayment(outTradeNo: string): Promise<void>;
  refund(request: RefundRequest): Promise<Refund>;
  findRefund(outRefundNo: string): Promise<Refund | undefined>;
  downloadCertificates(): Promise<readonly PlatformKey[]>;
  /** Verifies, opens and reads a delivery. May call WeChat for a certificate, so never inside a database transaction. */
  readNotification(received: ReceivedNotification): Promise<Notification>;
}

const NOT_FOUND = new Set(["ORDER_NOT_EXIST", "RESOURCE_NOT_EXISTS", "REFUND_NOT_EXISTS"]);

/** Orders, refunds, and the way to read what WeChat sends by itself. */
export function createWechatPayClient(merchant: WechatPayMerchant, outside: Outside): WechatPayClient {
  if (Buffer.byteLength(merchant.apiV3Key) !== API_V3_KEY_BYTES) throw new RangeError("APIv3 密钥须为 32 字节");
  const exchange = createExchange(merchant, outside);
  return {
    ...orderMethods(merchant, exchange, outside),
    ...refundMethods(exchange),
    ...contractMethods(merchant, exchange),
    downloadCertificates: exchange.downloadCertificates,
    async readNotification(received) {
      await exchange.verify(received.header, received.body);
      return openNotification(received.body, merchant);
    },
  };
}

function orderMethods(merchant: WechatPayMerchant, { send, privateKey }: Exchange, outside: Outside) {
  const account = { appid: merchant.appId, mchid: merchant.merchantId };
  const path = (outTradeNo: string) => `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}`;
  return {
    async createNativeOrder(order: Order) {
      const payload = { ...account, ...orderWire(order), notify_url: order.notifyUrl };
      const wire = await send("POST", "/v3/pay/transactions/native", z.object({ code_url: z.string() }), payload);
      return { codeUrl: wire.code_url };
    },

    async createJsapiOrder(order: JsapiOrder) {
      const payload = { ...account, ...orderWire(order), notify_url: order.notifyUrl, payer: { openid: order.openid } };
      const wire = await send("POST", "/v3/pay/transactions/jsapi", z.object({ prepay_id: z.string() }), payload);
      return { prepayId: wire.prepay_id, invocation: jsapiInvocation(merchant.appId, wire.prepay_id, privateKey, outside) };
    },

    async payByCode(payment: CodePayment): Promise<CodePayOutcome> {
      const payload = { ...account, ...codePaymentWire(payment) };
      try {
        const wire = await send("POST", "/v3/pay/transactions/codepay", transactionWire, payload);
        if (wire.trade_state === "USERPAYING") return { state: "waiting" };
        return { state: "decided", transaction: transactionFromWire(wire) };
      } catch (error) {
        if (error instanceof WechatPayError && error.code === "USERPAYING") return { state: "waiting" };
        throw error;
      }
    },

    findTransaction: (outTradeNo: string) =>
      foundOnly(async () => transactionFromWire(await send("GET", `${path(outTradeNo)}?mchid=${merchant.merchantId}`, transactionWire))),

    async closeOrder(outTradeNo: string) {
      await send("POST", `${path(outTradeNo)}/close`, z.unknown(), { mchid: merchant.merchantId });
    },

    async reverseCodePayment(outTradeNo: string) {
      await send("POST", `${path(outTradeNo)}/reverse`, z.unknown(), account);
    },
  };
}

function refundMethods({ send }: Exchange) {
  const path = "/v3/refund/domestic/refunds";
  return {
    async refund(request: RefundRequest) {
      return refundFromWire(await send("POST", path, refundWire, refundRequestWire(request)));
    },

    findRefund: (outRefundNo: string) =>
      foundOnly(async () => refundFromWire(await send("GET", `${path}/${encodeURIComponent(outRefundNo)}`, refundWire))),
  };
}

function jsapiInvocation(appId: string, prepayId: string, privateKey: KeyObject, outside: Outside): JsapiInvocation {
  const timeStamp = String(Math.floor(outside.now().getTime() / 1000));
  const nonceStr = Buffer.from(outside.randomBytes(16)).toString("hex");
  const prepay = `prepay_id=${prepayId}`;
  const paySign = sign(`${appId}\n${timeStamp}\n${nonceStr}\n${prepay}\n`, privateKey);
  return { appId, timeStamp, nonceStr, package: prepay, signType: "RSA", paySign };
}

async function foundOnly<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof WechatPayError && NOT_FOUND.has(error.code)) return undefined;
    throw error;
  }
}
