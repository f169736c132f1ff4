import { createJsonSchemaTransform, createJsonSchemaTransformObject } from "fastify-type-provider-zod";
import type { z } from "zod";
import { shareRepeated } from "./repetition.ts";

type Shape = z.core.$ZodTypes;
type Written = z.core.JSONSchema.BaseSchema;

/**
 * What the documents leave out although the door insists on it: the calendar as a regular expression 300 times, the
 * limits of what JSON's numbers hold, and that a reply of today names every field of tomorrow's.
 */
function override({ zodSchema, jsonSchema }: { zodSchema: Shape; jsonSchema: Written }): void {
  if (jsonSchema.format === "date-time" || jsonSchema.format === "date") delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (zodSchema._zod.def.type === "object" && !zodSchema._zod.def.catchall) delete jsonSchema.additionalProperties;
}

export const describeRoute = createJsonSchemaTransform({ zodToJsonConfig: { override } });
const describeAll = createJsonSchemaTransformObject({ zodToJsonConfig: { override } });

/** One audience's document: the registry of named schemas holds every audience's, and each of them going in and coming out. */
export const describeAudience: typeof describeAll = (document) => {
  const { paths, ...rest } = describeAll(document);
  const components = "components" in rest ? rest.components : undefined;
  const used = usedSchemas(paths, components?.schemas ?? {});
  // Last, because the plugin reads a colon in a path as the beginning of a parameter.
  const spelled = Object.fromEntries(Object.entries(paths ?? {}).map(([path, one]) => [path.replace("/~", ":"), one]));
  return shareRepeated(joinDirections({ ...rest, components: { ...components, schemas: used } as typeof components, paths: spelled }));
};

const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g;
const INPUT = "Input";

function usedSchemas<Schemas extends object>(paths: unknown, schemas: Schemas): Schemas {
  const named = new Map<string, unknown>(Object.entries(schemas));
  const used = new Set<string>();
  const follow = (part: unknown): void => {
    for (const [, name = ""] of JSON.stringify(part ?? null).matchAll(REFERENCE)) {
      if (used.has(name)) continue;
      used.add(name);
      follow(named.get(name));
    }
  };
  follow(paths);
  return Object.fromEntries([...named].filter(([name]) => used.has(name))) as Schemas;
}

/** `OrderInput` is called `Order` unless what comes out is something else, in itself or in what it holds. */
function joinDirections<Document extends { components?: { schemas?: object } | undefined }>(document: Document): Document {
  const schemas = document.components?.schemas as Record<string, unknown> | undefined ?? {};
  const joined = new Set(Object.keys(schemas).filter((name) => name.endsWith(INPUT)));
  const written = (part: unknown) => JSON.stringify(part).replaceAll(REFERENCE, (whole, name: string) => (joined.has(name) ? whole.replace(/Input"$/, '"') : whole));
  const differs = (name: string) => {
    const output = schemas[name.slice(0, -INPUT.length)];
    return output !== undefined && written(output) !== written(schemas[name]);
  };
  for (let apart = [...joined].filter(differs); apart.length > 0; apart = [...joined].filter(differs)) {
    for (const name of apart) joined.delete(name);
  }
  const kept = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [joined.has(name) ? name.slice(0, -INPUT.length) : name, schema]));
  return JSON.parse(written({ ...document, components: { ...document.components, schemas: kept } })) as Document;
}
