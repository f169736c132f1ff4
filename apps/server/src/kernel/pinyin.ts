import { pinyin, polyphonic } from "pinyin-pro";

export interface Spelling {
  /** "shanxiongxin": the first characters are read as a surname, so 单 is shan, 曾 zeng, 仇 qiu. */
  pinyin: string;
  /** "sxx" */
  initials: string;
  /** "shan", "xiong", "xin" */
  syllables: readonly string[];
}

const LETTERS = /[a-z0-9]/;
const HAN = /^[\u4e00-\u9fff]$/;

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
  const text = name.normalize("NFKC").toLowerCase();
  const syllables = plainReadings(text) ?? readings(text);
  return { pinyin: syllables.join(""), initials: syllables.map((one) => one.charAt(0)).join(""), syllables };
}

const readings = (text: string): string[] => pinyin(text, { toneType: "none", type: "array", surname: "head", v: true, nonZh: "consecutive" })
  .flatMap((one) => one.split(/\s+/))
  .map((one) => [...one].filter((letter) => LETTERS.test(letter)).join(""))
  .filter(Boolean);

/** By character; null: none, or several among which only words and surnames decide. */
const onlyReadings = new Map<string, string | null>();

function onlyReading(character: string): string | null {
  let reading = onlyReadings.get(character);
  if (reading === undefined) {
    const spelled = new Set(polyphonic(character, { toneType: "none", type: "array" })[0]);
    reading = spelled.size === 1 ? readings(character)[0] ?? null : null;
    onlyReadings.set(character, reading);
  }
  return reading;
}

/** Nine characters in ten are read one way only: a name of such needs no words, and takes a twentieth of the time. */
function plainReadings(text: string): string[] | undefined {
  const found: string[] = [];
  for (const character of text) {
    const reading = HAN.test(character) ? onlyReading(character) : null;
    if (reading === null) return undefined;
    found.push(reading);
  }
  return found;
}
