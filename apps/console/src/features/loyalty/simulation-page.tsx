import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, type FormInstance, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { SimulationResult } from "./simulation-result.tsx";
import { conditionsOf, type Simulation, type Tier, type TierProgram, tierProgramQuery, tiersQuery } from "./tier.ts";
import { windowKinds } from "./tier-program-form.tsx";

interface Draft {
  tiers: (Pick<Tier, "name" | "rank" | "spendFen" | "visits" | "growth" | "condition" | "pointsPercent"> & { id?: string })[];
  program: Pick<TierProgram, "windowKind" | "windowMonths" | "downgrade" | "growth">;
}

/** Who moves if the rule changes? The draft is written here, counted over the whole base, and kept nowhere. */
export function SimulationPage() {
  const { t } = useTranslation();
  const [tiers, program] = [useQuery(tiersQuery), useQuery(tierProgramQuery)];
  const failed = tiers.error ?? program.error;
  return (
    <PageFrame title={t("simulation.title")} lead={t("simulation.lead")}>
      {failed ? <FailureState error={failed} onRetry={() => void Promise.all([tiers.refetch(), program.refetch()])} />
        : tiers.data && program.data ? <DraftForm tiers={tiers.data.items} program={program.data} /> : <LoadingState rows={8} />}
    </PageFrame>
  );
}

const draftOf = (tiers: Tier[], { windowKind, windowMonths, downgrade, growth }: TierProgram): Draft => ({
  tiers: tiers.map(({ id, name, rank, spendFen, visits, growth: minimum, condition, pointsPercent }) => ({ id, name, rank, spendFen, visits, growth: minimum, condition, pointsPercent })),
  program: { windowKind, windowMonths, downgrade, growth },
});

const wireOf = ({ tiers, program }: Draft) => ({ program, tiers: tiers.map((tier, rank) => ({ ...conditionsOf(tier), rank })) });

function DraftForm({ tiers, program }: { tiers: Tier[]; program: TierProgram }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Draft>();
  const [result, setResult] = useState<Simulation | null>(null);
  const run = useAction<Draft, Simulation>({ run: (draft) => api.post("/tiers:simulate", wireOf(draft)), onDone: setResult });
  return (
    <>
      <Panel title={t("simulation.draft")}>
        <Form form={form} layout="vertical" requiredMark={false} initialValues={draftOf(tiers, program)} onFinish={(draft) => run.mutate(draft)}>
          <WindowFields form={form} />
          <Form.List name="tiers">
            {(fields, { add, remove }) => (
              <>
                {fields.map((field) => <TierRow key={field.key} at={field.name} onRemove={() => remove(field.name)} />)}
                <Button icon={<PlusOutlined />} onClick={() => add({ name: "", condition: "any", pointsPercent: 100 })}>{t("tier.new")}</Button>
              </>
            )}
          </Form.List>
          <ProblemAlert error={run.error} />
          <p className="row simulation-run"><Button type="primary" htmlType="submit" loading={run.isPending}>{t("simulation.run")}</Button><span className="soft">{t("simulation.kept")}</span></p>
        </Form>
      </Panel>
      {result ? <SimulationResult result={result} /> : null}
    </>
  );
}

function WindowFields({ form }: { form: FormInstance<Draft> }) {
  const { t } = useTranslation();
  const kind = Form.useWatch(["program", "windowKind"], form) as TierProgram["windowKind"] | undefined;
  return (
    <div className="form-grid">
      <Form.Item name={["program", "windowKind"]} label={t("tierProgram.window")}><Select options={windowKinds.map((one) => ({ value: one, label: t(`tierProgram.windows.${one}`) }))} /></Form.Item>
      <Form.Item name={["program", "windowMonths"]} label={t("tier.windowMonths")} hidden={kind !== "rolling"}><InputNumber min={1} max={36} precision={0} suffix={t("form.months")} /></Form.Item>
      <Form.Item name={["program", "downgrade"]} label={t("tierProgram.downgrade")}><Select options={(["one-down", "balance-based"] as const).map((one) => ({ value: one, label: t(`tierProgram.downgrades.${one}`) }))} /></Form.Item>
      <Form.Item name={["program", "growth"]} hidden><Input /></Form.Item>
    </div>
  );
}

function TierRow({ at, onRemove }: { at: number; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="form-grid simulation-tier">
      {/* A field that is not there is not sent: without its id the tier would be a new one, which nobody holds. */}
      <Form.Item name={[at, "id"]} hidden><Input /></Form.Item>
      <Form.Item name={[at, "name"]} label={t("tier.name")} rules={[{ required: true, message: t("form.required") }]}><Input maxLength={32} /></Form.Item>
      <Form.Item name={[at, "spendFen"]} label={t("tier.spend")}><MoneyInput /></Form.Item>
      <Form.Item name={[at, "visits"]} label={t("tier.visits")}><InputNumber min={1} max={9999} precision={0} /></Form.Item>
      <Form.Item name={[at, "growth"]} label={t("tier.growth")}><InputNumber min={1} max={1_000_000_000} precision={0} /></Form.Item>
      <Form.Item name={[at, "condition"]} label={t("tier.conditionHow")}><Select options={(["any", "all"] as const).map((one) => ({ value: one, label: t(`tier.conditions.${one}`) }))} /></Form.Item>
      <Form.Item name={[at, "pointsPercent"]} label={t("tier.pointsPercent")}><InputNumber min={0} max={1000} precision={0} suffix="%" /></Form.Item>
      <Form.Item label=" "><Button icon={<DeleteOutlined />} aria-label={t("simulation.remove")} onClick={onRemove} /></Form.Item>
    </div>
  );
}
