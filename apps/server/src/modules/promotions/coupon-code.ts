import type { Random } from "../../kernel/ids.ts";

/** Without 0/O and 1/I: a code is read aloud and typed at tills. 32 letters, so that every five bits are one. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH = 12;
const GROUP = /.{4}(?=.)/g;

/** Twelve letters hold 60 bits: a million coupons leave a guess one chance in 10^12. */
export function newCouponCode(random: Random): string {
  return [...random(LENGTH)].map((byte) => ALPHABET[byte & 31]).join("");
}

/** In groups of four, as printed: ABCD-EFGH-JKLM. */
export const groupedCode = (code: string): string => code.replaceAll(GROUP, "$&-");
