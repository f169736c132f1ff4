import { PlayCircleOutlined } from "@ant-design/icons";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { useFilters } from "../../design/filters.ts";
import { formatFen } from "../../design/money.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { OfferSentence } from "./offer-sentence.tsx";
import { isOpen, type Replay, share } from "./replay.ts";
import { ReplayForm } from "./replay-form.tsx";

const colours = { queued: "default", running: "processing", done: "success", cancelled: "default", failed: "error" } as const;

export function ReplayPage() {
  const { t } = useTranslation();
  const clock = useClock();
  const navigate = useNavigate();
  const [{ offer, template }] = useFilters();
  const [isNew, setNew] = useState(Boolean(offer ?? template));
  const columns: Column<Replay>[] = [
    { title: t("offer.name"), render: (one) => <Link to="/replays/$replayId" params={{ replayId: one.id }}><strong>{one.name || t("replay.nameless")}</strong></Link> },
    { title: t("rule.sentence"), isWide: true, render: (one) => <OfferSentence definition={one.input.draft} /> },
    { title: t("replay.period"), render: (one) => t("replay.days", { count: one.input.days }) },
    { title: t("earnRule.state"), render: (one) => <Tag color={colours[one.state]}>{t(`replay.state.${one.state}`)}{isOpen(one) ? ` ${share(one.ordersDone, one.ordersTotal)}` : ""}</Tag> },
    { title: t("replay.cost"), align: "end", render: (one) => (one.result ? formatFen(one.result.costFen) : "—") },
    { title: t("replay.hits"), align: "end", render: (one) => (one.result ? share(one.result.hits, one.result.orders) : "—") },
    { title: t("offer.when"), render: (one) => clock.instant(one.createdAt) },
  ];
  return (
    <PageFrame title={t("replay.title")} lead={t("replay.lead")} actions={<Button type="primary" icon={<PlayCircleOutlined />} onClick={() => setNew(true)}>{t("replay.new")}</Button>}>
      <DataTable<Replay> label={t("replay.title")} path="/replays" columns={columns} rowKey={(one) => one.id} emptyTitle={t("replay.none")} empty={t("replay.noneText")} />
      <ReplayForm isOpen={isNew} offerId={offer ?? null} templateId={template ?? null} onClose={() => setNew(false)} onStarted={(replay) => void navigate({ to: "/replays/$replayId", params: { replayId: replay.id } })} />
    </PageFrame>
  );
}
