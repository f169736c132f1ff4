import { Checkbox, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { MoneyInput } from "../../../design/money-input.tsx";
import { BundleParts } from "./bundle-parts.tsx";
import { CountInput, ManyChoice, PercentInput } from "./choice.tsx";
import { GiftList } from "./gift-list.tsx";
import { ItemFields } from "./item-fields.tsx";
import { LadderSteps } from "./ladder-steps.tsx";
import { MaxTimes } from "./max-times.tsx";
import { PriceList } from "./price-list.tsx";
import type { RulePart } from "./rule.ts";
import { RuleField } from "./rule-field.tsx";
import { TemplateChoice } from "./template-choice.tsx";

/** What the rule gives, by its kind. */
export function BenefitFields({ value, onChange }: RulePart) {
  const part = { value, onChange };
  switch (value.kind) {
    case "amount-off": return <AmountOff {...part} />;
    case "percent-off": return <div className="rule-grid"><Percent {...part} /><MaxUnits {...part} /></div>;
    case "ladder": return <LadderSteps value={value.steps} onChange={(steps) => onChange({ ...value, steps })} />;
    case "unit-off": return <UnitOff {...part} />;
    case "buy-get": return <BuyGet {...part} />;
    case "bundle-price": return <BundleParts {...part} />;
    case "gift": return <GiftList {...part} />;
    case "exchange": return <Exchange {...part} />;
    case "member-price": return <PriceList value={value.prices} onChange={(prices) => onChange({ ...value, prices })} />;
    case "delivery-fee-off": return <DeliveryFee {...part} />;
    case "next-order-coupon": return <NextCoupon {...part} />;
  }
}

function Percent({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  return <RuleField label={t("rule.percentOff")} field="percentOff">{(control) => <PercentInput {...control} value={value.percentOff} onChange={(percentOff) => onChange({ ...value, percentOff })} />}</RuleField>;
}

function Amount({ value, onChange, field = "amountFen" }: RulePart & { field?: string }) {
  const { t } = useTranslation();
  return <RuleField label={t("rule.amountOff")} field={field}>{(control) => <MoneyInput {...control} value={value.amountFen ?? null} onChange={(amountFen) => onChange({ ...value, amountFen })} />}</RuleField>;
}

function MaxUnits({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  return <RuleField label={t("rule.maxUnits")} field="maxUnits">{(control) => <CountInput {...control} value={value.maxUnits} onChange={(maxUnits) => onChange({ ...value, maxUnits })} placeholder={t("form.unlimited")} />}</RuleField>;
}

const amountWays = ["once", "every", "unit", "line"] as const;
type AmountWay = (typeof amountWays)[number];

/** 满减, 每满减, 每件减, 每行减 are one kind to the engine and four to people. */
function AmountOff({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  const way: AmountWay = value.per === "unit" || value.per === "line" ? value.per : value.maxTimes ? "every" : "once";
  const turn = (next: AmountWay) =>
    onChange({ ...value, per: next === "unit" || next === "line" ? next : null, maxTimes: next === "every" ? 10 : null, maxUnits: next === "unit" ? value.maxUnits : null, level: next === "unit" || next === "line" ? "line" : "order" });
  return (
    <div className="rule-grid">
      <Amount value={value} onChange={onChange} />
      <RuleField label={t("rule.way")} isGroup>{({ id }) => <Radio.Group id={id} optionType="button" value={way} onChange={(event) => turn(event.target.value as AmountWay)} options={amountWays.map((one) => ({ value: one, label: t(`rule.ways.${one}`) }))} />}</RuleField>
      {way === "every" ? <MaxTimes value={value} onChange={onChange} /> : null}
      {way === "unit" ? <MaxUnits value={value} onChange={onChange} /> : null}
    </div>
  );
}

/** Percent or amount: choosing one empties the other. */
function PercentOrAmount({ value, onChange, free }: RulePart & { free?: string }) {
  const { t } = useTranslation();
  const isAmount = value.amountFen !== null && value.amountFen !== undefined;
  return (
    <>
      <RuleField label={t("rule.discount")} isGroup>
        {({ id }) => <Radio.Group id={id} optionType="button" value={isAmount} onChange={(event) => onChange({ ...value, amountFen: event.target.value ? 100 : null, percentOff: event.target.value ? null : 50 })} options={[{ value: false, label: t("rule.byPercent") }, { value: true, label: t("rule.byAmount") }]} />}
      </RuleField>
      {isAmount ? <Amount value={value} onChange={onChange} /> : <RuleField label={t("rule.percentOff")} field="percentOff" help={free}>{(control) => <PercentInput {...control} value={value.percentOff} onChange={(percentOff) => onChange({ ...value, percentOff })} placeholder={free ? "100" : ""} />}</RuleField>}
    </>
  );
}

function Pick({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  return (
    <RuleField label={t("rule.pick")} field="pick" isGroup>
      {({ id }) => <Radio.Group id={id} optionType="button" value={value.pick ?? "cheapest"} onChange={(event) => onChange({ ...value, pick: event.target.value as "cheapest" | "dearest" })} options={(["cheapest", "dearest"] as const).map((one) => ({ value: one, label: t(`rule.picks.${one}`) }))} />}
    </RuleField>
  );
}

function UnitOff({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  return (
    <div className="rule-grid">
      <Pick value={value} onChange={onChange} />
      <RuleField label={t("rule.units")} field="units">{(control) => <CountInput {...control} value={value.units} onChange={(units) => onChange({ ...value, units })} placeholder="1" />}</RuleField>
      <PercentOrAmount value={value} onChange={onChange} />
    </div>
  );
}

function BuyGet({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  const isCross = Boolean(value.get);
  return (
    <>
      <div className="rule-grid">
        <RuleField label={t("rule.buyQuantity")} field="buyQuantity">{(control) => <CountInput {...control} value={value.buyQuantity} onChange={(buyQuantity) => onChange({ ...value, buyQuantity: buyQuantity ?? undefined })} />}</RuleField>
        <RuleField label={t("rule.getQuantity")} field="getQuantity">{(control) => <CountInput {...control} value={value.getQuantity} onChange={(getQuantity) => onChange({ ...value, getQuantity: getQuantity ?? undefined })} />}</RuleField>
        <RuleField label={t("rule.percentOff")} field="percentOff" help={t("rule.freeHelp")}>{(control) => <PercentInput {...control} value={value.percentOff} onChange={(percentOff) => onChange({ ...value, percentOff })} placeholder="100" />}</RuleField>
        <Pick value={value} onChange={onChange} />
        <MaxTimes value={value} onChange={onChange} />
        <RuleField label={t("rule.whole")} field="whole">{({ id }) => <Checkbox id={id} checked={value.whole ?? false} onChange={(event) => onChange({ ...value, whole: event.target.checked || null })}>{t("rule.wholeHelp")}</Checkbox>}</RuleField>
        <RuleField label={t("rule.getOther")}>{({ id }) => <Checkbox id={id} checked={isCross} onChange={(event) => onChange({ ...value, get: event.target.checked ? {} : null })}>{t("rule.getOtherHelp")}</Checkbox>}</RuleField>
      </div>
      {isCross ? <ItemFields value={value.get ?? {}} onChange={(get) => onChange({ ...value, get })} field="get" isShort /> : null}
    </>
  );
}

function Exchange({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  return (
    <>
      <div className="rule-grid">
        <RuleField label={t("rule.exchangePrice")} field="priceFen" help={t("rule.exchangeHelp")}>{(control) => <MoneyInput {...control} value={value.priceFen ?? null} onChange={(priceFen) => onChange({ ...value, priceFen: priceFen ?? undefined })} />}</RuleField>
        <RuleField label={t("rule.exchangeUnits")} field="quantity">{(control) => <CountInput {...control} value={value.quantity} onChange={(quantity) => onChange({ ...value, quantity })} placeholder="1" />}</RuleField>
      </div>
      <RuleField label={t("rule.exchangeItems")} field="get" isExact isGroup>{() => <ItemFields value={value.get ?? {}} onChange={(get) => onChange({ ...value, get })} field="get" isShort />}</RuleField>
    </>
  );
}

const feeKinds = ["delivery", "packing"] as const;

function DeliveryFee({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  return (
    <div className="rule-grid">
      <PercentOrAmount value={value} onChange={onChange} free={t("rule.deliveryFree")} />
      <RuleField label={t("rule.fees")} field="feeKinds">{(control) => <ManyChoice {...control} isOpen value={value.feeKinds} onChange={(chosen) => onChange({ ...value, feeKinds: chosen })} options={feeKinds.map((one) => ({ value: one as string, label: t(`rule.feeKind.${one}`) }))} placeholder={t("rule.feeKind.delivery")} />}</RuleField>
    </div>
  );
}

function NextCoupon({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  return (
    <div className="rule-grid">
      <RuleField label={t("rule.template")} field="templateId">{(control) => <TemplateChoice {...control} value={value.templateId} onChange={(templateId) => onChange({ ...value, templateId })} />}</RuleField>
      <RuleField label={t("rule.count")} field="count">{(control) => <Select {...control} className="rule-number" value={value.count ?? 1} onChange={(count) => onChange({ ...value, count })} options={Array.from({ length: 10 }, (_, at) => ({ value: at + 1, label: at + 1 }))} />}</RuleField>
    </div>
  );
}
