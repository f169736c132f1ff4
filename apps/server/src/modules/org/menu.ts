import { invalid } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Menu } from "./menu.schema.ts";

/** Which of these objects have a list of records: for the module that knows objects to say. */
export type ListedObjects = (scope: Scope, keys: readonly string[]) => Promise<ReadonlySet<string>>;

/** An entry that leads nowhere is named. Throws `invalid`. */
export async function refuseLeadingNowhere(scope: Scope, menu: Menu, listedObjects: ListedObjects): Promise<void> {
  const named = menu.flatMap(({ entries }, group) => entries.flatMap(({ object }, at) => (object === undefined ? [] : [{ object, field: `menu.${group}.entries.${at}.object` }])));
  const listed = named.length > 0 ? await listedObjects(scope, named.map(({ object }) => object)) : new Set();
  const errors = named.filter(({ object }) => !listed.has(object)).map(({ field }) => ({ field, code: "unknown-object", message: "is no object with records" }));
  if (errors.length > 0) throw invalid({ errors });
}
