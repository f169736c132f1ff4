import type { OfflineClaims } from "@shuke/offers";
import { find, keep } from "./drawer.ts";
import { type Pack, packNow } from "./pack.ts";

const mark = "SKO1.";

export interface OfflineMember {
  code: string;
  claims: OfflineClaims;
  /** Of the allowance, not spent at this till yet. */
  restFen: number;
}

export const looksLikeOfflineCode = (text: string) => text.startsWith(mark);

const bytes = (text: string) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

/** Checks the signature with the kept key, the term and what was spent here. Says why not in the second field. */
export async function readOfflineCode(pack: Pack, code: string): Promise<{ member: OfflineMember } | { refusal: "invalid" | "expired" | "spent" }> {
  const [, payload = "", signature = ""] = code.split(".");
  const claims = parsed(payload);
  const key = pack.keys.find((one) => one.id === claims?.k);
  if (!claims || !key) return { refusal: "invalid" };
  const publicKey = await crypto.subtle.importKey("raw", bytes(key.publicKey), { name: "Ed25519" }, false, ["verify"]);
  if (!(await crypto.subtle.verify({ name: "Ed25519" }, publicKey, bytes(signature), new TextEncoder().encode(mark + payload)))) return { refusal: "invalid" };
  if (claims.e * 1000 < packNow(pack)) return { refusal: "expired" };
  const restFen = claims.a - (await usedHere(claims.i));
  return restFen > 0 ? { member: { code, claims, restFen } } : { refusal: "spent" };
}

function parsed(payload: string): OfflineClaims | null {
  try {
    return JSON.parse(new TextDecoder().decode(bytes(payload))) as OfflineClaims;
  } catch {
    return null;
  }
}

const usedHere = async (codeId: string) => (await find<{ usedFen: number }>("uses", codeId))?.usedFen ?? 0;

export async function spendHere(codeId: string, fen: number): Promise<void> {
  await keep("uses", { key: codeId, usedFen: (await usedHere(codeId)) + fen });
}
