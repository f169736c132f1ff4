import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../../design/data-table.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { FailureState, LoadingState } from "../../design/state.tsx";
import { AdjustmentLimits } from "./adjustment-limits.tsx";
import { EarnRuleForm } from "./earn-rule-form.tsx";
import { useEarnRuleSentence } from "./earn-rule-sentence.ts";
import { EarnTrial } from "./earn-trial.tsx";
import { type EarnRule, programQuery } from "./points-program.ts";
import { ProgramForm } from "./program-form.tsx";

export function PointsPage() {
  const { t } = useTranslation();
  const program = useQuery(programQuery);
  const sentence = useEarnRuleSentence();
  const [edited, setEdited] = useState<EarnRule | "new" | null>(null);
  const columns = [
    { title: t("earnRule.name"), render: (rule: EarnRule) => rule.name },
    { title: t("earnRule.rule"), isWide: true, render: (rule: EarnRule) => <>{sentence(rule)}<Budget rule={rule} /></> },
    { title: t("earnRule.priority"), align: "end" as const, render: (rule: EarnRule) => rule.priority },
    { title: t("earnRule.state"), render: (rule: EarnRule) => (rule.isActive ? <Tag color="success">{t("state.on")}</Tag> : <Tag>{t("state.off")}</Tag>) },
    { title: "", render: (rule: EarnRule) => <Button size="small" onClick={() => setEdited(rule)}>{t("action.edit")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.points")} lead={t("points.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("earnRule.new")}</Button>}>
      {program.isError ? <FailureState error={program.error} onRetry={() => void program.refetch()} /> : program.data ? <ProgramForm program={program.data} /> : <LoadingState />}
      <EarnTrial />
      <DataTable<EarnRule> label={t("earnRule.list")} path="/earn-rules" columns={columns} rowKey={(rule) => rule.id} emptyTitle={t("earnRule.none")} empty={t("earnRule.noneText")} />
      <AdjustmentLimits />
      <EarnRuleForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

function Budget({ rule }: { rule: EarnRule }) {
  const { t } = useTranslation();
  if (rule.budget === null) return null;
  return <div className="soft">{t("earnRule.budgetUsed", { used: (rule.budgetUsed ?? 0).toLocaleString("en-US"), budget: rule.budget.toLocaleString("en-US") })}</div>;
}
