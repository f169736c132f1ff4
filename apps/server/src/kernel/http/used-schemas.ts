const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g;

/** Of the named schemas those that a document's paths lead to: the registry holds every audience's. */
export function usedSchemas<Schemas extends object>(paths: unknown, schemas: Schemas): Schemas {
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
