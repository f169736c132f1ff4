import type { Random } from "../../kernel/ids.ts";

const DIGITS = 10;

/**
 * Ten digits, the first 2 to 9 and the last a check digit: a mistyped number is refused before anything is looked up, no
 * spreadsheet drops a leading zero, and nobody reads the number of members from it.
 */
export function newMemberNumber(random: Random): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = random(6);
  const drawn = (a * 2 ** 40 + b * 2 ** 32 + c * 2 ** 24 + d * 2 ** 16 + e * 2 ** 8 + f) % 800_000_000;
  const body = String(200_000_000 + drawn);
  return body + checkDigit(body);
}

export const isMemberNumber = (text: string): boolean =>
  text.length === DIGITS && /^[2-9]\d{9}$/.test(text) && text.endsWith(checkDigit(text.slice(0, -1)));

/** Luhn's; ISO/IEC 7812-1 annex B. */
function checkDigit(body: string): string {
  let sum = 0;
  [...body].toReversed().forEach((digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return String((10 - (sum % 10)) % 10);
}
