import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, InputNumber, Select, Tag } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { DataTable } from "../../design/data-table.tsx";
import { showFieldErrors } from "../../design/field-errors.ts";
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

const expiries = ["never", "months", "year-end"] as const;

function ProgramForm({ program }: { program: PointsProgram }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<PointsProgram>();
  const shown = Form.useWatch([], form) ?? program;
  const save = useAction<PointsProgram, PointsProgram>({
    run: (values) => api.put("/points-program", { ...values, expiryMonths: values.expiry === "months" ? values.expiryMonths : null }),
    refreshes: [["points-program"]],
    onDone: () => message.success(t("state.saved")),
  });
  useEffect(() => {
    if (save.error) showFieldErrors(form, save.error, t);
  }, [save.error, form, t]);
  const required = [{ required: true, message: t("form.required") }];
  const money = (fen: number | null | undefined) => (typeof fen === "number" ? formatFen(fen) : "…");
  return (
    <Panel title={t("points.program")}>
      <Form form={form} layout="vertical" initialValues={program} requiredMark={false} onFinish={(values) => save.mutate(values)}>
        <p className="sentence">
          {t("points.sentence", { perFen: money(shown.earn?.perFen), points: shown.earn?.points ?? "…", spendPoints: shown.spend?.points ?? "…", spendFen: money(shown.spend?.fen) })}
          {shown.expiry === "months" ? t("points.sentenceExpiry", { count: shown.expiryMonths ?? 0 }) : t(shown.expiry === "never" ? "points.sentenceNoExpiry" : "points.sentenceYearEnd")}
        </p>
        <div className="form-grid">
          <Form.Item name={["earn", "perFen"]} label={t("points.perFen")} rules={required}><MoneyInput /></Form.Item>
          <Form.Item name={["earn", "points"]} label={t("points.earned")} rules={required}><InputNumber min={0} max={1_000_000} precision={0} /></Form.Item>
          <Form.Item name="expiry" label={t("points.expiry")}><Select options={expiries.map((one) => ({ value: one, label: t(`points.expiries.${one}`) }))} /></Form.Item>
          {shown.expiry === "months" ? <Form.Item name="expiryMonths" label={t("points.expiryMonths")} rules={required}><InputNumber min={1} max={120} precision={0} suffix={t("form.months")} /></Form.Item> : null}
          <Form.Item name={["spend", "points"]} label={t("points.spendStep")} rules={required}><InputNumber min={1} max={100_000} precision={0} /></Form.Item>
          <Form.Item name={["spend", "fen"]} label={t("points.spendFen")} rules={required}><MoneyInput /></Form.Item>
          <Form.Item name={["spend", "step"]} label={t("points.step")} rules={required}><InputNumber min={1} max={100_000} precision={0} /></Form.Item>
          <Form.Item name={["spend", "maxPercent"]} label={t("points.maxPercent")}><InputNumber min={1} max={100} precision={0} suffix="%" /></Form.Item>
          <Form.Item name="negativePolicy" label={t("points.negative")} extra={t("points.negativeHelp")}><Select options={(["forbid", "show"] as const).map((one) => ({ value: one, label: t(`points.negatives.${one}`) }))} /></Form.Item>
          <Form.Item name="tierWindowMonths" label={t("tier.windowMonths")} rules={required}><InputNumber min={1} max={36} precision={0} suffix={t("form.months")} /></Form.Item>
        </div>
        <ProblemAlert error={save.error} />
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t("action.save")}</Button>
      </Form>
    </Panel>
  );
}
