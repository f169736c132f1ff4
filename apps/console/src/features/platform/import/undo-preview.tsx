import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ConsoleSchemas } from "@shuke/api";
import { api } from "../../../api/client.ts";
import { Fact, Facts } from "../../../design/page-frame.tsx";
import { ProblemAlert } from "../../../design/state.tsx";
import { importsKey } from "./import.ts";
import { useReasonText } from "./row-reasons.tsx";

/** What taking an import back would do now, before anybody does it. */
export function UndoPreview({ id }: { id: string }) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  // Others go on working: what was seen a while ago says little.
  const preview = useQuery({ queryKey: [...importsKey, id, "undo-preview"], queryFn: () => api.get<ConsoleSchemas["ImportUndoPreview"]>(`/imports/${id}/undo-preview`), gcTime: 0, staleTime: 0 });
  if (preview.error) return <ProblemAlert error={preview.error} />;
  if (!preview.data) return <p className="soft" role="status">{t("import.foreseeing")}</p>;
  const { rows, total, undos, reasons } = preview.data;
  const shown = (value: number) => value.toLocaleString("en-US");
  return (
    <div className="stack-tight" role="status">
      <Facts>{Object.entries(undos).filter(([, count]) => count > 0).map(([name, count]) => <Fact key={name} label={t(`import.foreseen.${name}`)}><b className="num">{shown(count)}</b></Fact>)}</Facts>
      {reasons.length > 0 ? <p>{t("import.foreseenStays")}</p> : null}
      {reasons.length > 0 ? <ul>{reasons.map(({ code, rows: count }) => <li key={code}>{reasonText(code, code)} · <span className="num">{shown(count)}</span></li>)}</ul> : null}
      {rows < total ? <p className="soft">{t("import.foreseenPart", { rows: shown(rows), total: shown(total) })}</p> : null}
    </div>
  );
}
