import type { ItemSelector } from "@shuke/offers";
import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput, ManyChoice } from "./choice.tsx";
import { RuleField } from "./rule-field.tsx";
import { useCategories } from "./rule-names.ts";
import { SkuInput } from "./sku-input.tsx";

interface Props<T extends ItemSelector> {
  value: T;
  onChange: (next: T) => void;
  /** Where its refusals are filed: "scope", "get", "parts.0.items". */
  field: string;
  /** Categories, products, tags only; no exclusions and conditions. */
  isShort?: boolean;
}

/** Which goods: categories, products, tags, joined by "or"; nothing means everything. */
export function ItemFields<T extends ItemSelector>({ value, onChange, field, isShort = false }: Props<T>) {
  const { t } = useTranslation();
  const categories = useCategories().map((one) => ({ value: one, label: one }));
  const set = (change: ItemSelector) => onChange({ ...value, ...change });
  return (
    <div className="rule-grid">
      <RuleField label={t("product.category")} field={`${field}.categories`}>{(control) => <ManyChoice {...control} isOpen value={value.categories} onChange={(chosen) => set({ categories: chosen })} options={categories} placeholder={t("rule.allItems")} />}</RuleField>
      <RuleField label={t("rule.tags")} field={`${field}.tags`}>{(control) => <ManyChoice {...control} isOpen value={value.tags} onChange={(chosen) => set({ tags: chosen })} options={[]} placeholder={t("rule.allItems")} />}</RuleField>
      <RuleField label={t("rule.products")} field={`${field}.skus`}>{(control) => <SkuInput {...control} value={value.skus} onChange={(skus) => set({ skus })} />}</RuleField>
      {isShort ? null : (
        <>
          <RuleField label={t("rule.excludeProducts")} field={`${field}.excludeSkus`}>{(control) => <SkuInput {...control} value={value.excludeSkus} onChange={(excludeSkus) => set({ excludeSkus })} />}</RuleField>
          <RuleField label={t("rule.excludeCategories")} field={`${field}.excludeCategories`}>{(control) => <ManyChoice {...control} isOpen value={value.excludeCategories} onChange={(chosen) => set({ excludeCategories: chosen })} options={categories} placeholder={t("rule.none")} />}</RuleField>
          <RuleField label={t("rule.excludeTags")} field={`${field}.excludeTags`}>{(control) => <ManyChoice {...control} isOpen value={value.excludeTags} onChange={(chosen) => set({ excludeTags: chosen })} options={[]} placeholder={t("rule.none")} />}</RuleField>
          <RuleField label={t("rule.minLineQuantity")} field={`${field}.minLineQuantity`}>{(control) => <CountInput {...control} value={value.minLineQuantity} onChange={(minLineQuantity) => set({ minLineQuantity })} placeholder="1" />}</RuleField>
          <RuleField label={t("rule.undiscounted")} field={`${field}.undiscountedOnly`}>{({ id }) => <Checkbox id={id} checked={value.undiscountedOnly ?? false} onChange={(event) => set({ undiscountedOnly: event.target.checked || null })}>{t("rule.undiscountedOnly")}</Checkbox>}</RuleField>
        </>
      )}
    </div>
  );
}
