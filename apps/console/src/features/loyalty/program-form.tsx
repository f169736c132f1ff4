import { App, Button, Form, Input, InputNumber, Select } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { showFieldErrors } from "../../design/field-errors.ts";
import { formatFen } from "../../design/money.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { Panel } from "../../design/page-frame.tsx";
import { ProblemAlert } from "../../design/state.tsx";
import type { PointsProgram } from "./points-program.ts";

const expiries = ["never", "months", "activation", "year-end", "fixed-date"] as const;
const hasMonths = (expiry: PointsProgram["expiry"]) => expiry === "months" || expiry === "activation" || expiry === "fixed-date";
const MAX_POINTS = 1_000_000_000;

const wireOf = (values: PointsProgram) => ({
  ...values, expiryMonths: hasMonths(values.expiry) ? values.expiryMonths ?? (values.expiry === "fixed-date" ? 0 : null) : null,
  expiryDay: values.expiry === "fixed-date" ? values.expiryDay : null,
  pending: { kind: values.pending.kind, days: values.pending.kind === "none" ? 0 : values.pending.days },
});

/** How points are earned, when they count, how they end: each part with the sentence that it makes. */
export function ProgramForm({ program }: { program: PointsProgram }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<PointsProgram>();
  const shown = (Form.useWatch([], form) as PointsProgram | undefined) ?? program;
  const save = useAction<PointsProgram, PointsProgram>({
    run: (values) => api.put("/points-program", wireOf(values)),
    refreshes: [["points-program"], ["/earn-rules:try"]],
    onDone: () => message.success(t("state.saved")),
  });
  useEffect(() => {
    if (save.error) showFieldErrors(form, save.error, t);
  }, [save.error, form, t]);
  return (
    <Panel title={t("points.program")}>
      <Form form={form} layout="vertical" initialValues={program} requiredMark={false} onFinish={(values) => save.mutate(values)}>
        <Sentence program={shown} />
        <Earning />
        <Lifetime program={shown} />
        <Spending />
        <ProblemAlert error={save.error} />
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t("action.save")}</Button>
      </Form>
    </Panel>
  );
}

function Sentence({ program }: { program: PointsProgram }) {
  const { t } = useTranslation();
  const money = (fen: number | null | undefined) => (typeof fen === "number" ? formatFen(fen) : "…");
  const { earn, spend, pending, expiry } = program;
  const ends = expiry === "months" ? t("points.sentenceExpiry", { count: program.expiryMonths ?? 0 })
    : expiry === "activation" ? t("points.sentenceActivation", { count: program.expiryMonths ?? 0 })
      : expiry === "fixed-date" ? t("points.sentenceFixed", { day: program.expiryDay ?? "…" })
        : t(expiry === "never" ? "points.sentenceNoExpiry" : "points.sentenceYearEnd");
  return (
    <p className="sentence" aria-live="polite">
      {t("points.sentence", { perFen: money(earn?.perFen), points: earn?.points ?? "…", spendPoints: spend?.points ?? "…", spendFen: money(spend?.fen) })}
      {pending?.kind === "days" ? t("points.sentencePendingDays", { count: pending.days ?? 0 }) : pending?.kind === "return-window" ? t("points.sentencePendingReturn", { count: pending.days ?? 0 }) : ""}
      {ends}
    </p>
  );
}

const useRequired = () => {
  const { t } = useTranslation();
  return [{ required: true, message: t("form.required") }];
};

function Earning() {
  const { t } = useTranslation();
  const required = useRequired();
  return (
    <>
      <h3 className="form-part">{t("points.parts.earn")}</h3>
      <div className="form-grid">
        <Form.Item name={["earn", "perFen"]} label={t("points.perFen")} rules={required}><MoneyInput /></Form.Item>
        <Form.Item name={["earn", "points"]} label={t("points.earned")} rules={required}><InputNumber min={0} max={1_000_000} precision={0} /></Form.Item>
        <Form.Item name="combine" label={t("points.combine")}><Select options={(["multiply", "best", "add"] as const).map((one) => ({ value: one, label: t(`points.combines.${one}`) }))} /></Form.Item>
        <Form.Item name="rounding" label={t("points.rounding")}><Select options={(["half-up", "down"] as const).map((one) => ({ value: one, label: t(`points.roundings.${one}`) }))} /></Form.Item>
        <Form.Item name="maxPerOrder" label={t("points.maxPerOrder")}><InputNumber min={1} max={MAX_POINTS} precision={0} placeholder={t("form.unlimited")} /></Form.Item>
        <Form.Item name="maxPerDay" label={t("points.maxPerDay")}><InputNumber min={1} max={MAX_POINTS} precision={0} placeholder={t("form.unlimited")} /></Form.Item>
      </div>
    </>
  );
}

function Lifetime({ program: { pending, expiry } }: { program: PointsProgram }) {
  const { t } = useTranslation();
  const required = useRequired();
  return (
    <>
      <h3 className="form-part">{t("points.parts.lifetime")}</h3>
      <div className="form-grid">
        <Form.Item name={["pending", "kind"]} label={t("points.pending")}><Select options={(["none", "days", "return-window"] as const).map((one) => ({ value: one, label: t(`points.pendings.${one}`) }))} /></Form.Item>
        {pending?.kind === "none" ? null : <Form.Item name={["pending", "days"]} label={t("points.pendingDays")} rules={required}><InputNumber min={1} max={365} precision={0} suffix={t("form.days")} /></Form.Item>}
        <Form.Item name="expiry" label={t("points.expiry")}><Select options={expiries.map((one) => ({ value: one, label: t(`points.expiries.${one}`) }))} /></Form.Item>
        {hasMonths(expiry) ? <Form.Item name="expiryMonths" label={t(expiry === "fixed-date" ? "points.expiryAtLeast" : "points.expiryMonths")} rules={required}><InputNumber min={expiry === "fixed-date" ? 0 : 1} max={120} precision={0} suffix={t("form.months")} /></Form.Item> : null}
        {expiry === "fixed-date" ? <Form.Item name="expiryDay" label={t("points.expiryDay")} rules={required}><Input placeholder="12-31" maxLength={5} /></Form.Item> : null}
        <Form.Item name="restoreGraceDays" label={t("points.grace")} extra={t("points.graceHelp")}><InputNumber min={0} max={365} precision={0} suffix={t("form.days")} /></Form.Item>
      </div>
    </>
  );
}

function Spending() {
  const { t } = useTranslation();
  const required = useRequired();
  return (
    <>
      <h3 className="form-part">{t("points.parts.spend")}</h3>
      <div className="form-grid">
        <Form.Item name={["spend", "points"]} label={t("points.spendStep")} rules={required}><InputNumber min={1} max={100_000} precision={0} /></Form.Item>
        <Form.Item name={["spend", "fen"]} label={t("points.spendFen")} rules={required}><MoneyInput /></Form.Item>
        <Form.Item name={["spend", "step"]} label={t("points.step")} rules={required}><InputNumber min={1} max={100_000} precision={0} /></Form.Item>
        <Form.Item name={["spend", "maxPercent"]} label={t("points.maxPercent")}><InputNumber min={1} max={100} precision={0} suffix="%" /></Form.Item>
        <Form.Item name="negativePolicy" label={t("points.negative")} extra={t("points.negativeHelp")}><Select options={(["forbid", "show", "withhold", "claw"] as const).map((one) => ({ value: one, label: t(`points.negatives.${one}`) }))} /></Form.Item>
        <Form.Item name="transferDayLimit" label={t("points.transferLimit")} extra={t("points.transferHelp")}><InputNumber min={1} max={MAX_POINTS} precision={0} /></Form.Item>
      </div>
    </>
  );
}
