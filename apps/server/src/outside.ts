import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Config } from "./kernel/config.ts";
import type { Log } from "./kernel/log.ts";
import { problem } from "./kernel/problem.ts";
import { createMiniProgram, type MiniProgram } from "./modules/customers/wechat/index.ts";
import { createAliyunSmsSender, createLogSmsSender, type SmsSender } from "./modules/messaging/sms/index.ts";
import { createWechatPayClient, merchantOf, type IssuedMerchant, type WechatPayClient } from "./modules/payments/wechat-pay/index.ts";
import { createWebhookSender, type WebhookSender } from "./modules/platform/index.ts";
import { startFakeWechatLogin } from "./sandbox/wechat-login/index.ts";
import { startFakeWechatPay } from "./sandbox/wechat-pay/index.ts";

/** Everything beyond our own database, each behind its port. */
export interface OutsideWorld {
  pay: WechatPayClient;
  payFor(merchant: IssuedMerchant): WechatPayClient;
  wechat: MiniProgram;
  sms: SmsSender;
  webhooks: WebhookSender;
  /** Under which address the outside reaches us. */
  readonly publicUrl: string;
  close(): Promise<void>;
}

export const notConfigured = problem("outside/not-configured", 503, "This service is not configured");

const outside = { fetch, now: () => new Date(), randomBytes: (size: number) => randomBytes(size) };

/** What WECHAT_PAY_CONFIG names: a file with the merchant account as WeChat Pay issued it. */
const merchantShape = z.object({
  merchantId: z.string(), appId: z.string(), certificateSerial: z.string(), privateKeyPem: z.string(), apiV3Key: z.string().length(32),
  papayPlanId: z.int().optional(), publicKeyId: z.string().startsWith("PUB_KEY_ID_"), publicKeyPem: z.string(),
});

/**
 * The adapters that the configuration asks for. What it leaves out is a sandbox that speaks the same protocol, started when
 * it is first needed; with SHUKE_SANDBOX=false it is refused instead, because play money must not pass for money.
 */
export function outsideWorld(config: Config, log: Log): OutsideWorld {
  const sandboxes = new Sandboxes(log);
  return {
    pay: config.WECHAT_PAY_CONFIG ? realPay(config.WECHAT_PAY_CONFIG) : laterPay(config.SHUKE_SANDBOX ? sandboxes.pay : refuse("WECHAT_PAY_CONFIG")),
    payFor: payers(),
    wechat: config.WECHAT_APP_ID && config.WECHAT_APP_SECRET
      ? createMiniProgram({ appId: config.WECHAT_APP_ID, appSecret: config.WECHAT_APP_SECRET }, outside)
      : laterMiniProgram(config.SHUKE_SANDBOX ? sandboxes.wechat : refuse("WECHAT_APP_ID and WECHAT_APP_SECRET")),
    sms: smsSender(config, log),
    webhooks: createWebhookSender({ allowsPrivate: config.SHUKE_SANDBOX }),
    get publicUrl() {
      return config.SHUKE_PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}`;
    },
    close: () => sandboxes.close(),
  };
}

const refuse = (what: string) => async (): Promise<never> => {
  throw notConfigured({ detail: `The server needs ${what}` });
};

/** The provider knows our templates by its own numbers. */
function smsSender(config: Config, log: Log): SmsSender {
  const { ALIYUN_SMS_ACCESS_KEY_ID: accessKeyId, ALIYUN_SMS_SIGN_NAME: signName, ALIYUN_SMS_CODE_TEMPLATE: codeTemplate, ALIYUN_SMS_URL: baseUrl } = config;
  if (accessKeyId === undefined || signName === undefined || codeTemplate === undefined) {
    return config.SHUKE_SANDBOX ? createLogSmsSender((line) => log.info(line)) : { send: refuse("an SMS account") };
  }
  const accessKeySecret = config.ALIYUN_SMS_ACCESS_KEY_SECRET ?? readFileSync(config.ALIYUN_SMS_ACCESS_KEY_SECRET_FILE ?? "", "utf8").trim();
  const sender = createAliyunSmsSender({ accessKeyId, accessKeySecret, signName, ...(baseUrl ? { baseUrl } : {}) }, outside);
  const templates: Readonly<Record<string, string | undefined>> = { "phone-code": codeTemplate, "coupon-expiring": config.ALIYUN_SMS_COUPON_TEMPLATE };
  return {
    send: async (sms) => {
      const template = templates[sms.template];
      if (template === undefined) throw notConfigured({ detail: `The SMS account has no template for ${sms.template}` });
      return sender.send({ ...sms, template });
    },
  };
}

function realPay(file: string): WechatPayClient {
  const { papayPlanId, ...merchant } = merchantShape.parse(JSON.parse(readFileSync(file, "utf8")));
  return createWechatPayClient(merchantOf({ ...merchant, ...(papayPlanId !== undefined && { papayPlanId }) }), outside);
}

/** One client per account as it is kept now: a client remembers the platform's keys, and when it asked for them. */
function payers(): OutsideWorld["payFor"] {
  const open = new Map<string, { kept: string; client: WechatPayClient }>();
  return (merchant) => {
    const kept = createHash("sha256").update(JSON.stringify(merchant)).digest("hex");
    const known = open.get(merchant.merchantId);
    if (known?.kept === kept) return known.client;
    const client = createWechatPayClient(merchantOf(merchant), outside);
    open.set(merchant.merchantId, { kept, client });
    return client;
  };
}

/** Stand-ins that live as long as this process. */
class Sandboxes {
  readonly #log: Log;
  readonly #closing: (() => Promise<void>)[] = [];
  #pay: Promise<WechatPayClient> | undefined;
  #wechat: Promise<MiniProgram> | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  readonly pay = (): Promise<WechatPayClient> => (this.#pay ??= this.#openPay());
  readonly wechat = (): Promise<MiniProgram> => (this.#wechat ??= this.#openWechat());

  async close(): Promise<void> {
    await Promise.all(this.#closing.map((close) => close()));
  }

  async #openPay(): Promise<WechatPayClient> {
    const fake = await startFakeWechatPay({ adoptsUnknownOrders: true, log: (line) => this.#log.info(line) });
    this.#closing.push(() => fake.close());
    this.#log.info(`微信支付沙箱：${fake.url}/`);
    return createWechatPayClient(merchantOf({ ...fake.merchant, publicKeyId: fake.platform.publicKeyId, publicKeyPem: fake.platform.publicKeyPem }), outside);
  }

  async #openWechat(): Promise<MiniProgram> {
    const fake = await startFakeWechatLogin({ takesDevelopmentCodes: true });
    this.#closing.push(() => fake.close());
    return createMiniProgram(fake.app, outside);
  }
}

/** A client that is made when it is first called. */
function laterPay(open: () => Promise<WechatPayClient>): WechatPayClient {
  return {
    createNativeOrder: async (order) => (await open()).createNativeOrder(order),
    createJsapiOrder: async (order) => (await open()).createJsapiOrder(order),
    payByCode: async (payment) => (await open()).payByCode(payment),
    findTransaction: async (outTradeNo) => (await open()).findTransaction(outTradeNo),
    closeOrder: async (outTradeNo) => (await open()).closeOrder(outTradeNo),
    reverseCodePayment: async (outTradeNo) => (await open()).reverseCodePayment(outTradeNo),
    refund: async (request) => (await open()).refund(request),
    findRefund: async (outRefundNo) => (await open()).findRefund(outRefundNo),
    downloadCertificates: async () => (await open()).downloadCertificates(),
    openContract: async (order) => (await open()).openContract(order),
    findContract: async (code) => (await open()).findContract(code),
    endContract: async (code) => (await open()).endContract(code),
    announceDeduction: async (contractId, amountFen) => (await open()).announceDeduction(contractId, amountFen),
    deduct: async (deduction) => (await open()).deduct(deduction),
    findDeduction: async (outTradeNo) => (await open()).findDeduction(outTradeNo),
    readNotification: async (received) => (await open()).readNotification(received),
  };
}

const laterMiniProgram = (open: () => Promise<MiniProgram>): MiniProgram => ({
  exchangeCode: async (code) => (await open()).exchangeCode(code),
  exchangePhoneCode: async (code) => (await open()).exchangePhoneCode(code),
});
