import { useTranslation } from "react-i18next";
import { MoneyInput } from "../../../design/money-input.tsx";
import { CountInput } from "./choice.tsx";
import { ItemFields } from "./item-fields.tsx";
import { MaxTimes } from "./max-times.tsx";
import { RowList } from "./row-list.tsx";
import type { RulePart } from "./rule.ts";
import { RuleField } from "./rule-field.tsx";

const partsMax = 20;

/** 套餐价、任选 N 件: what belongs to the set, and its price. */
export function BundleParts({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  return (
    <>
      <RowList value={value.parts?.length ? value.parts : [{ items: {}, quantity: 1 }]} onChange={(parts) => onChange({ ...value, parts })} fresh={{ items: {}, quantity: 1 }} addLabel={t("rule.addPart")} max={partsMax} rowLabel={(at) => t("rule.part", { no: at + 1 })}>
        {(part, at, set) => (
          <>
            <RuleField label={t("rule.quantity")} field={`parts.${at}.quantity`}>{(control) => <CountInput {...control} value={part.quantity} onChange={(quantity) => set({ ...part, quantity: quantity ?? 1 })} />}</RuleField>
            <ItemFields value={part.items} onChange={(items) => set({ ...part, items })} field={`parts.${at}.items`} isShort />
          </>
        )}
      </RowList>
      <div className="rule-grid">
        <RuleField label={t("rule.bundlePrice")} field="priceFen">{(control) => <MoneyInput {...control} value={value.priceFen ?? null} onChange={(priceFen) => onChange({ ...value, priceFen: priceFen ?? undefined })} />}</RuleField>
        <MaxTimes value={value} onChange={onChange} />
      </div>
    </>
  );
}
