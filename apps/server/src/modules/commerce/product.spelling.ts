import { pinyin } from "pinyin-pro";

export interface Spelling {
  /** "shuizhuniurou" */
  pinyin: string;
  /** "sznr" */
  initials: string;
}

const HAN = /\p{Script=Han}/u;
const NO_READING: Spelling = { pinyin: "", initials: "" };

/** How a product's name is typed on a Latin keyboard. A name without Chinese characters is found as it is written. */
export function productSpelling(name: string): Spelling {
  if (!HAN.test(name)) return NO_READING;
  const syllables = pinyin(name.normalize("NFKC").toLowerCase(), { toneType: "none", type: "array", v: true, nonZh: "consecutive" })
    .map((syllable) => syllable.replaceAll(/[^a-z0-9]/g, ""))
    .filter(Boolean);
  return { pinyin: syllables.join(""), initials: syllables.map((syllable) => syllable.charAt(0)).join("") };
}
