import { createSign, type KeyObject } from "node:crypto";

interface CertificateSubject {
  commonName: string;
  /** Upper-case hex, first digit below 8 so that the number is positive. */
  serial: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
  from: Date;
  until: Date;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const SHA256_WITH_RSA = element(SEQUENCE, Buffer.from("06092a864886f70d01010b0500", "hex"));
const COMMON_NAME = Buffer.from("0603550403", "hex");

/** A self-signed X.509 v1 certificate: Node reads certificates but cannot write them, and this is all a stand-in needs. */
export function selfSignedCertificate(subject: CertificateSubject): string {
  const attribute = element(SEQUENCE, COMMON_NAME, element(0x0c, Buffer.from(subject.commonName)));
  const name = element(SEQUENCE, element(SET, attribute));
  const body = element(
    SEQUENCE,
    element(0x02, Buffer.from(subject.serial, "hex")),
    SHA256_WITH_RSA,
    name,
    element(SEQUENCE, utcTime(subject.from), utcTime(subject.until)),
    name,
    subject.publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = createSign("RSA-SHA256").update(body).sign(subject.privateKey);
  const certificate = element(SEQUENCE, body, SHA256_WITH_RSA, element(0x03, Buffer.from([0]), signature));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

/** One DER element: tag, length, content. */
function element(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  if (size < 0x80) return Buffer.concat([Buffer.from([tag, size]), content]);
  const length = Buffer.from(size.toString(16).padStart(size > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

function utcTime(at: Date): Buffer {
  return element(0x17, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, "").slice(2, 14)}Z`));
}
