import "./mall.css";
import { useQuery } from "@tanstack/react-query";
import { App, Form, type FormInstance, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { memberRefreshes } from "../customers/member.ts";
import { ItemCell, usePrice } from "./item-cell.tsx";
import type { OfferedItem, Redemption } from "./mall.ts";

interface Values {
  itemId: string;
  quantity: number;
  payment?: "cash" | "card";
  storeId: string;
}

const pathOf = (memberId: string) => `/members/${memberId}/mall-items`;
const useOffered = (memberId: string) => useQuery({ queryKey: [pathOf(memberId)], queryFn: () => api.get<Page<OfferedItem>>(pathOf(memberId), { limit: 200 }) });

/** Points, or points and cash, for something that is handed over in the same moment. */
export function CounterRedemption({ memberId, isOpen, onClose }: { memberId: string; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { store, stores } = useStoreChoice();
  const storeId = store?.id ?? stores[0]?.id;
  return (
    <FormDrawer<Values & { item?: OfferedItem }, Redemption>
      title={t("counter.title")} isOpen={isOpen} onClose={onClose} width={560} submitLabel={t("counter.submit")} initial={{ quantity: 1, ...(storeId && { storeId }) }}
      refreshes={[...memberRefreshes(memberId), [pathOf(memberId)], ["/redemptions"]]}
      onDone={({ name }) => void message.success(t("counter.done", { name }))}
      run={({ item, ...values }, key) => api.post(`/members/${memberId}/redemptions`, { ...values, points: item?.points, cashFen: item?.cashFen }, key)}
    >
      {(form) => <Fields form={form} memberId={memberId} />}
    </FormDrawer>
  );
}

function Fields({ form, memberId }: { form: FormInstance<Values & { item?: OfferedItem }>; memberId: string }) {
  const { t } = useTranslation();
  const { stores } = useStoreChoice();
  const price = usePrice();
  const offered = useOffered(memberId);
  const item = Form.useWatch("item", { form, preserve: true }) as OfferedItem | undefined;
  const quantity = (Form.useWatch("quantity", form) as number | undefined) ?? 1;
  const required = [{ required: true, message: t("form.required") }];
  if (offered.isError) return <FailureState error={offered.error} onRetry={() => void offered.refetch()} />;
  if (!offered.data) return <LoadingState rows={4} />;
  const { items } = offered.data;
  if (items.length === 0) return <EmptyState title={t("mall.none")} />;
  return (
    <>
      <Form.Item name="itemId" label={t("counter.item")} rules={required}>
        <Radio.Group className="choice-list" onChange={(event) => form.setFieldValue("item", items.find((one) => one.id === event.target.value))}>
          {items.map((one) => (
            <Radio key={one.id} value={one.id} disabled={!one.isRedeemable}>
              <span className="row"><ItemCell item={one} /><span className="soft">{[price(one), ...one.reasons.map((reason) => t(`counter.reasons.${reason.code}`))].join(" · ")}</span></span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="quantity" label={t("counter.quantity")} rules={required}><InputNumber min={1} max={100} precision={0} /></Form.Item>
      {item && item.cashFen > 0 ? (
        <Form.Item name="payment" label={t("counter.payment", { amount: formatFen(item.cashFen * quantity) })} rules={required}>
          <Radio.Group optionType="button" options={(["cash", "card"] as const).map((kind) => ({ value: kind, label: t(`tender.${kind}`) }))} />
        </Form.Item>
      ) : null}
      <Form.Item name="storeId" label={t("shell.store")} rules={required}><Select options={stores.map((one) => ({ value: one.id, label: one.name }))} /></Form.Item>
      {item ? <p className="sentence" aria-live="polite">{t("counter.sum", { price: price({ points: item.points * quantity, cashFen: item.cashFen * quantity }), name: item.name, count: quantity })}</p> : null}
    </>
  );
}
