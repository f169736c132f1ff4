/** Text as it is searched: one width, one case, no blanks. */
export const searchText = (text: string): string => wide(text).replaceAll(/\s+/g, "");

const wide = (text: string): string => text.normalize("NFKC").toLowerCase();

/** Beginnings longer than this are not kept: "wangxiao" is one in five hundred, and a second look at those few tells the rest. */
const LONGEST = 8;

/** Letters and digits by themselves, everything else by itself. By code point, so that a rare character or an emoji is one. */
const RUNS = /[a-z0-9]+|[^a-z0-9\s]+/gu;
const LATIN = /^[a-z0-9]/;

/**
 * What finds a text, one look into the index each: of Chinese every character and every pair of neighbours (a LIKE of two
 * characters cannot use trigrams), of letters the beginnings from every word or syllable on. Pairs of letters were in every
 * second name, and a spelling asked for eleven of them: 400 ms among a million members.
 */
export function gramsOf(texts: readonly string[]): string[] {
  const grams = new Set<string>();
  for (const text of texts) {
    let words: string[] = [];
    for (const [run] of wide(text).matchAll(RUNS)) {
      if (LATIN.test(run)) {
        words.push(run);
        continue;
      }
      addBeginnings(grams, words);
      words = [];
      const characters = [...run];
      characters.forEach((character, at) => {
        grams.add(character);
        const next = characters[at + 1];
        if (next !== undefined) grams.add(character + next);
      });
    }
    addBeginnings(grams, words);
  }
  return [...grams];
}

/** The beginnings of "wangxiaoming", "xiaoming" and "ming", of "wxm", "xm" and "m". */
export function gramsOfSyllables(syllables: readonly string[]): string[] {
  const grams = new Set<string>();
  addBeginnings(grams, syllables);
  addBeginnings(grams, [...syllables.map((syllable) => syllable.charAt(0)).join("")]);
  return [...grams];
}

function addBeginnings(grams: Set<string>, words: readonly string[]): void {
  words.forEach((_, at) => {
    let rest = "";
    for (let next = at; next < words.length && rest.length < LONGEST; next++) rest += words[next] ?? "";
    for (let length = 1; length <= Math.min(LONGEST, rest.length); length++) grams.add(rest.slice(0, length));
  });
}

const runsOf = (query: string): string[] => searchText(query).match(RUNS) ?? [];

/** What a row's grams must contain to match. */
export function gramsOfQuery(query: string): string[] {
  return [...new Set(runsOf(query).flatMap((run) => {
    if (LATIN.test(run)) return [run.slice(0, LONGEST)];
    const characters = [...run];
    return characters.length < 2 ? characters : characters.slice(1).map((character, at) => (characters[at] ?? "") + character);
  }))];
}

/** The parts of a query that grams alone do not prove: of long ones the pairs may stand in another order, the letters go on otherwise. */
export const unprovenRuns = (query: string): string[] => runsOf(query).filter((run) => (LATIN.test(run) ? run.length > LONGEST : [...run].length > 2));
