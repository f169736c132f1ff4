import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, InputNumber, Tag } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { DataTable } from "../../design/data-table.tsx";
import { showFieldErrors } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { EarnRuleForm, useEarnRuleSentence } from "./earn-rule-form.tsx";
import { type EarnRule, type PointsProgram, programQuery } from "./points-program.ts";

export function PointsPage() {
  const { t } = useTranslation();
  const program = useQuery(programQuery);
  const sentence = useEarnRuleSentence();
  const [edited, setEdited] = useState<EarnRule | "new" | null>(null);
  const columns = [
    { title: t("earnRule.name"), render: (rule: EarnRule) => rule.name },
    { title: t("earnRule.rule"), isWide: true, render: (rule: EarnRule) => sentence(rule) },
    { title: t("earnRule.state"), render: (rule: EarnRule) => (rule.isActive ? <Tag color="success">{t("state.on")}</Tag> : <Tag>{t("state.off")}</Tag>) },
    { title: "", render: (rule: EarnRule) => <Button size="small" onClick={() => setEdited(rule)}>{t("action.edit")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.points")} lead={t("points.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("earnRule.new")}</Button>}>
      {program.isError ? <FailureState error={program.error} onRetry={() => void program.refetch()} /> : program.data ? <ProgramForm program={program.data} /> : <LoadingState />}
      <DataTable<EarnRule> label={t("earnRule.list")} path="/earn-rules" columns={columns} rowKey={(rule) => rule.id} emptyTitle={t("earnRule.none")} empty={t("earnRule.noneText")} />
      <EarnRuleForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

function ProgramForm({ program }: { program: PointsProgram }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<PointsProgram>();
  const shown = Form.useWatch([], form) ?? program;
  const save = useAction<PointsProgram, PointsProgram>({
    run: (values) => api.put("/points-program", { ...values, expiryMonths: values.expiryMonths ?? null }),
    refreshes: [["points-program"]],
    onDone: () => message.success(t("state.saved")),
  });
  useEffect(() => {
    if (save.error) showFieldErrors(form, save.error);
  }, [save.error, form]);
  const required = [{ required: true, message: t("form.required") }];
  const money = (fen: number | null | undefined) => (typeof fen === "number" ? formatFen(fen) : "…");
  return (
    <Panel title={t("points.program")}>
      <Form form={form} layout="vertical" initialValues={program} requiredMark={false} onFinish={(values) => save.mutate(values)}>
        <p className="sentence">
          {t("points.sentence", { perFen: money(shown.earn?.perFen), points: shown.earn?.points ?? "…", spendPoints: shown.spend?.points ?? "…", spendFen: money(shown.spend?.fen) })}
          {shown.expiryMonths ? t("points.sentenceExpiry", { count: shown.expiryMonths }) : t("points.sentenceNoExpiry")}
        </p>
        <div className="form-grid">
          <Form.Item name={["earn", "perFen"]} label={t("points.perFen")} rules={required}><MoneyInput /></Form.Item>
          <Form.Item name={["earn", "points"]} label={t("points.earned")} rules={required}><InputNumber min={1} max={10_000} precision={0} /></Form.Item>
          <Form.Item name="expiryMonths" label={t("points.expiry")} extra={t("points.expiryHelp")}><InputNumber min={1} max={120} precision={0} suffix={t("form.months")} /></Form.Item>
          <Form.Item name={["spend", "points"]} label={t("points.spendStep")} rules={required}><InputNumber min={1} max={100_000} precision={0} /></Form.Item>
          <Form.Item name={["spend", "fen"]} label={t("points.spendFen")} rules={required}><MoneyInput /></Form.Item>
          <Form.Item name={["spend", "maxPercent"]} label={t("points.maxPercent")}><InputNumber min={1} max={100} precision={0} suffix="%" /></Form.Item>
        </div>
        <ProblemAlert error={save.error} />
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t("action.save")}</Button>
      </Form>
    </Panel>
  );
}
