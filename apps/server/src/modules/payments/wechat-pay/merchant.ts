import { platformPublicKey, type PlatformKey } from "./platform-key.ts";

/** A merchant account as WeChat Pay issued it. Everything secret here comes out of the key ring, never out of a log. */
export interface WechatPayMerchant {
  /** 商户号 */
  merchantId: string;
  /** The official account or mini program that the merchant number is bound to. */
  appId: string;
  /** Serial number of the merchant's API certificate (商户 API 证书序列号), upper-case hex. */
  certificateSerial: string;
  /** The merchant's private key (apiclient_key.pem). */
  privateKeyPem: string;
  /** APIv3 密钥: exactly 32 bytes, opens notifications and platform certificates. */
  apiV3Key: string;
  /** The WeChat Pay public key, or certificates kept from earlier; certificates missing here are downloaded. */
  platformKeys: readonly PlatformKey[];
  /** https://api.mch.weixin.qq.com unless a sandbox stands in. */
  baseUrl?: string;
  timeoutMs?: number;
  /** 委托代扣协议模板, where the merchant may take money under an agreement. */
  papayPlanId?: number;
}

/** An account as WeChat Pay hands it out today: with its public key, without certificates to download. */
export interface IssuedMerchant extends Omit<WechatPayMerchant, "platformKeys"> {
  publicKeyId: string;
  publicKeyPem: string;
}

export const merchantOf = ({ publicKeyId, publicKeyPem, ...merchant }: IssuedMerchant): WechatPayMerchant => ({ ...merchant, platformKeys: [platformPublicKey(publicKeyId, publicKeyPem)] });

/** Any function that fetches as the platform's does. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What the adapter needs from outside: it takes no clock and no randomness of its own. */
export interface Outside {
  fetch: Fetch;
  now: () => Date;
  randomBytes: (size: number) => Uint8Array;
}

export const WECHAT_PAY_URL = "https://api.mch.weixin.qq.com";

/** A code payment blocks while WeChat asks the bank; below this a good answer is thrown away. */
export const TIMEOUT_MS = 10_000;
