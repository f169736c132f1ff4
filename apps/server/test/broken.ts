import type { Invariant } from "../src/prove/invariants.ts";
import type { TestTenant } from "./tenant.ts";

class Undone extends Error {}

/**
 * The names of what is broken; after a tampering, which is undone, when one is given. The operator's statements over all tenants
 * are asked of one here: row level security keeps other tests' tenants out.
 */
export async function broken(tenant: TestTenant, invariants: readonly Invariant[], tampering?: string): Promise<string[]> {
  const names: string[] = [];
  await tenant.inScope(async (scope) => {
    if (tampering && (await scope.tx.rows(tampering, [scope.tenantId])).length === 0) throw new Error(`Changed nothing: ${tampering}`);
    for (const { name, sql } of invariants) if ((await scope.tx.rows(sql, [])).length > 0) names.push(name);
    throw new Undone();
  }).catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return names;
}
