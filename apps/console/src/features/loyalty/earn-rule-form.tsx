import { useQuery } from "@tanstack/react-query";
import { Collapse, Form, type FormInstance, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { DayInput } from "../../design/day-input.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { MoneyInput } from "../../design/money-input.tsx";
import { useSession } from "../../shell/session.ts";
import { useEarnRuleSentence } from "./earn-rule-sentence.ts";
import { EarnTrial } from "./earn-trial.tsx";
import { type EarnRule, earnSources } from "./points-program.ts";
import { tiersQuery } from "./tier.ts";

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const MAX_POINTS = 1_000_000_000;

type Values = Omit<EarnRule, "id" | "budgetUsed">;

const blank: Partial<Values> = { multiplierPercent: 200, sources: ["order"], weekdays: [], tierIds: [], storeIds: [], categories: [], skus: [], priority: 100, isLast: false, firstOrder: false, isActive: true };

/** An emptied field of a form is nothing, and nothing is said as null. */
const wireOf = (values: Values): Values => ({
  ...values, rate: values.rate?.points && values.rate.perFen ? values.rate : null, group: values.group || null, birthday: values.birthday ?? null,
  from: values.from || null, until: values.until || null,
});

export function EarnRuleForm({ edited, onClose }: { edited: EarnRule | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const rule = edited && edited !== "new" ? edited : null;
  return (
    <FormDrawer<Values, EarnRule>
      title={rule ? rule.name : t("earnRule.new")}
      width={560}
      isOpen={edited !== null}
      onClose={onClose}
      initial={rule ?? blank}
      run={(values) => (rule ? api.patch(`/earn-rules/${rule.id}`, wireOf(values)) : api.post("/earn-rules", wireOf(values)))}
      refreshes={[["/earn-rules"], ["points-program"], ["/earn-rules:try"]]}
    >
      {(form) => <Fields form={form} ruleId={rule?.id} />}
    </FormDrawer>
  );
}

function Fields({ form, ruleId }: { form: FormInstance<Values>; ruleId: string | undefined }) {
  const { t } = useTranslation();
  const sentence = useEarnRuleSentence();
  const shown = Form.useWatch([], form) as Values | undefined;
  const draft = shown ? wireOf({ ...shown, name: shown.name || "…" }) : undefined;
  return (
    <>
      <p className="sentence" aria-live="polite">{sentence(shown ?? {})}</p>
      <Form.Item name="name" label={t("earnRule.name")} rules={[{ required: true, message: t("form.required") }]}><Input maxLength={64} /></Form.Item>
      <Form.Item name="sources" label={t("earnRule.sources")} rules={[{ required: true, message: t("form.required") }]}>
        <Select mode="multiple" options={earnSources.map((one) => ({ value: one, label: t(`earnRule.source.${one}`) }))} />
      </Form.Item>
      <Gives />
      <Collapse ghost items={[
        { key: "when", label: t("earnRule.conditions"), forceRender: true, children: <Conditions /> },
        { key: "caps", label: t("earnRule.caps"), forceRender: true, children: <Caps /> },
        { key: "order", label: t("earnRule.together"), forceRender: true, children: <Together /> },
      ]} />
      <Form.Item name="isActive" label={t("earnRule.state")} valuePropName="checked"><Switch /></Form.Item>
      {draft ? <EarnTrial draft={{ ...draft, ...(ruleId ? { id: ruleId } : {}) }} /> : null}
    </>
  );
}

function Points({ name, label }: { name: keyof Values; label: string }) {
  const { t } = useTranslation();
  return <Form.Item name={name} label={label}><InputNumber min={1} max={MAX_POINTS} precision={0} suffix={t("earnRule.pointsUnit")} /></Form.Item>;
}

/** What it gives: at least one of these. */
function Gives() {
  const { t } = useTranslation();
  return (
    <>
      <div className="field-pair">
        <Form.Item name="multiplierPercent" label={t("earnRule.multiplier")} extra={t("earnRule.multiplierHelp")}><InputNumber min={0} max={10_000} precision={0} suffix="%" /></Form.Item>
        <Points name="bonusPoints" label={t("earnRule.bonusLabel")} />
      </div>
      <div className="field-pair">
        <Form.Item name={["rate", "perFen"]} label={t("earnRule.ratePer")}><MoneyInput /></Form.Item>
        <Form.Item name={["rate", "points"]} label={t("earnRule.ratePoints")}><InputNumber min={1} max={1_000_000} precision={0} suffix={t("earnRule.pointsUnit")} /></Form.Item>
      </div>
      <div className="field-pair">
        <Points name="unitPoints" label={t("earnRule.unitLabel")} />
        <Form.Item name="growth" label={t("earnRule.growth")}><InputNumber min={1} max={MAX_POINTS} precision={0} /></Form.Item>
      </div>
    </>
  );
}

function Conditions() {
  const { t } = useTranslation();
  const { stores } = useSession();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  return (
    <>
      <Form.Item name="weekdays" label={t("earnRule.weekdays")}><Select mode="multiple" allowClear placeholder={t("form.any")} options={weekdays.map((day) => ({ value: day, label: t(`weekday.${day}`) }))} /></Form.Item>
      <Form.Item name="birthday" label={t("earnRule.birthday")}><Select allowClear placeholder={t("form.any")} options={(["day", "week", "month"] as const).map((one) => ({ value: one, label: t(`earnRule.birthdays.${one}`) }))} /></Form.Item>
      <Form.Item name="tierIds" label={t("member.tier")}><Select mode="multiple" allowClear placeholder={t("form.any")} options={tiers.map((tier) => ({ value: tier.id, label: tier.name }))} /></Form.Item>
      <Form.Item name="storeIds" label={t("shell.stores")}><Select mode="multiple" allowClear placeholder={t("form.any")} options={stores.map((store) => ({ value: store.id, label: store.name }))} /></Form.Item>
      <Form.Item name="categories" label={t("product.category")}><Select mode="tags" allowClear placeholder={t("form.any")} /></Form.Item>
      <Form.Item name="skus" label={t("earnRule.skus")}><Select mode="tags" allowClear placeholder={t("form.any")} /></Form.Item>
      <Form.Item name="minNetFen" label={t("earnRule.minNet")}><MoneyInput /></Form.Item>
      <div className="field-pair">
        <Form.Item name="from" label={t("form.from")}><DayInput /></Form.Item>
        <Form.Item name="until" label={t("form.until")}><DayInput /></Form.Item>
      </div>
      <Form.Item name="firstOrder" label={t("earnRule.firstOrder")} valuePropName="checked"><Switch /></Form.Item>
    </>
  );
}

function Caps() {
  const { t } = useTranslation();
  return (
    <>
      <div className="field-pair">
        <Points name="maxPerOrder" label={t("earnRule.perOrder")} />
        <Points name="maxPerDay" label={t("earnRule.perDay")} />
      </div>
      <div className="field-pair">
        <Points name="maxPerMember" label={t("earnRule.perMember")} />
        <Points name="budget" label={t("earnRule.budget")} />
      </div>
    </>
  );
}

function Together() {
  const { t } = useTranslation();
  return (
    <>
      <div className="field-pair">
        <Form.Item name="priority" label={t("earnRule.priority")} extra={t("earnRule.priorityHelp")}><InputNumber min={0} max={999} precision={0} /></Form.Item>
        <Form.Item name="group" label={t("earnRule.group")} extra={t("earnRule.groupHelp")}><Input maxLength={64} /></Form.Item>
      </div>
      <Form.Item name="isLast" label={t("earnRule.last")} valuePropName="checked"><Switch /></Form.Item>
    </>
  );
}
