import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { DataTable } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { TierTag } from "../customers/tier-tag.tsx";
import type { Tier } from "./tier.ts";

export function TierPage() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Tier | "new" | null>(null);
  const columns = [
    { title: t("tier.name"), render: (tier: Tier) => <TierTag tier={tier} /> },
    { title: t("tier.rank"), align: "end" as const, render: (tier: Tier) => tier.rank },
    { title: t("tier.condition"), isWide: true, render: (tier: Tier) => <TierSentence tier={tier} /> },
    { title: t("tier.multiplier"), align: "end" as const, render: (tier: Tier) => `${((tier.pointsPercent ?? 100) / 100).toString()} ×` },
    { title: "", render: (tier: Tier) => <Button size="small" onClick={() => setEdited(tier)}>{t("action.edit")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.tiers")} lead={t("tier.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("tier.new")}</Button>}>
      <DataTable<Tier> label={t("menu.tiers")} path="/tiers" columns={columns} rowKey={(tier) => tier.id} emptyTitle={t("tier.none")} empty={t("tier.noneText")} />
      <TierForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

function TierSentence({ tier }: { tier: Tier }) {
  const { t } = useTranslation();
  const ways = [
    tier.spendFen ? t("tier.bySpend", { amount: formatFen(tier.spendFen) }) : "",
    tier.visits ? t("tier.byVisits", { count: tier.visits }) : "",
  ].filter(Boolean);
  if (ways.length === 0) return t("tier.atOnce");
  return `${t("tier.window", { count: tier.windowDays ?? 365 })} ${ways.join(t("tier.or"))}`;
}

type Values = Omit<Tier, "id" | "members">;

function TierForm({ edited, onClose }: { edited: Tier | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const tier = edited && edited !== "new" ? edited : null;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<Values, Tier>
      title={tier ? tier.name : t("tier.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={tier ?? { windowDays: 365, pointsPercent: 100 }}
      run={(values) => (tier ? api.patch(`/tiers/${tier.id}`, values) : api.post("/tiers", values))}
      refreshes={[["/tiers"]]}
    >
      <Form.Item name="name" label={t("tier.name")} rules={required}><Input maxLength={32} /></Form.Item>
      <Form.Item name="rank" label={t("tier.rank")} extra={t("tier.rankHelp")} rules={required}><InputNumber min={0} max={99} precision={0} /></Form.Item>
      <Form.Item name="spendFen" label={t("tier.spend")} extra={t("tier.eitherHelp")}><MoneyInput /></Form.Item>
      <Form.Item name="visits" label={t("tier.visits")}><InputNumber min={1} max={9999} precision={0} /></Form.Item>
      <Form.Item name="windowDays" label={t("tier.windowDays")} rules={required}><InputNumber min={1} max={3650} precision={0} suffix={t("form.days")} /></Form.Item>
      <Form.Item name="pointsPercent" label={t("tier.pointsPercent")} extra={t("tier.pointsPercentHelp")} rules={required}><InputNumber min={100} max={1000} precision={0} suffix="%" /></Form.Item>
    </FormDrawer>
  );
}
