interface Operation {
  parameters?: unknown[];
  responses?: Record<string, unknown>;
}
interface Document {
  paths?: object | undefined;
  components?: object | undefined;
}

/** What stands in so many operations is written once. */
const OFTEN = 4;

/** The document with parameters that many operations share, and the answer to what went wrong, as components. */
export function shareRepeated<One extends Document>(document: One): One {
  const operations = Object.values(document.paths ?? {}).flatMap((path: Record<string, Operation>) => Object.values(path));
  const parameters = shared("parameters", operations.flatMap((one) => one.parameters ?? []), (one) => typeName((one as { name: string }).name));
  const responses = shared("responses", operations.flatMap((one) => one.responses?.["default"] ?? []), () => "Problem");
  for (const operation of operations) {
    if (operation.parameters) operation.parameters = operation.parameters.map(parameters.refer);
    if (operation.responses && "default" in operation.responses) operation.responses["default"] = responses.refer(operation.responses["default"]);
  }
  return { ...document, components: { ...document.components, parameters: parameters.parts, responses: responses.parts } };
}

/** "idempotency-key" → "IdempotencyKey" */
const typeName = (name: string): string => name.replaceAll(/(?:^|-)([a-z])/g, (_, first: string) => first.toUpperCase());

/** Of those that would have the same name the most frequent one gets it, the others stay where they are. */
function shared(kind: string, all: readonly unknown[], nameOf: (one: unknown) => string) {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(JSON.stringify(one), (counts.get(JSON.stringify(one)) ?? 0) + 1);
  const names = new Map<string, string>();
  const parts: Record<string, unknown> = {};
  for (const [written, count] of [...counts].toSorted(([, a], [, b]) => b - a)) {
    const name = nameOf(JSON.parse(written));
    if (count < OFTEN || name in parts) continue;
    names.set(written, name);
    parts[name] = JSON.parse(written);
  }
  const refer = (one: unknown): unknown => {
    const name = names.get(JSON.stringify(one));
    return name === undefined ? one : { $ref: `#/components/${kind}/${name}` };
  };
  return { parts, refer };
}
