import { audit } from "../../../kernel/audit.ts";
import { clockText } from "../../../kernel/days.ts";
import type { Database } from "../../../kernel/db/database.ts";
import { enqueue } from "../../../kernel/events.ts";
import type { Exporter } from "../../../kernel/exporter.ts";
import { conflict } from "../../../kernel/problem.ts";
import { newId, type Caller, type Scope } from "../../../kernel/scope.ts";
import type { ExportView, ExportWish } from "./export.schema.ts";
import { getExport } from "./export.view.ts";
import { exporterOf, newSheetFile, openReading, shownFilters, staffOf, titlesOf, type Reading } from "./reading.ts";
import { extensions, type Mark } from "./sheet-file.ts";

export const EXPORT_TASK = "platform.export";
/** Up to so many rows are answered at once: some megabytes, a second or two. */
export const AT_ONCE_ROWS = 10_000;

export interface Answered {
  run: ExportView;
  /** What there is to send, where it was short enough. */
  bytes?: Buffer;
}

/**
 * Takes a list along. A short one is put together in the request, so that its audit entry and its bytes are one and a failure is
 * a problem and no half of a file; a long one is left to the task.
 */
export async function startExport(database: Database, exporters: readonly Exporter[], caller: Caller, wish: ExportWish): Promise<Answered> {
  const { name: brand } = await database.tenants.get(caller.tenantId);
  return database.inScope(caller, async (scope) => {
    const exportId = newId<"export">(scope);
    const reading = await openReading(scope, exporters, wish);
    const mark = markOf(scope, { exportId, brand, list: listName(exporters, wish), wish, at: scope.now });
    const short = wish.inBackground ? undefined : await readShort(scope, reading, wish, mark);
    await note(scope, exportId, { wish, mark, short });
    if (short) tellAudit(scope, exportId, wish, short.rows);
    else await enqueue(scope, EXPORT_TASK, { exportId });
    return { run: await getExport(scope, exportId), ...(short ? { bytes: short.bytes } : {}) };
  });
}

export const listName = (exporters: readonly Exporter[], { kind, language }: ExportWish): string => {
  const exporter = exporterOf(exporters, kind);
  return language === "en" ? exporter.en : exporter.zh;
};

export const markOf = (scope: Scope, { exportId, brand, list, wish, at }: { exportId: string; brand: string; list: string; wish: ExportWish; at: Date }): Mark =>
  ({ exportId, brand, list, by: staffOf(scope).name, at, zone: scope.zone, language: wish.language, isWhole: wish.whole !== undefined });

interface Short {
  bytes: Buffer;
  rows: number;
}

/** The whole file, or nothing where it is longer than that. */
async function readShort(scope: Scope, reading: Reading, wish: ExportWish, mark: Mark): Promise<Short | undefined> {
  const file = newSheetFile(wish.format, mark);
  const parts = [file.head(titlesOf(reading.columns, mark))];
  let count = 0;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await reading.next(scope, cursor ?? undefined);
    count += page.rows.length;
    if (page.isMany || count > AT_ONCE_ROWS) return undefined;
    parts.push(file.rows(page.rows));
    cursor = page.cursor;
  }
  return { bytes: Buffer.concat([...parts, file.end()]), rows: count };
}

async function note(scope: Scope, id: string, { wish, mark, short }: { wish: ExportWish; mark: Mark; short: Short | undefined }): Promise<void> {
  const { staffId, name } = staffOf(scope);
  const at = clockText(mark.at, mark.zone).replaceAll(/[-:]/g, "").replace(" ", "-");
  await scope.tx.db.insertInto("platform.export_run").values({
    id, kind: wish.kind, format: wish.format, state: short ? "done" : "running", wish_sealed: short ? null : scope.vault.seal(JSON.stringify(wish), wishContext(id)),
    filters: JSON.stringify(shownFilters(wish.query)), columns: wish.columns?.length ? wish.columns : null, is_whole: mark.isWhole, reason: wish.whole?.reason ?? null, file_name: `${mark.list}-${at}-${name}.${extensions[wish.format]}`,
    row_count: short?.rows ?? 0, size_bytes: short?.bytes.length ?? 0, staff_id: staffId, by_name: name, created_at: scope.now, moved_at: scope.now, ended_at: short ? scope.now : null,
  }).execute();
}

/** Bound to its run. */
export const wishContext = (exportId: string): string => `platform.export:${exportId}`;

/** One entry an export, when its rows are counted. */
export const tellAudit = (scope: Scope, id: string, wish: ExportWish, rows: number): void => audit(scope, {
  action: "export.create", subjectKind: "export", subjectId: id, reason: wish.whole?.reason,
  after: { kind: wish.kind, format: wish.format, filters: shownFilters(wish.query), columns: wish.columns ?? null, isWhole: wish.whole !== undefined, rows },
});

/** Stops after the page that is being written. Throws `notFound`, `conflict`. */
export async function cancelExport(scope: Scope, id: string): Promise<ExportView> {
  const { state } = await getExport(scope, id);
  const [row] = await scope.tx.rows(
    "update platform.export_run set state = 'cancelled', wish_sealed = null, ended_at = $3 where tenant_id = $1 and id = $2 and state = 'running' returning 1", [scope.tenantId, id, scope.now]);
  if (!row) throw conflict({ detail: "This export is over", state });
  return getExport(scope, id);
}

/** What the audit log tells for ever is listed for half a year. */
const LISTED_MS = 180 * 86_400_000;
export const forgetOldExports = (scope: Scope): Promise<unknown> =>
  scope.tx.rows("delete from platform.export_run where tenant_id = $1 and created_at < $2 and state <> 'running'", [scope.tenantId, new Date(scope.now.getTime() - LISTED_MS)]);

/** Nobody can say whether a file holds somebody who left: all that are kept go, also half-written ones, which begin anew. Who needs one takes it again. */
export async function dropExportFiles(scope: Scope): Promise<number> {
  const rows = await scope.tx.rows(
    "delete from platform.file f using platform.export_run e where f.tenant_id = $1 and e.tenant_id = $1 and e.file_id = f.id returning 1", [scope.tenantId]);
  return rows.length;
}
