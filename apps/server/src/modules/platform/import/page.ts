import { uuidList } from "../../../kernel/db/array.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { addCounts, prefixed } from "./count.ts";
import { countBy, packRows, unpackRows } from "./pack.ts";
import type { AppliedRow, CheckedRow, OpenTarget } from "./target.ts";

interface Open {
  no: number;
  checked: Buffer;
  applied: Buffer;
}

/** Writes one page that nobody has written yet and closes it in the same transaction. Returns whether there may be more. */
export async function applyPage(scope: Scope, runId: string, target: OpenTarget): Promise<boolean> {
  const [page] = await scope.tx.rows<Open>(
    "select no, checked from platform.import_page where tenant_id = $1 and run_id = $2 and outcomes is null order by no limit 1 for update skip locked", [scope.tenantId, runId]);
  if (!page) return false;
  const rows = (await unpackRows<CheckedRow>(scope, { runId, no: page.no, part: "checked" }, page.checked)).map((row, at) => ({ ...row, at }));
  const wanted = rows.filter((row) => row.verdict === "new" || row.verdict === "changed");
  const applied = wanted.length > 0 ? await target.apply(scope, wanted) : [];
  const outcomes = countBy(applied, (row) => row.outcome);
  const subjects = uuidList(applied.flatMap((row) => (row.outcome === "created" && row.subjectId ? [row.subjectId] : [])));
  await scope.tx.rows("update platform.import_page set outcomes = $4, applied = $5, subjects = subjects || $6::uuid[] where tenant_id = $1 and run_id = $2 and no = $3",
    [scope.tenantId, runId, page.no, JSON.stringify(outcomes), await packRows(scope, { runId, no: page.no, part: "applied" }, applied), subjects]);
  await addCounts(scope, runId, "applying", { ...prefixed("outcome", outcomes), "rows.applied": rows.length });
  return true;
}

/** Takes one page back, the last ones first. */
export async function undoPage(scope: Scope, runId: string, target: OpenTarget): Promise<boolean> {
  const [page] = await scope.tx.rows<Open & { rows: number }>(
    "select no, applied, rows from platform.import_page where tenant_id = $1 and run_id = $2 and outcomes is not null and undos is null order by no desc limit 1 for update skip locked", [scope.tenantId, runId]);
  if (!page) return false;
  const applied = await unpackRows<AppliedRow>(scope, { runId, no: page.no, part: "applied" }, page.applied);
  const written = applied.filter((row) => row.outcome === "created" || row.outcome === "updated");
  const undone = written.length > 0 ? await target.undo(scope, written) : [];
  const undos = countBy(undone, (row) => row.undo);
  await scope.tx.rows("update platform.import_page set undos = $4, undone = $5 where tenant_id = $1 and run_id = $2 and no = $3",
    [scope.tenantId, runId, page.no, JSON.stringify(undos), await packRows(scope, { runId, no: page.no, part: "undone" }, undone)]);
  await addCounts(scope, runId, "undoing", { ...prefixed("undo", undos), "rows.undone": page.rows });
  return true;
}
