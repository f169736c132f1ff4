import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Modal, Radio, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { WechatCode } from "./wechat-code.tsx";

interface SaleValues {
  payment: "cash" | "card" | "wechat";
  storeId: string;
}

/** Waits for WeChat where there is a code. */
interface Sold {
  paymentId: string | null;
  codeUrl: string | null;
}

interface Props {
  title: string;
  submitLabel: string;
  doneText: string;
  path: string;
  refreshes: readonly (readonly unknown[])[];
  isOpen: boolean;
  onClose: () => void;
  /** What is sold. */
  children: ReactNode;
}

/** Something sold to a member at the counter: paid at once in cash or by card, by WeChat when the guest has scanned. */
export function CounterSale({ title, submitLabel, doneText, path, refreshes, isOpen, onClose, children }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const { store, stores } = useStoreChoice();
  const [waiting, setWaiting] = useState<Sold | null>(null);
  const storeId = store?.id ?? stores[0]?.id;
  const required = [{ required: true, message: t("form.required") }];
  const paid = () => {
    setWaiting(null);
    void message.success(doneText);
    for (const queryKey of refreshes) void queryClient.invalidateQueries({ queryKey });
  };
  return (
    <>
      <FormDrawer<SaleValues, Sold>
        title={title} isOpen={isOpen} onClose={onClose} initial={{ payment: "cash", ...(storeId && { storeId }) }}
        run={(values, key) => api.post(path, values, key)} refreshes={refreshes} onDone={(sold) => (sold.codeUrl ? setWaiting(sold) : paid())} submitLabel={submitLabel}
      >
        {children}
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
