import type { Birthday } from "../birthday.ts";
import { isOneSlip, jaroWinkler, sharedPairs } from "./likeness.ts";
import type { Features } from "./person.ts";

export type Agreement = "same" | "near" | "partly" | "different";

/** What one field says about whether two are one person. */
export interface Reason {
  field: "name" | "birthday" | "phone" | "address" | "gender";
  agreement: Agreement;
  /** In bits: so many times more likely than not, as a power of two. */
  weight: number;
}

export interface Comparison {
  /** 0 to 100: how likely the two are one person. */
  score: number;
  reasons: Reason[];
}

/**
 * What agreement and disagreement weigh, in bits (Fellegi and Sunter's odds): a birthday is shared by one in thirty thousand, a whole name
 * by one in some hundred, a gender by one in two. Names are changed and mistyped, so a different one does not say much against.
 */
const WEIGHTS: Readonly<Record<Reason["field"], Readonly<Record<Agreement, number>>>> = {
  name: { same: 9, near: 7, partly: 4, different: -4 },
  birthday: { same: 12, near: 6, partly: 3, different: -4 },
  phone: { same: 16, near: 8, partly: 0, different: -1 },
  address: { same: 12, near: 8, partly: 4, different: -3 },
  gender: { same: 1, near: 0, partly: 0, different: -4 },
};
/** The odds against two people who came together by chance. */
const PRIOR = -12;
/** From this score on a pair is shown for review. */
export const DEFAULT_THRESHOLD = 50;

/** A name that so many have says as much as the table above; each doubling a bit less. */
const RARE = 8;
const LEAST_FOR_A_NAME = 1;

/** Whether two are one person, with what each field says. A field that one of them lacks says nothing. `namesakes`: how many have this name. */
export function comparePersons(a: Features, b: Features, namesakes = 1): Comparison {
  const found: [Reason["field"], Agreement | undefined][] = [
    ["name", names(a, b)], ["birthday", birthdays(a.birthday, b.birthday)], ["phone", phones(a.phones, b.phones)], ["address", addresses(a, b)], ["gender", genders(a, b)],
  ];
  const reasons = found.flatMap(([field, agreement]): Reason[] => (agreement ? [{ field, agreement, weight: weightOf(field, agreement, namesakes) }] : []));
  const bits = reasons.reduce((sum, reason) => sum + reason.weight, PRIOR);
  return { score: Math.round(100 / (1 + 2 ** -bits)), reasons };
}

function weightOf(field: Reason["field"], agreement: Agreement, namesakes: number): number {
  const weight = WEIGHTS[field][agreement];
  if (field !== "name" || weight <= 0 || namesakes <= RARE) return weight;
  return Math.max(LEAST_FOR_A_NAME, Math.round(weight - Math.log2(namesakes / RARE)));
}

/** The names of two whole families agree less than those of two people: half of the words is "partly". */
function names(a: Features, b: Features): Agreement | undefined {
  if (a.spelled === "" || b.spelled === "") return undefined;
  if (a.words.length === b.words.length && a.words.toSorted().join(" ") === b.words.toSorted().join(" ")) return "same";
  if (jaroWinkler(a.spelled, b.spelled) >= 0.94) return "near";
  const [few, many] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words];
  const best = few.map((word) => Math.max(...many.map((other) => jaroWinkler(word, other))));
  const alike = best.filter((one) => one >= 0.85).length;
  if (alike === few.length) return few.length === many.length ? "near" : "partly";
  if (alike > 0 || jaroWinkler(a.spelled, b.spelled) >= 0.85) return "partly";
  return "different";
}

function birthdays(a: Birthday | null, b: Birthday | null): Agreement | undefined {
  if (!a || !b) return undefined;
  const isDay = a.calendar === b.calendar && a.month === b.month && a.day === b.day;
  if (isDay && (a.year === undefined || b.year === undefined)) return "partly";
  if (isDay && a.year === b.year) return "same";
  const digits = (one: Birthday) => `${one.year ?? ""}${String(one.month).padStart(2, "0")}${String(one.day).padStart(2, "0")}`;
  const isTurned = a.year === b.year && a.month === b.day && a.day === b.month;
  return isTurned || isOneSlip(digits(a), digits(b)) ? "near" : "different";
}

/** People have several numbers, and change them; of a number that is nearly the same one was mistyped. */
function phones(a: readonly string[], b: readonly string[]): Agreement | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  if (a.some((one) => b.includes(one))) return "same";
  return a.some((one) => b.some((other) => isOneSlip(one, other))) ? "near" : "different";
}

/** The same numbers in the same street, however it is written. */
function addresses(a: Features, b: Features): Agreement | undefined {
  if (a.address === "" || b.address === "") return undefined;
  if (a.address === b.address) return "same";
  const shared = sharedPairs(a.address, b.address);
  if (shared >= 0.9 && a.numbers === b.numbers) return "same";
  if (shared >= 0.7) return "near";
  return shared >= 0.45 ? "partly" : "different";
}

function genders(a: Features, b: Features): Agreement | undefined {
  if (a.gender === "unknown" || b.gender === "unknown") return undefined;
  return a.gender === b.gender ? "same" : "different";
}
