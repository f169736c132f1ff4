import { PlusOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import type { Offer } from "./offer.ts";
import { OfferForm } from "./offer-form.tsx";

const stateColours = { draft: "default", live: "success", paused: "warning", ended: "default" } as const;

export function OfferPage() {
  const { t, i18n } = useTranslation();
  const [edited, setEdited] = useState<Offer | "new" | null>(null);
  const columns: Column<Offer>[] = [
    { title: t("offer.name"), render: (offer) => <strong>{offer.name}</strong> },
    { title: t("coupon.rule"), isWide: true, render: (offer) => (i18n.language === "en" ? offer.sentenceEn : offer.sentence) },
    { title: t("offer.priority"), align: "end", render: (offer) => offer.priority },
    { title: t("offer.stackable"), render: (offer) => (offer.isStackable ? t("offer.canStack") : t("offer.alone")) },
    { title: t("earnRule.state"), render: (offer) => <Tag color={stateColours[offer.state]}>{t(`offerState.${offer.state}`)}</Tag> },
    { title: "", render: (offer) => <Button size="small" onClick={() => setEdited(offer)}>{t("action.edit")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.offers")} lead={t("offer.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("offer.new")}</Button>}>
      <DataTable<Offer> label={t("menu.offers")} path="/offers" columns={columns} rowKey={(offer) => offer.id} emptyTitle={t("offer.none")} empty={t("offer.noneText")} />
      <OfferForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}
