import type { Scope } from "../../../kernel/scope.ts";
import type { ImportState } from "./import.schema.ts";

/** Somebody stopped the run while a page was worked on: it is rolled back. */
export class RunStopped extends Error {}

/** Adds what a page brought to the run, last of all in its transaction, because the other lane waits for the row. Throws `RunStopped`. */
export async function addCounts(scope: Scope, runId: string, state: ImportState, more: Readonly<Record<string, number>>): Promise<void> {
  const [run] = await scope.tx.rows<{ counts: Record<string, number> }>("select counts from platform.import_run where tenant_id = $1 and id = $2 and state = $3 for update", [scope.tenantId, runId, state]);
  if (!run) throw new RunStopped("The import was stopped");
  const counts = { ...run.counts };
  for (const [name, count] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + count;
  await scope.tx.rows("update platform.import_run set counts = $3, moved_at = $4 where tenant_id = $1 and id = $2", [scope.tenantId, runId, JSON.stringify(counts), scope.now]);
}

/** `{ new: 3 }` → `{ "verdict.new": 3 }` */
export const prefixed = (kind: string, counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${kind}.${name}`, count]));
