import { Environment } from "@marcbachmann/cel-js";
import { dayOf } from "../../kernel/days.ts";
import { fieldProblem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Field } from "./definition.ts";

const DAY_MS = 86_400_000;
const MAX_LENGTH = 1_000;
/** Words of the language, which cannot be names of fields. */
export const reservedWords: ReadonlySet<string> = new Set(["true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
  "package", "namespace", "return", "var", "void", "while", "size", "string", "double", "int", "bool", "has", "all", "exists", "map", "filter", "round", "today", "days"]);

const limits = { maxAstNodes: 300, maxDepth: 40, maxListElements: 100, maxMapEntries: 50, maxCallArguments: 10 };
const arithmetic = { "+": (a: number, b: number) => a + b, "-": (a: number, b: number) => a - b, "*": (a: number, b: number) => a * b, "/": (a: number, b: number) => a / b };

/** CEL, and what people expect of it: `price * 2` where price has decimals, days between two dates. */
function language(): Environment {
  const env = new Environment({ limits });
  for (const [op, run] of Object.entries(arithmetic)) {
    const mixed = (a: number | bigint, b: number | bigint) => run(Number(a), Number(b));
    env.registerOperator(`double ${op} int: double`, mixed);
    env.registerOperator(`int ${op} double: double`, mixed);
  }
  env.registerFunction("days(string, string): double", (from: string, until: string) => Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS));
  env.registerFunction("round(double): double", (value: number) => Math.round(value));
  return env.registerVariable("today", "string");
}

const typeOf = (field: Field): string | undefined => {
  switch (field.kind) {
    case "number": case "money": return "double";
    case "boolean": return "bool";
    case "choices": return "list<string>";
    case "formula": return ({ number: "double", boolean: "bool", text: "string" } as const)[field.settings.result ?? "text"];
    case "text": case "long-text": case "date": case "time": case "choice": case "url": case "auto-number": return "string";
    // personal data stays sealed, and the rest has no value to reckon with
    default: return undefined;
  }
};

export interface Expression {
  /** with the fields' ids in place of their keys */
  stored: string;
  result: "text" | "number" | "boolean";
  fieldIds: readonly string[];
}

const RESULTS = { double: "number", int: "number", string: "text", bool: "boolean" } as const;

/** Reads an expression that somebody typed with the keys of fields. Throws `invalid` at `at` with what is wrong. */
export function readExpression(typed: string, fields: readonly Field[], at: string): Expression {
  const wrong = (message: string) => fieldProblem(at, "expression", message);
  if (typed.length > MAX_LENGTH) throw wrong(`at most ${MAX_LENGTH} characters`);
  // Regular expressions of strangers can keep a server busy for ever.
  if (/\.\s*matches\s*\(/.test(typed)) throw wrong("matches() is not available; use startsWith, contains or ==");
  const usable = fields.filter((field) => !field.isArchived && typeOf(field));
  const env = language();
  for (const field of usable) env.registerVariable(field.key, typeOf(field) ?? "dyn");
  const checked = env.check(typed);
  if (!checked.valid) throw wrong(checked.error?.message.split("\n")[0] ?? "cannot be read");
  const result = RESULTS[String(checked.type) as keyof typeof RESULTS];
  if (!result) throw wrong(`gives ${String(checked.type)}; a text, a number or yes/no is needed`);
  const byKey = new Map(usable.map((field) => [field.key, field.id]));
  const { text, used } = renamed(typed, byKey);
  return { stored: text, result, fieldIds: used };
}

/** The expression as people read it now, whatever its fields were called when it was written. */
export const shownExpression = (stored: string, fields: readonly Field[]): string => renamed(stored, new Map(fields.map((field) => [field.id, field.key]))).text;

interface Name {
  name: string;
  start: number;
  end: number;
}

function renamed(text: string, names: ReadonlyMap<string, string>): { text: string; used: string[] } {
  const found = namesIn(new Environment({ limits }).parse(text).ast).filter((one) => names.has(one.name)).toSorted((a, b) => b.start - a.start);
  const seen = new Set<number>();
  let written = text;
  for (const { name, start, end } of found) {
    if (seen.has(start)) continue;
    seen.add(start);
    written = written.slice(0, start) + (names.get(name) ?? name) + written.slice(end);
  }
  return { text: written, used: [...new Set(found.map((one) => names.get(one.name) ?? ""))] };
}

function namesIn(node: unknown): Name[] {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (node === null || typeof node !== "object") return [];
  const { op, args, start, end } = node as { op?: unknown; args?: unknown; start?: unknown; end?: unknown };
  if (op === "id" && typeof args === "string" && typeof start === "number" && typeof end === "number") return [{ name: args, start, end }];
  return namesIn(args);
}

type Program = (variables: Record<string, unknown>) => unknown;
/** Compiled once: parsing takes a hundred times what running does. */
const programs = new Map<string, Program>();
const MAX_PROGRAMS = 2_000;

function programOf(stored: string, fields: readonly Field[]): Program {
  const types = fields.map((field) => `${field.id}:${typeOf(field) ?? ""}`).join();
  const name = `${types}\n${stored}`;
  let program = programs.get(name);
  if (!program) {
    const env = language();
    for (const field of fields) env.registerVariable(field.id, typeOf(field) ?? "dyn");
    program = env.parse(stored) as unknown as Program;
    if (programs.size >= MAX_PROGRAMS) programs.clear();
    programs.set(name, program);
  }
  return program;
}

/** What an expression gives for these values, by field id; nothing where one of its fields is empty. */
export function evaluate(stored: string, fields: readonly Field[], values: Readonly<Record<string, unknown>>, scope: Pick<Scope, "now" | "zone">): string | number | boolean | null {
  const used = fields.filter((field) => !field.isArchived && typeOf(field) && stored.includes(field.id));
  const variables: Record<string, unknown> = { today: dayOf(scope.now, scope.zone) };
  for (const field of used) variables[field.id] = field.kind === "formula" ? formulaValue(field, fields, values, scope) : values[field.id];
  try {
    const result = programOf(stored, used)(variables);
    if (typeof result === "bigint") return Number(result);
    if (typeof result === "number") return Number.isFinite(result) ? result : null;
    return typeof result === "string" || typeof result === "boolean" ? result : null;
  } catch {
    return null;
  }
}

export const formulaValue = (field: Field, fields: readonly Field[], values: Readonly<Record<string, unknown>>, scope: Pick<Scope, "now" | "zone">): string | number | boolean | null =>
  (field.settings.expression ? evaluate(field.settings.expression, fields, values, scope) : null);

/** Throws `invalid` where a formula would come round to itself. */
export function refuseCircle(id: string, uses: readonly string[], fields: readonly Field[], at: string): void {
  const expressions = new Map(fields.filter((field) => field.kind === "formula").map((field) => [field.id, field.settings.expression ?? ""]));
  const seen = new Set<string>();
  const walk = (names: readonly string[]): boolean => names.some((name) => {
    if (name === id) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    const expression = expressions.get(name);
    return expression !== undefined && walk(fields.map((field) => field.id).filter((one) => expression.includes(one)));
  });
  if (walk(uses)) throw fieldProblem(at, "circular", "comes round to itself");
}
