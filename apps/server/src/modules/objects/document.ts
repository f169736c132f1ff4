import { z } from "zod";
import type { Scope } from "../../kernel/scope.ts";
import { listDefinitions, optionsOf, type Definition, type Field } from "./definition.ts";
import { traitsOf, type Kind } from "./kind.ts";
import { shapeOf } from "./value.ts";

/** `sales_lead` → `SalesLead`. */
const typeName = (key: string): string => key.split("_").map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join("");
const inUse = (definition: Definition): Field[] => [...definition.byKey.values()];
const isWritten = (field: Field): boolean => !traitsOf(field.kind).isComputed;
const ownObjects = async (scope: Scope): Promise<Definition[]> => (await listDefinitions(scope)).filter((one) => !one.isArchived && one.byKey.size > 0);

/** What this tenant's objects take and answer, as an OpenAPI document of the open API: each own field as if it had been built in. */
export async function tenantDocument(scope: Scope): Promise<Record<string, unknown>> {
  const definitions = await ownObjects(scope);
  return {
    openapi: "3.1.0", info: { title: "Shuke open API: own objects", version: scope.now.toISOString() }, servers: [{ url: "/v1" }],
    paths: Object.assign({}, ...definitions.filter((one) => one.table.isOwn).map(pathsOf)) as object,
    components: {
      securitySchemes: { open: { type: "http", scheme: "bearer" } },
      schemas: Object.fromEntries(definitions.flatMap((one) => [[`${typeName(one.key)}Fields`, shownSchema(one)], [`${typeName(one.key)}Input`, writtenSchema(one)], ...(one.table.isOwn ? [[typeName(one.key), recordSchema(one)]] : [])])),
    },
  };
}

const described = (field: Field, schema: object) => ({ ...schema, title: field.name, ...(field.hint ? { description: field.hint } : {}) });

/** Sealed values are answered masked, formulas as their result. */
function answered(field: Field): object {
  if (field.kind === "formula") return { type: [({ number: "number", boolean: "boolean", text: "string" } as const)[field.settings.result ?? "text"], "null"] };
  if (field.kind === "auto-number" || traitsOf(field.kind).isSealed) return { type: ["string", "null"] };
  return { anyOf: [written(field), { type: "null" }] };
}

function written(field: Field): object {
  if (field.kind === "phone" || field.kind === "email") return { type: "string" };
  const { $schema: _schema, ...schema } = z.toJSONSchema(shapeOf(field), { io: "input", unrepresentable: "any" });
  return schema;
}

const shownSchema = (definition: Definition) => ({ type: "object", properties: Object.fromEntries(inUse(definition).map((field) => [field.key, described(field, answered(field))])), required: inUse(definition).map((field) => field.key) });
const writtenSchema = (definition: Definition) => ({
  type: "object", additionalProperties: false, properties: Object.fromEntries(inUse(definition).filter(isWritten).map((field) => [field.key, described(field, { anyOf: [written(field), { type: "null" }] })])),
  required: inUse(definition).filter((field) => field.isRequired && isWritten(field)).map((field) => field.key),
});
const recordSchema = (definition: Definition) => ({
  type: "object", required: ["id", "title", "fields", "version"],
  properties: { id: { type: "string", format: "uuid" }, title: { type: "string" }, fields: reference(`${typeName(definition.key)}Fields`), version: { type: "integer" }, storeId: { type: ["string", "null"] }, createdAt: { type: "string", format: "date-time" }, updatedAt: { type: "string", format: "date-time" } },
});
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function pathsOf(definition: Definition): object {
  const [name, security] = [typeName(definition.key), [{ open: [] }]];
  const json = (schema: object) => ({ content: { "application/json": { schema } } });
  const filterable = inUse(definition).filter((field) => field.isSlotReady || field.isListReady).map((field) => field.key);
  const query = (parameter: string, description: string) => ({ name: parameter, in: "query", schema: { type: "string" }, description });
  return {
    [`/objects/${definition.key}/records`]: {
      get: {
        summary: definition.name, security, parameters: [query("filter", `JSON: [{"field","op","value"}]; by ${filterable.join(", ") || "nothing yet"}`), query("sort", "a filterable field, with a minus for the greatest first"), query("cursor", ""), query("limit", "")],
        responses: { 200: { description: "A page", ...json({ type: "object", required: ["items", "nextCursor"], properties: { items: { type: "array", items: reference(name) }, nextCursor: { type: ["string", "null"] } } }) } },
      },
      post: { summary: definition.name, security, requestBody: json({ type: "object", required: ["fields"], properties: { fields: reference(`${name}Input`), storeId: { type: ["string", "null"] } } }), responses: { 201: { description: "Made", ...json(reference(name)) } } },
    },
  };
}

const TYPES: Partial<Record<Kind, string>> = { number: "number", money: "number", boolean: "boolean", location: "{ lng: number; lat: number; address?: string }", file: "({ fileId: string; name: string; mediaType: string; sizeBytes: number } | { name: string; url: string })[]" };

function typeOf(field: Field): string {
  const options = optionsOf(field).map((option) => JSON.stringify(option.key)).join(" | ");
  if (field.kind === "formula") return ({ number: "number", boolean: "boolean", text: "string" } as const)[field.settings.result ?? "text"];
  if (field.kind === "choice") return options;
  if (field.kind === "choices") return `(${options})[]`;
  return field.kind === "reference" && field.settings.isMany ? "string[]" : (TYPES[field.kind] ?? "string");
}

/** The same as TypeScript, for a client of the tenant's own. */
export async function tenantTypes(scope: Scope): Promise<string> {
  const definitions = await ownObjects(scope);
  const lines = (definition: Definition) => inUse(definition).map((field) =>
    `  /** ${field.name.replaceAll("*/", "")} */\n  ${isWritten(field) ? "" : "readonly "}${field.key}: ${typeOf(field)} | null;`).join("\n");
  return `${definitions.map((one) => `/** ${one.name.replaceAll("*/", "")} */\nexport interface ${typeName(one.key)} {\n${lines(one)}\n}`).join("\n\n")}\n
export interface Objects {\n${definitions.map((one) => `  ${one.key}: ${typeName(one.key)};`).join("\n")}\n}\n`;
}
