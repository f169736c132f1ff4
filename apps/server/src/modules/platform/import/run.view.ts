import { decodeCursor, pageFrom, type Page } from "../../../kernel/http/page.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { CHUNK_BYTES, chunksOf } from "../file.ts";
import { outcomes, undos, verdicts, type ImportState, type Reading, type RunView } from "./import.schema.ts";
import { getRun, runRows, type RunRow } from "./run.row.ts";
import type { ImportTarget, TargetDescription } from "./target.ts";
import { describeTargets } from "./targets.ts";

export async function getImport(scope: Scope, targets: readonly ImportTarget[], id: string): Promise<RunView> {
  return viewOf(await getRun(scope, id), await describeTargets(scope, targets));
}

export async function listImports(scope: Scope, targets: readonly ImportTarget[], { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<RunView>> {
  const [before] = decodeCursor(cursor, 1) ?? [null];
  const known = await describeTargets(scope, targets);
  return pageFrom(await runRows(scope, before === null ? null : String(before), limit + 1), limit, (row) => viewOf(row, known), (row) => [row.id]);
}

/** What may be asked for in each state; `fail` and `cancel` lead out of those where something runs. */
const CAN: Readonly<Record<ImportState, RunView["can"]>> = {
  uploading: ["read", "cancel"], uploaded: ["read", "map", "cancel"], mapped: ["read", "map", "check", "cancel"], checking: ["cancel"], checked: ["map", "check", "apply", "cancel"],
  waiting: ["cancel"], applying: ["cancel"], applied: ["undo"], undoing: [], undone: [], failed: ["read", "map", "check", "cancel"], cancelled: [],
};

function viewOf(row: RunRow, known: readonly TargetDescription[]): RunView {
  const tally = <Name extends string>(kind: string, names: readonly Name[]) => Object.fromEntries(names.map((name) => [name, row.counts[`${kind}.${name}`] ?? 0])) as Record<Name, number>;
  const target = known.find((one) => one.key === row.target);
  return {
    id: row.id, target: row.target, targetName: target?.name ?? row.target, state: row.state, fileName: row.file_name, sizeBytes: row.size_bytes,
    chunks: { bytes: CHUNK_BYTES, total: chunksOf(row.size_bytes) }, ...shownMapping(row, target), progress: progressOf(row),
    rows: row.checked_rows, verdicts: tally("verdict", verdicts), outcomes: tally("outcome", outcomes), undos: tally("undo", undos), reason: row.reason, by: row.by_name,
    createdAt: row.created_at.toISOString(), checkedAt: row.checked_at?.toISOString() ?? null, appliedAt: row.applied_at?.toISOString() ?? null, undoneAt: row.undone_at?.toISOString() ?? null,
    keepUntil: row.keep_until.toISOString(), can: canOf(row),
  };
}

/** Without what stands in columns that go to fields which the caller may not see. */
function shownMapping({ source, mapping }: RunRow, target: TargetDescription | undefined): Pick<RunView, "reading" | "mapping"> {
  const hidden = new Set((target?.fields ?? []).filter((field) => field.access === "hidden").map((field) => field.key));
  const at = new Set(mapping?.columns.filter((column) => hidden.has(column.field)).map((column) => column.at));
  const veiled = (column: Reading["columns"][number]) => at.has(column.at) || hidden.has(column.suggestion?.field ?? "");
  return {
    reading: source && { ...source, columns: source.columns.map((column) => (veiled(column) ? { ...column, samples: [], suggestion: null } : column)) },
    mapping: mapping && { ...mapping, columns: mapping.columns.filter((column) => !hidden.has(column.field)), identifyBy: mapping.identifyBy.filter((key) => !hidden.has(key)) },
  };
}

/** Undone before, it can be taken back for good: what was undone in part is undone again from where it is. */
export function canOf(row: RunRow): RunView["can"] {
  const failedWhileApplying = row.state === "failed" && row.checked_at !== null;
  if (failedWhileApplying) return ["apply", ...((row.counts["rows.applied"] ?? 0) > 0 ? (["undo"] as const) : []), "cancel"];
  if (row.state === "cancelled" && (row.counts["rows.applied"] ?? 0) > 0) return ["undo"];
  return [...CAN[row.state]];
}

/** Of a file its bytes are counted, because nobody knows yet how many rows it has. */
function progressOf({ state, checked_bytes, size_bytes, counts, checked_rows }: RunRow): RunView["progress"] {
  const [done, total] = state === "checking" ? [checked_bytes, size_bytes]
    : state === "applying" ? [counts["rows.applied"] ?? 0, checked_rows] : state === "undoing" ? [counts["rows.undone"] ?? 0, counts["rows.applied"] ?? 0] : [0, 0];
  return total > 0 ? { done, total, percent: Math.min(100, Math.floor((done / total) * 100)) } : null;
}

