import { pinyin } from "pinyin-pro";

export interface Spelling {
  /** "shanxiongxin": the first characters are read as a surname, so 单 is shan, 曾 zeng, 仇 qiu. */
  pinyin: string;
  /** "sxx" */
  initials: string;
}

const LETTERS = /[a-z0-9]/;

/** How a name is typed on a Latin keyboard. Characters that have no reading (emoji, rare ones) are left out. */
export function spellingOf(name: string): Spelling {
  const syllables = pinyin(name.normalize("NFKC").toLowerCase(), { toneType: "none", type: "array", surname: "head", v: true, nonZh: "consecutive" })
    .flatMap((one) => one.split(/\s+/))
    .map((one) => [...one].filter((letter) => LETTERS.test(letter)).join(""))
    .filter(Boolean);
  return { pinyin: syllables.join(""), initials: syllables.map((one) => one.charAt(0)).join("") };
}
