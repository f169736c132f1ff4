import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import { MoneyInput } from "../../../design/money-input.tsx";
import { CountInput } from "./choice.tsx";
import { ItemFields } from "./item-fields.tsx";
import { RowList } from "./row-list.tsx";
import type { RuleDraft, RulePart } from "./rule.ts";
import { RuleField } from "./rule-field.tsx";

type Threshold = NonNullable<RuleDraft["threshold"]>;

/** 门槛: how much or how many, measured on what. Exactly the amount is enough. A ladder has its own steps and only the basis here. */
export function ThresholdFields({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  const threshold: Threshold = value.threshold ?? {};
  const set = (change: Threshold) => onChange({ ...value, threshold: { ...threshold, ...change } });
  const isLadder = value.kind === "ladder";
  const isSet = Boolean(isLadder || threshold.amountFen || threshold.quantity);
  return (
    <div className="rule-grid">
      {isLadder ? null : (
        <>
          <RuleField label={t("rule.thresholdAmount")} field="threshold.amountFen">{(control) => <MoneyInput {...control} value={threshold.amountFen ?? null} onChange={(amountFen) => set({ amountFen })} />}</RuleField>
          <RuleField label={t("rule.thresholdQuantity")} field="threshold.quantity">{(control) => <CountInput {...control} value={threshold.quantity} onChange={(quantity) => set({ quantity })} placeholder={t("form.unlimited")} />}</RuleField>
        </>
      )}
      {isSet ? (
        <>
          <RuleField label={t("rule.basis")} field="threshold.basis" isGroup>{({ id }) => <Radio.Group id={id} optionType="button" value={threshold.basis ?? "remaining"} onChange={(event) => set({ basis: event.target.value === "gross" ? "gross" : null })} options={(["remaining", "gross"] as const).map((one) => ({ value: one, label: t(`rule.bases.${one}`) }))} />}</RuleField>
          <RuleField label={t("rule.of")} field="threshold.of" isGroup>{({ id }) => <Radio.Group id={id} optionType="button" value={threshold.of ?? "items"} onChange={(event) => set({ of: event.target.value === "order" ? "order" : null })} options={(["items", "order"] as const).map((one) => ({ value: one, label: t(`rule.ofs.${one}`) }))} />}</RuleField>
        </>
      ) : null}
    </div>
  );
}

const requirementsMax = 20;

/** 需购买: other things that must be in the cart. */
export function RequirementFields({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  const rows = value.requires ?? [];
  return (
    <RowList value={rows} onChange={(requires) => onChange({ ...value, requires })} fresh={{ items: {}, quantity: 1 }} addLabel={t("rule.addRequirement")} max={requirementsMax} isEmptyAllowed rowLabel={(at) => t("rule.requirement", { no: at + 1 })}>
      {(need, at, set) => (
        <>
          <RuleField label={t("rule.quantity")} field={`requires.${at}.quantity`}>{(control) => <CountInput {...control} value={need.quantity} onChange={(quantity) => set({ ...need, quantity })} placeholder="1" />}</RuleField>
          <RuleField label={t("rule.atAmount")} field={`requires.${at}.amountFen`}>{(control) => <MoneyInput {...control} value={need.amountFen ?? null} onChange={(amountFen) => set({ ...need, amountFen })} />}</RuleField>
          <ItemFields value={need.items} onChange={(items) => set({ ...need, items })} field={`requires.${at}.items`} isShort />
        </>
      )}
    </RowList>
  );
}
