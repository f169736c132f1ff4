import type { Birthday } from "../birthday.ts";
import { spellingOf, type Spelling } from "../../../kernel/pinyin.ts";

/** What is compared of somebody. What is not known is empty. */
export interface Person {
  name: string;
  gender: string;
  birthday: Birthday | null;
  phones: readonly string[];
  address: string | null;
}

/** The same, ready to be compared many times. */
export interface Features {
  /** Words of a Latin name, or a Chinese one as it is written. */
  words: readonly string[];
  isLatin: boolean;
  /** All words in one, spelled in Latin letters and in the order of the alphabet, so that family and given name may change places. */
  spelled: string;
  initials: string;
  gender: string;
  birthday: Birthday | null;
  /** "solar-1990-05-01", where the year is known. */
  born: string;
  phones: readonly string[];
  /** Letters and digits only. */
  address: string;
  /** House, room and floor numbers. */
  numbers: string;
}

const LATIN = /^[\p{Script=Latin}\p{P}\s\d]*$/u;

/** `spelling`: how the name is spelled, where that is known already. */
export function featuresOf({ name, gender, birthday, phones, address }: Person, known?: Pick<Spelling, "pinyin" | "initials">): Features {
  const text = name.normalize("NFKC").toLowerCase().trim();
  const isLatin = LATIN.test(text);
  const words = isLatin ? text.split(/[^\p{L}\d]+/u).filter(Boolean) : [text.replaceAll(/\s/g, "")].filter(Boolean);
  const spelling = isLatin ? undefined : known ?? spellingOf(text);
  const place = (address ?? "").normalize("NFKC").toLowerCase();
  return {
    words, isLatin, spelled: spelling?.pinyin ?? words.toSorted().join(""), initials: spelling?.initials ?? words.map((word) => word.charAt(0)).toSorted().join(""),
    gender, birthday, born: birthday?.year ? `${birthday.calendar}-${birthday.year}-${birthday.month}-${birthday.day}` : "", phones,
    address: place.replaceAll(/[^\p{L}\d]/gu, ""), numbers: (place.match(/\d+/g) ?? []).join(" "),
  };
}
