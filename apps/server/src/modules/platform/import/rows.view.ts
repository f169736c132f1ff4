import { decodeCursor, encodeCursor, type Page } from "../../../kernel/http/page.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { hiddenIn, targetOf } from "./targets.ts";
import type { OutcomeKind, RowReason, RowView, UndoKind, Verdict } from "./import.schema.ts";
import { unpackRows } from "./pack.ts";
import { getRun } from "./run.row.ts";
import { reasonFor } from "./reason.ts";
import { maskText } from "./suggest.ts";
import type { AppliedRow, CheckedRow, FieldValues, ImportTarget, TargetField, UndoneRow } from "./target.ts";

export interface RowFilter {
  verdict?: Verdict | undefined;
  outcome?: OutcomeKind | undefined;
  undo?: UndoKind | undefined;
  /** a reason's code */
  reason?: string | undefined;
}

interface PageRow {
  no: number;
  checked: Buffer;
  applied: Buffer | null;
  undone: Buffer | null;
}

export interface StoredRow {
  checked: CheckedRow;
  applied: AppliedRow | undefined;
  undone: UndoneRow | undefined;
}

/** A page of a run that holds rows of a kind, from `no` on. */
async function nextPage(scope: Scope, runId: string, no: number, { verdict, outcome, undo }: RowFilter): Promise<PageRow | undefined> {
  const [page] = await scope.tx.rows<PageRow>(
    `select no, checked, applied, undone from platform.import_page
      where tenant_id = $1 and run_id = $2 and no >= $3 and ($4::text is null or verdicts ? $4) and ($5::text is null or outcomes ? $5) and ($6::text is null or undos ? $6)
      order by no limit 1`, [scope.tenantId, runId, no, verdict ?? null, outcome ?? null, undo ?? null]);
  return page;
}

async function rowsOf(scope: Scope, runId: string, page: PageRow): Promise<StoredRow[]> {
  const { no } = page;
  const checked = await unpackRows<CheckedRow>(scope, { runId, no, part: "checked" }, page.checked);
  const applied = page.applied ? await unpackRows<AppliedRow>(scope, { runId, no, part: "applied" }, page.applied) : [];
  const undone = page.undone ? await unpackRows<UndoneRow>(scope, { runId, no, part: "undone" }, page.undone) : [];
  const [appliedAt, undoneAt] = [new Map(applied.map((row) => [row.at, row])), new Map(undone.map((row) => [row.at, row]))];
  return checked.map((row, at) => ({ checked: row, applied: appliedAt.get(at), undone: undoneAt.get(at) }));
}

const fits = ({ checked, applied, undone }: StoredRow, { verdict, outcome, undo, reason }: RowFilter): boolean =>
  (!verdict || checked.verdict === verdict) && (!outcome || applied?.outcome === outcome) && (!undo || undone?.undo === undo)
  && (!reason || [checked, applied, undone].some((part) => part?.reasons?.some((one) => one.code === reason)));

/** Rows of a run in the order of the file: of a million the pages without such rows are not even opened. */
export async function listRows(scope: Scope, targets: readonly ImportTarget[], runId: string, query: RowFilter & { limit: number; cursor?: string | undefined }): Promise<Page<RowView>> {
  const run = await getRun(scope, runId);
  const found = await targetOf(scope, targets, run.target);
  const { fields = [] } = found?.description ?? {};
  const hidden = hiddenIn(fields, run.mapping);
  const titled = async (rows: RowView[]): Promise<RowView[]> => {
    const there = await found?.target.titles(scope, run.target, rows.flatMap(({ changes }) => changes.flatMap(({ field, from, to }) => [{ [field]: from }, { [field]: to }]))) ?? {};
    const titleOf = (id: unknown): [string, string][] => (typeof id === "string" && (there[id] || promised[id]) ? [[id, there[id] || promised[id] || ""]] : []);
    return rows.map((row) => ({ ...row, references: Object.fromEntries(row.changes.flatMap(({ from, to }) => [from, to].flat()).flatMap(titleOf)) }));
  };
  const [fromNo = 0, fromAt = 0] = (decodeCursor(query.cursor, 2) ?? []).map(Number);
  const items: RowView[] = [];
  // Rows that are not there yet, by the ids that others refer to them by.
  const promised: Record<string, string> = {};
  let [no, skip] = [fromNo, fromAt];
  for (let page = await nextPage(scope, runId, no, query); page; page = await nextPage(scope, runId, no, query)) {
    const rows = await rowsOf(scope, runId, page);
    for (const { checked: { newId, title } } of hidden.size > 0 ? [] : rows) if (newId) promised[newId] = maskText(title);
    if (page.no !== no) skip = 0;
    for (let at = skip; at < rows.length; at++) {
      const row = rows[at];
      if (!row || !fits(row, query)) continue;
      if (items.length === query.limit) return { items: await titled(items), nextCursor: encodeCursor(page.no, at) };
      items.push(viewRow(row, fields, hidden));
    }
    [no, skip] = [page.no + 1, 0];
  }
  return { items: await titled(items), nextCursor: null };
}

/** All rows of a kind, page by page, each in a scope of its own. */
export async function* walkRows(inScope: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>, runId: string, filter: RowFilter): AsyncGenerator<StoredRow[]> {
  for (let no = 0; ;) {
    const from = no;
    const found = await inScope(async (scope) => {
      const page = await nextPage(scope, runId, from, filter);
      return page && { no: page.no, rows: (await rowsOf(scope, runId, page)).filter((row) => fits(row, filter)) };
    });
    if (!found) return;
    yield found.rows;
    no = found.no + 1;
  }
}

/** A reason without what it says of a field that the caller may not see. */
export const veiled = (reason: RowReason, hidden: ReadonlySet<string>): RowReason =>
  (reason.field !== null && hidden.has(reason.field) ? reasonFor(null, reason.code) : reason);

/** What a row is called may stand in any column: where one is hidden it is called nothing. */
function viewRow({ checked, applied, undone }: StoredRow, fields: readonly TargetField[], hidden: ReadonlySet<string>): RowView {
  const { before = {}, after } = checked;
  return {
    line: checked.line, verdict: checked.verdict, outcome: applied?.outcome ?? null, undo: undone?.undo ?? null, title: hidden.size > 0 ? "" : maskText(checked.title), subjectId: applied?.subjectId ?? checked.subjectId ?? null,
    changes: Object.keys(after).filter((field) => !hidden.has(field)).map((field) => ({ field, from: shown(fields, field, before), to: shown(fields, field, after) })),
    reasons: [...checked.reasons, ...applied?.reasons ?? [], ...undone?.reasons ?? []].map((reason) => veiled(reason, hidden)).map((reason) => ({ ...reason, value: reason.value === null ? null : maskText(reason.value) })),
    references: {},
  };
}

/** An id may hold what looks like a phone. */
const veil = (value: unknown): unknown => (typeof value === "string" && !isUuid(value) ? maskText(value) : value);

function shown(fields: readonly TargetField[], key: string, values: FieldValues): unknown {
  const value = values[key];
  if (value === undefined || value === null) return null;
  const field = fields.find((one) => one.key === key);
  if (field?.kind === "phone") return maskText(String(value));
  if (field?.isPersonal && typeof value === "string") return value.length > 4 ? `${value.slice(0, 2)}****${value.slice(-2)}` : "****";
  return Array.isArray(value) ? value.map(veil) : veil(value);
}
