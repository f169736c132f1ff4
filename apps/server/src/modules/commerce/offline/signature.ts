import { createHash, createHmac, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import type { OfflineClaims } from "@shuke/offers";
import type { Scope } from "../../../kernel/scope.ts";

/** What tells a scanner's line that it is an offline code. */
const MARK = "SKO1";
/** RFC 8410: an Ed25519 private key is these bytes and 32 of seed. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const RAW_BYTES = 32;
const ID_BYTES = 4;

export interface SigningKey {
  id: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** 32 bytes, base64url: what a browser imports. */
  raw: string;
}

/** The tenant's Ed25519 key, derived from the key that signs its short-lived tokens: nothing more to keep or to rotate. */
export function signingKey({ vault, tenantId }: Pick<Scope, "vault" | "tenantId">): SigningKey {
  const seed = createHmac("sha256", vault.signingKey).update(`shuke/offline-code/${tenantId}`).digest();
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey);
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-RAW_BYTES);
  return { id: createHash("sha256").update(raw).digest().subarray(0, ID_BYTES).toString("hex"), privateKey, publicKey, raw: raw.toString("base64url") };
}

export function signClaims(key: SigningKey, claims: Omit<OfflineClaims, "k">): string {
  const payload = Buffer.from(JSON.stringify({ ...claims, k: key.id })).toString("base64url");
  return `${MARK}.${payload}.${sign(null, Buffer.from(`${MARK}.${payload}`), key.privateKey).toString("base64url")}`;
}

/** The claims of a code that this key signed; nothing for anything else. */
export function readClaims(key: SigningKey, text: string): OfflineClaims | undefined {
  const [mark, payload, signature, ...rest] = text.split(".");
  if (mark !== MARK || !payload || !signature || rest.length > 0) return undefined;
  if (!verify(null, Buffer.from(`${MARK}.${payload}`), key.publicKey, Buffer.from(signature, "base64url"))) return undefined;
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as OfflineClaims;
}
