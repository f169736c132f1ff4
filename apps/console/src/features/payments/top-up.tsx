import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Form, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { memberRefreshes } from "../customers/member.ts";
import { plansQuery, type TopUpPlan } from "./top-up-plan.ts";
import "./prepaid.css";
import { WechatCode } from "./wechat-code.tsx";

interface Values {
  planId: string;
  payment: "cash" | "card" | "wechat";
  storeId: string;
}

interface Begun {
  topUpId: string;
  status: "waiting" | "paid" | "cancelled";
  paymentId: string | null;
  codeUrl: string | null;
}

/** Cash and card are topped up at once; WeChat's waits for the guest to scan. */
export function TopUp({ memberId, isOpen, onClose }: { memberId: string; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const { store, stores } = useStoreChoice();
  const [waiting, setWaiting] = useState<Begun | null>(null);
  const plans = useQuery({ ...plansQuery, enabled: isOpen });
  const storeId = store?.id ?? stores[0]?.id;
  const required = [{ required: true, message: t("form.required") }];
  const paid = () => {
    setWaiting(null);
    void message.success(t("topUpPlan.done"));
    for (const queryKey of memberRefreshes(memberId)) void queryClient.invalidateQueries({ queryKey });
  };
  return (
    <>
      <FormDrawer<Values, Begun>
        title={t("member.topUp")}
        isOpen={isOpen}
        onClose={onClose}
        initial={{ payment: "cash", ...(storeId && { storeId }) }}
        run={(values, key) => api.post(`/members/${memberId}/stored-value:top-up`, values, key)}
        refreshes={memberRefreshes(memberId)}
        onDone={(begun) => (begun.status === "waiting" ? setWaiting(begun) : paid())}
        submitLabel={t("topUpPlan.submit")}
      >
        <Form.Item name="planId" label={t("topUpPlan.plan")} rules={required}>
          <PlanChoice plans={plans.data?.items.filter((plan) => plan.isActive)} />
        </Form.Item>
        <Form.Item name="payment" label={t("topUpPlan.payment")} rules={required}>
          <Radio.Group optionType="button" options={(["cash", "card", "wechat"] as const).map((kind) => ({ value: kind, label: t(`tender.${kind}`) }))} />
        </Form.Item>
        <Form.Item name="storeId" label={t("shell.store")} rules={required}><Select options={stores.map((one) => ({ value: one.id, label: one.name }))} /></Form.Item>
      </FormDrawer>
      <Modal title={t("topUpPlan.waiting")} open={waiting !== null} onCancel={() => setWaiting(null)} footer={null} destroyOnHidden>
        {waiting?.paymentId && waiting.codeUrl ? <WechatCode paymentId={waiting.paymentId} codeUrl={waiting.codeUrl} onPaid={paid} /> : null}
      </Modal>
    </>
  );
}

function PlanChoice({ plans, value, onChange }: { plans: TopUpPlan[] | undefined; value?: string; onChange?: (planId: string) => void }) {
  const { t } = useTranslation();
  if (plans?.length === 0) return <p className="soft">{t("topUpPlan.none")}</p>;
  return (
    <Radio.Group className="choice-list" value={value} onChange={(event) => onChange?.(String(event.target.value))}>
      {plans?.map((plan) => (
        <Radio key={plan.id} value={plan.id}>
          <strong>{plan.name}</strong> <span className="soft">{t("topUpPlan.sentence", { pays: formatFen(plan.principalFen), gets: formatFen(plan.bonusFen) })}</span>
          {plan.id === value ? plan.refunds.map((one) => <span key={one.spentFen} className="soft plan-refund">{t("prepaid.refundExample", { spent: formatFen(one.spentFen), consumer: formatFen(one.consumerFen), merchant: formatFen(one.merchantFen) })}</span>) : null}
        </Radio>
      ))}
    </Radio.Group>
  );
}
