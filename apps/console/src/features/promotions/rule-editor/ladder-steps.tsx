import type { LadderStep } from "@shuke/offers";
import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import { MoneyInput } from "../../../design/money-input.tsx";
import { CountInput, PercentInput } from "./choice.tsx";
import { RowList } from "./row-list.tsx";
import { RuleField } from "./rule-field.tsx";

const stepsMax = 20;

interface Props {
  value: readonly LadderStep[] | null | undefined;
  onChange: (steps: LadderStep[]) => void;
}

/** 满减阶梯: all steps are reached by amount or all by quantity, and give an amount or a percentage each. */
export function LadderSteps({ value, onChange }: Props) {
  const { t } = useTranslation();
  const steps = value?.length ? value : [{}];
  const isByQuantity = steps.some((step) => step.atQuantity != null);
  const isPercent = steps.some((step) => step.percentOff != null);
  const turnReach = (byQuantity: boolean) => onChange(steps.map(({ amountFen, percentOff }, at) => ({ amountFen, percentOff, ...(byQuantity ? { atQuantity: at + 2 } : {}) })));
  const turnGain = (percent: boolean) => onChange(steps.map(({ atAmountFen, atQuantity }, at) => ({ atAmountFen, atQuantity, ...(percent ? { percentOff: 5 * (at + 1) } : {}) })));
  return (
    <>
      <div className="rule-grid">
        <RuleField label={t("rule.reach")} isGroup>{({ id }) => <Radio.Group id={id} optionType="button" value={isByQuantity} onChange={(event) => turnReach(event.target.value as boolean)} options={[{ value: false, label: t("rule.reachAmount") }, { value: true, label: t("rule.reachQuantity") }]} />}</RuleField>
        <RuleField label={t("rule.discount")} isGroup>{({ id }) => <Radio.Group id={id} optionType="button" value={isPercent} onChange={(event) => turnGain(event.target.value as boolean)} options={[{ value: false, label: t("rule.byAmount") }, { value: true, label: t("rule.byPercent") }]} />}</RuleField>
      </div>
      <RowList value={steps} onChange={onChange} fresh={isByQuantity ? { atQuantity: (steps.at(-1)?.atQuantity ?? 1) + 1 } : {}} addLabel={t("rule.addStep")} max={stepsMax} rowLabel={(at) => t("rule.step", { no: at + 1 })}>
        {(step, at, set) => (
          <>
            {isByQuantity ? (
              <RuleField label={t("rule.atQuantity")} field={`steps.${at}.atQuantity`}>{(control) => <CountInput {...control} value={step.atQuantity} onChange={(atQuantity) => set({ ...step, atQuantity, atAmountFen: null })} />}</RuleField>
            ) : (
              <RuleField label={t("rule.atAmount")} field={`steps.${at}.atAmountFen`}>{(control) => <MoneyInput {...control} value={step.atAmountFen ?? null} onChange={(atAmountFen) => set({ ...step, atAmountFen, atQuantity: null })} />}</RuleField>
            )}
            {isPercent ? (
              <RuleField label={t("rule.percentOff")} field={`steps.${at}.percentOff`}>{(control) => <PercentInput {...control} value={step.percentOff} onChange={(percentOff) => set({ ...step, percentOff, amountFen: null })} />}</RuleField>
            ) : (
              <RuleField label={t("rule.amountOff")} field={`steps.${at}.${step.amountFen == null ? "percentOff" : "amountFen"}`}>{(control) => <MoneyInput {...control} value={step.amountFen ?? null} onChange={(amountFen) => set({ ...step, amountFen, percentOff: null })} />}</RuleField>
            )}
          </>
        )}
      </RowList>
    </>
  );
}
