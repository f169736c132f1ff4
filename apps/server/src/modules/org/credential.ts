import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { isUuid } from "../../kernel/ids.ts";

/** A secret that names its tenant, so that the tenant is known before a scope opens. Only its SHA-256 is stored. */
export interface Credential {
  tenantId: string;
  id: string;
  secret: string;
}

const SECRET_BYTES = 32;
const SESSION = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;
const KEY = /^sk_([0-9a-f]{32})_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** 256 random bits; a plain hash is enough, there is nothing to guess. */
export const newSecret = (): string => randomBytes(SECRET_BYTES).toString("base64url");
export const secretHash = (secret: string): Buffer => createHash("sha256").update(secret).digest();
export const secretFits = (stored: Buffer, secret: string): boolean => timingSafeEqual(stored, secretHash(secret));

export const sessionCookie = ({ tenantId, id, secret }: Credential): string => `${tenantId}.${id}.${secret}`;
export const apiKeyToken = ({ tenantId, id, secret }: Credential): string => `sk_${bare(tenantId)}_${bare(id)}_${secret}`;

export function readSessionCookie(text: string): Credential | undefined {
  const [, tenantId, id, secret] = SESSION.exec(text) ?? [];
  return tenantId && id && secret && isUuid(tenantId) && isUuid(id) ? { tenantId, id, secret } : undefined;
}

export function readApiKeyToken(text: string): Credential | undefined {
  const [, tenantId, id, secret] = KEY.exec(text) ?? [];
  return tenantId && id && secret ? { tenantId: dashed(tenantId), id: dashed(id), secret } : undefined;
}

const bare = (id: string): string => id.replaceAll("-", "");
const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
