import { App, Button, Form, type FormInstance, Input, InputNumber } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { showFieldErrors, shownFields } from "../../design/field-errors.ts";
import { Panel } from "../../design/page-frame.tsx";
import { ProblemAlert } from "../../design/state.tsx";
import { LiveCouponSelect } from "../promotions/live-coupon-select.tsx";
import { LifeStageTag } from "./life-stage-tag.tsx";
import { type Lifecycle, lifecycleQuery, type LifecycleRules, lifeStages } from "./lifecycle.ts";

/** Nobody enters the first. */
const entered = lifeStages.filter((stage) => stage !== "potential");
/** How much each number may be; each stands in the sentence of its rule. */
const ranges = { loyalMonths: [1, 24], loyalOrders: [2, 1_000], dormantAfterDays: [1, 3_650], lostAfterDays: [2, 3_650], restDays: [0, 3_650] } as const;
type NumberName = keyof typeof ranges;
const isNumberName = (name: string): name is NumberName => name in ranges;

/** A stage without a tag and a coupon has nothing to do. */
const wireOf = ({ actions, ...numbers }: LifecycleRules): LifecycleRules => ({
  ...numbers,
  actions: Object.fromEntries(Object.entries(actions).flatMap(([stage, { tag, couponTemplateId }]) => {
    const action = { tag: tag?.trim() || null, couponTemplateId: couponTemplateId || null };
    return action.tag || action.couponTemplateId ? [[stage, action]] : [];
  })),
});

export function LifecycleRulesForm({ rules }: { rules: LifecycleRules }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<LifecycleRules>();
  const save = useAction<LifecycleRules, Lifecycle>({
    run: (values) => api.put("/lifecycle/rules", wireOf(values)), refreshes: [lifecycleQuery.queryKey], onDone: () => message.success(t("state.saved")),
  });
  const { error } = save;
  useEffect(() => {
    if (error) showFieldErrors(form, error, t);
  }, [error, form, t]);
  return (
    <Form form={form} layout="vertical" className="stack" initialValues={rules} requiredMark={false} scrollToFirstError onFinish={(values) => save.mutate(values)}>
      <Panel title={t("lifecycle.rules")}>
        {(["loyal", "dormant", "lost", "rest"] as const).map((rule) => <RuleSentence key={rule} rule={rule} form={form} />)}
      </Panel>
      <Panel title={t("lifecycle.actions")}>
        <p className="soft life-hint">{t("lifecycle.actionsHelp")}</p>
        {entered.map((stage) => {
          const name = t(`lifecycle.stages.${stage}`);
          return (
            <div key={stage} className="life-action">
              <LifeStageTag stage={stage} />
              <Form.Item name={["actions", stage, "tag"]}><Input aria-label={t("lifecycle.tagOn", { stage: name })} placeholder={t("lifecycle.noTag")} maxLength={32} allowClear /></Form.Item>
              <Form.Item name={["actions", stage, "couponTemplateId"]}><LiveCouponSelect aria-label={t("lifecycle.couponOn", { stage: name })} placeholder={t("lifecycle.noCoupon")} allowClear /></Form.Item>
            </div>
          );
        })}
      </Panel>
      <div className="stack-tight">
        <ProblemAlert error={error} except={error ? shownFields(form, error) : []} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={save.isPending}>{t("action.save")}</Button>
          <span className="soft">{t("lifecycle.quietly")}</span>
        </div>
      </div>
    </Form>
  );
}

/** A rule in words, its numbers written where they stand in the sentence. */
function RuleSentence({ rule, form }: { rule: "loyal" | "dormant" | "lost" | "rest"; form: FormInstance<LifecycleRules> }) {
  const { t } = useTranslation();
  const words = t(`lifecycle.rule.${rule}`, Object.fromEntries(Object.keys(ranges).map((name) => [name, `|${name}|`]))).split("|");
  const isLater = { validator: async (_rule: unknown, days: number) => { if (days <= form.getFieldValue("dormantAfterDays")) throw new Error(t("lifecycle.lostLater")); } };
  return (
    <Form.Item className="life-rule">
      {words.map((word, at) => (isNumberName(word) ? (
        <Form.Item
          key={at} name={word} noStyle dependencies={word === "lostAfterDays" ? ["dormantAfterDays"] : []}
          rules={[{ required: true, message: t("form.required") }, ...(word === "lostAfterDays" ? [isLater] : [])]}
        >
          <InputNumber min={ranges[word][0]} max={ranges[word][1]} precision={0} aria-label={t(`lifecycle.number.${word}`)} />
        </Form.Item>
      ) : word ? <span key={at}>{word}</span> : null))}
    </Form.Item>
  );
}
