import type { z } from "zod";
import type { Exporter } from "../../../kernel/exporter.ts";
import { decodeCursor, pageFrom, type Page } from "../../../kernel/http/page.ts";
import { notFound } from "../../../kernel/problem.ts";
import { may, type Scope } from "../../../kernel/scope.ts";
import type { exportColumns, ExportView, ExportWish } from "./export.schema.ts";
import { openSheet, shownFilters, staffOf } from "./reading.ts";

interface Row {
  id: string;
  kind: string;
  format: "csv" | "xlsx";
  state: ExportView["state"];
  filters: Record<string, string>;
  is_whole: boolean;
  reason: string | null;
  file_name: string;
  file_id: string | null;
  keep_until: Date | null;
  row_count: number;
  size_bytes: number;
  failure: string | null;
  staff_id: string;
  by_name: string;
  created_at: Date;
  ended_at: Date | null;
}

const SELECT = `select e.id, e.kind, e.format, e.state, e.filters, e.is_whole, e.reason, e.file_name, f.id as file_id, f.keep_until, e.row_count, e.size_bytes, e.failure, e.staff_id,
    e.by_name, e.created_at, e.ended_at
  from platform.export_run e left join platform.file f on f.tenant_id = $1 and f.id = e.file_id and f.keep_until > $3
 where e.tenant_id = $1 and ($2::uuid is null or e.staff_id = $2)`;

/** One sees one's own; whoever reads the audit log sees everybody's. */
const whose = ({ actor }: Scope): string | null => (actor.kind === "staff" && !may(actor, "audit.read") ? actor.staffId : null);
const isOwn = ({ actor }: Scope, row: Row): boolean => actor.kind === "staff" && actor.staffId === row.staff_id;

/** Newest first. */
export async function listExports(scope: Scope, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<ExportView>> {
  const [before] = decodeCursor(cursor, 1) ?? [];
  const rows = await scope.tx.rows<Row>(`${SELECT} and ($4::uuid is null or e.id < $4) order by e.id desc limit $5`, [scope.tenantId, whose(scope), scope.now, before ?? null, limit + 1]);
  return pageFrom(rows, limit, (row) => viewOf(scope, row), (row) => [row.id]);
}

/** Throws `notFound`, also for somebody else's. */
export async function getExport(scope: Scope, id: string): Promise<ExportView> {
  return viewOf(scope, await readExport(scope, id));
}

/** What a list can be taken along with, and what the caller begins with. Throws `forbidden`, `invalid`. */
export async function listColumns(scope: Scope, exporters: readonly Exporter[], { kind, query }: Pick<ExportWish, "kind" | "query">): Promise<z.input<typeof exportColumns>> {
  const { sheet } = await openSheet(scope, exporters, { kind, query });
  const [last] = sheet.shown?.length ? [] : await scope.tx.rows<{ columns: string[] | null }>(
    "select columns from platform.export_run where tenant_id = $1 and staff_id = $2 and kind = $3 and filters->>'object' is not distinct from $4 order by id desc limit 1",
    [scope.tenantId, staffOf(scope).staffId, kind, shownFilters(query)["object"] ?? null]);
  const known = new Set(sheet.columns.map((column) => column.key));
  const shown = (sheet.shown ?? last?.columns ?? []).filter((key) => known.has(key));
  return { items: sheet.columns.map(({ key, zh, en }) => ({ key, name: zh, nameEn: en })), shown: shown.length > 0 ? shown : null };
}

/** The file of one's own finished export. Throws `notFound`: what somebody took along is theirs alone, their role may see more. */
export async function getExportFile(scope: Scope, id: string): Promise<{ fileId: string; fileName: string; format: "csv" | "xlsx"; sizeBytes: number }> {
  const row = await readExport(scope, id);
  if (row.state !== "done" || !row.file_id || !isOwn(scope, row)) throw notFound({ detail: "No such file, or it is no longer kept" });
  return { fileId: row.file_id, fileName: row.file_name, format: row.format, sizeBytes: row.size_bytes };
}

async function readExport(scope: Scope, id: string): Promise<Row> {
  const [row] = await scope.tx.rows<Row>(`${SELECT} and e.id = $4`, [scope.tenantId, whose(scope), scope.now, id]);
  if (!row) throw notFound({ detail: "No such export" });
  return row;
}

function viewOf(scope: Scope, row: Row): ExportView {
  const isReady = row.state === "done" && row.file_id !== null;
  return {
    id: row.id, kind: row.kind, format: row.format, state: row.state, fileName: row.file_name, filters: row.filters, isWhole: row.is_whole, reason: row.reason, rows: row.row_count,
    sizeBytes: row.size_bytes, failure: row.failure, by: row.by_name, createdAt: row.created_at.toISOString(), endedAt: row.ended_at?.toISOString() ?? null,
    isReady: isReady && isOwn(scope, row), keptUntil: isReady ? (row.keep_until?.toISOString() ?? null) : null,
  };
}
