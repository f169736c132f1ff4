import { randomUUID } from "node:crypto";
import { z } from "zod";

interface Shape {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  minItems?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  pattern?: string;
  format?: string;
  $ref?: string;
  $defs?: Record<string, Shape>;
}

const FORMATS: Record<string, () => string> = {
  uuid: randomUUID, date: () => "2026-11-21", "date-time": () => "2026-11-21T10:00:00Z", uri: () => "https://shuke.dev/hook", time: () => "10:00:00",
};
/** One of these fits any pattern that a field of ours has. */
const TEXTS = ["Wx7-ab", "123456", "13912345678", "someone.new", "10:00", "#8A2BE2", "AB12CD34EF56GH78", "2026-11-21"];

/** A body that fits the schema with as little as possible in it; refinements need more than a schema tells. */
export function sampleOf(schema: z.ZodType): unknown {
  const whole = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
  return sample(whole, whole.$defs ?? {});
}

type Named = Readonly<Record<string, Shape>>;

function sample(shape: Shape, named: Named): unknown {
  if (shape.$ref) return sample(named[shape.$ref.replace("#/$defs/", "")] ?? {}, named);
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  const choice = (shape.anyOf ?? shape.oneOf)?.find((one) => one.type !== "null");
  if (choice) return sample(choice, named);
  if (shape.allOf) return Object.assign({}, ...shape.allOf.map((one) => sample(one, named))) as object;
  switch (shape.type) {
    case "object": return Object.fromEntries((shape.required ?? []).map((name) => [name, sample(shape.properties?.[name] ?? {}, named)]));
    case "array": return Array.from({ length: shape.minItems ?? 0 }, () => sample(shape.items ?? {}, named));
    case "integer": case "number": return Math.max(shape.minimum ?? 1, (shape.exclusiveMinimum ?? 0) + 1, 1);
    case "boolean": return true;
    case "string": return text(shape);
    default: return "x";
  }
}

function text({ format, pattern, minLength = 1 }: Shape): string {
  const made = format ? FORMATS[format]?.() : undefined;
  if (made) return made;
  if (pattern) return TEXTS.find((one) => new RegExp(pattern, "u").test(one)) ?? "";
  return "测试文字 text".padEnd(minLength, "字").slice(0, Math.max(minLength, 8));
}

/** The same value with every leaf replaced. */
export function withLeaves(value: unknown, leaf: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withLeaves(one, leaf));
  if (value !== null && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withLeaves(one, leaf)]));
  return leaf(value);
}
