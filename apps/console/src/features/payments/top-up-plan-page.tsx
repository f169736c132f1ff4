import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import type { TopUpPlan } from "./top-up-plan.ts";

export function TopUpPlanPage() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<TopUpPlan | "new" | null>(null);
  const columns: Column<TopUpPlan>[] = [
    { title: t("topUpPlan.name"), render: (plan) => plan.name },
    { title: t("topUpPlan.pays"), align: "end", render: (plan) => formatFen(plan.principalFen) },
    { title: t("topUpPlan.gets"), align: "end", render: (plan) => formatFen(plan.bonusFen) },
    { title: t("topUpPlan.sum"), align: "end", render: (plan) => formatFen(plan.principalFen + plan.bonusFen) },
    { title: t("earnRule.state"), render: (plan) => (plan.isActive ? <Tag color="success">{t("state.on")}</Tag> : <Tag>{t("state.off")}</Tag>) },
    { title: "", render: (plan) => <Button size="small" onClick={() => setEdited(plan)}>{t("action.edit")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.topUpPlans")} lead={t("topUpPlan.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("topUpPlan.new")}</Button>}>
      <DataTable<TopUpPlan> label={t("menu.topUpPlans")} path="/top-up-plans" columns={columns} rowKey={(plan) => plan.id} emptyTitle={t("topUpPlan.none")} empty={t("topUpPlan.noneText")} />
      <PlanForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

type Values = Omit<TopUpPlan, "id" | "refunds">;

function PlanForm({ edited, onClose }: { edited: TopUpPlan | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const plan = edited && edited !== "new" ? edited : null;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<Values, TopUpPlan>
      title={plan ? plan.name : t("topUpPlan.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={plan ?? { bonusFen: 0, isActive: true, position: 0 }}
      run={(values) => (plan ? api.patch(`/top-up-plans/${plan.id}`, values) : api.post("/top-up-plans", values))}
      refreshes={[["/top-up-plans"]]}
    >
      <Form.Item name="name" label={t("topUpPlan.name")} rules={required}><Input maxLength={64} /></Form.Item>
      <Form.Item name="principalFen" label={t("topUpPlan.pays")} rules={required}><MoneyInput /></Form.Item>
      <Form.Item name="bonusFen" label={t("topUpPlan.gets")} extra={t("topUpPlan.bonusHelp")} rules={required}><MoneyInput /></Form.Item>
      <Form.Item name="position" label={t("topUpPlan.position")} extra={t("topUpPlan.positionHelp")}><InputNumber min={0} max={9999} precision={0} /></Form.Item>
      <Form.Item name="isActive" label={t("earnRule.state")} valuePropName="checked"><Switch /></Form.Item>
    </FormDrawer>
  );
}
