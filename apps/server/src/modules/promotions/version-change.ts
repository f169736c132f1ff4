import type { Offer } from "@shuke/offers";

/** A published state of a rule as far as it is compared: its definition, and what stands beside it. */
export interface Stated {
  definition: Offer;
  beside: Readonly<Record<string, unknown>>;
}

export interface VersionChange {
  /** the field's place in the definition, or its name beside it */
  field: string;
  before: unknown;
  after: unknown;
}

/** The fields that differ; null where one was not set. Nothing differs from nothing: a first version changes nothing. */
export function changesBetween(before: Stated | undefined, after: Stated): VersionChange[] {
  if (!before) return [];
  const [from, to] = [flat(before), flat(after)];
  return [...new Set([...from.keys(), ...to.keys()])].filter((field) => JSON.stringify(from.get(field)) !== JSON.stringify(to.get(field)))
    .map((field) => ({ field, before: from.get(field) ?? null, after: to.get(field) ?? null }));
}

function flat({ definition, beside }: Stated): Map<string, unknown> {
  const { id: _, name: __, priority: ___, ...rest } = definition;
  const found = new Map<string, unknown>(Object.entries(beside));
  const put = (place: string, value: unknown): void => {
    if (value === null || value === undefined) return;
    if (typeof value === "object" && !Array.isArray(value)) for (const [field, one] of Object.entries(value)) put(place ? `${place}.${field}` : field, one);
    else found.set(place, value);
  };
  put("", rest);
  return found;
}
