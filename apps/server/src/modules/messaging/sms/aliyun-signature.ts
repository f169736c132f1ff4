import { createHash, createHmac } from "node:crypto";

export interface AliyunRequest {
  method: "POST";
  path: "/";
  query: Readonly<Record<string, string>>;
  /** Lower-case names; all of them are signed. */
  headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, as `x-acs-content-sha256` says. */
  bodyDigest: string;
}

const ALGORITHM = "ACS3-HMAC-SHA256";

/** https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature */
export function aliyunAuthorization(request: AliyunRequest, key: { id: string; secret: string }): string {
  const names = Object.keys(request.headers).toSorted();
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${request.headers[name]?.trim()}`),
    "",
    names.join(";"),
    request.bodyDigest,
  ].join("\n");
  const signature = createHmac("sha256", key.secret).update(`${ALGORITHM}\n${sha256(canonical)}`).digest("hex");
  return `${ALGORITHM} Credential=${key.id},SignedHeaders=${names.join(";")},Signature=${signature}`;
}

/** RFC 3986: stricter than `encodeURIComponent`, which leaves !'()* as they are. */
export function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.keys(query)
    .toSorted()
    .map((name) => `${encode(name)}=${encode(query[name] ?? "")}`)
    .join("&");
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
