import { Form, type FormInstance, Input, InputNumber, Radio, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { DayInput } from "../../design/day-input.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { MoneyInput } from "../../design/money-input.tsx";
import { useSession } from "../../shell/session.ts";
import { channels, type CouponTemplate, couponSentence } from "./coupon-template.ts";

type Values = Omit<CouponTemplate, "id" | "issued" | "redeemed" | "state" | "sentence" | "sentenceEn" | "warnings">;

const fresh: Partial<Values> = {
  kind: "amount-off",
  thresholdFen: 0,
  validity: { kind: "days", days: 30 },
  storeIds: [],
  categories: [],
  channels: [],
  isClaimable: true,
  isStackable: false,
};

export function CouponTemplateForm({ edited, onClose }: { edited: CouponTemplate | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const template = edited && edited !== "new" ? edited : null;
  return (
    <FormDrawer<Values, CouponTemplate>
      title={template ? template.name : t("coupon.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={template ?? fresh}
      run={(values) => (template ? api.patch(`/coupon-templates/${template.id}`, wireOf(values)) : api.post("/coupon-templates", wireOf(values)))}
      refreshes={[["/coupon-templates"]]}
      width={560}
    >
      {(form) => <TemplateFields form={form} />}
    </FormDrawer>
  );
}

/** The fields of the other kinds go out empty: a template that changed its kind must not keep them. */
function wireOf(values: Values) {
  const { kind } = values;
  return {
    ...values,
    stock: values.stock ?? null,
    perMember: values.perMember ?? null,
    thresholdFen: values.thresholdFen ?? 0,
    amountFen: kind === "amount-off" ? values.amountFen : null,
    percentOff: kind === "percent-off" ? values.percentOff : null,
    capFen: kind === "percent-off" ? (values.capFen ?? null) : null,
    exchange: kind === "exchange" ? values.exchange : null,
  };
}

function TemplateFields({ form }: { form: FormInstance<Values> }) {
  const { t } = useTranslation();
  const { stores } = useSession();
  const draft = Form.useWatch([], { form, preserve: true }) as Partial<CouponTemplate> | undefined;
  const kind = draft?.kind ?? "amount-off";
  const required = [{ required: true, message: t("form.required") }];
  const storeNames = stores.filter((store) => draft?.storeIds?.includes(store.id)).map((store) => store.name);
  return (
    <>
      <p className="sentence" aria-live="polite">{couponSentence(t, draft ?? {}, storeNames)}</p>
      <Form.Item name="name" label={t("coupon.name")} rules={required}><Input maxLength={64} /></Form.Item>
      <Form.Item name="kind" label={t("coupon.kind")}>
        <Radio.Group optionType="button" options={(["amount-off", "percent-off", "exchange"] as const).map((one) => ({ value: one, label: t(`couponKind.${one}`) }))} />
      </Form.Item>
      <div className="field-pair">
        {kind === "amount-off" ? <Form.Item name="amountFen" label={t("coupon.amount")} rules={required}><MoneyInput /></Form.Item> : null}
        {kind === "percent-off" ? (
          <>
            <Form.Item name="percentOff" label={t("coupon.percentOff")} rules={required}><InputNumber min={1} max={99} precision={1} step={5} suffix="%" /></Form.Item>
            <Form.Item name="capFen" label={t("coupon.cap")}><MoneyInput /></Form.Item>
          </>
        ) : null}
        {kind === "exchange" ? <Form.Item name={["exchange", "sku"]} label={t("coupon.exchangeSku")} rules={required}><Input maxLength={64} /></Form.Item> : null}
        <Form.Item name="thresholdFen" label={t("coupon.threshold")}><MoneyInput /></Form.Item>
      </div>
      <ValidityFields kind={draft?.validity?.kind ?? "days"} />
      <Form.Item name="storeIds" label={t("shell.stores")}><Select mode="multiple" allowClear placeholder={t("form.any")} optionFilterProp="label" options={stores.map((store) => ({ value: store.id, label: store.name }))} /></Form.Item>
      <Form.Item name="categories" label={t("product.category")}><Select mode="tags" allowClear placeholder={t("form.any")} /></Form.Item>
      <Form.Item name="channels" label={t("order.channel")}><Select mode="multiple" allowClear placeholder={t("form.any")} options={channels.map((one) => ({ value: one, label: t(`channel.${one}`) }))} /></Form.Item>
      <div className="field-pair">
        <Form.Item name="stock" label={t("coupon.stock")}><InputNumber min={1} max={10_000_000} precision={0} placeholder={t("form.unlimited")} /></Form.Item>
        <Form.Item name="perMember" label={t("coupon.perMember")}><InputNumber min={1} max={999} precision={0} placeholder={t("form.unlimited")} /></Form.Item>
        <Form.Item name="isClaimable" label={t("coupon.claimable")} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="isStackable" label={t("coupon.stackable")} valuePropName="checked"><Switch /></Form.Item>
      </div>
    </>
  );
}

function ValidityFields({ kind }: { kind: "days" | "fixed" }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t("form.required") }];
  return (
    <>
      <Form.Item name={["validity", "kind"]} label={t("coupon.validity")}>
        <Radio.Group optionType="button" options={[{ value: "days", label: t("coupon.validDays") }, { value: "fixed", label: t("coupon.validFixed") }]} />
      </Form.Item>
      {kind === "days" ? (
        <Form.Item name={["validity", "days"]} label={t("coupon.days")} rules={required}><InputNumber min={1} max={3650} precision={0} suffix={t("form.days")} /></Form.Item>
      ) : (
        <div className="field-pair">
          <Form.Item name={["validity", "from"]} label={t("form.from")} rules={required}><DayInput /></Form.Item>
          <Form.Item name={["validity", "until"]} label={t("form.until")} rules={required}><DayInput /></Form.Item>
        </div>
      )}
    </>
  );
}
