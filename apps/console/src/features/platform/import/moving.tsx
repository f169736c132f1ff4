import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import { Panel } from "../../../design/page-frame.tsx";
import { sizeText } from "../../../design/size.ts";
import type { Import } from "./import.ts";
import { Tallies } from "./tallies.tsx";

/** What goes on by itself, here or without anybody looking. */
export function Moving({ one }: { one: Import }) {
  const { t } = useTranslation();
  const { progress, state } = one;
  const of = (value: number) => (state === "checking" ? sizeText(value) : value.toLocaleString("en-US"));
  const name = t(`import.states.${state}`);
  return (
    <Panel title={name}>
      <Progress percent={progress?.percent ?? 0} status="active" aria-label={name} />
      <p className="soft" role="status">{t("import.doneOf", { done: of(progress?.done ?? 0), total: of(progress?.total ?? 0) })} · {t("import.leave")}</p>
      <Tallies one={one} kind={state === "checking" ? "verdicts" : state === "applying" ? "outcomes" : "undos"} />
    </Panel>
  );
}
