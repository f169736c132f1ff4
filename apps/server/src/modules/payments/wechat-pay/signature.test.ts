import { createPrivateKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  sealed,
  signedAnswer,
  signedRequests,
  vectorCertificatePem,
  vectorCertificateSerial,
  vectorKeyPem,
  vectorPublicKeyPem,
} from "../../../../test/fakes/wechat-pay-vectors.ts";
import { PlatformKeyRing, platformCertificate, platformPublicKey } from "./platform-key.ts";
import { openResource } from "./sealed-resource.ts";
import { authorization, requestMessage, sign, verifyPlatformSignature } from "./signature.ts";

const privateKey = createPrivateKey(vectorKeyPem);
const keys = new PlatformKeyRing([platformPublicKey("PUB_KEY_ID_1", vectorPublicKeyPem)]);
const at = (seconds: number) => new Date((Number(signedAnswer.timestamp) + seconds) * 1000);
const verify = (changes: Partial<typeof signedAnswer & { serial: string }>, now = at(0)) => {
  const { body, ...signed } = { ...signedAnswer, serial: "PUB_KEY_ID_1", ...changes };
  verifyPlatformSignature(signed, Buffer.from(body), keys, now);
};
const code = (expected: string) => expect.objectContaining({ code: expected });

describe("the signature of a request", () => {
  it.each(signedRequests)("of $request.method $request.target equals openssl's", ({ request, signature }) => {
    expect(sign(requestMessage(request), privateKey)).toBe(signature);
  });

  it("goes into the header under the merchant's number and certificate", () => {
    const [{ request, signature }] = signedRequests;
    expect(authorization({ merchantId: "1900009191", certificateSerial: "1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C", privateKey }, request)).toBe(
      `WECHATPAY2-SHA256-RSA2048 mchid="1900009191",nonce_str="593BEC0C930BF1AFEB40B4A08C8FB242",signature="${signature}",timestamp="1554208460",serial_no="1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C"`,
    );
  });
});

describe("the signature of an answer", () => {
  it("made by openssl is accepted, up to five minutes either way", () => {
    expect(() => verify({})).not.toThrow();
    expect(() => verify({}, at(300))).not.toThrow();
    expect(() => verify({}, at(-300))).not.toThrow();
  });

  it("is refused when the clock differs by more than five minutes", () => {
    expect(() => verify({}, at(301))).toThrow(code("CLOCK_SKEW"));
    expect(() => verify({}, at(-301))).toThrow(code("CLOCK_SKEW"));
    expect(() => verify({ timestamp: "tomorrow" })).toThrow(code("CLOCK_SKEW"));
  });

  it("is refused when one character of body, nonce, time or signature was changed", () => {
    expect(() => verify({ body: signedAnswer.body.replace("p4", "p5") })).toThrow(code("SIGNATURE_INVALID"));
    expect(() => verify({ body: `${signedAnswer.body} ` })).toThrow(code("SIGNATURE_INVALID"));
    expect(() => verify({ nonce: signedAnswer.nonce.replace("c5", "c6") })).toThrow(code("SIGNATURE_INVALID"));
    expect(() => verify({ timestamp: "1554209981" })).toThrow(code("SIGNATURE_INVALID"));
    expect(() => verify({ signature: signedAnswer.signature.replace("Y6", "Y7") })).toThrow(code("SIGNATURE_INVALID"));
    expect(() => verify({ signature: "WECHATPAY/SIGNTEST/c2lnbmF0dXJl" })).toThrow(code("SIGNATURE_INVALID"));
  });

  it("is refused under a serial that we have no key for", () => {
    expect(() => verify({ serial: "PUB_KEY_ID_2" })).toThrow(code("SERIAL_UNKNOWN"));
  });
});

describe("a platform certificate", () => {
  const certificate = platformCertificate(vectorCertificatePem);

  it("is found under its own serial number until it ends", () => {
    const ring = new PlatformKeyRing([certificate]);
    expect(ring.find(vectorCertificateSerial, at(0))?.key.asymmetricKeyType).toBe("rsa");
    expect(ring.find(vectorCertificateSerial, certificate.validUntil ?? at(0))).toBeUndefined();
  });
});

describe("a sealed resource", () => {
  it("sealed by another implementation opens", () => {
    expect(openResource(sealed.resource, sealed.apiV3Key)).toBe(sealed.content);
  });

  it("does not open with another key, other associated data, or after a change", () => {
    const broken = code("SEAL_BROKEN");
    expect(() => openResource(sealed.resource, "f".repeat(32))).toThrow(broken);
    expect(() => openResource({ ...sealed.resource, associated_data: "refund" }, sealed.apiV3Key)).toThrow(broken);
    expect(() => openResource({ ...sealed.resource, ciphertext: sealed.resource.ciphertext.replace("ew", "fw") }, sealed.apiV3Key)).toThrow(broken);
    expect(() => openResource({ ...sealed.resource, ciphertext: "AAAA" }, sealed.apiV3Key)).toThrow(broken);
  });
});
