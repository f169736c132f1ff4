import { Alert, App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { useClock } from "../../../design/clock.ts";
import { Panel } from "../../../design/page-frame.tsx";
import { ProblemAlert } from "../../../design/state.tsx";
import { type Import, importsKey } from "./import.ts";
import { RowTabs } from "./row-tabs.tsx";
import { Tallies } from "./tallies.tsx";
import { UndoPreview } from "./undo-preview.tsx";

/** What was written, and taking it back. */
export function Outcome({ one }: { one: Import }) {
  const { t } = useTranslation();
  const clock = useClock();
  const stoppedFor = (code: string) => t(`import.stopped.${code}`, { defaultValue: t(`import.unreadable.${code}`, { defaultValue: t(`problem.${code}`, { defaultValue: code }) }) });
  const isUndone = one.undoneAt !== null || one.state === "undone";
  const isWritten = Object.values(one.outcomes).some((count) => count > 0);
  const tone = one.state === "failed" ? "error" : one.state === "applied" ? "success" : "info";
  return (
    <>
      <Alert type={tone} showIcon title={t(`import.ended.${one.state}`)} description={one.reason ? stoppedFor(one.reason) : undefined} />
      {isWritten ? (
        <Panel title={t("import.result")}>
          <Tallies one={one} kind="outcomes" />
          {one.can.includes("undo") ? <p className="soft">{t("import.keptUntil", { at: clock.day(one.keepUntil) })}</p> : null}
          <Again one={one} />
        </Panel>
      ) : <Again one={one} />}
      {isUndone ? <Panel title={t("import.undone")}><Tallies one={one} kind="undos" /></Panel> : null}
      {isUndone ? <RowTabs one={one} kind="undos" /> : null}
      {isWritten ? <RowTabs one={one} kind="outcomes" /> : null}
      {one.rows > 0 && !isWritten ? <RowTabs one={one} kind="verdicts" /> : null}
    </>
  );
}

/** Going on with what stopped, and taking back what was written. */
function Again({ one }: { one: Import }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const act = useAction<"apply" | "undo", Import>({ run: (verb) => api.post(`/imports/${one.id}:${verb}`), refreshes: [importsKey] });
  const ask = () => modal.confirm({
    title: t("import.undoTitle"), okText: t("import.undo"), cancelText: t("action.cancel"), okButtonProps: { danger: true }, onOk: () => act.mutateAsync("undo").catch(() => {}), content: <UndoPreview id={one.id} />,
  });
  if (!one.can.includes("apply") && !one.can.includes("undo")) return null;
  return (
    <div className="stack-tight">
      <div className="row import-foot">
        {one.can.includes("apply") ? <Button type="primary" loading={act.isPending} onClick={() => act.mutate("apply")}>{t("import.applyOn")}</Button> : null}
        {one.can.includes("undo") ? <Button danger loading={act.isPending} onClick={ask}>{t("import.undo")}</Button> : null}
      </div>
      <ProblemAlert error={act.error} />
    </div>
  );
}
