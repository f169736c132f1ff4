import { UploadOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button, Progress, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useClock } from "../../../design/clock.ts";
import type { Column } from "../../../design/data-table.tsx";
import { MovingTable } from "../../../design/moving-table.tsx";
import { PageFrame } from "../../../design/page-frame.tsx";
import { sizeText } from "../../../design/size.ts";
import { type Import, isMoving, stateColours, useTargetName } from "./import.ts";

/** Imports, latest first; what goes on is seen going on. */
export function ImportListPage() {
  const { t } = useTranslation();
  const clock = useClock();
  const targetName = useTargetName();
  const count = (value: number) => value.toLocaleString("en-US");
  const columns: Column<Import>[] = [
    { title: t("import.file"), isWide: true, render: (one) => <><Link to="/imports/$importId" params={{ importId: one.id }}>{one.fileName}</Link><div className="soft">{sizeText(one.sizeBytes)}</div></> },
    { title: t("import.target"), render: targetName },
    { title: t("import.state"), render: (one) => <ImportStateTag one={one} /> },
    { title: t("import.rows"), align: "end", render: (one) => (one.rows > 0 ? count(one.rows) : "—") },
    { title: t("import.written"), align: "end", render: (one) => (one.appliedAt || one.state === "applying" ? t("import.writtenOf", { created: count(one.outcomes.created), updated: count(one.outcomes.updated) }) : "—") },
    { title: t("import.by"), render: (one) => one.by },
    { title: t("import.at"), render: (one) => clock.instant(one.createdAt) },
  ];
  return (
    <PageFrame title={t("menu.imports")} lead={t("import.lead")} actions={<Link to="/imports/new"><Button type="primary" icon={<UploadOutlined />} tabIndex={-1}>{t("import.new")}</Button></Link>}>
      <MovingTable<Import> label={t("menu.imports")} path="/imports" isMoving={isMoving} columns={columns} emptyTitle={t("import.none")} empty={t("import.noneText")} />
    </PageFrame>
  );
}

function ImportStateTag({ one }: { one: Import }) {
  const { t } = useTranslation();
  const name = t(`import.states.${one.state}`);
  return <><Tag color={stateColours[one.state]}>{name}</Tag>{one.progress ? <Progress percent={one.progress.percent} size="small" status="active" aria-label={name} /> : null}</>;
}
