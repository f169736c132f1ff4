import { readBirthday, readDay } from "./date.ts";
import { isBlank } from "./hint.ts";
import type { Mapping, RowReason } from "./import.schema.ts";
import { reasonFor } from "./reason.ts";
import { MAX_CELL, type SourceRow } from "./source/source.ts";
import type { TargetField, TypedRow } from "./target.ts";

const SHOWN = 60;
const MAX_LIST = 50;
const YES = new Set(["true", "1", "yes", "y", "是", "有", "√", "对", "真"]);
const NO = new Set(["false", "0", "no", "n", "否", "无", "×", "错", "假", "没有"]);
const MONEY = /^[¥￥$]?\s?(-?)[¥￥$]?\s?(\d{1,13})(?:\.(\d{1,2})0*)?\s?元?$/;

type Read = { value: unknown } | { code: string };

const wrong = (code: string): Read => ({ code });

/** What a cell says, as its field's kind. */
function readCell(field: TargetField, text: string, { dateOrder }: Mapping): Read {
  switch (field.kind) {
    case "number": return readNumber(text);
    case "money": return readMoney(text);
    case "date": case "birthday": case "instant": return readMoment(field.kind, text, dateOrder);
    case "boolean": return YES.has(text.toLowerCase()) ? { value: true } : NO.has(text.toLowerCase()) ? { value: false } : wrong("not-a-yes-or-no");
    case "choice": return readChoice(field, text);
    case "choices": return readList(field, text);
    // A phone that a spreadsheet made a number: 13800138000.0
    case "phone": return readNo(text.replace(/\.0+$/, ""));
    case "store": case "text": return readNo(text);
  }
}

const SHORTENED = /^(\d)(?:\.(\d+))?E\+(\d{2})$/i;

/** A spreadsheet writes a long number as 1.38E+10: unless all of its digits are there, nobody knows what it was. */
function readNo(text: string): Read {
  const [, first = "", rest = "", length] = SHORTENED.exec(text) ?? [];
  if (length === undefined) return { value: text };
  return rest.length === Number(length) ? { value: first + rest } : wrong("lost-digits");
}

function readNumber(text: string): Read {
  const plain = text.replaceAll(/[,，\s]/g, "").replace(/%$/, "");
  const value = Number(plain);
  if (plain === "" || !Number.isFinite(value)) return wrong("not-a-number");
  return { value: text.endsWith("%") ? value / 100 : value };
}

function readMoney(text: string): Read {
  const match = MONEY.exec(text.normalize("NFKC").replaceAll(",", ""));
  if (!match) return wrong("not-an-amount");
  const fen = Number(match[2]) * 100 + Number((match[3] ?? "").padEnd(2, "0"));
  return { value: match[1] ? -fen : fen };
}

function readMoment(kind: "date" | "birthday" | "instant", text: string, order: Mapping["dateOrder"]): Read {
  const read = kind === "birthday" ? readBirthday(text, order) : readDay(text, order);
  if ("code" in read) return wrong(read.code);
  if (kind !== "instant") return { value: read.on };
  return { value: `${read.on}T${(read.time || "00:00").padStart(5, "0").padEnd(8, ":00")}` };
}

const words = new WeakMap<TargetField, Map<string, string>>();
const word = (text: string): string => text.normalize("NFKC").toLowerCase();

/** What an option may be called, in any case and width; made once a field. */
function optionOf(field: TargetField, text: string): string | undefined {
  let known = words.get(field);
  if (!known) {
    known = new Map((field.options ?? []).toReversed().flatMap(({ key, name, nameEn }) => [nameEn, name, key].flatMap((one) => (one ? [[word(one), key] as const] : []))));
    words.set(field, known);
  }
  return known.get(word(text));
}

function readChoice(field: TargetField, text: string): Read {
  const key = optionOf(field, text);
  return key === undefined ? wrong("unknown-option") : { value: key };
}

function readList(field: TargetField, text: string): Read {
  const parts = [...new Set(text.split(/[,，、;；|]/).map((part) => part.trim()).filter(Boolean))];
  if (parts.length > MAX_LIST) return wrong("too-many");
  if (!field.options) return { value: parts };
  const keys = parts.map((part) => optionOf(field, part));
  const unknown = parts.find((_part, at) => keys[at] === undefined);
  return unknown === undefined ? { value: keys } : wrong("unknown-option");
}

export interface Columns {
  /** Field and header of each column that is imported. */
  used: readonly { at: number; field: TargetField; header: string }[];
  width: number;
}

/** A row with its cells read; every cell that cannot be is named with what it says. */
export function typeRow({ line, cells, fault }: SourceRow, columns: Columns, mapping: Mapping): TypedRow {
  if (fault) return { line, values: {}, cells, reasons: [reasonFor(null, fault)] };
  const values: Record<string, unknown> = {};
  const reasons: RowReason[] = [];
  const blame = (column: string, field: TargetField, text: string, code: string) => reasons.push({ ...reasonFor(field.key, code, text.slice(0, SHOWN)), column });
  for (const { at, field, header } of columns.used) {
    const text = (cells[at] ?? "").trim();
    if (isBlank(text)) continue;
    if (text.length > MAX_CELL) blame(header, field, text, "cell-too-long");
    else if (text.includes("\0") || text.includes("\ufffd")) blame(header, field, text, "unreadable-text");
    else {
      const read = readCell(field, text, mapping);
      if ("value" in read) values[field.key] = read.value;
      else blame(header, field, text, read.code);
    }
  }
  if (!cells.slice(columns.width).every(isBlank)) reasons.push(reasonFor(null, "too-many-cells"));
  return { line, values, cells, reasons };
}
