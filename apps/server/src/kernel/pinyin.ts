import { pinyin } from "pinyin-pro";

export interface Spelling {
  /** "shanxiongxin": the first characters are read as a surname, so 单 is shan, 曾 zeng, 仇 qiu. */
  pinyin: string;
  /** "sxx" */
  initials: string;
  /** "shan", "xiong", "xin" */
  syllables: readonly string[];
}

const LETTERS = /[a-z0-9]/;

const MAX_KEPT = 20_000;
const kept = new Map<string, Spelling>();

/** How a name is spelled; from memory where it comes again, which of a million names nine tenths do. */
export function spellingOf(name: string): Spelling {
  const known = kept.get(name);
  if (known) return known;
  if (kept.size >= MAX_KEPT) kept.clear();
  const spelling = spell(name);
  kept.set(name, spelling);
  return spelling;
}

/** How a name is typed on a Latin keyboard. Characters that have no reading (emoji, rare ones) are left out. */
function spell(name: string): Spelling {
  const syllables = pinyin(name.normalize("NFKC").toLowerCase(), { toneType: "none", type: "array", surname: "head", v: true, nonZh: "consecutive" })
    .flatMap((one) => one.split(/\s+/))
    .map((one) => [...one].filter((letter) => LETTERS.test(letter)).join(""))
    .filter(Boolean);
  return { pinyin: syllables.join(""), initials: syllables.map((one) => one.charAt(0)).join(""), syllables };
}
