import { problem } from "../../kernel/problem.ts";

export const blockedPhone = problem("customers/phone-blocked", 422, "This phone number cannot be a member's");

const MAINLAND_MOBILE = /^1[3-9]\d{9}$/;
/** Everything that people put between digits: blanks, dashes of all kinds, dots, brackets. */
const SEPARATORS = /[\s\p{Pd}.·()[\]]/gu;
const COUNTRY = /^(?:\+|00)?86(?=1\d{10}$)/;

/**
 * The eleven digits of a mainland mobile number, however it was typed: "+86 138-1234-5678", "１３８１２３４５６７８".
 * Nothing when it is not one.
 */
export function mainlandMobile(typed: string): string | undefined {
  const digits = typed.normalize("NFKC").replaceAll(SEPARATORS, "").replace(COUNTRY, "");
  return MAINLAND_MOBILE.test(digits) ? digits : undefined;
}

/** 138****8000 */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`;

export const lastFour = (phone: string): string => phone.slice(-4);

/** What cashiers type to get past the field: the number in every phone advertisement, runs and repeats. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(["13800138000", "13800000000", "13912345678", "13812345678", "12345678901", "13888888888", "13999999999"]);
const ONE_DIGIT = /^(\d)\1{10}$/;

/** Whether the number is typed when nobody's number is at hand. Segment blocks such values for the same reason: they would merge strangers. */
export function isPlaceholder(typed: string): boolean {
  const digits = typed.normalize("NFKC").replaceAll(SEPARATORS, "").replace(COUNTRY, "");
  return PLACEHOLDERS.has(digits) || ONE_DIGIT.test(digits);
}
