import { Form, type FormInstance, Input, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { MoneyInput } from "../../design/money-input.tsx";
import { useSession } from "../../shell/session.ts";
import { channels, type CouponTemplate, couponSentence } from "./coupon-template.ts";

type Values = Omit<CouponTemplate, "id" | "issued" | "redeemed" | "state" | "sentence">;

const fresh: Partial<Values> = {
  kind: "amount-off",
  thresholdFen: 0,
  validity: { kind: "days", days: 30 },
  storeIds: [],
  categories: [],
  channels: [],
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

/** Only the fields of the chosen kind go out. */
function wireOf(values: Values) {
  const { amountFen, percentOff, capFen, exchange, ...rest } = values;
  const optional = { stock: rest.stock ?? null, perMember: rest.perMember ?? null, thresholdFen: rest.thresholdFen ?? 0 };
  if (rest.kind === "amount-off") return { ...rest, ...optional, amountFen };
  if (rest.kind === "percent-off") return { ...rest, ...optional, percentOff, ...(capFen && { capFen }) };
  return { ...rest, ...optional, exchange };
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
            <Form.Item name="percentOff" label={t("coupon.percentOff")} rules={required}><InputNumber min={1} max={99} precision={0} suffix="%" /></Form.Item>
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
          <Form.Item name={["validity", "from"]} label={t("form.from")} rules={required}><Input type="date" /></Form.Item>
          <Form.Item name={["validity", "until"]} label={t("form.until")} rules={required}><Input type="date" /></Form.Item>
        </div>
      )}
    </>
  );
}
