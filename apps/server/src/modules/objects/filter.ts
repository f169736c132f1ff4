import { z } from "zod";
import { fieldProblem, invalid, problem, type FieldError } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Definition, Field } from "./definition.ts";
import { traitsOf } from "./kind.ts";
import { digestOf, shapeOf } from "./value.ts";

export const notFilterable = problem("objects/not-filterable", 422, "Lists cannot be filtered or sorted by this field yet");
const MAX_CONDITIONS = 10;
const MAX_IN = 50;
/** After every text that begins with the prefix, in byte order. */
const LAST = "\u{10FFFF}";

export const condition = z.object({
  field: z.string().min(1).max(40), op: z.enum(["eq", "in", "prefix", "gte", "lte", "filled"]),
  value: z.union([z.string().max(255), z.number(), z.boolean(), z.array(z.union([z.string().max(255), z.number()])).min(1).max(MAX_IN)]).optional(),
}).meta({ id: "RecordCondition" });
export type Condition = z.output<typeof condition>;
const conditions = z.array(condition).max(MAX_CONDITIONS);

/** `filter=[{"field":"city","op":"eq","value":"上海"}]`. Throws `invalid`. */
export function readFilter(text: string | undefined): Condition[] {
  if (!text) return [];
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw fieldProblem("filter", "invalid", "is not JSON");
  }
  const read = conditions.safeParse(json);
  if (!read.success) throw invalid({ errors: read.error.issues.map((issue) => ({ field: ["filter", ...issue.path.map(String)].join("."), code: issue.code, message: issue.message })) });
  return read.data;
}

/** Puts a value among a statement's parameters. */
export type Bind = (value: unknown) => string;

/** The conditions as SQL over a row `alias`, all of them on slots. Throws `invalid`, `notFilterable`. */
export function conditionsOf(scope: Scope, definition: Definition, filter: readonly Condition[], bind: Bind, alias = "r"): string[] {
  const errors: FieldError[] = [];
  const written = filter.map((one, at) => {
    const field = definition.byKey.get(one.field);
    const place = `filter.${at}`;
    if (!field) return wrong(errors, `${place}.field`, "unknown-field", "is no field of this object");
    const slot = `${alias}.${slotOf(field, `${place}.field`)}`;
    if (!traitsOf(field.kind).ops?.includes(one.op)) return wrong(errors, `${place}.op`, "operator", `is not for ${field.kind}`);
    if (one.op === "filled") return one.value === false ? `${slot} is null` : `${slot} is not null`;
    const values = (Array.isArray(one.value) && one.op === "in" ? one.value : [one.value]).map((value) => asked(scope, field, { value, isPart: one.op === "prefix", at: `${place}.value`, errors }));
    return comparison(slot, one.op, values, bind);
  });
  if (errors.length > 0) throw invalid({ errors });
  return written;
}

function wrong(errors: FieldError[], field: string, code: string, message: string): string {
  errors.push({ field, code, message });
  return "false";
}

/** The column to ask. Throws `notFilterable`. */
export function slotOf(field: Field, at: string): string {
  if (field.slot === null || !field.isSlotReady) throw notFilterable({ errors: [{ field: at, code: "not-filterable", message: field.slot ? "is being made filterable" : "has to be made filterable first" }] });
  return field.slot;
}

function comparison(slot: string, op: Condition["op"], values: readonly unknown[], bind: Bind): string {
  const [first] = values;
  switch (op) {
    case "gte": return `${slot} >= ${bind(first)}`;
    case "lte": return `${slot} <= ${bind(first)}`;
    case "prefix": return `${slot} >= ${bind(first)} and ${slot} < ${bind(`${String(first)}${LAST}`)}`;
    // One value is an equality, which a generic plan answers in the order of ids.
    default: return values.length === 1 ? `${slot} = ${bind(first)}` : `${slot} in (${values.map(bind).join(", ")})`;
  }
}

interface Asked {
  value: unknown;
  isPart: boolean;
  at: string;
  errors: FieldError[];
}

/** What the slot holds of such a value. Part of a value need not be one. */
function asked(scope: Scope, field: Field, { value, isPart, at, errors }: Asked): unknown {
  const shape = isPart || field.kind === "auto-number" ? z.string().min(1) : field.kind === "choice" ? z.string() : shapeOf(field);
  const read = shape.safeParse(value);
  if (!read.success) return wrong(errors, at, "invalid", read.error.issues[0]?.message ?? "is not such a value");
  if (traitsOf(field.kind).isSealed) return digestOf(scope, field, String(read.data));
  return field.kind === "boolean" ? Number(read.data) : read.data;
}
