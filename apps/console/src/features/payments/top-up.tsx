import { useQuery } from "@tanstack/react-query";
import { App, Form, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { EmptyState } from "../../design/state.tsx";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { memberRefreshes } from "../customers/member.ts";
import { plansQuery } from "./top-up-plan.ts";

interface Values {
  planId: string;
  payment: "cash" | "card" | "wechat";
  storeId: string;
}

interface Props {
  memberId: string;
  isOpen: boolean;
  onClose: () => void;
  onDone?: () => void;
}

export function TopUp({ memberId, isOpen, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { store, stores } = useStoreChoice();
  const plans = useQuery({ ...plansQuery, enabled: isOpen });
  const offered = plans.data?.items.filter((plan) => plan.isActive) ?? [];
  const storeId = store?.id ?? stores[0]?.id;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<Values, unknown>
      title={t("member.topUp")}
      isOpen={isOpen}
      onClose={onClose}
      initial={{ payment: "cash", ...(storeId && { storeId }) }}
      run={(values, key) => api.post(`/members/${memberId}/stored-value:top-up`, values, key)}
      refreshes={memberRefreshes(memberId)}
      onDone={() => {
        void message.success(t("topUpPlan.done"));
        onDone?.();
      }}
      submitLabel={t("topUpPlan.submit")}
    >
      <Form.Item name="planId" label={t("topUpPlan.plan")} rules={required}>
        {offered.length === 0 && plans.isSuccess ? (
          <EmptyState title={t("topUpPlan.none")} />
        ) : (
          <Radio.Group className="choice-list">
            {offered.map((plan) => (
              <Radio key={plan.id} value={plan.id}>
                <strong>{plan.name}</strong> <span className="soft">{t("topUpPlan.sentence", { pays: formatFen(plan.principalFen), gets: formatFen(plan.bonusFen) })}</span>
              </Radio>
            ))}
          </Radio.Group>
        )}
      </Form.Item>
      <Form.Item name="payment" label={t("topUpPlan.payment")} rules={required}>
        <Radio.Group optionType="button" options={(["cash", "card", "wechat"] as const).map((kind) => ({ value: kind, label: t(`tender.${kind}`) }))} />
      </Form.Item>
      <Form.Item name="storeId" label={t("shell.store")} rules={required}><Select options={stores.map((one) => ({ value: one.id, label: one.name }))} /></Form.Item>
    </FormDrawer>
  );
}
