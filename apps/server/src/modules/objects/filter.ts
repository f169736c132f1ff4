import { z } from "zod";
import { fieldProblem, invalid, problem, type FieldError } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { optionsOf, type Definition, type Field } from "./definition.ts";
import { traitsOf } from "./kind.ts";
import type { Bind, Write } from "./table.ts";
import { byTerms, type AskedTerms } from "./term.ts";
import { digestOf, shapeOf } from "./value.ts";

export const notFilterable = problem("objects/not-filterable", 422, "Lists cannot be filtered or sorted by this field yet");
const MAX_CONDITIONS = 10;
const MAX_IN = 50;
/** After every text that begins with the prefix, in byte order. */
const LAST = "\u{10FFFF}";

export const condition = z.object({
  field: z.string().min(1).max(40), op: z.enum(["eq", "in", "prefix", "gte", "lte", "filled", "contains", "any", "all"]),
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

/** The conditions, all of them on slots or on terms. Throws `invalid`, `notFilterable`. */
export async function conditionsOf(scope: Scope, definition: Definition, filter: readonly Condition[]): Promise<Write[]> {
  const errors: FieldError[] = [];
  const read = filter.map((one, at): Write | AskedTerms => {
    const field = definition.byKey.get(one.field);
    const place = `filter.${at}`;
    if (!field) return wrong(errors, `${place}.field`, "unknown-field", "is no field of this object");
    const { ops = [], termOps = [] } = traitsOf(field.kind);
    const isOfTerms = termOps.includes(one.op) && !ops.includes(one.op);
    if (!isOfTerms && !ops.includes(one.op)) {
      if (ops.length > 0 || termOps.length === 0) slotOf(field, `${place}.field`);
      return wrong(errors, `${place}.op`, "operator", `is not for ${field.kind}`);
    }
    return isOfTerms ? ofTerms(field, one, { place, errors }) : ofSlot(scope, field, one, { place, errors });
  });
  if (errors.length > 0) throw invalid({ errors });
  return Promise.all(read.map(async (one) => (typeof one === "function" ? one : byTerms(scope, definition, one))));
}

interface Place {
  place: string;
  errors: FieldError[];
}

function ofSlot(scope: Scope, field: Field, { op, value: given }: Condition, { place, errors }: Place): Write {
  const slot = slotOf(field, `${place}.field`);
  if (op === "filled") return (_bind, alias) => `${alias}.${slot} is ${given === false ? "" : "not "}null`;
  const values = (Array.isArray(given) && op === "in" ? given : [given]).map((value) => asked(scope, field, { value, isPart: op === "prefix", at: `${place}.value`, errors }));
  return (bind, alias) => comparison(`${alias}.${slot}`, op, values, bind);
}

function ofTerms(field: Field, { op, value }: Condition, { place, errors }: Place): Write | AskedTerms {
  listedOf(field, `${place}.field`, op === "contains" ? "searchable" : "filterable");
  const text = z.string().min(1);
  const keys = op === "filled" ? optionsOf(field).map((option) => option.key) : [value].flat();
  if (op === "contains" ? !text.safeParse(value).success : !z.array(text).min(1).safeParse(keys).success) return wrong(errors, `${place}.value`, "invalid", "is not such a value");
  return { field, op, keys: keys.map(String), isTurned: op === "filled" && value === false };
}

function wrong(errors: FieldError[], field: string, code: string, message: string): Write {
  errors.push({ field, code, message });
  return () => "false";
}

/** Its terms can be asked for. Throws `notFilterable`. */
export function listedOf(field: Field, at: string, as: "searchable" | "filterable" = "filterable"): void {
  if (!field.isListReady) throw notFilterable({ errors: [{ field: at, code: "not-filterable", message: field.isListed ? `is being made ${as}` : `has to be made ${as} first` }] });
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
  if (!read.success) {
    errors.push({ field: at, code: "invalid", message: read.error.issues[0]?.message ?? "is not such a value" });
    return undefined;
  }
  if (traitsOf(field.kind).isSealed) return digestOf(scope, field, String(read.data));
  return field.kind === "boolean" ? Number(read.data) : read.data;
}
