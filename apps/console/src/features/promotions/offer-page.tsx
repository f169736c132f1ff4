import { PlusOutlined } from "@ant-design/icons";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import type { Offer } from "./offer.ts";
import { OfferSentence } from "./offer-sentence.tsx";
import { OfferStateTag } from "./offer-state.tsx";

const states = ["live", "draft", "paused", "ended"] as const;

export function OfferPage() {
  const { t } = useTranslation();
  const clock = useClock();
  const navigate = useNavigate();
  const [{ state }] = useFilters();
  const columns: Column<Offer>[] = [
    { title: t("offer.name"), render: (offer) => <Link to="/offers/$offerId" params={{ offerId: offer.id }}><strong>{offer.name}</strong></Link> },
    { title: t("rule.sentence"), isWide: true, render: (offer) => <OfferSentence definition={offer.definition} /> },
    { title: t("offer.priority"), align: "end", render: (offer) => offer.priority },
    { title: t("offer.stackable"), render: (offer) => (offer.isStackable ? t("offer.canStack") : t("offer.alone")) },
    { title: t("earnRule.state"), render: (offer) => <><OfferStateTag state={offer.state} />{offer.draft ? <Tag color="processing">{t("offer.hasDraft")}</Tag> : null}</> },
    { title: t("offer.changed"), render: (offer) => clock.instant(offer.updatedAt) },
  ];
  return (
    <PageFrame
      title={t("menu.offers")}
      lead={t("offer.lead")}
      actions={
        <>
          <Link className="button-link" to="/simulator"><Button>{t("simulator.title")}</Button></Link>
          <Link className="button-link" to="/replays"><Button>{t("replay.title")}</Button></Link>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate({ to: "/offers/$offerId", params: { offerId: "new" } })}>{t("offer.new")}</Button>
        </>
      }
    >
      <FilterBar filters={[{ kind: "choice", name: "state", label: t("earnRule.state"), options: states.map((one) => ({ value: one, label: t(`offerState.${one}`) })) }]} />
      <DataTable<Offer> label={t("menu.offers")} path="/offers" query={{ state }} columns={columns} rowKey={(offer) => offer.id} emptyTitle={t("offer.none")} empty={t("offer.noneText")} />
    </PageFrame>
  );
}
