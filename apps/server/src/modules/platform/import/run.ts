import { audit } from "../../../kernel/audit.ts";
import { enqueue } from "../../../kernel/events.ts";
import { fieldProblem, invalid, notFound, type FieldError } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { findStore } from "../../org/index.ts";
import { missingChunks, openFile, putChunk } from "../file.ts";
import type { Mapping, newRun, Reading } from "./import.schema.ts";
import { columnsOf, fileOf, readHead, type ReadWish } from "./reading.ts";
import { getRun, lockRun, type RunRow } from "./run.row.ts";
import { fittingMapping, saveMapping } from "./saved-mapping.ts";
import { suggest } from "./suggest.ts";
import type { ImportTarget, TargetDescription } from "./target.ts";
import { findTarget, refuseKept, writable } from "./targets.ts";
import type { z } from "zod";
import { unreadableFile } from "./source/source.ts";

export const IMPORT_TASK = "platform.import";
const DAY_MS = 86_400_000;
/** The file itself is needed for the check only. */
export const KEPT_FILE_DAYS = 7;
/** So long a run shows its rows and can be undone. */
export const KEPT_ROWS_DAYS = 30;
/** What the server takes at most; pieces keep memory out of it. */
const MAX_FILE_BYTES = 10 * 1_073_741_824;
const MISSING_SHOWN = 1_000;

/** Begins an import: its file comes in pieces after this. Throws `invalid`, `forbidden`. */
export async function startImport(scope: Scope, targets: readonly ImportTarget[], wish: z.output<typeof newRun>): Promise<string> {
  await findTarget(scope, targets, wish.target);
  if (wish.sizeBytes > MAX_FILE_BYTES) throw fieldProblem("sizeBytes", "too-large", `at most ${MAX_FILE_BYTES} bytes`);
  const id = newId<"import">(scope);
  const until = (days: number): Date => new Date(scope.now.getTime() + days * DAY_MS);
  const fileId = await openFile(scope, { name: wish.fileName, sizeBytes: wish.sizeBytes, keepUntil: until(KEPT_FILE_DAYS) });
  await scope.tx.rows(
    `insert into platform.import_run (tenant_id, id, target, state, file_id, file_name, size_bytes, staff_id, by_actor, by_name, created_at, moved_at, keep_until)
     values ($1, $2, $3, 'uploading', $4, $5, $6, $7, $8, $9, $10, $10, $11)`,
    [scope.tenantId, id, wish.target, fileId, wish.fileName, wish.sizeBytes, staffOf(scope), actorRef(scope.actor), "name" in scope.actor ? scope.actor.name : "", scope.now, until(KEPT_ROWS_DAYS)]);
  return id;
}

export async function putImportChunk(scope: Scope, runId: string, no: number, bytes: Buffer): Promise<void> {
  const run = await getRun(scope, runId);
  if (run.state !== "uploading" || !run.file_id) throw fieldProblem("no", "uploaded", "the file is there already");
  await putChunk(scope, { id: run.file_id, sizeBytes: run.size_bytes }, no, bytes);
}

export async function importChunks(scope: Scope, runId: string, limit = MISSING_SHOWN): Promise<number[]> {
  const run = await getRun(scope, runId);
  return run.file_id ? missingChunks(scope, { id: run.file_id, sizeBytes: run.size_bytes }, limit) : [];
}

/** Looks into the whole file's head and suggests where its columns go. Throws `importNotReady`, `unreadableFile`. */
export async function readImport(scope: Scope, targets: readonly ImportTarget[], id: string, wish: ReadWish): Promise<void> {
  const run = await lockRun(scope, id, ["uploading", "uploaded", "mapped", "failed"]);
  const missing = await importChunks(scope, id, 1);
  if (missing.length > 0) throw fieldProblem("chunks", "missing", "pieces of the file have not come yet");
  const { description } = await findTarget(scope, targets, run.target);
  const head = await readHead(fileOf(run, (work) => work(scope)), wish);
  const fields = writable(description.fields);
  const saved = await fittingMapping(scope, run.target, head.headers.map((header, at) => ({ header, at })), new Set(fields.map((field) => field.key)));
  const suggested = suggest(fields, head.headers, head.samples);
  const suggestions: Reading["columns"][number]["suggestion"][] = saved
    ? head.headers.map((_header, at) => {
      const column = saved.columns.find((one) => one.at === at);
      return column ? { field: column.field, because: "saved" } : null;
    })
    : suggested;
  const source: Reading = { ...head.format, columns: columnsOf(head, suggestions) };
  await scope.tx.rows("update platform.import_run set state = 'uploaded', source = $3, mapping = $4, reason = null, moved_at = $5 where tenant_id = $1 and id = $2",
    [scope.tenantId, id, JSON.stringify(source), saved ? JSON.stringify(saved) : null, scope.now]);
}

/** Says where columns go. Throws `importNotReady`, `invalid`. */
export async function mapImport(scope: Scope, targets: readonly ImportTarget[], id: string, { saveAs, ...mapping }: Mapping & { saveAs?: string | undefined }): Promise<void> {
  const run = await lockRun(scope, id, ["uploaded", "mapped", "checked", "failed"]);
  if (!run.source) throw unreadableFile({ reason: "not-read" });
  const { description } = await findTarget(scope, targets, run.target);
  const errors = mappingErrors(description, run.source, mapping);
  if (errors.length > 0) throw invalid({ errors });
  if (mapping.storeId && !(await findStore(scope, mapping.storeId))) throw fieldProblem("storeId", "unknown", "no such store");
  if (saveAs) await saveMapping(scope, { target: run.target, columns: run.source.columns }, saveAs, mapping);
  await forgetRows(scope, id);
  await scope.tx.rows("update platform.import_run set state = 'mapped', mapping = $3, reason = null, moved_at = $4 where tenant_id = $1 and id = $2", [scope.tenantId, id, JSON.stringify(mapping), scope.now]);
}

function mappingErrors({ fields }: TargetDescription, source: Reading, mapping: Mapping): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  mapping.columns.forEach(({ at, field }, index) => {
    const place = `columns.${index}`;
    if (at >= source.columns.length) errors.push({ field: `${place}.at`, code: "unknown", message: "the file has no such column" });
    const found = fields.find((one) => one.key === field && one.access !== "hidden");
    if (!found) errors.push({ field: `${place}.field`, code: "unknown", message: "is no field of this target" });
    else if (found.access) errors.push({ field: `${place}.field`, code: "read-only", message: `column ${source.columns[at]?.header ?? at + 1}: this field is not yours to write` });
    if (seen.has(field)) errors.push({ field: `${place}.field`, code: "repeated", message: "another column goes there" });
    seen.add(field);
  });
  mapping.identifyBy.forEach((key, index) => {
    if (!fields.some((one) => one.key === key && one.isIdentifier)) errors.push({ field: `identifyBy.${index}`, code: "unknown", message: "nobody is recognised by this" });
    else if (!seen.has(key)) errors.push({ field: `identifyBy.${index}`, code: "not-mapped", message: "no column goes there" });
  });
  if (mapping.onNew === "create") {
    for (const field of fields.filter((one) => one.isRequired && !seen.has(one.key))) errors.push({ field: "columns", code: "required", message: `${field.name} must come from a column` });
  }
  return errors;
}

/** What a check had found, where the mapping is another now. */
async function forgetRows(scope: Scope, id: string): Promise<void> {
  await scope.tx.rows("delete from platform.import_page where tenant_id = $1 and run_id = $2", [scope.tenantId, id]);
  await scope.tx.rows("delete from platform.import_key where tenant_id = $1 and run_id = $2", [scope.tenantId, id]);
  await scope.tx.rows("update platform.import_run set counts = '{}', checked_rows = 0, checked_bytes = 0, checked_at = null where tenant_id = $1 and id = $2", [scope.tenantId, id]);
}

async function demandWritable(scope: Scope, targets: readonly ImportTarget[], { target, mapping }: RunRow): Promise<void> {
  refuseKept((await findTarget(scope, targets, target)).description.fields, mapping);
}

/** Judges every row against what is there; nothing is written into the target. */
export async function checkImport(scope: Scope, targets: readonly ImportTarget[], id: string): Promise<void> {
  const run = await lockRun(scope, id, ["mapped", "checked", "failed"]);
  if (!run.mapping || run.applied_at || (run.counts["rows.applied"] ?? 0) > 0) throw notFound({ detail: "Nothing to check" });
  await demandWritable(scope, targets, run);
  await forgetRows(scope, id);
  await begin(scope, run, "checking");
}

/** Writes what the check said. Throws `importNotReady`, `forbidden`. */
export async function applyImport(scope: Scope, targets: readonly ImportTarget[], id: string): Promise<void> {
  const run = await lockRun(scope, id, ["checked", "failed"]);
  if (!run.checked_at) throw notFound({ detail: "Check it first" });
  await demandWritable(scope, targets, run);
  await begin(scope, run, "applying");
  audit(scope, { action: "import.apply", subjectKind: "import", subjectId: id, after: { file: run.file_name, target: run.target, ...run.counts } });
}

/** Takes back what was written and nobody has touched since. Throws `importNotReady`, `forbidden`. */
export async function undoImport(scope: Scope, targets: readonly ImportTarget[], id: string): Promise<void> {
  const run = await lockRun(scope, id, ["applied", "failed", "cancelled"]);
  if ((run.counts["rows.applied"] ?? 0) === 0) throw notFound({ detail: "Nothing was written" });
  await demandWritable(scope, targets, run);
  await begin(scope, run, "undoing");
  audit(scope, { action: "import.undo", subjectKind: "import", subjectId: id, before: { file: run.file_name, target: run.target, ...run.counts } });
}

/** Stops after the page that is being worked on; what was written stays and can be undone. */
export async function cancelImport(scope: Scope, id: string): Promise<void> {
  const run = await lockRun(scope, id, ["uploading", "uploaded", "mapped", "checking", "checked", "waiting", "applying", "failed"]);
  await scope.tx.rows("update platform.import_run set state = 'cancelled', moved_at = $3 where tenant_id = $1 and id = $2", [scope.tenantId, id, scope.now]);
  audit(scope, { action: "import.cancel", subjectKind: "import", subjectId: id, before: { state: run.state, file: run.file_name } });
}

const staffOf = ({ actor }: Scope): string | null => (actor.kind === "staff" ? actor.staffId : null);

/** From now on the jobs act with the rights of whoever asked for this step. */
async function begin(scope: Scope, run: RunRow, state: "checking" | "applying" | "undoing"): Promise<void> {
  await scope.tx.rows("update platform.import_run set state = $3, reason = null, staff_id = $4, moved_at = $5 where tenant_id = $1 and id = $2",
    [scope.tenantId, run.id, state, staffOf(scope), scope.now]);
  await enqueue(scope, IMPORT_TASK, { runId: run.id });
}
