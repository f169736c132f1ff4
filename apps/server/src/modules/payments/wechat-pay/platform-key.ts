import { createPublicKey, type KeyObject, X509Certificate } from "node:crypto";

/** A key that WeChat Pay signs with, under the serial that its `Wechatpay-Serial` header names. */
export interface PlatformKey {
  serial: string;
  key: KeyObject;
  /** Certificates end after five years; the public key does not. */
  validUntil: Date | null;
}

/** 微信支付公钥: what accounts opened since 2024 have. `id` is `PUB_KEY_ID_…`. */
export function platformPublicKey(id: string, pem: string): PlatformKey {
  return { serial: id, key: createPublicKey(pem), validUntil: null };
}

/** 平台证书: what older accounts have until WeChat moves them. */
export function platformCertificate(pem: string): PlatformKey {
  const certificate = new X509Certificate(pem);
  return { serial: certificate.serialNumber, key: certificate.publicKey, validUntil: new Date(certificate.validTo) };
}

export function isPublicKeyId(serial: string): boolean {
  return serial.startsWith("PUB_KEY_ID_");
}

/** Keys by serial. Two are valid at once while WeChat replaces a certificate or moves an account to the public key. */
export class PlatformKeyRing {
  readonly #keys = new Map<string, PlatformKey>();

  constructor(keys: readonly PlatformKey[]) {
    this.add(keys);
  }

  add(keys: readonly PlatformKey[]): void {
    for (const key of keys) this.#keys.set(key.serial, key);
  }

  find(serial: string, now: Date): PlatformKey | undefined {
    const key = this.#keys.get(serial);
    return key && (key.validUntil === null || key.validUntil > now) ? key : undefined;
  }

  /** The public key, where the account has one: requests name it so that answers are signed with it. */
  publicKeyId(): string | undefined {
    return [...this.#keys.keys()].find(isPublicKeyId);
  }
}
