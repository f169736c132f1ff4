/** Eleven digits of a mobile number, as people type them: with blanks or dashes, a country code, in full width. */
const PHONE = /(?<![0-9０-９])(?:[+＋]?(?:86|８６)[-\s]?)?[1１][3-9３-９](?:[-\s]?[0-9０-９]){9}(?![0-9０-９])/g;

function masked(phone: string): string {
  const digits = phone.normalize("NFKC").replaceAll(/\D/g, "").slice(-11);
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** What is shown of a comment: whoever wants a number reveals it, against a reason. */
export const maskPhones = (text: string): string => text.replaceAll(PHONE, masked);

/** What somebody who changes a comment means by the masks in it: the numbers that were there before. */
export function unmaskPhones(text: string, before: string): string {
  return [...before.matchAll(PHONE)].reduce((whole, [phone]) => whole.replaceAll(masked(phone), phone), text);
}
