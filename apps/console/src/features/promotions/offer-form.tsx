import { useQuery } from "@tanstack/react-query";
import { Form, type FormInstance, Input, InputNumber, Radio, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { DayInput } from "../../design/day-input.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { MoneyInput } from "../../design/money-input.tsx";
import { useSession } from "../../shell/session.ts";
import { weekdays } from "../loyalty/earn-rule-form.tsx";
import { tiersQuery } from "../loyalty/tier.ts";
import { channels } from "./coupon-template.ts";
import type { Offer } from "./offer.ts";
import { useOfferSentence } from "./offer-sentence.ts";

type Values = Omit<Offer, "id" | "state" | "sentence" | "sentenceEn">;

const fresh: Partial<Values> = { kind: "amount-off", thresholdFen: 0, weekdays: [], tierIds: [], storeIds: [], categories: [], channels: [], isStackable: true, priority: 0, isActive: true };

export function OfferForm({ edited, onClose }: { edited: Offer | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const offer = edited && edited !== "new" ? edited : null;
  return (
    <FormDrawer<Values, Offer>
      title={offer ? offer.name : t("offer.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={offer ?? fresh}
      run={(values) => (offer ? api.patch(`/offers/${offer.id}`, formKinds.has(offer.kind) ? wireOf(values) : values) : api.post("/offers", wireOf(values)))}
      refreshes={[["/offers"]]}
      width={560}
    >
      {(form) => (offer && !formKinds.has(offer.kind) ? <DefinedOffer offer={offer} /> : <OfferFields form={form} />)}
    </FormDrawer>
  );
}

function wireOf(values: Values) {
  const isPercent = values.kind === "percent-off";
  return {
    ...values,
    from: values.from || null,
    until: values.until || null,
    thresholdFen: values.thresholdFen ?? 0,
    amountFen: isPercent ? null : values.amountFen,
    percentOff: isPercent ? values.percentOff : null,
    capFen: isPercent ? (values.capFen ?? null) : null,
  };
}

const formKinds = new Set(["amount-off", "percent-off"]);

/** An offer that came as a definition is shown as its sentence; what it is called and whether it runs can be changed here. */
function DefinedOffer({ offer }: { offer: Offer }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <p className="sentence">{i18n.language === "en" ? offer.sentenceEn : offer.sentence}</p>
      <Form.Item name="name" label={t("offer.name")} rules={[{ required: true, message: t("form.required") }]}><Input maxLength={64} /></Form.Item>
      <Form.Item name="priority" label={t("offer.priority")} extra={t("offer.priorityHelp")}><InputNumber min={0} max={999} precision={0} /></Form.Item>
      <Form.Item name="isActive" label={t("earnRule.state")} valuePropName="checked"><Switch /></Form.Item>
    </>
  );
}

function OfferFields({ form }: { form: FormInstance<Values> }) {
  const { t } = useTranslation();
  const { stores } = useSession();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const sentence = useOfferSentence();
  const draft = Form.useWatch([], { form, preserve: true }) as Partial<Offer> | undefined;
  const required = [{ required: true, message: t("form.required") }];
  const many = (options: { value: string | number; label: string }[]) => <Select mode="multiple" allowClear placeholder={t("form.any")} optionFilterProp="label" options={options} />;
  return (
    <>
      <p className="sentence" aria-live="polite">{sentence(draft ?? {})}</p>
      <Form.Item name="name" label={t("offer.name")} rules={required}><Input maxLength={64} /></Form.Item>
      <Form.Item name="kind" label={t("coupon.kind")}>
        <Radio.Group optionType="button" options={(["amount-off", "percent-off"] as const).map((one) => ({ value: one, label: t(`couponKind.${one}`) }))} />
      </Form.Item>
      <div className="field-pair">
        {draft?.kind === "percent-off" ? (
          <>
            <Form.Item name="percentOff" label={t("coupon.percentOff")} rules={required}><InputNumber min={1} max={99} precision={1} step={5} suffix="%" /></Form.Item>
            <Form.Item name="capFen" label={t("coupon.cap")}><MoneyInput /></Form.Item>
          </>
        ) : (
          <Form.Item name="amountFen" label={t("coupon.amount")} rules={required}><MoneyInput /></Form.Item>
        )}
        <Form.Item name="thresholdFen" label={t("coupon.threshold")}><MoneyInput /></Form.Item>
      </div>
      <Form.Item name="weekdays" label={t("earnRule.weekdays")}>{many(weekdays.map((day) => ({ value: day, label: t(`weekday.${day}`) })))}</Form.Item>
      <Form.Item name="tierIds" label={t("member.tier")}>{many(tiers.map((tier) => ({ value: tier.id, label: tier.name })))}</Form.Item>
      <Form.Item name="storeIds" label={t("shell.stores")}>{many(stores.map((store) => ({ value: store.id, label: store.name })))}</Form.Item>
      <Form.Item name="categories" label={t("product.category")}><Select mode="tags" allowClear placeholder={t("form.any")} /></Form.Item>
      <Form.Item name="channels" label={t("order.channel")}>{many(channels.map((one) => ({ value: one, label: t(`channel.${one}`) })))}</Form.Item>
      <div className="field-pair">
        <Form.Item name="from" label={t("form.from")}><DayInput /></Form.Item>
        <Form.Item name="until" label={t("form.until")}><DayInput /></Form.Item>
        <Form.Item name="priority" label={t("offer.priority")} extra={t("offer.priorityHelp")}><InputNumber min={0} max={999} precision={0} /></Form.Item>
        <Form.Item name="isStackable" label={t("offer.stackable")} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="isActive" label={t("earnRule.state")} valuePropName="checked"><Switch /></Form.Item>
      </div>
    </>
  );
}
