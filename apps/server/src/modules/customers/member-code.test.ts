import { createSecretKey, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { codeExpired, codeInvalid, looksLikeMemberCode, memberCodeOf, readMemberCode } from "./member-code.ts";
import { isMemberNumber, newMemberNumber } from "./member-number.ts";

const signer = { tenantId: "0199-hotpot", key: createSecretKey(Buffer.alloc(32, 7)) };
// Given, not drawn: a barcode has seven digits of proof, so that one changed at random fits by chance now and then.
const memberNo = newMemberNumber(() => Uint8Array.of(1, 2, 3, 4, 5, 6));
const issuedAt = new Date("2026-11-21T12:00:00.400Z");
const after = (seconds: number) => new Date(issuedAt.getTime() + seconds * 1000);
const code = memberCodeOf(signer, memberNo, issuedAt);
const refusal = (text: string, at = issuedAt, key = signer) => {
  try {
    readMemberCode(key, text, at);
  } catch (error) {
    return codeInvalid.is(error) ? "invalid" : codeExpired.is(error) ? "expired" : String(error);
  }
  return "accepted";
};

describe("a member number", () => {
  it("is ten digits that check themselves", () => {
    for (let i = 0; i < 1_000; i++) expect(isMemberNumber(newMemberNumber(randomBytes))).toBe(true);
  });

  it("with one digit mistyped is none", () => {
    for (let at = 0; at < memberNo.length; at++) {
      const mistyped = memberNo.slice(0, at) + ((Number(memberNo[at]) + 1) % 10) + memberNo.slice(at + 1);
      expect(isMemberNumber(mistyped)).toBe(false);
    }
  });
});

describe("a member code", () => {
  it("is digits alone, 18 as a barcode and 45 as a QR, and lives a minute", () => {
    expect(code.barcode).toMatch(/^\d{18}$/);
    expect(code.qr).toMatch(/^\d{45}$/);
    expect(code.expiresAt.toISOString()).toBe("2026-11-21T12:01:00.000Z");
    expect(looksLikeMemberCode(code.barcode) && looksLikeMemberCode(code.qr)).toBe(true);
  });

  it("names its member, the same code by QR and by barcode", () => {
    const [byQr, byBarcode] = [readMemberCode(signer, code.qr, after(30)), readMemberCode(signer, code.barcode, after(30))];
    expect(byQr).toEqual(byBarcode);
    expect(byQr.memberNo).toBe(memberNo);
  });

  it("of another second is another code", () => {
    const next = memberCodeOf(signer, memberNo, after(1));
    expect(readMemberCode(signer, next.barcode, after(1)).codeId).not.toBe(readMemberCode(signer, code.barcode, after(1)).codeId);
  });

  it.each(["qr", "barcode"] as const)("expires a little after its minute, as %s", (form) => {
    expect(refusal(code[form], after(64))).toBe("accepted");
    expect(refusal(code[form], after(67))).toBe("expired");
  });

  it("from a clock slightly ahead is taken, from the future is not", () => {
    expect(refusal(code.qr, after(-4))).toBe("accepted");
    expect(refusal(code.barcode, after(-4))).toBe("accepted");
    expect(refusal(code.qr, after(-60))).toBe("invalid");
    expect(refusal(code.barcode, after(-60))).toBe("invalid");
  });

  it("with any digit changed is refused", () => {
    for (const text of [code.qr, code.barcode]) {
      for (let at = 0; at < text.length; at++) {
        const forged = text.slice(0, at) + ((Number(text[at]) + 1) % 10) + text.slice(at + 1);
        expect(refusal(forged)).toBe("invalid");
      }
    }
  });

  it("of another tenant, or signed with another key, is refused", () => {
    expect(refusal(code.qr, issuedAt, { ...signer, tenantId: "0199-bakery" })).toBe("invalid");
    expect(refusal(code.barcode, issuedAt, { ...signer, key: createSecretKey(Buffer.alloc(32, 8)) })).toBe("invalid");
  });

  it.each(["", "9", "123456789012345678", "９".repeat(18), "';--", "9".repeat(45), "9".repeat(10_000)])("is not %s", (text) => expect(refusal(text)).toBe("invalid"));
});
