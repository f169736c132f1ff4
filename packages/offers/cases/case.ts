/** A worked case: see the schema's vocabulary. Money in integer minor units. */
export interface Case {
  id: string;
  kind: string;
  portability?: string;
  given: Json;
  expect: Json;
  note?: string;
}

export type Json = Record<string, unknown>;

export type Outcome =
  /** `setting` names the merchant's choice with which it came true, when that is not the first one. */
  | { result: "passed"; setting?: string }
  | { result: "failed"; why: string }
  | { result: "skipped"; why: string };

/** Thrown for a word, or a combination of words, that the runner does not speak: the case counts as skipped. */
export class Unsupported extends Error {}

export interface GivenLine {
  id: string;
  qty?: number;
  unit_price?: number;
  price?: number;
  category?: string;
  tag?: string;
  product?: string;
  kind?: string;
  manual_discount_percent?: number;
  price_list_percent_off?: number;
}

export interface Promotion {
  id: string;
  type: string;
  trigger?: string;
  value?: number;
  scope?: string;
  allocation?: string;
  skus?: string[];
  category?: string;
  tag?: string;
  segment?: string;
  code?: string;
  cap?: number;
  claims?: number;
  group?: string;
  priority?: number;
  max_qty?: number;
  min_qty?: number;
  min_line_qty?: number;
  min_qty_of_sku?: { sku: string; qty: number };
  min_qty_skus?: { skus: string[]; qty: number };
  min_spend?: number;
  min_spend_basis?: string;
  min_spend_on_sku?: number;
  requires?: { sku: string; qty: number };
  buy?: string[];
  buy_min_qty?: number;
  get?: string[];
  buy_sku?: string;
  buy_qty?: number;
  get_sku?: string;
  get_qty?: number;
  per?: string;
  reward?: Json;
}

/** Refuses names outside `known`, so that nothing in a case is passed over in silence. */
export function onlyWords(where: string, object: object, known: readonly string[]): void {
  for (const word of Object.keys(object)) if (!known.includes(word)) throw new Unsupported(`${where}.${word}`);
}

/** A remark in brackets at the end of a text is for people: "12月29 (除夕)". */
export function withoutRemark(text: string): string {
  return text.replace(/\s*[(（][^()（）]*[)）]\s*$/, "").trim();
}

/** The first difference between what is and what should be; null when they agree. Order of keys does not matter. */
export function difference(word: string, actual: unknown, expected: unknown): string | null {
  return sorted(actual) === sorted(expected) ? null : `${word}: expected ${sorted(expected)}, got ${sorted(actual)}`;
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    member !== null && typeof member === "object" && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member) ?? "undefined";
}
