import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { useCan } from "../../shell/session.ts";
import { tiersQuery } from "../loyalty/tier.ts";
import type { Benefit } from "./benefit.ts";
import { BenefitForm } from "./benefit-form.tsx";
import { CodeImport } from "./code-import.tsx";

const tagColours = { draft: "default", live: "success", ended: "default" } as const;

export function BenefitPage() {
  const { t } = useTranslation();
  const can = useCan();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const [edited, setEdited] = useState<Benefit | "new" | null>(null);
  const [pool, setPool] = useState<Benefit | null>(null);
  const quota = (benefit: Benefit) => (benefit.quota === null ? t("form.unlimited") : t("benefit.times", { count: benefit.quota }));
  const columns: Column<Benefit>[] = [
    { title: t("benefit.name"), render: (benefit) => <strong>{benefit.name}</strong> },
    { title: t("benefit.kind"), render: (benefit) => t(`benefit.kinds.${benefit.kind}`) },
    { title: t("benefit.grantOn"), render: (benefit) => `${t(`benefit.grantTimes.${benefit.grantOn}`)} · ${quota(benefit)}` },
    { title: t("member.tier"), isWide: true, render: (benefit) => (benefit.tierIds.length === 0 ? t("form.any") : tiers.filter((tier) => benefit.tierIds.includes(tier.id)).map((tier) => tier.name).join(t("rule.listComma"))) },
    { title: t("benefit.usedGranted"), align: "end", render: (benefit) => `${benefit.used.toLocaleString("en-US")} / ${benefit.granted.toLocaleString("en-US")}` },
    { title: t("mall.state"), render: (benefit) => <Tag color={tagColours[benefit.state]}>{t(`mall.states.${benefit.state}`)}</Tag> },
    {
      title: "",
      render: (benefit) => (can("loyalty.manage") ? (
        <div className="row">
          <Button size="small" onClick={() => setEdited(benefit)}>{t("action.edit")}</Button>
          {benefit.kind === "partner-code" ? <Button size="small" onClick={() => setPool(benefit)}>{t("benefit.codes", { count: benefit.codesLeft ?? 0 })}</Button> : null}
        </div>
      ) : null),
    },
  ];
  return (
    <PageFrame title={t("menu.benefits")} lead={t("benefit.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("benefit.new")}</Button>}>
      <DataTable<Benefit> label={t("menu.benefits")} path="/benefits" columns={columns} rowKey={(benefit) => benefit.id} emptyTitle={t("benefit.none")} empty={t("benefit.noneText")} />
      <BenefitForm edited={edited} onClose={() => setEdited(null)} />
      <CodeImport benefit={pool} onClose={() => setPool(null)} />
    </PageFrame>
  );
}
