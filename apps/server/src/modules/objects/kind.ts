/** The kinds of fields, and what each means for storing, asking and repeating its values. */
export type SlotKind = "text" | "number" | "time" | "reference";
export type Operator = "eq" | "in" | "prefix" | "gte" | "lte" | "filled" | "contains" | "any" | "all";

interface KindTraits {
  /** The bank of slots that its values fit in; without one nothing can be filtered or sorted by it. */
  slot?: SlotKind;
  ops?: readonly Operator[];
  /** What its terms answer, where there are some: which options are chosen, what a text contains. */
  termOps?: readonly Operator[];
  canRepeatNot?: true;
  /** Personal data: kept sealed, found by a keyed digest, shown masked. */
  isSealed?: true;
  /** Nobody writes it. */
  isComputed?: true;
}

const EXACT = ["eq", "in", "filled"] as const;
const RANGE = ["eq", "in", "gte", "lte", "filled"] as const;

export const kinds = {
  text: { slot: "text", ops: ["eq", "in", "prefix", "filled"], termOps: ["contains"], canRepeatNot: true },
  "long-text": {},
  number: { slot: "number", ops: RANGE, canRepeatNot: true },
  money: { slot: "number", ops: RANGE },
  date: { slot: "text", ops: RANGE },
  time: { slot: "time", ops: RANGE },
  boolean: { slot: "number", ops: ["eq", "filled"] },
  choice: { slot: "text", ops: EXACT },
  choices: { termOps: ["any", "all", "filled"] },
  reference: { slot: "reference", ops: EXACT, canRepeatNot: true },
  phone: { slot: "text", ops: EXACT, canRepeatNot: true, isSealed: true },
  email: { slot: "text", ops: EXACT, canRepeatNot: true, isSealed: true },
  url: { slot: "text", ops: ["eq", "prefix", "filled"], termOps: ["contains"], canRepeatNot: true },
  location: {},
  file: {},
  formula: { isComputed: true },
  "auto-number": { slot: "text", ops: ["eq", "in", "prefix", "filled"], termOps: ["contains"], isComputed: true },
} as const satisfies Record<string, KindTraits>;

export type Kind = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as [Kind, ...Kind[]];
/** Those of which lists can only ask for terms: there is nothing to be sorted by. */
export const isOnlyListed = (kind: Kind): boolean => traitsOf(kind).slot === undefined && traitsOf(kind).termOps !== undefined;
export const traitsOf = (kind: Kind): KindTraits => kinds[kind];
/** Whether values of a kind come before and after each other: a digest or an id says nothing of that. */
export const isSortable = (kind: Kind): boolean => {
  const { slot, isSealed } = traitsOf(kind);
  return slot !== undefined && slot !== "reference" && !isSealed;
};

const GROUPABLE: readonly Kind[] = ["text", "date", "time", "boolean", "choice", "choices", "reference"];
/** Whether rows can be counted by what they have in it. */
export const isGroupable = (kind: Kind): boolean => GROUPABLE.includes(kind);
/** Whether it can be added up. */
export const isMeasured = (kind: Kind): boolean => kind === "number" || kind === "money";
