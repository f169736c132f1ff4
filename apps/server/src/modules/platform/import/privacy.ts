import type { Scope } from "../../../kernel/scope.ts";
import { packRows, unpackRows, type Part } from "./pack.ts";
import type { AppliedRow, CheckedRow } from "./target.ts";

interface Page {
  run_id: string;
  no: number;
  checked: Buffer;
  applied: Buffer | null;
}

/** Takes out of imports what their rows said of somebody who leaves; the rows stay, so that the counts do. Answers how many there were. */
export async function forgetImported(scope: Scope, subjectId: string): Promise<number> {
  const pages = await scope.tx.rows<Page>("select run_id, no, checked, applied from platform.import_page where tenant_id = $1 and $2::uuid = any(subjects) for update", [scope.tenantId, subjectId]);
  let forgotten = 0;
  for (const { run_id: runId, no, ...page } of pages) {
    const applied = page.applied ? await unpackRows<AppliedRow>(scope, { runId, no, part: "applied" }, page.applied) : [];
    const theirs = new Set(applied.flatMap((row) => (row.subjectId === subjectId ? [row.at] : [])));
    const checked = (await unpackRows<CheckedRow>(scope, { runId, no, part: "checked" }, page.checked)).map((row, at): CheckedRow => {
      if (row.subjectId !== subjectId && !theirs.has(at)) return row;
      forgotten++;
      return { line: row.line, verdict: row.verdict, title: "", after: {}, reasons: row.reasons.map((reason) => ({ ...reason, value: null })) };
    });
    const kept = applied.map(({ before: _before, after, ...row }): AppliedRow => (theirs.has(row.at) ? row : { ...row, ...(_before ? { before: _before } : {}), ...(after ? { after } : {}) }));
    const pack = (part: Part, rows: readonly object[]) => packRows(scope, { runId, no, part }, rows);
    await scope.tx.rows("update platform.import_page set checked = $4, applied = $5, subjects = array_remove(subjects, $6::uuid) where tenant_id = $1 and run_id = $2 and no = $3",
      [scope.tenantId, runId, no, await pack("checked", checked), page.applied ? await pack("applied", kept) : null, subjectId]);
  }
  return forgotten;
}
