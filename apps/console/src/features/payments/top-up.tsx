import { useQuery } from "@tanstack/react-query";
import { Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { formatFen } from "../../design/money.ts";
import { memberRefreshes } from "../customers/member.ts";
import { CounterSale } from "./counter-sale.tsx";
import { plansQuery, type TopUpPlan } from "./top-up-plan.ts";
import "./prepaid.css";

/** Stored value, by one of the brand's plans. */
export function TopUp({ memberId, isOpen, onClose }: { memberId: string; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const plans = useQuery({ ...plansQuery, enabled: isOpen });
  return (
    <CounterSale
      title={t("member.topUp")} submitLabel={t("topUpPlan.submit")} doneText={t("topUpPlan.done")} path={`/members/${memberId}/stored-value:top-up`}
      refreshes={memberRefreshes(memberId)} isOpen={isOpen} onClose={onClose}
    >
      <Form.Item name="planId" label={t("topUpPlan.plan")} rules={[{ required: true, message: t("form.required") }]}>
        <PlanChoice plans={plans.data?.items.filter((plan) => plan.isActive)} />
      </Form.Item>
    </CounterSale>
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
