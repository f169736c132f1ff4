import { createSign, createVerify, type KeyLike } from "node:crypto";
import { untrusted } from "./error.ts";
import type { PlatformKeyRing } from "./platform-key.ts";

export const SCHEME = "WECHATPAY2-SHA256-RSA2048";

/** WeChat's own bound, in both directions. It limits how long a stolen message can be replayed. */
export const MAX_SKEW_MS = 5 * 60_000;

export interface RequestToSign {
  method: "GET" | "POST";
  /** Path and query exactly as they go over the wire. */
  target: string;
  timestamp: number;
  nonce: string;
  body: string;
}

/** Each line ends in a line feed, the last one too; a missing one is what `SIGN_ERROR` usually is. */
export function requestMessage(request: RequestToSign): string {
  return lines(request.method, request.target, String(request.timestamp), request.nonce, request.body);
}

export function authorization(merchant: { merchantId: string; certificateSerial: string; privateKey: KeyLike }, request: RequestToSign): string {
  const signature = sign(requestMessage(request), merchant.privateKey);
  const fields = [
    `mchid="${merchant.merchantId}"`,
    `nonce_str="${request.nonce}"`,
    `signature="${signature}"`,
    `timestamp="${request.timestamp}"`,
    `serial_no="${merchant.certificateSerial}"`,
  ];
  return `${SCHEME} ${fields.join(",")}`;
}

export function sign(message: string, privateKey: KeyLike): string {
  return createSign("RSA-SHA256").update(message).sign(privateKey, "base64");
}

/** The four headers that WeChat Pay puts on every answer and every notification. */
export interface PlatformSignature {
  serial: string;
  signature: string;
  timestamp: string;
  nonce: string;
}

export type ReadHeader = (name: string) => string | null | undefined;

export function readPlatformSignature(header: ReadHeader): PlatformSignature {
  const read = (name: string) => {
    const value = header(name);
    if (!value) throw untrusted("SIGNATURE_INVALID", `应答或通知缺少 ${name}`);
    return value;
  };
  return {
    serial: read("wechatpay-serial"),
    signature: read("wechatpay-signature"),
    timestamp: read("wechatpay-timestamp"),
    nonce: read("wechatpay-nonce"),
  };
}

/**
 * Throws unless `body` was signed by WeChat Pay within the last five minutes. The body is the bytes as received: parsing
 * and printing JSON again changes them.
 */
export function verifyPlatformSignature(signed: PlatformSignature, body: Uint8Array, keys: PlatformKeyRing, now: Date): void {
  if (!/^\d{1,12}$/.test(signed.timestamp)) throw untrusted("CLOCK_SKEW", "签名时间戳不是整数秒");
  const skewMs = Math.abs(now.getTime() - Number(signed.timestamp) * 1000);
  if (skewMs > MAX_SKEW_MS) throw untrusted("CLOCK_SKEW", `签名时间与本机相差 ${Math.round(skewMs / 1000)} 秒`);
  const platform = keys.find(signed.serial, now);
  if (!platform) throw untrusted("SERIAL_UNKNOWN", `没有序列号为 ${signed.serial} 的平台公钥或证书`);
  const verifier = createVerify("RSA-SHA256");
  verifier.update(`${signed.timestamp}\n${signed.nonce}\n`).update(body).update("\n");
  if (!verifier.verify(platform.key, signed.signature, "base64")) throw untrusted("SIGNATURE_INVALID", "签名与内容不符");
}

function lines(...parts: string[]): string {
  return parts.map((part) => `${part}\n`).join("");
}
