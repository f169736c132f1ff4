import type { Features } from "./person.ts";

/**
 * Keys of which two people must share one to be compared at all: of a million nobody can be compared with everybody. Each survives one kind of
 * slip. A key that too many share says nothing and is left out: names that everybody has, a birthday that a form fills in.
 */
export interface BlockingKey {
  text: string;
  /** Says something only while hardly anybody shares it. */
  isForFew: boolean;
}

/** How many may share a key. */
export const MANY = 50;
export const FEW = 8;

export function blockingKeys(features: Features): BlockingKey[] {
  const { spelled, initials, words, isLatin, birthday, born, phones, address, numbers } = features;
  const day = birthday ? `${birthday.calendar}-${birthday.month}-${birthday.day}` : "";
  const [house = ""] = numbers.split(" ");
  // A Latin name may lack a part or have them turned round, so each word counts; the initials of a Chinese one are its own.
  const letters = isLatin ? words.map((word) => word.charAt(0)) : [initials];
  const keys: [string, number, ...string[]][] = [
    ["name, day", MANY, spelled, day], ["name", FEW, spelled], ["address", MANY, address], ["birthday, house", FEW, born, house],
    ...letters.map((letter): [string, number, ...string[]] => ["birthday, letter", MANY, born, letter]),
    ...words.map((word): [string, number, ...string[]] => ["word, house", FEW, word, house]),
    ...phones.flatMap((phone): [string, number, ...string[]][] => [
      ["phone", MANY, phone], ["end of phone", MANY, phone.slice(-8)], ["phone, initials", MANY, phone.slice(0, 8), initials], ["name, last four", MANY, spelled, phone.slice(-4)],
      ["birthday, last four", MANY, born, phone.slice(-4)],
    ]),
  ];
  return keys.filter(([, , ...parts]) => parts.every(Boolean)).map(([kind, most, ...parts]) => ({ text: `${kind}\0${parts.join("\0")}`, isForFew: most === FEW }));
}
