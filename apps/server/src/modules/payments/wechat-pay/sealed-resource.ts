import { createDecipheriv } from "node:crypto";
import { z } from "zod";
import { untrusted } from "./error.ts";

/** What WeChat Pay encrypts with the APIv3 key: the `resource` of a notification, the PEM of a platform certificate. */
export const sealedResource = z.object({
  algorithm: z.literal("AEAD_AES_256_GCM"),
  ciphertext: z.string(),
  nonce: z.string(),
  associated_data: z.string().optional(),
});
export type SealedResource = z.infer<typeof sealedResource>;

const TAG_BYTES = 16;
export const API_V3_KEY_BYTES = 32;

export function openResource(resource: SealedResource, apiV3Key: string): string {
  const sealed = Buffer.from(resource.ciphertext, "base64");
  const key = Buffer.from(apiV3Key, "utf8");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(resource.nonce, "utf8"), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(resource.associated_data ?? "", "utf8"));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw untrusted("SEAL_BROKEN", "密文不能用 APIv3 密钥解开：密钥不对，或内容被改动", cause);
  }
}
