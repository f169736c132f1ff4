import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import type { Column } from "../../design/data-table.tsx";
import { MovingTable } from "../../design/moving-table.tsx";
import { sizeText } from "../../design/size.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { type Export, fileAddress, isRunning } from "./export.ts";

const colours = { running: "processing", done: "success", failed: "error", cancelled: "default" } as const;

/** Who took which list along, and the files that are still kept. */
export function ExportPage() {
  const { t } = useTranslation();
  const clock = useClock();
  const columns: Column<Export>[] = [
    { title: t("export.file"), isWide: true, render: (one) => <div><strong>{one.fileName}</strong>{one.isWhole ? <> <Tag color="warning">{t("export.isWhole")}</Tag></> : null}<Filters one={one} /></div> },
    { title: t("export.state"), render: (one) => <><Tag color={colours[one.state]}>{t(`export.states.${one.state}`)}</Tag>{one.failure ? <span className="soft">{t(`export.failures.${one.failure}`, { defaultValue: one.failure })}</span> : null}</> },
    { title: t("export.rows"), align: "end", render: (one) => one.rows.toLocaleString("en-US") },
    { title: t("export.size"), align: "end", render: (one) => (one.sizeBytes > 0 ? sizeText(one.sizeBytes) : "—") },
    { title: t("export.by"), render: (one) => one.by },
    { title: t("export.at"), render: (one) => clock.instant(one.createdAt) },
    { title: "", render: (one) => <Actions one={one} /> },
  ];
  return (
    <PageFrame title={t("menu.exports")} lead={t("export.pageLead")}>
      <MovingTable<Export> label={t("menu.exports")} path="/exports" isMoving={isRunning} columns={columns} emptyTitle={t("export.none")} empty={t("export.noneText")} />
    </PageFrame>
  );
}

function Filters({ one }: { one: Export }) {
  const { t } = useTranslation();
  const shown = Object.entries(one.filters).map(([name, value]) => `${t(`export.filters.${name}`, { defaultValue: name })}: ${value}`);
  const reason = one.reason ? [`${t("form.reason")}: ${one.reason}`] : [];
  return shown.length + reason.length > 0 ? <div className="soft">{[...shown, ...reason].join(" · ")}</div> : null;
}

function Actions({ one }: { one: Export }) {
  const { t } = useTranslation();
  const clock = useClock();
  const { message } = App.useApp();
  const cancel = useAction<void, Export>({ run: () => api.post(`/exports/${one.id}:cancel`), refreshes: [["/exports"]] });
  if (isRunning(one)) return <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate(undefined, { onError: (error) => void message.error(problemSentence(t, error)) })}>{t("action.cancel")}</Button>;
  if (!one.isReady) return null;
  return <Button size="small" icon={<DownloadOutlined />} href={fileAddress(one)} download={one.fileName} title={t("export.until", { at: clock.instant(one.keptUntil) })}>{t("export.download")}</Button>;
}
