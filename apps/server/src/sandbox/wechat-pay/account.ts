import { createCipheriv, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { selfSignedCertificate } from "./certificate.ts";

/** What a merchant receives when WeChat Pay opens an account; the server's own configuration has the same fields. */
export interface SandboxMerchant {
  merchantId: string;
  appId: string;
  certificateSerial: string;
  privateKeyPem: string;
  apiV3Key: string;
  baseUrl: string;
  /** 委托代扣协议模板 */
  papayPlanId: number;
}

/** What WeChat Pay publishes about itself. */
export interface SandboxPlatform {
  publicKeyId: string;
  publicKeyPem: string;
  certificateSerial: string;
  certificatePem: string;
  validFrom: Date;
  validUntil: Date;
}

export interface Account {
  merchant: Omit<SandboxMerchant, "baseUrl" | "papayPlanId">;
  merchantPublicKey: KeyObject;
  platform: SandboxPlatform;
  platformPrivateKey: KeyObject;
}

export type RandomBytes = (size: number) => Uint8Array;

const YEAR_MS = 365 * 24 * 3_600_000;
const MODULUS_BITS = 2048;

/** A new merchant and a new platform, so that nothing signed against this sandbox is worth anything anywhere else. */
export function openAccount(now: Date, randomBytes: RandomBytes, merchantId = "1900000109"): Account {
  const merchantKeys = generateKeyPairSync("rsa", { modulusLength: MODULUS_BITS });
  const platformKeys = generateKeyPairSync("rsa", { modulusLength: MODULUS_BITS });
  const validFrom = new Date(now.getTime() - YEAR_MS);
  const validUntil = new Date(now.getTime() + 4 * YEAR_MS);
  const certificateSerial = serialNumber(randomBytes);
  return {
    merchant: {
      merchantId,
      appId: "wx5a6d0c0ffee0da7a",
      certificateSerial: serialNumber(randomBytes),
      privateKeyPem: merchantKeys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      apiV3Key: hex(randomBytes(16)),
    },
    merchantPublicKey: merchantKeys.publicKey,
    platform: {
      publicKeyId: `PUB_KEY_ID_0119000001092026${digits(randomBytes, 12)}`,
      publicKeyPem: platformKeys.publicKey.export({ type: "spki", format: "pem" }).toString(),
      certificateSerial,
      certificatePem: selfSignedCertificate({
        commonName: "Sandbox Tenpay.com Root CA",
        serial: certificateSerial,
        ...platformKeys,
        from: validFrom,
        until: validUntil,
      }),
      validFrom,
      validUntil,
    },
    platformPrivateKey: platformKeys.privateKey,
  };
}

export function signAsPlatform(account: Account, timestamp: number, nonce: string, body: string): string {
  return createSign("RSA-SHA256").update(`${timestamp}\n${nonce}\n${body}\n`).sign(account.platformPrivateKey, "base64");
}

export function sealResource(account: Account, content: string, associatedData: string, nonce: string) {
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(account.merchant.apiV3Key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(associatedData));
  const sealed = Buffer.concat([cipher.update(content, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return { algorithm: "AEAD_AES_256_GCM", ciphertext: sealed.toString("base64"), nonce, associated_data: associatedData };
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

export function digits(randomBytes: RandomBytes, count: number): string {
  return [...randomBytes(count)].map((byte) => byte % 10).join("");
}

function serialNumber(randomBytes: RandomBytes): string {
  return `4${hex(randomBytes(20)).slice(1)}`.toUpperCase();
}
