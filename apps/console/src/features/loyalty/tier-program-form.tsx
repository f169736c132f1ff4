import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, InputNumber, Select } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { showFieldErrors } from "../../design/field-errors.ts";
import { formatFen } from "../../design/money.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { type TierProgram, tierProgramQuery } from "./tier.ts";

export const windowKinds = ["rolling", "calendar-year", "calendar-quarter", "anniversary"] as const;

/** What is the same for all tiers: what counts, for how long, and how one goes down. */
export function TierProgramPanel() {
  const { t } = useTranslation();
  const program = useQuery(tierProgramQuery);
  return (
    <Panel title={t("tierProgram.title")}>
      {program.isError ? <FailureState error={program.error} onRetry={() => void program.refetch()} /> : program.data ? <ProgramForm program={program.data} /> : <LoadingState rows={3} />}
    </Panel>
  );
}

function ProgramForm({ program }: { program: TierProgram }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<TierProgram>();
  const shown = (Form.useWatch([], form) as TierProgram | undefined) ?? program;
  const save = useAction<TierProgram, TierProgram>({
    run: (values) => api.put("/tier-program", values), refreshes: [["/tier-program"], ["/tiers"]], onDone: () => message.success(t("state.saved")),
  });
  useEffect(() => {
    if (save.error) showFieldErrors(form, save.error, t);
  }, [save.error, form, t]);
  const required = [{ required: true, message: t("form.required") }];
  return (
    <Form form={form} layout="vertical" initialValues={program} requiredMark={false} onFinish={(values) => save.mutate(values)}>
      <p className="sentence" aria-live="polite">{useProgramSentence(shown)}</p>
      <div className="form-grid">
        <Form.Item name="windowKind" label={t("tierProgram.window")}><Select options={windowKinds.map((one) => ({ value: one, label: t(`tierProgram.windows.${one}`) }))} /></Form.Item>
        {shown.windowKind === "rolling" ? <Form.Item name="windowMonths" label={t("tier.windowMonths")} rules={required}><InputNumber min={1} max={36} precision={0} suffix={t("form.months")} /></Form.Item> : null}
        <Form.Item name="downgrade" label={t("tierProgram.downgrade")}><Select options={(["one-down", "balance-based"] as const).map((one) => ({ value: one, label: t(`tierProgram.downgrades.${one}`) }))} /></Form.Item>
        <Form.Item name="graceDays" label={t("tierProgram.grace")} rules={required}><InputNumber min={0} max={365} precision={0} suffix={t("form.days")} /></Form.Item>
        <Form.Item name="noticeDays" label={t("tierProgram.notice")} rules={required}><InputNumber min={0} max={365} precision={0} suffix={t("form.days")} /></Form.Item>
        <Form.Item name="refundMonth" label={t("tierProgram.refund")}><Select options={(["order", "refund"] as const).map((one) => ({ value: one, label: t(`tierProgram.refunds.${one}`) }))} /></Form.Item>
        <Form.Item name={["growth", "perFen"]} label={t("tierProgram.growthPer")} rules={required}><MoneyInput /></Form.Item>
        <Form.Item name={["growth", "points"]} label={t("tierProgram.growthPoints")} rules={required}><InputNumber min={0} max={1_000_000} precision={0} /></Form.Item>
        <Form.Item name={["growth", "perVisit"]} label={t("tierProgram.growthVisit")} rules={required}><InputNumber min={0} max={1_000_000} precision={0} /></Form.Item>
      </div>
      <ProblemAlert error={save.error} />
      <Button htmlType="submit" loading={save.isPending}>{t("action.save")}</Button>
    </Form>
  );
}

function useProgramSentence(program: TierProgram): string {
  const { t } = useTranslation();
  const { growth } = program;
  const counts = program.windowKind === "rolling" ? t("tier.window", { count: program.windowMonths ?? 0 }) : t(`tierProgram.within.${program.windowKind}`);
  const growing = growth?.points || growth?.perVisit ? t("tierProgram.sentenceGrowth", { amount: formatFen(growth.perFen ?? 0), points: growth.points ?? 0, visit: growth.perVisit ?? 0 }) : "";
  return t("tierProgram.sentence", { window: counts, growth: growing, down: t(`tierProgram.downgrades.${program.downgrade}`), grace: program.graceDays ?? 0, notice: program.noticeDays ?? 0 });
}
