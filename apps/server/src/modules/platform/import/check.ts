import { bigints, integers, uuidList } from "../../../kernel/db/array.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { inTurns } from "../../../kernel/turns.ts";
import type { InScope } from "../file.ts";
import { typeRow, type Columns } from "./cell.ts";
import { addCounts, prefixed, RunStopped } from "./count.ts";
import { isBlank } from "./hint.ts";
import type { Mapping, RowReason } from "./import.schema.ts";
import { countBy, packRows } from "./pack.ts";
import { fileOf, openSource } from "./reading.ts";
import { reasonFor } from "./reason.ts";
import type { RunRow } from "./run.row.ts";
import { fromHeader } from "./source/header.ts";
import { unreadableFile, type SourceRow } from "./source/source.ts";
import type { CheckedRow, OpenTarget, PreparedRow, TargetField } from "./target.ts";

/** Rows judged in one transaction: a dozen statements, a tenth of a second, some megabytes. */
export const PAGE = 5_000;
/** Rows of one page that change somebody: they are locked while the page is applied, and a till that serves one of them waits. */
export const MAX_CHANGED = 500;

interface Check {
  inScope: InScope;
  run: RunRow;
  mapping: Mapping;
  target: OpenTarget;
  fields: readonly TargetField[];
}

/**
 * Reads the file from its beginning and judges what no page holds yet, a page at a time: while the database looks up one, the next is
 * read and prepared. Returns whether the file came to its end before `until`.
 */
export async function checkRows({ inScope, run, mapping, target, fields }: Check, until: number): Promise<boolean> {
  const source = run.source;
  if (!source) throw unreadableFile({ reason: "not-read" });
  const columns: Columns = {
    width: source.columns.length,
    used: mapping.columns.flatMap(({ at, field: key }) => {
      const field = fields.find((one) => one.key === key);
      return field ? [{ at, field, header: source.columns[at]?.header ?? "" }] : [];
    }),
  };
  const { rows, bytesRead } = await openSource(fileOf(run, inScope), source);
  const size = target.relatedRows ?? PAGE;
  const judging = new Judging({ inScope, runId: run.id, target, prepare: (row) => target.prepare(typeRow(row, columns, mapping)), headers: new Map(columns.used.map(({ field, header }) => [field.key, header])) }, run.checked_rows);
  // The header is no row.
  let [page, seen]: [SourceRow[], number] = [[], -1];
  for await (const row of fromHeader(rows)) {
    if (++seen <= run.checked_rows) continue;
    page.push(row);
    if (page.length < size) continue;
    await judging.add(page, bytesRead());
    page = [];
    if (performance.now() < until) continue;
    await judging.done();
    return false;
  }
  if (page.length > 0) await judging.add(page, run.size_bytes);
  await judging.done();
  return true;
}

interface Judged {
  inScope: InScope;
  runId: string;
  target: OpenTarget;
  /** Everything about a row that needs no database. */
  prepare: (row: SourceRow) => PreparedRow;
  /** What the file calls the columns of the fields. */
  headers: ReadonlyMap<string, string>;
}

/** Judges pages in their order, one at a time, while whoever adds them goes on. */
class Judging {
  readonly #inScope: InScope;
  readonly #runId: string;
  readonly #target: OpenTarget;
  readonly #prepare: Judged["prepare"];
  readonly #headers: ReadonlyMap<string, string>;
  #at: number;
  #last: Promise<void> = Promise.resolve();

  constructor({ inScope, runId, target, prepare, headers }: Judged, at: number) {
    [this.#inScope, this.#runId, this.#target, this.#prepare, this.#headers, this.#at] = [inScope, runId, target, prepare, headers, at];
  }

  /** Prepares a page, and returns once the one before it is in. */
  async add(rows: readonly SourceRow[], bytesRead: number): Promise<void> {
    const prepared = await inTurns(rows, this.#prepare);
    await this.#last;
    const from = this.#at;
    this.#at += rows.length;
    this.#last = this.#inScope((scope) => this.#judge(scope, prepared, { from, bytesRead }));
    // Whoever waits for it next hears of a failure.
    this.#last.catch(() => {});
  }

  done(): Promise<void> {
    return this.#last;
  }

  async #judge(scope: Scope, rows: readonly PreparedRow[], { from, bytesRead }: { from: number; bytesRead: number }): Promise<void> {
    const { tx, tenantId } = scope;
    const moved = await tx.rows(
      `update platform.import_run set checked_rows = $4, checked_bytes = $5, moved_at = $6 where tenant_id = $1 and id = $2 and state = 'checking' and checked_rows = $3 returning 1`,
      [tenantId, this.#runId, from, from + rows.length, bytesRead, scope.now]);
    if (moved.length === 0) throw new RunStopped("Another worker goes on with it, or somebody stopped it");
    const repeated = await repeatedRows(scope, this.#runId, rows.filter((row) => row.reasons.length === 0));
    const fit = rows.filter((row) => row.reasons.length === 0 && !repeated.has(row));
    const { relatedRows } = this.#target;
    const page = { others: rows.filter((row) => row.reasons.length > 0), isAll: relatedRows !== undefined && from === 0 && rows.length < relatedRows };
    const judged = new Map(onceEach(await this.#target.judge(scope, fit, page)).map((row, at) => [fit[at], row]));
    const checked = rows.map((row) => withCells(this.#named(judged.get(row) ?? unfit(row, repeated.get(row))), row));
    let no = from;
    for (const part of relatedRows === undefined ? pagesOf(checked) : [checked]) {
      await this.#keep(scope, no, part);
      no += part.length;
    }
    await addCounts(scope, this.#runId, "checking", prefixed("verdict", countBy(checked, (row) => row.verdict)));
  }

  /** Pages are numbered by their first row. */
  async #keep(scope: Scope, no: number, rows: readonly CheckedRow[]): Promise<void> {
    const packed = await packRows(scope, { runId: this.#runId, no, part: "checked" }, rows);
    await scope.tx.rows(
      "insert into platform.import_page (tenant_id, run_id, no, rows, verdicts, checked, subjects) values ($1, $2, $3, $4, $5, $6, $7::uuid[])",
      [scope.tenantId, this.#runId, no, rows.length, JSON.stringify(countBy(rows, (row) => row.verdict)), packed, uuidList(rows.flatMap((row) => row.subjectId ?? []))]);
  }

  /** Targets know fields; whoever mends the file looks for its columns. */
  #named(row: CheckedRow): CheckedRow {
    return row.reasons.length === 0 ? row : { ...row, reasons: row.reasons.map((reason) => ({ ...reason, column: reason.column ?? this.#headers.get(reason.field ?? "") ?? null })) };
  }
}

function* pagesOf(rows: readonly CheckedRow[]): Generator<CheckedRow[]> {
  let page: CheckedRow[] = [];
  let changed = 0;
  for (const row of rows) {
    if (row.verdict === "changed" && ++changed > MAX_CHANGED) {
      yield page;
      [page, changed] = [[], 1];
    }
    page.push(row);
  }
  if (page.length > 0) yield page;
}

const unfit = (row: PreparedRow, reason: RowReason | undefined): CheckedRow =>
  ({ line: row.line, verdict: reason ? "duplicate" : "error", title: titleOf(row), after: {}, reasons: reason ? [reason] : row.reasons });

const titleOf = ({ values, cells }: PreparedRow): string => String(values["name"] ?? cells.find((cell) => !isBlank(cell)) ?? "").slice(0, 60);

/** Those that are not taken keep what they said, for the error file; of a cell as long as a book its beginning. */
const withCells = (checked: CheckedRow, row: PreparedRow): CheckedRow =>
  (checked.verdict === "error" || checked.verdict === "duplicate" ? { ...checked, cells: row.cells.map((cell) => (cell.length > 1_000 ? `${cell.slice(0, 1_000)}…` : cell)) } : checked);

const sameAs = (line: number): RowReason => reasonFor(null, "repeated", `#${line}`);

/** Two rows may name one that is there by different things, and a page writes each once: the first counts. Between pages the later one finds it changed. */
function onceEach(rows: readonly CheckedRow[]): CheckedRow[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    const line = row.verdict === "changed" && row.subjectId ? first.get(row.subjectId) : undefined;
    if (line !== undefined) return { line: row.line, verdict: "duplicate", title: row.title, subjectId: row.subjectId, after: {}, reasons: [sameAs(line)] };
    if (row.verdict === "changed" && row.subjectId) first.set(row.subjectId, row.line);
    return row;
  });
}

/** Rows that share what identifies somebody with a row before them in the file. */
async function repeatedRows(scope: Scope, runId: string, rows: readonly PreparedRow[]): Promise<Map<PreparedRow, RowReason>> {
  const first = new Map<number, number>();
  for (const row of rows) for (const key of row.keys) if (!first.has(key)) first.set(key, row.line);
  if (first.size === 0) return new Map();
  const keys = [...first].toSorted((a, b) => a[0] - b[0]);
  const [keyList, lines] = [bigints(keys, ([key]) => key), integers(keys, ([, line]) => line)];
  const fresh = await scope.tx.rows<{ key: number }>(
    `insert into platform.import_key (tenant_id, run_id, key, line) select $1, $2, n.key, n.line from unnest($3::bigint[], $4::int[]) as n(key, line)
     on conflict (tenant_id, run_id, key) do nothing returning key`, [scope.tenantId, runId, keyList, lines]);
  const known = fresh.length === keys.length ? [] : await earlierLines(scope, runId, new Set(fresh.map((row) => row.key)), keys);
  const earlier = new Map([...first, ...known.map((row) => [row.key, row.line] as const)]);
  return new Map(rows.flatMap((row): [PreparedRow, RowReason][] => {
    const line = row.keys.map((key) => earlier.get(key)).find((at) => at !== undefined && at !== row.line);
    return line === undefined ? [] : [[row, sameAs(line)]];
  }));
}

const earlierLines = ({ tx, tenantId }: Scope, runId: string, fresh: ReadonlySet<number>, keys: readonly [number, number][]): Promise<{ key: number; line: number }[]> => tx.rows(
  "select key, line from platform.import_key where tenant_id = $1 and run_id = $2 and key = any($3::bigint[])", [tenantId, runId, bigints(keys.filter(([key]) => !fresh.has(key)), ([key]) => key)]);
