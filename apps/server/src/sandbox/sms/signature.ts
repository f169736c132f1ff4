import { createHash, createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export interface ReceivedRequest {
  method: string;
  /** As received: what stands before and after the question mark. */
  path: string;
  query: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const MAX_SKEW_MS = 15 * 60_000;

/** The code that Aliyun answers with when the signature is not good, or `null`. Written apart from the sender. */
export function signatureFault(request: ReceivedRequest, key: { id: string; secret: string }, now: Date): string | null {
  const parsed = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? "");
  if (!parsed) return "IncompleteSignature";
  const [, id, names = "", signature] = parsed;
  if (id !== key.id) return "InvalidAccessKeyId.NotFound";
  const signedNames = names.split(";");
  const mustSign = Object.keys(request.headers).filter((name) => name.startsWith("x-acs-"));
  if (!["host", ...mustSign].every((name) => signedNames.includes(name))) return "IncompleteSignature";
  const date = Date.parse(String(request.headers["x-acs-date"]));
  if (!(Math.abs(now.getTime() - date) <= MAX_SKEW_MS)) return "InvalidTimeStamp.Expired";
  const digest = createHash("sha256").update(request.body).digest("hex");
  if (request.headers["x-acs-content-sha256"] !== digest) return "SignatureDoesNotMatch";
  let canonical = `${request.method}\n${request.path}\n${request.query.split("&").toSorted().join("&")}\n`;
  for (const name of signedNames) canonical += `${name}:${String(request.headers[name]).trim()}\n`;
  canonical += `\n${names}\n${digest}`;
  const toSign = `ACS3-HMAC-SHA256\n${createHash("sha256").update(canonical).digest("hex")}`;
  return createHmac("sha256", key.secret).update(toSign).digest("hex") === signature ? null : "SignatureDoesNotMatch";
}
