import type { Reading } from "../import.schema.ts";

export type Encoding = NonNullable<Reading["encoding"]>;

const ENOUGH_NON_ASCII = 64;
const MAX_LOOKED = 16;

const isDecodable = (bytes: Uint8Array, encoding: Encoding): boolean => {
  try {
    // As a stream, because a character may be cut at the end.
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

function byMark(bytes: Uint8Array): Encoding | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  return undefined;
}

/** UTF-16 without a mark: of separators and digits every second byte is zero. */
function byZeros(bytes: Uint8Array): Encoding | undefined {
  const head = bytes.subarray(0, 4_096);
  let [even, odd] = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0 && at % 2 === 0) even++;
    else if (byte === 0) odd++;
  });
  if (odd > head.length / 16 && even === 0) return "utf-16le";
  if (even > head.length / 16 && odd === 0) return "utf-16be";
  return undefined;
}

/**
 * What a text is written in: by its mark, by zeros, as UTF-8 if it is valid, else as GB18030, which holds GBK. A file may begin with a
 * megabyte of digits, so it is looked at until enough is seen that is not ASCII.
 */
export async function detectEncoding(chunks: AsyncIterable<Buffer>): Promise<Encoding | undefined> {
  let [seen, looked, isUtf8, isGb] = [0, 0, true, true];
  for await (const bytes of chunks) {
    const marked = looked === 0 ? byMark(bytes) ?? byZeros(bytes) : undefined;
    if (marked) return marked;
    for (const byte of bytes) if (byte >= 0x80) seen++;
    isUtf8 &&= isDecodable(looked === 0 ? bytes : bytes.subarray(firstWhole(bytes)), "utf-8");
    isGb &&= looked > 0 || isDecodable(bytes, "gb18030");
    if (++looked === MAX_LOOKED || seen >= ENOUGH_NON_ASCII) break;
  }
  return isUtf8 ? "utf-8" : isGb ? "gb18030" : undefined;
}

/** Where a UTF-8 character begins, in a piece that may begin in the middle of one. */
const firstWhole = (bytes: Uint8Array): number => Math.max(0, bytes.subarray(0, 4).findIndex((byte) => (byte & 0xc0) !== 0x80));
