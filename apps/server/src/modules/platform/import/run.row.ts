import { notFound, problem } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { ImportState, Mapping, Reading } from "./import.schema.ts";

export const importNotReady = problem("platform/import-not-ready", 409, "The import is not in a state for this");

export interface RunRow {
  id: string;
  target: string;
  state: ImportState;
  file_id: string | null;
  file_name: string;
  size_bytes: number;
  source: Reading | null;
  mapping: Mapping | null;
  counts: Readonly<Record<string, number>>;
  checked_rows: number;
  checked_bytes: number;
  reason: string | null;
  staff_id: string | null;
  by_actor: string;
  by_name: string;
  created_at: Date;
  checked_at: Date | null;
  applied_at: Date | null;
  undone_at: Date | null;
  keep_until: Date;
}

const COLUMNS = `id, target, state, file_id, file_name, size_bytes, source, mapping, counts, checked_rows, checked_bytes, reason, staff_id, by_actor, by_name,
  created_at, checked_at, applied_at, undone_at, keep_until`;

export async function findRun(scope: Scope, id: string): Promise<RunRow | undefined> {
  const [row] = await scope.tx.rows<RunRow>(`select ${COLUMNS} from platform.import_run where tenant_id = $1 and id = $2`, [scope.tenantId, id]);
  return row;
}

/** Throws `notFound`. */
export async function getRun(scope: Scope, id: string): Promise<RunRow> {
  const row = await findRun(scope, id);
  if (!row) throw notFound({ detail: "No such import" });
  return row;
}

export const runRows = (scope: Scope, beforeId: string | null, limit: number): Promise<RunRow[]> => scope.tx.rows<RunRow>(
  `select ${COLUMNS} from platform.import_run where tenant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`, [scope.tenantId, beforeId, limit]);

/** Locks a run that is in one of these states. Throws `notFound`, `importNotReady`. */
export async function lockRun(scope: Scope, id: string, states: readonly ImportState[]): Promise<RunRow> {
  const [row] = await scope.tx.rows<RunRow>(`select ${COLUMNS} from platform.import_run where tenant_id = $1 and id = $2 for update`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such import" });
  if (!states.includes(row.state)) throw importNotReady({ detail: `It is ${row.state}`, state: row.state });
  return row;
}
