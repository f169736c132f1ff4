import { useQuery } from "@tanstack/react-query";
import { Form, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { DayInput } from "../../design/day-input.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { useSession } from "../../shell/session.ts";
import type { EarnRule } from "./points-program.ts";
import { tiersQuery } from "./tier.ts";

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** The rule as people would say it: "周二 · 金卡会员 · 积分 2 倍". */
export function useEarnRuleSentence() {
  const { t } = useTranslation();
  const { stores } = useSession();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  return (rule: Partial<EarnRule>) => {
    const parts = [
      rule.weekdays?.length ? rule.weekdays.map((day) => t(`weekday.${day}`)).join("、") : "",
      rule.from || rule.until ? `${rule.from ?? "…"} – ${rule.until ?? "…"}` : "",
      rule.tierIds?.length ? tiers.filter((tier) => rule.tierIds?.includes(tier.id)).map((tier) => tier.name).join("、") : "",
      rule.storeIds?.length ? stores.filter((store) => rule.storeIds?.includes(store.id)).map((store) => store.name).join("、") : "",
      rule.categories?.join("、") ?? "",
    ].filter(Boolean);
    return [...parts, t("earnRule.times", { times: (rule.multiplierPercent ?? 100) / 100 })].join(" · ");
  };
}

type Values = Omit<EarnRule, "id">;

export function EarnRuleForm({ edited, onClose }: { edited: EarnRule | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { stores } = useSession();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const rule = edited && edited !== "new" ? edited : null;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<Values, EarnRule>
      title={rule ? rule.name : t("earnRule.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={rule ?? { multiplierPercent: 200, weekdays: [], tierIds: [], storeIds: [], categories: [], isActive: true }}
      run={(values) => {
        const body = { ...values, from: values.from || null, until: values.until || null };
        return rule ? api.patch(`/earn-rules/${rule.id}`, body) : api.post("/earn-rules", body);
      }}
      refreshes={[["/earn-rules"], ["points-program"]]}
    >
      <Form.Item name="name" label={t("earnRule.name")} rules={required}><Input maxLength={64} /></Form.Item>
      <Form.Item name="multiplierPercent" label={t("earnRule.multiplier")} extra={t("earnRule.multiplierHelp")} rules={required}><InputNumber min={0} max={10_000} precision={0} suffix="%" /></Form.Item>
      <Form.Item name="weekdays" label={t("earnRule.weekdays")}><Select mode="multiple" allowClear placeholder={t("form.any")} options={weekdays.map((day) => ({ value: day, label: t(`weekday.${day}`) }))} /></Form.Item>
      <Form.Item name="tierIds" label={t("member.tier")}><Select mode="multiple" allowClear placeholder={t("form.any")} options={tiers.map((tier) => ({ value: tier.id, label: tier.name }))} /></Form.Item>
      <Form.Item name="storeIds" label={t("shell.stores")}><Select mode="multiple" allowClear placeholder={t("form.any")} options={stores.map((store) => ({ value: store.id, label: store.name }))} /></Form.Item>
      <Form.Item name="categories" label={t("product.category")}><Select mode="tags" allowClear placeholder={t("form.any")} /></Form.Item>
      <div className="field-pair">
        <Form.Item name="from" label={t("form.from")}><DayInput /></Form.Item>
        <Form.Item name="until" label={t("form.until")}><DayInput /></Form.Item>
      </div>
      <Form.Item name="isActive" label={t("earnRule.state")} valuePropName="checked"><Switch /></Form.Item>
    </FormDrawer>
  );
}
