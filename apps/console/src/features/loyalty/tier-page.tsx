import { ExperimentOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { DataTable } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { MoneyInput } from "../../design/money-input.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { TierTag } from "../customers/tier-tag.tsx";
import { conditionsOf, type Tier, tierProgramQuery } from "./tier.ts";
import { TierProgramPanel } from "./tier-program-form.tsx";
import { TierSentence } from "./tier-sentence.tsx";

export function TierPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const program = useQuery(tierProgramQuery).data;
  const [edited, setEdited] = useState<Tier | "new" | null>(null);
  const columns = [
    { title: t("tier.name"), render: (tier: Tier) => <TierTag tier={tier} /> },
    { title: t("tier.rank"), align: "end" as const, render: (tier: Tier) => tier.rank },
    { title: t("tier.condition"), isWide: true, render: (tier: Tier) => <TierSentence tier={tier} program={program} /> },
    { title: t("tier.multiplier"), align: "end" as const, render: (tier: Tier) => `${(tier.pointsPercent / 100).toString()} ×` },
    { title: t("tier.benefits"), isWide: true, render: (tier: Tier) => tier.benefits.join(t("rule.listComma")) || "—" },
    { title: t("tier.members"), align: "end" as const, render: (tier: Tier) => tier.members.toLocaleString("en-US") },
    { title: "", render: (tier: Tier) => <Button size="small" onClick={() => setEdited(tier)}>{t("action.edit")}</Button> },
  ];
  return (
    <PageFrame
      title={t("menu.tiers")}
      lead={t("tier.lead")}
      actions={
        <>
          <Button icon={<ExperimentOutlined />} onClick={() => void navigate({ to: "/tiers/simulation" })}>{t("simulation.open")}</Button>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("tier.new")}</Button>
        </>
      }
    >
      <DataTable<Tier> label={t("menu.tiers")} path="/tiers" columns={columns} rowKey={(tier) => tier.id} emptyTitle={t("tier.none")} empty={t("tier.noneText")} />
      <TierProgramPanel />
      <TierForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

type Values = Omit<Tier, "id" | "members" | "windowMonths">;

function TierForm({ edited, onClose }: { edited: Tier | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const tier = edited && edited !== "new" ? edited : null;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<Values, Tier>
      title={tier ? tier.name : t("tier.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={tier ?? { condition: "any", pointsPercent: 100, benefits: [], color: "#8c6d46" }}
      run={(values) => (tier ? api.patch(`/tiers/${tier.id}`, conditionsOf(values)) : api.post("/tiers", conditionsOf(values)))}
      refreshes={[["/tiers"]]}
    >
      <Form.Item name="name" label={t("tier.name")} rules={required}><Input maxLength={32} /></Form.Item>
      <Form.Item name="rank" label={t("tier.rank")} extra={t("tier.rankHelp")} rules={required}><InputNumber min={0} max={99} precision={0} /></Form.Item>
      <Form.Item name="spendFen" label={t("tier.spend")} extra={t("tier.emptyHelp")}><MoneyInput /></Form.Item>
      <Form.Item name="visits" label={t("tier.visits")}><InputNumber min={1} max={9999} precision={0} /></Form.Item>
      <Form.Item name="growth" label={t("tier.growth")} extra={t("tier.growthHelp")}><InputNumber min={1} max={1_000_000_000} precision={0} /></Form.Item>
      <Form.Item name="condition" label={t("tier.conditionHow")}><Select options={(["any", "all"] as const).map((one) => ({ value: one, label: t(`tier.conditions.${one}`) }))} /></Form.Item>
      <Form.Item name="pointsPercent" label={t("tier.pointsPercent")} extra={t("tier.pointsPercentHelp")} rules={required}><InputNumber min={0} max={1000} precision={0} suffix="%" /></Form.Item>
      <Form.Item name="benefits" label={t("tier.benefits")} extra={t("tier.benefitsHelp")}><Select mode="tags" open={false} suffixIcon={null} /></Form.Item>
      <Form.Item name="color" label={t("tier.color")}><Input type="color" className="colour-field" /></Form.Item>
    </FormDrawer>
  );
}
