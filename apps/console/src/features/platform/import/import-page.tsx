import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { PageFrame } from "../../../design/page-frame.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../../design/state.tsx";
import { type Import, importQuery, importsKey, type ImportState, useTargetName } from "./import.ts";
import { ImportSteps } from "./import-steps.tsx";
import { MappingStep } from "./mapping-step.tsx";
import { Preview } from "./preview.tsx";
import { Moving } from "./moving.tsx";
import { Outcome } from "./outcome.tsx";
import { UploadStep } from "./upload-step.tsx";

const stepOf: Readonly<Record<ImportState, number>> = { uploading: 0, uploaded: 1, mapped: 1, checking: 2, checked: 3, waiting: 3, applying: 4, applied: 5, undoing: 5, undone: 5, failed: 1, cancelled: 5 };

/** One import, whatever it is at: every step is shown by its state, so that it can be left and come back to. */
export function ImportPage() {
  const { t } = useTranslation();
  const { importId } = useParams({ strict: false }) as { importId: string };
  const one = useQuery(importQuery(importId));
  const targetName = useTargetName();
  const [isMapping, setMapping] = useState(false);
  if (one.isError && !one.data) return <FailureState error={one.error} onRetry={() => void one.refetch()} />;
  if (!one.data) return <LoadingState rows={10} />;
  const { fileName, by, state } = one.data;
  const step = isMapping ? 1 : stepOf[state];
  return (
    <PageFrame title={fileName} lead={t("import.into", { target: targetName(one.data), by })} actions={<><CancelButton one={one.data} /><Link to="/imports"><Button tabIndex={-1}>{t("import.all")}</Button></Link></>}>
      <ImportSteps at={step} />
      <Step one={one.data} isMapping={isMapping} onMap={setMapping} />
    </PageFrame>
  );
}

function Step({ one, isMapping, onMap }: { one: Import; isMapping: boolean; onMap: (isMapping: boolean) => void }) {
  switch (one.state) {
    case "uploading": return <UploadStep one={one} />;
    case "uploaded": case "mapped": return <MappingStep one={one} onChecked={() => onMap(false)} />;
    case "checking": case "applying": case "undoing": return <Moving one={one} />;
    case "checked": case "waiting": return isMapping ? <MappingStep one={one} onChecked={() => onMap(false)} /> : <Preview one={one} onMap={() => onMap(true)} />;
    case "failed": return one.checkedAt ? <Outcome one={one} /> : <MappingStep one={one} onChecked={() => onMap(false)} />;
    case "applied": case "undone": case "cancelled": return <Outcome one={one} />;
  }
}

function CancelButton({ one }: { one: Import }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const cancel = useAction<void, Import>({ run: () => api.post(`/imports/${one.id}:cancel`), refreshes: [importsKey] });
  if (!one.can.includes("cancel")) return null;
  const ask = () => modal.confirm({
    title: t("import.cancelTitle"), content: <div className="stack-tight"><p>{t(one.state === "applying" ? "import.cancelApplying" : "import.cancelText")}</p><ProblemAlert error={cancel.error} /></div>,
    okText: t("import.cancel"), cancelText: t("import.goOn"), okButtonProps: { danger: true }, onOk: () => cancel.mutateAsync(),
  });
  return <Button danger onClick={ask}>{t("import.cancel")}</Button>;
}
