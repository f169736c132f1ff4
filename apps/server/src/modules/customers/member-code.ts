import { createHash, createHmac, type KeyObject } from "node:crypto";
import { problem } from "../../kernel/problem.ts";
import { isMemberNumber } from "./member-number.ts";

export const codeInvalid = problem("customers/code-invalid", 422, "This is not a member code of this brand");
export const codeExpired = problem("customers/code-expired", 409, "The member code has expired");
export const codeUsed = problem("customers/code-used", 409, "The member code was used already");

/** Signs and checks the codes of one tenant. */
export interface CodeKey {
  tenantId: string;
  key: KeyObject;
}

export interface MemberCode {
  /** 45 digits: too long to be guessed. */
  qr: string;
  /** 18 digits like a payment code, which a till's scanner reads from a screen at once. */
  barcode: string;
  expiresAt: Date;
}

export interface ReadCode {
  memberNo: string;
  /** Names this code, by QR and by barcode: a second scan of either is found by it. */
  codeId: string;
  expiresAt: Date;
}

const LIFE_SECONDS = 60;
/** How far the clocks of two servers may differ, and how long a scan may travel. */
const SKEW_SECONDS = 5;
/** For so long an old barcode is called expired; beyond it nothing tells it from a forged one. */
const MEMORY_SECONDS = 900;
const PREFIX = "9";
const BARCODE = /^9([2-9]\d{9})(\d{7})$/;
const QR = /^9([2-9]\d{9})(\d{10})(\d{24})$/;

const secondOf = (at: Date): number => Math.floor(at.getTime() / 1000);

/**
 * The code of a member at an instant. All digits in both forms: a scanner that types like a keyboard passes through any
 * input method. The proof is keyed with the tenant's key, so reading a code needs no table of secrets. The barcode carries
 * seven digits of it: one of 65 seconds, so that a guess is right once in 150,000 tries, by somebody signed in.
 */
export function memberCodeOf(signer: CodeKey, memberNo: string, now: Date): MemberCode {
  const second = secondOf(now);
  return {
    qr: PREFIX + memberNo + String(second).padStart(10, "0") + proof(signer, "qr", memberNo, second, 24),
    barcode: PREFIX + memberNo + proof(signer, "barcode", memberNo, second, 7),
    expiresAt: new Date((second + LIFE_SECONDS) * 1000),
  };
}

/** Whether a scanned text has the form of a member code at all. */
export const looksLikeMemberCode = (text: string): boolean => BARCODE.test(text) || QR.test(text);

/** Whose code it is. Throws `codeInvalid` or `codeExpired`; whether it was used is the table's to say. */
export function readMemberCode(signer: CodeKey, text: string, now: Date): ReadCode {
  const [, memberNo = "", issued, signature = ""] = QR.exec(text) ?? BARCODE.exec(text)?.toSpliced(2, 0, "") ?? [];
  if (!isMemberNumber(memberNo)) throw codeInvalid();
  const second = issued ? Number(issued) : secondOfBarcode(signer, memberNo, signature, now);
  if (second === undefined) throw codeInvalid();
  if (issued && proof(signer, "qr", memberNo, second, 24) !== signature) throw codeInvalid();
  const age = secondOf(now) - second;
  if (age < -SKEW_SECONDS) throw codeInvalid();
  if (age > LIFE_SECONDS + SKEW_SECONDS) throw codeExpired({ expiredAt: new Date((second + LIFE_SECONDS) * 1000).toISOString() });
  return { memberNo, codeId: codeIdOf(signer, memberNo, second), expiresAt: new Date((second + LIFE_SECONDS + SKEW_SECONDS) * 1000) };
}

/** The second whose proof the barcode carries, newest first: a barcode has no room to say it. */
function secondOfBarcode(signer: CodeKey, memberNo: string, signature: string, now: Date): number | undefined {
  const newest = secondOf(now) + SKEW_SECONDS;
  for (let second = newest; second > newest - MEMORY_SECONDS; second--) {
    if (proof(signer, "barcode", memberNo, second, 7) === signature) return second;
  }
  return undefined;
}

function proof({ tenantId, key }: CodeKey, form: "qr" | "barcode", memberNo: string, second: number, digits: number): string {
  const mac = createHmac("sha256", key).update(`member-code\0${form}\0${tenantId}\0${memberNo}\0${second}`).digest();
  return (mac.readBigUInt64BE(0) * 2n ** 64n + mac.readBigUInt64BE(8)).toString().padStart(40, "0").slice(-digits);
}

function codeIdOf({ tenantId }: CodeKey, memberNo: string, second: number): string {
  const hex = createHash("sha256").update(`${tenantId}\0${memberNo}\0${second}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
