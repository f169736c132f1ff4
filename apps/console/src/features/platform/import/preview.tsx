import { Alert, App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { Panel } from "../../../design/page-frame.tsx";
import { ProblemAlert } from "../../../design/state.tsx";
import { type Import, importsKey } from "./import.ts";
import { RowTabs } from "./row-tabs.tsx";

/** What would be written, row by row, before anything is. */
export function Preview({ one, onMap }: { one: Import; onMap: () => void }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const apply = useAction<void, Import>({ run: () => api.post(`/imports/${one.id}:apply`), refreshes: [importsKey] });
  const count = (name: keyof Import["verdicts"]) => one.verdicts[name].toLocaleString("en-US");
  const writes = one.verdicts.new + one.verdicts.changed;
  const left = one.rows - writes - one.verdicts.unchanged;
  const sentence = one.rows === 0 ? t("import.noData") : t("import.will", { created: count("new"), updated: count("changed"), left: left.toLocaleString("en-US") });
  const ask = () => modal.confirm({ title: t("import.applyTitle"), content: <p>{sentence} {t("import.applyText")}</p>, okText: t("import.apply"), cancelText: t("action.cancel"), onOk: () => apply.mutateAsync().catch(() => {}) });
  return (
    <>
      <Panel className="import-verdict">
        <p className="sentence">{sentence}</p>
        {one.state === "waiting" ? <Alert type="info" showIcon title={t("import.waiting")} /> : null}
        <div className="row import-foot">
          {one.can.includes("apply") ? <Button type="primary" disabled={writes === 0} loading={apply.isPending} onClick={ask}>{t("import.apply")}</Button> : null}
          {one.can.includes("map") ? <Button onClick={onMap}>{t("import.mapAgain")}</Button> : null}
        </div>
        <ProblemAlert error={apply.error} />
      </Panel>
      <RowTabs one={one} kind="verdicts" />
    </>
  );
}
