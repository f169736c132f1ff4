import { randomBytes } from "node:crypto";
import { platformPublicKey, type WechatPayMerchant } from "../../src/modules/payments/wechat-pay/index.ts";
import type { FakeWechatPay } from "../../src/sandbox/wechat-pay/index.ts";

export { guestCode, startFakeWechatPay } from "../../src/sandbox/wechat-pay/index.ts";
export type { FakeWechatPay, FakeWechatPayOptions } from "../../src/sandbox/wechat-pay/index.ts";

/** The account that a fake opened, as the client wants it: with the platform's public key, as new accounts have it. */
export function merchantOf(fake: FakeWechatPay): WechatPayMerchant {
  return { ...fake.merchant, platformKeys: [platformPublicKey(fake.platform.publicKeyId, fake.platform.publicKeyPem)] };
}

export const outside = { fetch: (url: string, init: RequestInit) => fetch(url, init), now: () => new Date(), randomBytes };
