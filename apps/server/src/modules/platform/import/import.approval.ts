import type { ApprovalKind, Approvals, ApprovalWaiting } from "../../../kernel/approval.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { getRun, lockRun } from "./run.row.ts";
import { applyImport } from "./run.ts";
import type { ImportTarget } from "./target.ts";
import { describeTargets } from "./targets.ts";

interface Payload {
  runId: string;
}

/** Applies at once, or asks whoever has to agree: the run waits, and its mapping stays as it was checked. */
export async function applyOrAsk(scope: Scope, approvals: Approvals, targets: readonly ImportTarget[], runId: string): Promise<{ waiting: ApprovalWaiting } | null> {
  if (await approvals.isGoverned(scope, "import")) {
    const run = await lockRun(scope, runId, ["checked", "failed"]);
    const waiting = await approvals.ask(scope, { kind: "import", payload: { runId } satisfies Payload, amount: run.checked_rows, reason: "" });
    if (waiting) await setState(scope, runId, "waiting");
    if (waiting) return { waiting };
  }
  await applyImport(scope, targets, runId);
  return null;
}

const setState = ({ tx, tenantId, now }: Scope, runId: string, state: "waiting" | "checked"): Promise<unknown> =>
  tx.rows("update platform.import_run set state = $3, moved_at = $4 where tenant_id = $1 and id = $2", [tenantId, runId, state, now]);

export const importApproval = (targets: readonly ImportTarget[]) => ({
  kind: "import",
  names: { zh: "导入数据", en: "Import" },
  can: "imports.manage",
  unit: "rows",
  defaultSteps: [],
  async describe(scope: Scope, { runId }: Payload) {
    const run = await getRun(scope, runId);
    const target = (await describeTargets(scope, targets)).find((one) => one.key === run.target);
    const rows = (zh: string, en: string, verdict: string) => ({ label: { zh, en }, unit: "count" as const, value: run.counts[`verdict.${verdict}`] ?? 0 });
    const count = run.checked_rows.toLocaleString("en-US");
    return {
      title: { zh: `导入 ${count} 行${target?.name ?? ""}`, en: `Import ${count} rows: ${target?.nameEn ?? run.target}` },
      link: { kind: "import" as const, id: runId },
      facts: [{ label: { zh: "文件", en: "File" }, unit: "text" as const, value: run.file_name }, rows("新增", "New", "new"), rows("修改", "Changed", "changed"), rows("重复", "Duplicate", "duplicate"), rows("有误", "Wrong", "error")],
    };
  },
  async carryOut(scope: Scope, { payload: { runId } }: { payload: Payload }) {
    await lockRun(scope, runId, ["waiting"]);
    await setState(scope, runId, "checked");
    await applyImport(scope, targets, runId);
  },
  async ended(scope: Scope, { runId }: Payload) {
    if ((await getRun(scope, runId)).state === "waiting") await setState(scope, runId, "checked");
  },
} as const satisfies ApprovalKind);
