import type { Random } from "../../../kernel/ids.ts";

/** Read aloud at a noisy counter: no vowels that make words, and none of 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V. */
const ALPHABET = "34679ACDEFGHJKMNPQRTWXY";
const LENGTH = 8;
/** The largest multiple of the alphabet's size in a byte: what is above it is drawn again, so that no letter comes more often. */
const FAIR = 256 - (256 % ALPHABET.length);

/** Eight letters are 7.8 × 10^10 codes: a guess among a thousand open ones hits once in eighty million tries. */
export function newPickupCode(random: Random): string {
  let code = "";
  while (code.length < LENGTH) {
    const [byte = 0] = random(1);
    if (byte < FAIR) code += ALPHABET[byte % ALPHABET.length];
  }
  return code;
}

/** As shown: ABCD-EFGH. */
export const groupedPickupCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** As typed or scanned, with whatever case, blanks and dashes; full-width letters too. */
export const readPickupCode = (typed: string): string => typed.normalize("NFKC").replaceAll(/[\s-]/g, "").toUpperCase();
