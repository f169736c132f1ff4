import type { KeyObject } from "node:crypto";
import { unreachable } from "./error.ts";
import { type Outside, TIMEOUT_MS, WECHAT_PAY_URL, type WechatPayMerchant } from "./merchant.ts";
import type { PlatformKeyRing } from "./platform-key.ts";
import { authorization, type ReadHeader } from "./signature.ts";

export interface Answer {
  status: number;
  header: ReadHeader;
  body: Uint8Array;
}

export type SendRequest = (method: "GET" | "POST", target: string, payload?: object) => Promise<Answer>;

interface Sender {
  merchant: WechatPayMerchant;
  privateKey: KeyObject;
  keys: PlatformKeyRing;
  outside: Outside;
}

/** Signs and sends; the answer is as it came, not yet verified. */
export function createSendRequest({ merchant, privateKey, keys, outside }: Sender): SendRequest {
  return async (method, target, payload) => {
    const body = payload ? JSON.stringify(payload) : "";
    const nonce = Buffer.from(outside.randomBytes(16)).toString("hex").toUpperCase();
    const timestamp = Math.floor(outside.now().getTime() / 1000);
    const publicKeyId = keys.publicKeyId();
    const headers = {
      accept: "application/json",
      "user-agent": "shuke",
      authorization: authorization({ ...merchant, privateKey }, { method, target, timestamp, nonce, body }),
      ...(body && { "content-type": "application/json" }),
      ...(publicKeyId && { "wechatpay-serial": publicKeyId }),
    };
    const url = new URL(target, merchant.baseUrl ?? WECHAT_PAY_URL).href;
    const signal = AbortSignal.timeout(merchant.timeoutMs ?? TIMEOUT_MS);
    try {
      const response = await outside.fetch(url, { method, headers, ...(body && { body }), redirect: "error", signal });
      const received = new Uint8Array(await response.arrayBuffer());
      return { status: response.status, header: (name) => response.headers.get(name), body: received };
    } catch (cause) {
      throw unreachable(cause);
    }
  };
}
