import type { Language } from "@shuke/api/words";
import type { Reading } from "./import.schema.ts";
import { isAmbiguous, readDay } from "./date.ts";
import type { TargetField } from "./target.ts";

type Suggestion = Reading["columns"][number]["suggestion"];
/** This share of a column has to look like it. */
const MOST = 0.8;
const PHONE = /^(?:\+?86)?[\s-]?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?:\.0)?$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Headers as they are compared: one width, one case, without blanks, marks and what stands in brackets. */
const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/[(（【[][^)）】\]]*[)）】\]]/g, "").replaceAll(/[\s\p{P}\p{S}]/gu, "");

/** What something is called in a language; its name where it has no other. */
export const nameIn = (language: Language, { name, nameEn }: { name: string; nameEn?: string | undefined }): string => (language === "en" && nameEn ? nameEn : name);

/** What a field is called itself comes before what others are also called, and own fields, which stand last, before built-in ones. */
function meanings(fields: readonly TargetField[]): ReadonlyMap<string, TargetField> {
  const called = (namesOf: (field: TargetField) => readonly string[]) => fields.flatMap((field) => namesOf(field).map((name) => [plain(name), field] as const));
  return new Map([...called((field) => field.aliases ?? []), ...called((field) => [field.key, field.name, field.nameEn])]);
}

/** The first of a field's names under which a column is taken for it. */
export function headersOf(fields: readonly TargetField[], language: Language): string[] {
  const names = meanings(fields);
  return fields.map((field) => {
    const name = nameIn(language, field);
    return [name, field.name, field.nameEn, ...field.aliases ?? [], field.key].find((one) => names.get(plain(one)) === field) ?? name;
  });
}

/** Which field a column is, by what it is called and else by what stands in it. No field is suggested twice. */
export function suggest(fields: readonly TargetField[], headers: readonly string[], samples: readonly (readonly string[])[]): Suggestion[] {
  const taken = new Set<string>();
  const take = (field: TargetField | undefined, because: "header" | "content"): Suggestion => {
    if (!field) return null;
    taken.add(field.key);
    return { field: field.key, because };
  };
  const names = meanings(fields);
  const byHeader = headers.map((header) => {
    const field = names.get(plain(header));
    return take(field && !taken.has(field.key) ? field : undefined, "header");
  });
  return byHeader.map((found, at) => found ?? take(byContent(fields.filter((field) => !taken.has(field.key)), samples[at] ?? []), "content"));
}

function byContent(fields: readonly TargetField[], samples: readonly string[]): TargetField | undefined {
  const cells = samples.map((cell) => cell.trim()).filter(Boolean);
  if (cells.length === 0) return undefined;
  const mostly = (fits: (cell: string) => boolean): boolean => cells.filter(fits).length >= cells.length * MOST;
  if (mostly((cell) => PHONE.test(cell))) return fields.find((field) => field.kind === "phone");
  if (mostly((cell) => EMAIL.test(cell))) return fields.find((field) => field.key === "email");
  return fields.find((field) => field.kind === "choice" && mostly((cell) => (field.options ?? []).some((one) => one.name === cell || one.key === cell)));
}

/** Whether a column holds days that may be read in two ways, and nothing that tells which. */
export function isAmbiguousColumn(samples: readonly string[]): boolean {
  const cells = samples.map((cell) => cell.trim()).filter(Boolean);
  return cells.some(isAmbiguous) && cells.every((cell) => isAmbiguous(cell) || !("code" in readDay(cell, "month-first")));
}

const DIGITS = /(\d{3})\d{4}(\d{4})/g;
/** As a spreadsheet writes one, with all of its digits. */
const SHORTENED = /(?<![\d.])1\.([3-9]\d{9})E\+10(?!\d)/gi;
/** In either width. */
const PHONES = /(?<![\d０-９])(?:[+＋]?[8８][6６][\s-]?)?[1１][3-9３-９][\d０-９][\s-]?[\d０-９]{4}[\s-]?[\d０-９]{4}(?![\d０-９])/g;
/** Cells as people may see them: what looks like a phone is masked. */
export const maskText = (text: string): string => text.replaceAll(SHORTENED, "1$1").replaceAll(PHONES, (phone) => phone.normalize("NFKC").replaceAll(/\D/g, "").slice(-11).replace(DIGITS, "$1****$2"));
