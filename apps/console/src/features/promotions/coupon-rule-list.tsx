import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Radio, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { useSession } from "../../shell/session.ts";
import { channels } from "./coupon-template.ts";
import { TemplateChoice } from "./rule-editor/template-choice.tsx";

interface CouponRule {
  id: string;
  name: string;
  trigger: "order-paid" | "member-joined";
  templateId: string;
  templateName: string;
  count: number;
  minimumFen: number;
  storeIds: string[];
  channels: string[];
  state: "live" | "paused" | "ended";
}

const stateColours = { live: "success", paused: "warning", ended: "default" } as const;

/** What issues coupons by itself: for orders, and to new members. */
export function CouponRuleList() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<CouponRule | "new" | null>(null);
  const columns: Column<CouponRule>[] = [
    { title: t("couponRule.name"), render: (rule) => <strong>{rule.name}</strong> },
    { title: t("couponRule.does"), isWide: true, render: (rule) => t(`couponRule.sentence.${rule.trigger}`, { amount: formatFen(rule.minimumFen), count: rule.count, name: rule.templateName }) },
    { title: t("coupon.state"), render: (rule) => <Tag color={stateColours[rule.state]}>{t(`couponRule.state.${rule.state}`)}</Tag> },
    { title: "", render: (rule) => (rule.state === "ended" ? null : <Button size="small" onClick={() => setEdited(rule)}>{t("action.edit")}</Button>) },
  ];
  return (
    <div className="stack">
      <p><Button icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("couponRule.new")}</Button></p>
      <DataTable<CouponRule> label={t("couponRule.title")} path="/coupon-rules" columns={columns} rowKey={(rule) => rule.id} emptyTitle={t("couponRule.none")} empty={t("couponRule.noneText")} />
      <RuleForm edited={edited} onClose={() => setEdited(null)} />
    </div>
  );
}

function RuleForm({ edited, onClose }: { edited: CouponRule | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { stores } = useSession();
  const rule = edited && edited !== "new" ? edited : null;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<CouponRule, CouponRule>
      title={rule?.name ?? t("couponRule.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={rule ?? { trigger: "order-paid", count: 1, minimumFen: 0, storeIds: [], channels: [], state: "live" }}
      run={({ name, trigger, templateId, count, minimumFen, storeIds, channels: via, state }) => {
        const body = { name, templateId, count, minimumFen: trigger === "order-paid" ? (minimumFen ?? 0) : 0, storeIds, channels: via, state };
        return rule ? api.patch(`/coupon-rules/${rule.id}`, body) : api.post("/coupon-rules", { ...body, trigger });
      }}
      refreshes={[["/coupon-rules"]]}
    >
      {(form) => (
        <>
          <Form.Item name="name" label={t("couponRule.name")} rules={required}><Input maxLength={64} /></Form.Item>
          <Form.Item name="trigger" label={t("couponRule.when")}>
            <Radio.Group optionType="button" disabled={rule !== null} options={(["order-paid", "member-joined"] as const).map((one) => ({ value: one, label: t(`couponRule.trigger.${one}`) }))} />
          </Form.Item>
          <Form.Item name="templateId" label={t("couponRule.template")} rules={required}><TemplateField /></Form.Item>
          <div className="field-pair">
            <Form.Item name="count" label={t("couponRule.count")} rules={required}><InputNumber min={1} max={10} precision={0} /></Form.Item>
            <Form.Item noStyle shouldUpdate>{() => (form.getFieldValue("trigger") === "order-paid" ? <Form.Item name="minimumFen" label={t("couponRule.minimum")}><MoneyInput /></Form.Item> : null)}</Form.Item>
          </div>
          <Form.Item name="storeIds" label={t("shell.stores")}><Select mode="multiple" allowClear placeholder={t("form.any")} optionFilterProp="label" options={stores.map((store) => ({ value: store.id, label: store.name }))} /></Form.Item>
          <Form.Item name="channels" label={t("order.channel")}><Select mode="multiple" allowClear placeholder={t("form.any")} options={channels.map((one) => ({ value: one, label: t(`channel.${one}`) }))} /></Form.Item>
          <Form.Item name="state" label={t("coupon.state")}><Select options={(["live", "paused", "ended"] as const).map((one) => ({ value: one, label: t(`couponRule.state.${one}`) }))} /></Form.Item>
        </>
      )}
    </FormDrawer>
  );
}

function TemplateField({ id, value, onChange }: { id?: string; value?: string; onChange?: (templateId: string) => void }) {
  return <TemplateChoice {...(id && { id })} value={value} onChange={(templateId) => onChange?.(templateId)} />;
}
