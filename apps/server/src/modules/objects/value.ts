import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { FieldError } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { MAX_FEN } from "../../kernel/money.ts";
import { day, id, instant } from "../../kernel/http/wire.ts";
import { optionsOf, type Definition, type Field } from "./definition.ts";
import { evaluate, formulaValue } from "./formula.ts";
import { traitsOf } from "./kind.ts";

/** A slot's index takes no longer ones. */
export const MAX_TEXT = 255;
const MAX_LONG_TEXT = 20_000;
const MAX_NUMBER = 1e12;
export const MAX_REFERENCES = 200;
const MAX_FILES = 10;
const SEPARATORS = /[\s\p{Pd}.·()[\]]/gu;
const CONTROLS = /^[^\p{Cc}]*$/u;

/** Personal data as `ext` holds it. */
export interface Sealed {
  digest: string;
  sealed: string;
  shown: string;
}

/** Values by field id, as `ext` holds them. */
export type Values = Record<string, unknown>;

/** What may be written into a field: for checking it, and for describing it in the tenant's API document. */
export function shapeOf(field: Field): z.ZodType {
  const { settings } = field;
  const keys = optionsOf(field).filter((option) => !option.isRetired).map((option) => option.key);
  switch (field.kind) {
    case "text": return z.string().trim().max(Math.min(settings.maxLength ?? MAX_TEXT, MAX_TEXT)).regex(CONTROLS, "must not hold line breaks or control characters");
    case "long-text": return z.string().max(Math.min(settings.maxLength ?? MAX_LONG_TEXT, MAX_LONG_TEXT)).refine((text) => !text.includes("\0"), "must not hold control characters");
    case "number": return z.number().min(settings.min ?? -MAX_NUMBER).max(settings.max ?? MAX_NUMBER)
      .refine((value) => Number(value.toFixed(settings.decimals ?? 2)) === value, `at most ${settings.decimals ?? 2} decimals`);
    case "money": return z.int().min(settings.min ?? -MAX_FEN).max(settings.max ?? MAX_FEN);
    case "date": return day;
    case "time": return instant;
    case "boolean": return z.boolean();
    case "choice": return z.enum(keys);
    case "choices": return z.array(z.enum(keys)).max(keys.length).refine((chosen) => new Set(chosen).size === chosen.length, "holds one twice");
    case "reference": return settings.isMany ? z.array(id).max(MAX_REFERENCES).refine((ids) => new Set(ids).size === ids.length, "holds one twice") : id;
    case "phone": return z.string().transform((typed) => typed.normalize("NFKC").replaceAll(SEPARATORS, "").replace(/^(\+|00)86(?=1\d{10}$)/, ""))
      .refine((digits) => /^\+?\d{5,15}$/.test(digits), "is not a phone number");
    case "email": return z.string().trim().toLowerCase().pipe(z.email().max(200));
    case "url": return z.url({ protocol: /^https?$/ }).max(MAX_TEXT);
    case "location": return z.object({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90), address: z.string().trim().max(200).optional() });
    case "file": return z.array(z.union([z.object({ fileId: id }), z.object({ name: z.string().trim().min(1).max(200).regex(CONTROLS), url: z.url({ protocol: /^https$/ }).max(2_000) })])).max(MAX_FILES);
    case "formula": case "auto-number": return z.undefined();
  }
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

export interface Change {
  /** all values after it */
  values: Values;
  /** ids of fields whose value is another now */
  changed: ReadonlySet<string>;
  errors: FieldError[];
}

/** Puts what somebody typed, by key, over the values there are, and names every field that is wrong. */
export function change(scope: Scope, definition: Definition, { before, typed, recordId }: { before: Values; typed: Readonly<Record<string, unknown>>; recordId: string }): Change {
  const errors: FieldError[] = [];
  const values: Values = { ...before };
  const changed = new Set<string>();
  for (const [key, given] of Object.entries(typed)) {
    const field = definition.byKey.get(key);
    const at = `${definition.table.wire}.${key}`;
    if (!field) errors.push({ field: at, code: "unknown-field", message: "is no field of this object" });
    else if (definition.access.get(field.id) === "read") errors.push({ field: at, code: "read-only", message: "is not yours to write" });
    else if (traitsOf(field.kind).isComputed) errors.push({ field: at, code: "read-only", message: "is worked out, not written" });
    else {
      const after = read(field, { given, at, errors });
      if (isDeepStrictEqual(after, plainOf(scope, field, before[field.id], recordId))) continue;
      changed.add(field.id);
      if (after === undefined) delete values[field.id];
      else values[field.id] = traitsOf(field.kind).isSealed ? seal(scope, field, String(after), recordId) : after;
    }
  }
  if (errors.length === 0) errors.push(...missing(definition, values), ...broken(scope, definition, values));
  return { values, changed, errors };
}

interface Given {
  given: unknown;
  at: string;
  errors: FieldError[];
}

function read(field: Field, { given, at, errors }: Given): unknown {
  if (isEmpty(given)) return undefined;
  const parsed = shapeOf(field).safeParse(given);
  if (parsed.success) return isEmpty(parsed.data) ? undefined : parsed.data;
  for (const issue of parsed.error.issues) errors.push({ field: [at, ...issue.path.map(String)].join("."), code: issue.code, message: issue.message });
  return undefined;
}

const missing = (definition: Definition, values: Values): FieldError[] => {
  const stage = definition.fields.find((field) => field.id === definition.stageFieldId);
  const order = stage ? optionsOf(stage).map((option) => option.key) : [];
  const reached = stage ? order.indexOf(String(values[stage.id])) : -1;
  return definition.fields
    .filter((field) => !field.isArchived && field.kind !== "auto-number" && field.kind !== "formula" && isEmpty(values[field.id]))
    .filter((field) => field.isRequired || (field.requiredFrom !== null && order.includes(field.requiredFrom) && reached >= order.indexOf(field.requiredFrom)))
    .map((field) => ({ field: `${definition.table.wire}.${field.key}`, code: "required", message: field.isRequired ? "must not be empty" : "must not be empty from this stage on" }));
};

/** Rules that can be decided and are not kept; one that asks for an empty field cannot. */
const broken = (scope: Scope, definition: Definition, values: Values): FieldError[] =>
  definition.rules.filter((rule) => evaluate(rule.expression, definition.fields, values, scope) === false).map((rule) => {
    const field = definition.fields.find((one) => one.id === rule.fieldId);
    return { field: field ? `${definition.table.wire}.${field.key}` : definition.table.wire, code: "rule", message: rule.message };
  });

const contextOf = (field: Field, recordId: string): string => `objects.${field.id}:${recordId}`;

export const digestOf = (scope: Pick<Scope, "vault">, field: Field, plain: string): string => scope.vault.digest(plain, `objects.${field.id}`).toString("base64url");

function seal(scope: Scope, field: Field, plain: string, recordId: string): Sealed {
  const [name = "", host = ""] = plain.split("@");
  const shown = field.kind === "email" ? `${name.slice(0, 1)}***@${host}` : plain.length < 8 ? `${plain.slice(0, 1)}****` : `${plain.slice(0, 3)}****${plain.slice(-4)}`;
  return { digest: digestOf(scope, field, plain), sealed: scope.vault.seal(plain, contextOf(field, recordId)).toString("base64"), shown };
}

/** The value as it was typed, personal data opened: for comparing, and for whoever may see it. */
export function plainOf(scope: Scope, field: Field, stored: unknown, recordId: string): unknown {
  if (field.kind === "file") return (stored as { fileId?: string }[] | undefined)?.map((one) => (one.fileId ? { fileId: one.fileId } : one));
  if (!traitsOf(field.kind).isSealed || stored === undefined) return stored;
  return scope.vault.open(Buffer.from((stored as Sealed).sealed, "base64"), contextOf(field, recordId));
}

/** A value for another row: what is sealed is bound to the one that it stands in. */
export const valueFor = (scope: Scope, field: Field, stored: unknown, { from, to }: { from: string; to: string }): unknown =>
  (traitsOf(field.kind).isSealed && stored !== undefined ? seal(scope, field, String(plainOf(scope, field, stored, from)), to) : stored);

/** What anybody may see of a value. */
export const shownOf = (field: Field, stored: unknown): unknown => (traitsOf(field.kind).isSealed && stored ? (stored as Sealed).shown : (stored ?? null));

/** The text by which two values are the same one. */
export const sameText = (field: Field, stored: unknown): string => (traitsOf(field.kind).isSealed ? (stored as Sealed).digest : String(stored));

/** All of a row's values by key, formulas worked out. */
export const shownValues = (scope: Pick<Scope, "now" | "zone">, definition: Definition, values: Values): Record<string, unknown> =>
  Object.fromEntries([...definition.byKey].map(([key, field]) =>
    [key, field.kind === "formula" ? formulaValue(field, definition.fields, values, scope) : shownOf(field, values[field.id])]));

/** What somebody typed as the field compares it; nothing where it cannot be one of its values. */
export function comparable(scope: Pick<Scope, "vault">, field: Field, typed: unknown): string | undefined {
  if (traitsOf(field.kind).isComputed) return String(typed);
  const read = shapeOf(field).safeParse(field.kind === "number" ? Number(typed) : typed);
  if (!read.success) return undefined;
  return traitsOf(field.kind).isSealed ? digestOf(scope, field, String(read.data)) : String(read.data);
}

/** What a row is called. */
export function titleOf(definition: Definition, values: Values): string {
  const field = definition.fields.find((one) => one.id === definition.titleFieldId && definition.access.get(one.id) !== "hidden");
  const shown = field && shownOf(field, values[field.id]);
  if (typeof shown === "string" && field?.kind === "choice") return optionsOf(field).find((option) => option.key === shown)?.name ?? shown;
  return typeof shown === "string" || typeof shown === "number" ? String(shown) : "";
}
