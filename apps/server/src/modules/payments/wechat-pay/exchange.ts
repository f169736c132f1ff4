import { createPrivateKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { errorFromResponse, untrusted, type WechatPayError } from "./error.ts";
import type { Outside, WechatPayMerchant } from "./merchant.ts";
import { isPublicKeyId, type PlatformKey, PlatformKeyRing, platformCertificate } from "./platform-key.ts";
import { type Answer, createSendRequest } from "./request.ts";
import { openResource, sealedResource } from "./sealed-resource.ts";
import { type ReadHeader, readPlatformSignature, verifyPlatformSignature } from "./signature.ts";

/** An unknown serial makes us ask for certificates; whoever sends us made-up serials must not make us ask in a loop. */
const CERTIFICATE_PAUSE_MS = 60_000;

const certificatesWire = z.object({
  data: z.array(z.object({ serial_no: z.string(), encrypt_certificate: sealedResource })),
});

export interface Exchange {
  send<T>(method: "GET" | "POST", target: string, shape: z.ZodType<T>, payload?: object): Promise<T>;
  /** Throws unless WeChat Pay signed exactly these bytes. */
  verify(header: ReadHeader, body: Uint8Array): Promise<void>;
  downloadCertificates(): Promise<readonly PlatformKey[]>;
  privateKey: KeyObject;
}

/** Signed requests out, verified answers back. One per merchant account: keys never cross accounts. */
export function createExchange(merchant: WechatPayMerchant, outside: Outside): Exchange {
  const privateKey = createPrivateKey(merchant.privateKeyPem);
  const keys = new PlatformKeyRing(merchant.platformKeys);
  const sendRequest = createSendRequest({ merchant, privateKey, keys, outside });
  let certificatesAskedAt = Number.NEGATIVE_INFINITY;

  /** Believes a 2xx only when WeChat Pay signed it. Gateways answer errors unsigned, so those are read as they are. */
  async function send<T>(method: "GET" | "POST", target: string, shape: z.ZodType<T>, payload?: object): Promise<T> {
    const answer = await sendRequest(method, target, payload);
    if (answer.status >= 200 && answer.status < 300) await verify(answer.header, answer.body);
    // 202 carries an error document: WeChat took the request and has no result yet.
    if (answer.status !== 200 && answer.status !== 204) throw errorFrom(answer);
    return parseWire(shape, textOf(answer.body) || "null");
  }

  async function verify(header: ReadHeader, body: Uint8Array): Promise<void> {
    const signed = readPlatformSignature(header);
    const nowMs = outside.now().getTime();
    const isMissing = !keys.find(signed.serial, outside.now()) && !isPublicKeyId(signed.serial);
    if (isMissing && nowMs - certificatesAskedAt >= CERTIFICATE_PAUSE_MS) {
      certificatesAskedAt = nowMs;
      await downloadCertificates();
    }
    verifyPlatformSignature(signed, body, keys, outside.now());
  }

  /**
   * The first download cannot be verified with a key we do not have yet: what vouches for it is that only WeChat Pay and
   * the merchant know the APIv3 key. The answer's own signature is then checked with the certificate that came in it.
   */
  async function downloadCertificates(): Promise<readonly PlatformKey[]> {
    const answer = await sendRequest("GET", "/v3/certificates");
    if (answer.status !== 200) throw errorFrom(answer);
    const wire = parseWire(certificatesWire, textOf(answer.body));
    const downloaded = wire.data.map((item) => platformCertificate(openResource(item.encrypt_certificate, merchant.apiV3Key)));
    const vouching = new PlatformKeyRing([...merchant.platformKeys, ...downloaded]);
    verifyPlatformSignature(readPlatformSignature(answer.header), answer.body, vouching, outside.now());
    keys.add(downloaded);
    return downloaded;
  }

  return { send, verify, downloadCertificates, privateKey };
}

export function parseWire<T>(shape: z.ZodType<T>, text: string): T {
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    throw untrusted("MALFORMED", "微信支付的应答或通知不是文档所述的样子", cause);
  }
}

function errorFrom(answer: Answer): WechatPayError {
  return errorFromResponse(answer.status, textOf(answer.body), answer.header("request-id") ?? undefined);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
