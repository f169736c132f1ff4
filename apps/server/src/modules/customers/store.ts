import { fieldProblem, invalid, type FieldError } from "../../kernel/problem.ts";
import { demandStore, type Scope } from "../../kernel/scope.ts";
import { findStore } from "../org/index.ts";

export async function demandStoreExists(scope: Scope, storeId: string, field = "storeId"): Promise<void> {
  if (!(await findStore(scope, storeId))) throw fieldProblem(field, "unknown", "no such store");
  demandStore(scope.actor, storeId);
}

export interface NamedStore {
  storeId?: string | undefined;
  storeCode?: string | undefined;
}

/** The ids of stores that a batch names by id or by code; throws with every line whose store does not exist. */
export async function resolveStores(scope: Scope, lines: readonly NamedStore[], place: string): Promise<(string | null)[]> {
  const found = new Map<string, string | undefined>();
  for (const named of new Set(lines.flatMap((line) => line.storeId ?? line.storeCode ?? []))) found.set(named, (await findStore(scope, named))?.id);
  const errors: FieldError[] = [];
  const ids = lines.map(({ storeId, storeCode }, at) => {
    const named = storeId ?? storeCode;
    if (named === undefined) return null;
    const id = found.get(named);
    if (!id) errors.push({ field: `${place}.${at}.${storeId ? "storeId" : "storeCode"}`, code: "unknown", message: "no such store" });
    return id ?? null;
  });
  if (errors.length > 0) throw invalid({ errors });
  return ids;
}
