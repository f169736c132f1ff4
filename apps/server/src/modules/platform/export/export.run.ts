import type { Database } from "../../../kernel/db/database.ts";
import type { Exporter } from "../../../kernel/exporter.ts";
import type { Schedule, Task } from "../../../kernel/jobs.ts";
import { forbidden, problem, Problem } from "../../../kernel/problem.ts";
import { actorRef, type Scope } from "../../../kernel/scope.ts";
import { resumeStalled } from "../../../kernel/stalled-run.ts";
import { findStaffActor } from "../../org/index.ts";
import { CHUNK_BYTES, dropFile, endFile, openFile, putChunk, type InScope } from "../file.ts";
import { notify } from "../notification/notification.ts";
import { EXPORT_TASK, listName, markOf, tellAudit, wishContext } from "./export.ts";
import type { ExportWish } from "./export.schema.ts";
import { newSheetFile, openReading, titlesOf } from "./reading.ts";

/** A worksheet ends at 1,048,576 rows; a larger list is filtered first. */
const MAX_ROWS = 1_000_000;
const SILENT_MS = 60_000;
const KEPT_MS = 3 * 86_400_000;
const tooManyRows = problem("exports/too-many-rows", 422, "More rows than a file holds");

interface Run {
  wish: ExportWish;
  createdAt: Date;
  fileName: string;
}

export const exportTask = (exporters: readonly Exporter[]): Task => ({
  name: EXPORT_TASK,
  run: ({ tenantId, exportId }, database) => runExport(database, exporters, String(tenantId), String(exportId)),
});

/** Writes one file from its beginning, as whoever asked may act now; what a killed worker wrote is thrown away. */
async function runExport(database: Database, exporters: readonly Exporter[], tenantId: string, id: string): Promise<void> {
  const system = { tenantId, actor: { kind: "system", name: EXPORT_TASK } } as const;
  const begun = await database.inScope(system, (scope) => begin(scope, id));
  if (!begun) return;
  const { run, actor, fileId } = begun;
  try {
    if (!actor) throw forbidden();
    const { name: brand } = await database.tenants.get(tenantId);
    await write(exporters, (work) => database.inScope({ tenantId, actor }, work), { id, brand, fileId, ...run });
  } catch (error) {
    if (error instanceof Overtaken) return;
    if (!(error instanceof Problem)) throw error;
    await database.inScope(system, (scope) => fail(scope, id, fileId, error.code === forbidden.code ? "access-lost" : error.code.replace("exports/", "")));
  }
}

/** Another worker began anew, or somebody stopped it. */
class Overtaken extends Error {}

async function begin(scope: Scope, id: string) {
  const [row] = await scope.tx.rows<{ wish_sealed: Buffer; staff_id: string; file_id: string | null; file_name: string; created_at: Date }>(
    "select wish_sealed, staff_id, file_id, file_name, created_at from platform.export_run where tenant_id = $1 and id = $2 and state = 'running' for update", [scope.tenantId, id]);
  if (!row) return undefined;
  if (row.file_id) await dropFile(scope, row.file_id);
  const fileId = await openFile(scope, { name: row.file_name, sizeBytes: 1, keepUntil: new Date(scope.now.getTime() + KEPT_MS) });
  await scope.tx.rows("update platform.export_run set file_id = $3, row_count = 0, moved_at = $4 where tenant_id = $1 and id = $2", [scope.tenantId, id, fileId, scope.now]);
  const wish = JSON.parse(scope.vault.open(row.wish_sealed, wishContext(id))) as ExportWish;
  return { fileId, actor: await findStaffActor(scope, row.staff_id), run: { wish, createdAt: row.created_at, fileName: row.file_name } };
}

/** Page by page: what was read becomes bytes, and full pieces of them leave the memory. */
async function write(exporters: readonly Exporter[], inScope: InScope, { id, brand, fileId, wish, createdAt, fileName }: Run & { id: string; brand: string; fileId: string }): Promise<void> {
  const { reading, mark } = await inScope(async (scope) => ({
    reading: await openReading(scope, exporters, wish), mark: markOf(scope, { exportId: id, brand, list: listName(exporters, wish), wish, at: createdAt }),
  }));
  const file = newSheetFile(wish.format, mark);
  const pieces = new Pieces(fileId);
  pieces.add(file.head(titlesOf(reading.columns, mark)));
  let count = 0;
  // A transaction may be run again: what it reads becomes bytes outside of it, where that happens once; meanwhile the next page is read.
  const read = (cursor: string | undefined) => inScope((scope) => reading.next(scope, cursor));
  for (let next: ReturnType<typeof read> | undefined = read(undefined); next;) {
    const page: Awaited<ReturnType<typeof read>> = await next;
    next = page.cursor === null ? undefined : read(page.cursor);
    next?.catch(() => {});
    count += page.rows.length;
    if (count > MAX_ROWS) throw tooManyRows();
    pieces.add(file.rows(page.rows));
    const full = pieces.full();
    await inScope(async (scope) => {
      await move(scope, id, fileId, count);
      for (const put of full) await put(scope);
    });
  }
  pieces.add(file.end());
  const rest = [...pieces.full(), ...pieces.rest()];
  await inScope(async (scope) => {
    for (const put of rest) await put(scope);
    await endFile(scope, fileId, pieces.sizeBytes);
    await finish(scope, id, fileId, pieces.sizeBytes);
    tellAudit(scope, id, wish, count);
    await notify(scope, { actors: [actorRef(scope.actor)] }, { kind: "run", title: "export.done", params: { name: fileName, rows: count }, link: "/exports" });
  });
}

type Put = (scope: Scope) => Promise<void>;

/** Bytes on their way into pieces of one length. */
class Pieces {
  readonly #fileId: string;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #no = 0;
  sizeBytes = 0;

  constructor(fileId: string) {
    this.#fileId = fileId;
  }

  add(bytes: Buffer): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.sizeBytes += bytes.length;
  }

  /** Takes out what fills whole pieces. */
  full(): Put[] {
    if (this.#waitingBytes < CHUNK_BYTES) return [];
    const bytes = Buffer.concat(this.#waiting);
    const whole = bytes.length - (bytes.length % CHUNK_BYTES);
    this.#waiting = [bytes.subarray(whole)];
    this.#waitingBytes = bytes.length - whole;
    return Array.from({ length: whole / CHUNK_BYTES }, (_, at) => this.#piece(bytes.subarray(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES)));
  }

  /** Takes out what is left. */
  rest(): Put[] {
    return this.#waitingBytes > 0 ? [this.#piece(Buffer.concat(this.#waiting))] : [];
  }

  #piece(bytes: Buffer): Put {
    const no = this.#no++;
    return (scope) => putChunk(scope, { id: this.#fileId, sizeBytes: no * CHUNK_BYTES + bytes.length }, no, bytes);
  }
}

async function move(scope: Scope, id: string, fileId: string, rows: number): Promise<void> {
  const held = await scope.tx.rows(
    "update platform.export_run set row_count = $4, moved_at = $5 where tenant_id = $1 and id = $2 and file_id = $3 and state = 'running' returning 1", [scope.tenantId, id, fileId, rows, scope.now]);
  if (held.length === 0) throw new Overtaken();
}

async function finish(scope: Scope, id: string, fileId: string, sizeBytes: number): Promise<void> {
  const held = await scope.tx.rows(
    `update platform.export_run set state = 'done', size_bytes = $4, wish_sealed = null, ended_at = $5, moved_at = $5
      where tenant_id = $1 and id = $2 and file_id = $3 and state = 'running' returning 1`, [scope.tenantId, id, fileId, sizeBytes, scope.now]);
  if (held.length === 0) throw new Overtaken();
}

async function fail(scope: Scope, id: string, fileId: string, failure: string): Promise<void> {
  await dropFile(scope, fileId);
  await scope.tx.rows(
    "update platform.export_run set state = 'failed', failure = $4, wish_sealed = null, ended_at = $5 where tenant_id = $1 and id = $2 and file_id = $3 and state = 'running'",
    [scope.tenantId, id, fileId, failure, scope.now]);
}

export const exportSchedule: Schedule = resumeStalled({ name: "platform.resume-exports", table: "platform.export_run", states: ["running"], silentMs: SILENT_MS, task: EXPORT_TASK, key: "exportId" });
